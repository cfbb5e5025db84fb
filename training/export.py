"""Turns trained weights into the shipped file and its reference.

export.py CHECKPOINT [--models ../models] : writes english.safetensors and reference.json there, from a checkpoint (`.pt`) of
train.py.
FORMAT.md in the models folder says what is in them.
"""

import argparse
import json
from pathlib import Path

import torch
from safetensors import safe_open

import corpora
from arithmetic import quantise_rows, with_int8_linears
from decoding import predict
from lemmas import SYNTAX
from model import ATTENTION_HEADS, EPSILON, Joint, tensors
from weights import Trained, load, minilm_pieces, replace
from wordpieces import Vocabulary, prune

FORMAT_VERSION = "1"
LICENCE = "CC-BY-SA-4.0; encoder initialised from MiniLM-L6-H384 (Apache-2.0)"
TRAINED_ON = ("EWT train", "GUM train", "silver trees")
REFERENCE_SENTENCES = 25
# Added to the score of "no name", fitted on gmb-dev and UNER EWT dev: the silver labels have names too readily.
NO_NAME = 0.75


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--models", type=Path, default=Path(__file__).resolve().parent.parent / "models")
    parser.add_argument("--shared", type=Path, default=corpora.SHARED)
    args = parser.parse_args()
    trained = load(args.weights)
    file = args.models / "english.safetensors"
    trained.state["tags.n.bias"][trained.labels["n"].index("O")] += NO_NAME
    state = quantise(trained.state)
    metadata = describe(trained, args.shared)
    replace(file, lambda part: write(part, state, metadata))
    replace(args.models / "reference.json", lambda part: part.write_text(reference(file, args.shared), encoding="utf8"))
    print(f"{file.name}: {file.stat().st_size / 1e6:.2f} MB, {len(trained.pieces)} pieces, sha256 {corpora.sha256(file)}")


def kept_pieces(shared: Path = corpora.SHARED) -> list[int]:
    """Ids of MiniLM's pieces that stay: see `wordpieces.prune`."""
    words = {word for group in training_sentences(shared) for s in group for word in s["w"]}
    for name in ("wikinews", "re3d"):
        words.update(corpora.raw_words(corpora.path(name, shared)))
    words.update(word for s in corpora.read_gmb(corpora.path("gmb-dev", shared)) for word in s["w"])
    return prune(minilm_pieces(), words)


def training_sentences(shared: Path = corpora.SHARED) -> tuple[list[dict], list[dict]]:
    """Gold sentences (EWT, open genres of GUM) and silver ones."""
    gold = corpora.read_conllu(corpora.path("EWT train", shared))
    corpora.add_names(gold)
    gold += corpora.read_conllu(corpora.path("GUM train", shared), corpora.OPEN_GENRES)
    return gold, corpora.read_silver(corpora.path("silver trees", shared))


def quantise(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Matrices and word-piece embeddings to I8 with a scale a row; positions, shapes, norms, biases, root stay F32."""
    out = {}
    for name, tensor in state.items():
        kept = tensor.dim() < 2 or name in ("embeddings.position.weight", "embeddings.shape.weight")
        if kept:
            out[name] = tensor.float().contiguous()
        else:
            q, scale = quantise_rows(tensor.float())
            out[name], out[name.removesuffix("weight") + "scale"] = q.to(torch.int8).contiguous(), scale.squeeze(-1).contiguous()
    return out


def write(file: Path, state: dict[str, torch.Tensor], metadata: dict[str, str]) -> None:
    """Writes safetensors with names in order, so that equal weights give equal bytes (the library's order is random)."""
    header, offset, kinds = {"__metadata__": metadata}, 0, {torch.int8: "I8", torch.float32: "F32"}
    # 32-bit tensors first: their sizes keep each other aligned.
    names = sorted(state, key=lambda name: (state[name].dtype == torch.int8, name))
    for name in names:
        size = state[name].nbytes
        header[name] = {"dtype": kinds[state[name].dtype], "shape": list(state[name].shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-(8 + len(text)) % 64)
    with file.open("wb") as f:
        f.write(len(text).to_bytes(8, "little") + text)
        for name in names:
            f.write(state[name].numpy().tobytes())


def describe(trained: Trained, shared: Path) -> dict[str, str]:
    hashes = {name: corpora.sha256(corpora.path(name, shared)) for name in TRAINED_ON}
    return {
        "format": "demarche-language-model",
        "format_version": FORMAT_VERSION,
        "labels": json.dumps(trained.labels, ensure_ascii=False),
        "vocab": "\n".join(trained.pieces),
        "layers": str(trained.layers),
        "word_layers": str(trained.word_layers),
        "heads": str(ATTENTION_HEADS),
        "layer_norm_eps": str(EPSILON),
        "lemma_rules": SYNTAX,
        "licence": LICENCE,
        "training_data": "English Web Treebank (CC BY-SA 4.0); GUM academic, bio, court, interview, news, voyage (CC BY 4.0, "
        "texts CC BY or CC BY-SA); Groningen Meaning Bank news with silver trees and entity labels (texts public domain, ODbL)",
        "data_sha256": json.dumps(hashes),
        "notes": json.dumps(trained.notes),
    }


def load_shipped(file: Path) -> tuple[Joint, dict[str, list[str]], Vocabulary]:
    """The shipped model in the emulated 8-bit arithmetic, its labels and vocabulary."""
    with safe_open(file, "pt") as f:
        metadata = f.metadata()
        state = {name: f.get_tensor(name) for name in f.keys()}
    labels, vocabulary = json.loads(metadata["labels"]), Vocabulary(metadata["vocab"].split("\n"))
    return with_int8_linears(Joint(len(vocabulary.pieces), labels, int(metadata["layers"]), int(metadata["word_layers"])), state), labels, vocabulary


@torch.no_grad()
def reference(file: Path, shared: Path) -> str:
    """Decoded predictions on the first EWT dev sentences, and hidden states of the first one, as JSON."""
    model, labels, vocabulary = load_shipped(file)
    dev = corpora.read_conllu(corpora.path("EWT dev", shared))[:REFERENCE_SENTENCES]
    examples = [vocabulary.encode(dict(w=s["w"])) for s in dev]
    predict(model, labels, examples, vocabulary.pad)
    t = tensors(examples[:1], vocabulary.pad, {})
    words = model(t)
    rounded = lambda x: [[round(v, 4) for v in row] for row in x.tolist()]
    names = {"u": "upos", "x": "xpos", "f": "feats", "l": "lemma_rules", "n": "entities", "b": "beginnings", "h": "heads", "r": "relations", "lemma": "lemmas"}
    embedded = model.embeddings(t["ids"], t["shape"])
    body = dict(
        source="English Web Treebank (CC BY-SA 4.0), dev, first sentences",
        weights_sha256=corpora.sha256(file),
        first_sentence=dict(
            embeddings=rounded(embedded[0]),
            layers=[rounded(x) for x in _states(model, t)],
            arc_scores=[[round(v, 3) if v > -1e8 else None for v in row] for row in model.arcs(words, t["words"])[0].tolist()],
        ),
        sentences=[
            dict(words=s["w"], pieces=s["ids"], shapes=s["shape"], first=s["first"], **{names[k]: v for k, v in s["P"].items()}) for s in examples
        ],
    )
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _states(model: Joint, t) -> list[torch.Tensor]:
    """What comes out of each layer for the only sentence of `t`, rows in the order of the text."""
    states = [x[0] for x in model.states(t)[: len(model.layers)]]
    whole = model.piece_layers
    return states[:whole] + [torch.cat([x[:1], x[2:], x[1:2]]) for x in states[whole:]]


if __name__ == "__main__":
    main()

"""Gathers what the classifier of events is trained on into one file for `event_train.py`.

    python training/event_pack.py --own DOCUMENTS DUMP --judged LABELS ... --pool DUMP ... --plv DOCUMENTS DUMP --out PACK
"""

import argparse
import json
import pickle
import random
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file

from event_questions import NONE, asked, judged, ontology, sentence, written
from model import from_bert
from weights import _minilm

ROOT = Path(__file__).resolve().parents[1]
HELD = 0.12  # of the judged documents


def dequantised() -> tuple[dict, dict, list[str]]:
    """The shipped encoder as 32-bit tensors: embeddings with the layers of pieces, the word layers renumbered from 0, the pieces."""
    with safe_open(ROOT / "models" / "english.safetensors", "pt") as file:
        get, meta = file.get_tensor, file.metadata()
        matrix = lambda name: get(f"{name}.weight").float() * get(f"{name}.scale")[:, None]
        pieces = int(meta["layers"]) - int(meta["word_layers"])
        lower = {"embeddings.word.weight": matrix("embeddings.word")}
        for name in ("embeddings.position.weight", "embeddings.shape.weight", "embeddings.norm.weight", "embeddings.norm.bias"):
            lower[name] = get(name)
        upper = {}
        for n in range(int(meta["layers"])):
            out, at = (lower, n) if n < pieces else (upper, n - pieces)
            for part in ("q", "k", "v", "o", "intermediate", "output"):
                out[f"layers.{at}.{part}.weight"], out[f"layers.{at}.{part}.bias"] = matrix(f"layers.{n}.{part}"), get(f"layers.{n}.{part}.bias")
            for part in ("attention_norm", "output_norm"):
                for kind in ("weight", "bias"):
                    out[f"layers.{at}.{part}.{kind}"] = get(f"layers.{n}.{part}.{kind}")
        return lower, upper, meta["vocab"].split("\n")


def written_spans(spans: list) -> str:
    return ",".join(f"{first}-{end}" for first, end in spans) or "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--own", nargs=2, type=Path, required=True)
    parser.add_argument("--judged", nargs="*", type=Path, default=[])
    parser.add_argument("--pool", nargs="*", type=Path, default=[])
    parser.add_argument("--plv", nargs=2, type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    sentences: list[dict] = []
    data = dict(sentences=sentences, labels=ontology(), own=[], judged=[], held=[], pool=[], plv=[])

    def add(name, pairs):
        last = None
        for s, q in pairs:
            if last is None or last[0] is not s:
                sentences.append(s)
                last = (s, len(sentences) - 1)
            data[name].append((last[1], q))

    add("own", written(*options.own))
    answers = {}
    for file in options.judged:
        for line in file.read_text(encoding="utf8").splitlines()[2:]:
            number, part, trigger, actor, recipient, label, contexts = line.split("\t")
            answers[number, int(part), trigger, actor, recipient] = (label, [c for c in contexts.split(",") if c != "-"])
    rng = random.Random(5)
    counts = dict(judged=0, missed=0)
    used = set()
    for path in options.pool:
        for text in path.open(encoding="utf8"):
            line = json.loads(text)
            if len(line["tokens"]) > 70 or not line["questions"]:
                continue
            s = sentence(line)
            for q in line["questions"]:
                marks = asked(line, q)
                key = (line["document"], line["sentence"], ",".join(map(str, q["trigger"])), written_spans(q["actors"]), written_spans(q["recipients"]))
                if a := answers.get(key):
                    used.add(key)
                    event, modes, fit = judged(a[0])
                    marks |= dict(event=event, modes=modes, fit=fit if event != NONE or fit == (0, 0) else None, contexts=a[1] if event != NONE else None)
                    held = random.Random(line["document"]).random() < HELD
                    add("held" if held else "judged", [(s, marks)])
                elif q["told"] or rng.random() < 0.6:
                    add("pool", [(s, marks | dict(event=None, modes=None, fit=None, contexts=None))])
    print("labels without question:", len(set(answers) - used))
    if options.plv:
        documents = {}
        for text in options.plv[0].open(encoding="utf8"):
            d = json.loads(text)
            documents[d["id"]] = d
        for s, q in written(*options.plv):
            q["event_class"], q["event"], q["fit"] = q["event"], None, None
            add("plv", [(s, q)])
    lower, upper, pieces = dequantised()
    mini = from_bert(load_file(_minilm() / "model.safetensors"), "", 6, slice(None))
    data["lower"] = lower
    data["upper"] = {"parser": upper, "mini": {k.replace(f"layers.{n}.", f"layers.{n - 3}."): v for n in (3, 4, 5) for k, v in mini.items() if k.startswith(f"layers.{n}.")}}
    data["pieces"] = pieces
    half = lambda tensors: {k: v.half() for k, v in tensors.items()}
    data["lower"], data["upper"] = half(data["lower"]), {k: half(v) for k, v in data["upper"].items()}
    pickle.dump(data, options.out.open("wb"))
    print({k: len(v) for k, v in data.items()}, f"{options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

"""Scores the shipped 8-bit model, one table: evaluate.py [--models ../models] [--test]

Trees over gold tokens: LAS counts relation subtypes; lemmas are the model's rules corrected by lemmas.tsv, as in the
product (the column `rule` is without it). Entities: F1 of exact spans; where a corpus counts no titles as part of a name,
those of the prediction are taken off. Then the program itself is asked (cargo must be there): the whole way from raw text by
the rules of CoNLL 2018, and chains of coreference. Without --test the test sets are left alone, so
that they stay unseen while the model is tuned.
"""

import argparse
import re
import subprocess
from pathlib import Path

import torch

import corpora
import lexicon
from copies import country_words, with_placeholders
from decoding import entity_scores, predict, spans, tree_scores
from export import load_shipped

NAMES = ("geo", "per", "org")  # what corpora without GMB's gpe label
# GMB counts a title before a person's name as part of it; other corpora do not. For those, titles are taken off again.
TITLES = frozenset(
    "Mr Mr. Mrs Mrs. Ms Ms. Miss Dr Dr. Prof Prof. Professor Sir Dame Lord Lady Baron Baroness Count Duke Duchess Earl King Queen Prince Princess "
    "Emperor Empress Emir Sultan Sheikh Shaikh Sheik Imam Ayatollah Pope Cardinal Archbishop Bishop Father Sister Brother Rev Rev. Reverend Rabbi "
    "Saint St. President Vice Deputy Prime Foreign Defense Defence Interior Finance Minister Premier Chancellor Secretary Secretary-General "
    "General Gen Gen. Colonel Col. Major Maj. Captain Capt. Lieutenant Lt. Sergeant Sgt. Admiral Adm. Commander Marshal Brigadier Senator Sen. "
    "Representative Rep. Congressman Congresswoman Governor Gov. Mayor Judge Justice Attorney Ambassador Chairman Chairwoman Chief Director Detective "
    "Officer Coach Speaker Commissioner Inspector".split()
)
LONGEST = 510  # pieces


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, default=Path(__file__).resolve().parent.parent / "models")
    parser.add_argument("--shared", type=Path, default=corpora.SHARED)
    parser.add_argument("--test", action="store_true", help="also the test sets and wikigold")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    model, labels, vocabulary = load_shipped(args.models / "english.safetensors")
    lemmas = lexicon.read(args.models / "lemmas.tsv")

    def predicted(sentences: list[dict]) -> list[dict]:
        sentences = [s for s in map(vocabulary.encode, sentences) if len(s["ids"]) <= LONGEST]
        predict(model, labels, sentences, vocabulary.pad)
        return sentences

    print(f"weights sha256 {corpora.sha256(args.models / 'english.safetensors')}\n")
    print("| trees | words | UAS | LAS | UPOS | XPOS | FEATS | lemma | rule |\n|---|---|---|---|---|---|---|---|---|", flush=True)
    for name, sentences in tree_sets(args):
        tree_row(name, predicted(sentences), lemmas)
    print("\n| entities | F1 | geo | gpe | per | org |\n|---|---|---|---|---|---|", flush=True)
    for name, sentences, kinds in entity_sets(args):
        sentences = predicted(sentences)
        if kinds == NAMES:
            for s in sentences:
                s["P"]["n"] = without_titles(s["w"], s["P"]["n"])
        scores = entity_scores(sentences, kinds)
        print(f"| {name} | " + " | ".join(f"{scores[k]:.2f}" if k in scores else "-" for k in ("F1", "geo", "gpe", "per", "org")) + " |", flush=True)
    print("\n| from raw text, F1 | tokens | words | sentences | UPOS | lemma | UAS | LAS |\n|---|---|---|---|---|---|---|---|", flush=True)
    for name, found in ask(args, "raw", ("EWT", "GUM")):
        print(f"| {name} | " + " | ".join(found[k] for k in ("tokens", "words", "sentences", "UPOS", "lemma", "UAS", "LAS")) + " |", flush=True)
    print("\n| coreference | mentions | MUC | B3 | CEAF-phi4 | average |\n|---|---|---|---|---|---|", flush=True)
    for name, found in ask(args, "coreference", ("GUM",)):
        print(f"| {name} | " + " | ".join(found[k] for k in ("mentions", "MUC", "B3", "CEAF-phi4", "average")) + " |", flush=True)


def ask(args: argparse.Namespace, task: str, treebanks: tuple[str, ...]):
    """What `xtask TASK` says of each treebank's parts: the last number of each line, by the line's first word."""
    for part in ("dev", "test") if args.test else ("dev",):
        for treebank in treebanks:
            genres = ["--genres", ",".join(corpora.OPEN_GENRES)] if treebank == "GUM" else []
            command = ["cargo", "run", "--release", "-q", "-p", "xtask", "--", task, str(corpora.path(f"{treebank} {part}", args.shared)), *genres]
            out = subprocess.run(command, cwd=args.models.parent, check=True, text=True, capture_output=True).stdout
            lines = (re.sub(r"\(.*", "", line).split() for line in out.splitlines())
            found = {words[0]: words[-1] for words in lines if len(words) > 1 and re.fullmatch(r"[0-9.]+", words[-1])}
            yield f"{treebank} {part}" + (", open genres" if genres else ""), found


def tree_sets(args: argparse.Namespace):
    """Names and sentences: EWT, EWT dev with placeholders for countries, GUM by genre (the open ones, then all)."""
    for part in ("dev", "test") if args.test else ("dev",):
        sentences = corpora.read_conllu(corpora.path(f"EWT {part}", args.shared))
        yield f"EWT {part}", sentences
        if part == "dev":
            silver = corpora.read_silver(corpora.path("silver trees", args.shared))
            countries = country_words(corpora.path("country names", args.shared), corpora.path("countries", args.shared), silver)
            changed = [with_placeholders(s, countries) for s in sentences]
            touched = [i for i, s in enumerate(changed) if s is not sentences[i]]
            yield "EWT dev, sentences that name countries", [dict(sentences[i]) for i in touched]
            yield "the same with placeholders", [changed[i] for i in touched]
        file = corpora.path(f"GUM {part}", args.shared)
        yield f"GUM {part}, open genres", corpora.read_conllu(file, corpora.OPEN_GENRES)
        everything = corpora.read_conllu(file)
        genres = sorted({s["doc"].split("_")[1] for s in everything})
        for genre in sorted(genres, key=lambda g: g not in corpora.OPEN_GENRES):
            mark = "" if genre in corpora.OPEN_GENRES else " (not trained on)"
            yield f"GUM {part}, {genre}{mark}", [s for s in everything if s["doc"].split("_")[1] == genre]


def entity_sets(args: argparse.Namespace):
    yield "gmb-dev", corpora.read_gmb(corpora.path("gmb-dev", args.shared)), corpora.ENTITY_TYPES
    yield "UNER EWT dev", corpora.read_uner(corpora.path("UNER EWT dev", args.shared)), NAMES
    if args.test:
        yield "wikigold", corpora.read_wikigold(corpora.path("wikigold", args.shared)), NAMES


def without_titles(words: list[str], tags: list[str]) -> list[str]:
    """Entity tags with the titles before a person's name outside it; a name that is all titles stays."""
    tags = list(tags)
    for start, end, _ in spans(tags, ("per",)):
        first = start
        while first + 1 < end and words[first] in TITLES:
            first += 1
        tags[start:first] = ["O"] * (first - start)
        tags[first] = "B-per"
    return tags


def tree_row(name: str, sentences: list[dict], lemmas: dict[tuple[str, str], str]) -> None:
    rule = tree_scores(sentences)["lemma"]
    for s in sentences:
        p = s["P"]
        p["lemma"] = [lexicon.look_up(lemmas, w, u, lemma) for w, u, lemma in zip(s["w"], p["u"], p["lemma"])]
    scores = tree_scores(sentences)
    words = sum(len(s["w"]) for s in sentences)
    print(f"| {name} | {words} | " + " | ".join(f"{scores[k]:.2f}" for k in ("UAS", "LAS", "UPOS", "XPOS", "FEATS", "lemma")) + f" | {rule:.2f} |", flush=True)


if __name__ == "__main__":
    main()

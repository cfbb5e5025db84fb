"""The lemma lexicon: forms of the training treebanks whose lemma their part of speech decides.

lexicon.py [--models ../models] writes lemmas.tsv: form (lower case), UPOS, lemma. A form with two lemmas for the same
part of speech is left out unless one has nine uses in ten. Proper nouns, numbers, symbols and punctuation are left out.
"""

import argparse
import collections
from pathlib import Path

import corpora
from weights import replace

PARTS = ("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "PART", "PRON", "SCONJ", "VERB")


def build(sentences: list[dict]) -> dict[tuple[str, str], str]:
    """(lower-cased form, UPOS) -> lemma."""
    seen = collections.defaultdict(collections.Counter)
    for s in sentences:
        for form, lemma, upos in zip(s["w"], s["lemma"], s["u"]):
            if upos in PARTS and form[0].isalpha() and lemma != "_":
                seen[form.lower(), upos][lemma] += 1
    out = {}
    for key, lemmas in seen.items():
        lemma, count = lemmas.most_common(1)[0]
        if count >= 0.9 * lemmas.total():
            out[key] = lemma
    return out


def look_up(lexicon: dict[tuple[str, str], str], form: str, upos: str, otherwise: str) -> str:
    """The lexicon's lemma of a form, or `otherwise`."""
    return lexicon.get((form.lower(), upos), otherwise)


def read(file: Path) -> dict[tuple[str, str], str]:
    rows = [line.split("\t") for line in file.read_text(encoding="utf8").splitlines() if line[:1] != "#"]
    return {(form, upos): lemma for form, upos, lemma in rows}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, default=Path(__file__).resolve().parent.parent / "models")
    parser.add_argument("--shared", type=Path, default=corpora.SHARED)
    args = parser.parse_args()
    gold = corpora.read_conllu(corpora.path("EWT train", args.shared))
    gold += corpora.read_conllu(corpora.path("GUM train", args.shared), corpora.OPEN_GENRES)
    rows = ["# form\tUPOS\tlemma, from EWT and the open genres of GUM (train), CC BY-SA 4.0"]
    rows += ["\t".join((form, upos, lemma)) for (form, upos), lemma in sorted(build(gold).items())]
    replace(args.models / "lemmas.tsv", lambda part: part.write_text("\n".join(rows) + "\n", encoding="utf8"))
    print(f"lemmas.tsv: {len(rows) - 1} forms")


if __name__ == "__main__":
    main()

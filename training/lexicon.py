"""The lemma lexicon: forms whose lemma their part of speech decides.

lexicon.py [--models ../models] writes lemmas.tsv: form (lower case), UPOS, lemma. Three sources, the first that knows a form
counts: the training treebanks, where a form with two lemmas for the same part of speech is left out unless one has nine
uses in ten; irregular.tsv; and regular endings of forms in the silver news, where only one possible base is itself in use
there with the same part of speech ("staged": "stage", which is a verb of the news, and not "stag", which is none).
Numbers lose the commas between thousands. Proper nouns but for shortened days and months, symbols and punctuation are left
out.
"""

import argparse
import collections
import re
from pathlib import Path

import corpora
from weights import replace

IRREGULAR = Path(__file__).resolve().parent / "irregular.tsv"
THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")
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


def irregular(file: Path = IRREGULAR) -> dict[tuple[str, str], str]:
    """(form, UPOS) -> lemma of irregular.tsv."""
    rows = [line.split("\t") for line in file.read_text(encoding="utf8").splitlines() if line[:1] != "#"]
    return {(form, upos): lemma for lemma, upos, forms in rows for form in forms.split()}


def regular(tagged: list[dict], known: dict[tuple[str, str], str], gold: list[dict]) -> dict[tuple[str, str], str]:
    """(form, UPOS) -> lemma for regularly inflected verbs and nouns of `tagged` of which one base alone is in use; not for
    forms that `gold` has, whose lemma it leaves open."""
    open_forms = {(w.lower(), u) for s in gold for w, u in zip(s["w"], s["u"])}
    uses = collections.Counter()
    for s in tagged:
        uses.update((w, u) for w, u in zip(s["w"], s["u"]) if u in ("VERB", "NOUN") and w.isalpha() and w.islower())
    lemmas = {(lemma, upos) for (_, upos), lemma in known.items()}
    out = {}
    for form, upos in uses:
        if (form, upos) not in known and (form, upos) not in open_forms:
            used = [b for b in bases(form, upos) if (b, upos) in lemmas or uses[b, upos] > 1]
            if len(used) == 1:
                out[form, upos] = used[0]
    return out


def bases(form: str, upos: str) -> list[str]:
    """What a form could be a regular inflection of."""
    out = []
    if form.endswith("ies") and len(form) > 4:
        out.append(form[:-3] + "y")
    elif form.endswith(("sses", "shes", "ches", "xes", "zes")):
        out += [form[:-2], form[:-1]]
    elif form.endswith("s") and not form.endswith(("ss", "us", "is")):
        out.append(form[:-1])
    if upos == "VERB":
        for ending in ("ed", "ing"):
            if form.endswith(ending) and len(form) > len(ending) + 2:
                stem = form[: -len(ending)]
                out += [stem, stem + "e"]
                if stem[-1] == stem[-2] and stem[-1] not in "aeiouls":
                    out.append(stem[:-1])
                if ending == "ed" and stem.endswith("i"):
                    out.append(stem[:-1] + "y")
    return out


def look_up(lexicon: dict[tuple[str, str], str], form: str, upos: str, otherwise: str) -> str:
    """The lexicon's lemma of a form, or `otherwise`; a number without its commas."""
    if upos == "NUM" and THOUSANDS.fullmatch(form):
        return form.replace(",", "")
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
    lemmas = irregular() | build(gold)
    lemmas |= regular(corpora.read_silver(corpora.path("silver trees", args.shared)), lemmas, gold)
    rows = ["# form\tUPOS\tlemma, from EWT and the open genres of GUM (train), CC BY-SA 4.0, and forms of the Groningen Meaning Bank"]
    rows += ["\t".join((form, upos, lemma)) for (form, upos), lemma in sorted(lemmas.items())]
    replace(args.models / "lemmas.tsv", lambda part: part.write_text("\n".join(rows) + "\n", encoding="utf8"))
    print(f"lemmas.tsv: {len(rows) - 1} forms")


if __name__ == "__main__":
    main()

"""Checks the sentences that show events and counts them by label.

Faults are printed as `file:line: cause`, and the exit status is then 1:

    python training/events/check.py
"""

import collections
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
ONTOLOGY = HERE.parents[1] / "data" / "ontology" / "events.tsv"
NEAR_MISS = "NONE"
MARK = re.compile(r"<(/?)([AR])>")
SLOT = re.compile(r"\{([xyzw])\.(name|adj|pl|capital|person|surname)\}")
LONGEST = 50  # tokens
LONG = 20  # a sentence of more tokens counts as long
ENOUGH = 45  # sentences that a mode needs


def labels() -> list[str]:
    """The labels of the ontology, `EVENT` or `EVENT/mode`, and that of a near-miss."""
    out = []
    for line in ONTOLOGY.read_text(encoding="utf8").splitlines():
        if line.startswith("#") or line.startswith("event\t"):
            continue
        event, mode = line.split("\t")[:2]
        out.append(f"{event}/{mode}" if mode else event)
    return [*out, NEAR_MISS]


def faults(sentence: str) -> list[str]:
    """What is wrong with the marks, slots and spaces of `sentence`."""
    out, opened, seen = [], None, []
    for closing, kind in MARK.findall(sentence):
        if closing and opened != kind:
            out.append(f"</{kind}> closes nothing")
        elif not closing and opened:
            out.append(f"<{kind}> inside <{opened}>")
        elif not closing and kind in seen:
            out.append(f"<{kind}> twice")
        opened = None if closing else kind
        seen.append(kind)
    if opened:
        out.append(f"<{opened}> is not closed")
    if not seen:
        out.append("neither <A> nor <R> is marked")
    if re.search(r"<([AR])>\s*</\1>", sentence):
        out.append("a mark around nothing")
    rest = MARK.sub("", SLOT.sub("", sentence))
    if re.search(r"[<>{}\[\]]", rest):
        out.append("a slot or mark that is not known")
    if re.search(r"\b[xyzw][nalcps]\b", rest):
        out.append("a slot without its braces")
    if sentence != " ".join(sentence.split()):
        out.append("a tab or spaces in a row, before or after the sentence")
    if len(sentence.split()) > LONGEST:
        out.append(f"more than {LONGEST} tokens")
    return out


def main() -> int:
    known = labels()
    counts, lengths = collections.Counter(), []
    first: dict[str, str] = {}
    wrong = 0
    for file in sorted(HERE.glob("*.tsv")):
        for number, line in enumerate(file.read_text(encoding="utf8").splitlines(), 1):
            where = f"{file.name}:{number}"
            label, tab, sentence = line.partition("\t")
            found = faults(sentence) if tab else ["no tab"]
            if label not in known:
                found.append(f"label {label} is not in {ONTOLOGY.name}")
            elif label.split("/")[0].lower() != file.stem:
                found.append(f"label {label} belongs in another file")
            if (before := first.setdefault(" ".join(sentence.lower().split()), where)) != where:
                found.append(f"the same sentence as {before}")
            for cause in found:
                print(f"{where}: {cause}", file=sys.stderr)
            wrong += len(found)
            counts[label] += 1
            lengths.append(len(sentence.split()))
    for label in known:
        few = "  few" if "/" in label and counts[label] < ENOUGH else ""
        print(f"{counts[label]:6} {label}{few}")
    long = sum(n > LONG for n in lengths)
    print(f"{len(lengths):6} sentences, {long} of more than {LONG} tokens; {wrong} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

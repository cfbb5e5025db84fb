#!/usr/bin/env python3
"""Draw the sentences of the first gold set, and check a labelled file against them.

    python3 tests/gold/draw.py                 the drawn sentences, without records, on standard output
    python3 tests/gold/draw.py --check FILE    check FILE (first.jsonl) against the texts; exit 1 on a fault

The texts are read from ../shared/data/texts beside the repository. The draw depends on the seed, the texts
and this file only; sentences come out ordered by source, document and place.
"""

import argparse
import hashlib
import json
import random
import re
import sys
from pathlib import Path

SEED = 20261125
MOST_PER_DOCUMENT = 4
WORDS = range(5, 81)

TEXTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "texts"
SOURCES = [("re3d", TEXTS / "syria" / "re3d.jsonl", 120), ("wikinews", TEXTS / "wikinews" / "geovirus.jsonl", 80)]
LICENCES = {
    "UK Government": "OGL",
    "US State Department": "US public domain",
    "Wikipedia": "CC BY-SA",
    "Australian Department of Foreign Affairs": "CC BY",
    "Delegation of the European Union to Syria": "CC BY",
    "Wikinews": "CC BY 2.5",
}

# A sentence ends at . ! or ? (and any closing quotes or brackets) before white space and a capital, which may
# stand behind an opening quote or bracket; a line break ends one too, since headings carry no full stop.
BOUNDARY = re.compile(r"(?<=[.!?])[\"'”’)\]]*(\s+)(?=[\"'“‘(\[]*[A-Z])|(\s*\n\s*)")
# A full stop after one of these, or after a single capital, is part of the word.
ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Rep|Sen|Gov|St|Jr|Sr|No|vs|Inc|Ltd|Co)|\b[A-Z])\.$")


def sentences(text):
    """Yield (start, end) in characters, without the white space around a sentence."""
    start = 0
    for match in BOUNDARY.finditer(text):
        gap_start, gap_end = match.span(1) if match.group(1) is not None else match.span(2)
        if "\n" not in match.group(0) and ABBREVIATION.search(text[start:gap_start]):
            continue
        if text[start:gap_start].strip():
            yield trimmed(text, start, gap_start)
        start = gap_end
    if text[start:].strip():
        yield trimmed(text, start, len(text))


def trimmed(text, start, end):
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def byte_offset(text, character):
    return len(text[:character].encode("utf-8"))


def fingerprint(sentence):
    return hashlib.sha256(sentence.encode("utf-8")).hexdigest()[:16]


def load(path):
    if not path.exists():
        sys.exit(f"{path}: not there; the development texts are needed to draw or check")
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def article(document):
    """What counts as one document for the limit: several Wikinews records may be parts of one page."""
    return document.get("url") or document["id"]


def draw():
    """Return the drawn sentences, each a dict in the layout of first.jsonl without `records` and `note`."""
    chooser = random.Random(SEED)
    drawn = []
    for source, path, wanted in SOURCES:
        pool, seen = [], set()
        for order, document in enumerate(load(path)):
            text = document["text"]
            for start, end in sentences(text):
                sentence = text[start:end]
                if len(sentence.split()) in WORDS and sentence not in seen:
                    seen.add(sentence)
                    pool.append((order, start, end, document))
        chooser.shuffle(pool)
        taken, per_document = [], {}
        for order, start, end, document in pool:
            key = article(document)
            if len(taken) < wanted and per_document.get(key, 0) < MOST_PER_DOCUMENT:
                per_document[key] = per_document.get(key, 0) + 1
                taken.append((order, start, end, document))
        taken.sort(key=lambda item: item[:3])
        for _, start, end, document in taken:
            text = document["text"]
            publisher = document.get("publisher", "Wikinews")
            drawn.append({
                "id": f"g{len(drawn) + 1:03}",
                "source": source,
                "document": document["id"],
                "publisher": publisher,
                "licence": LICENCES[publisher],
                "url": document["url"],
                "start": byte_offset(text, start),
                "end": byte_offset(text, end),
                "char_start": start,
                "char_end": end,
                "sha256": fingerprint(text[start:end]),
                "text": text[start:end],
            })
    return drawn


def spans(value):
    """Yield every (text, span) of a record, whatever its depth: an entity's, and `x` with its `x_span`."""
    if isinstance(value, dict):
        for key, span in value.items():
            if span is not None and key == "span":
                yield value["text"], span
            elif span is not None and key.endswith("_span"):
                yield value[key.removesuffix("_span")], span
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def check(path):
    """Return the faults of a labelled file, one line of text each."""
    faults = []
    labelled = load(path)
    drawn = draw()
    if len(labelled) != len(drawn):
        faults.append(f"{path}: {len(labelled)} sentences, {len(drawn)} drawn")
    for number, (line, sentence) in enumerate(zip(labelled, drawn), 1):
        for key, value in sentence.items():
            if line.get(key) != value:
                faults.append(f"{path}:{number}: {key} is {line.get(key)!r}, drawn {value!r}")
        text = sentence["text"].encode("utf-8")
        for written, (start, end) in spans(line["records"]):
            found = text[start - sentence["start"]:end - sentence["start"]].decode("utf-8", "replace")
            if found != written:
                faults.append(f"{path}:{number}: span {start}-{end} holds {found!r}, not {written!r}")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", metavar="FILE", type=Path)
    options = parser.parse_args()
    if options.check:
        faults = check(options.check)
        print("\n".join(faults) or f"{options.check}: agrees with the texts", file=sys.stderr)
        sys.exit(1 if faults else 0)
    for sentence in draw():
        print(json.dumps(sentence, ensure_ascii=False))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Draw the sentences of a gold set, and check a labelled file against them.

    python3 tests/gold/draw.py                 the drawn sentences, without records, on standard output
    python3 tests/gold/draw.py --check FILE    check FILE (first.jsonl) against the texts; exit 1 on a fault
    python3 tests/gold/draw.py --documents     the whole documents that they are from, as JSON Lines

`--set second` does the same for the second set. The texts are read from ../shared/data beside the repository. A draw
depends on the seed, the texts and this folder's programs only; sentences come out ordered by source, document and place.
"""

import argparse
import hashlib
import json
import random
import re
import sys
from pathlib import Path

import corpora

SEEDS = {"first": 20261125, "second": 20261127}
MOST_PER_DOCUMENT = 4
WORDS = range(5, 81)

HERE = Path(__file__).resolve().parent
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
TEXTS = DATA / "texts"
SPLITS = ("train", "dev")  # never the test split
# Documents in which the coder's faults have been read since the first set was drawn: reading-re3d.md, and part dev
# of attributions.jsonl.
READ = set(
    """
    2FA0B45CA064AF09334944B6D68B5987 1101048768E50FA1F8DA3F7B7CD105AB 1718A3656CA87E3826A28BC3D041F024
    74E7DCD5876B4EF1E95448F0E0C073CD 78C6FA20C3559F23A36974F2B22BC73A 8A716D1B7D81B723DFD8361BAEA100DC
    ED9C03D12FCA518C78DD6C3909CA5E42 340238F0CEF0581CBBA9106FFB2EA97C C02FDFE461425ED8B64B982D05BD2D62
    B7CAC5946BE12615BA4815FFE0FE4C54 1563238E6CF89746FDD44909F11EE319 8BF4B60AA80B0601BE12F0164E2E7001
    8B3BA274503F6D30F7E80C41E7568744 GUM_news_asylum GUM_news_korea GUM_news_defector
    GUM_news_imprisoned GUM_news_flag
    """.split()
)
LICENCES = {
    "UK Government": "OGL",
    "US State Department": "US public domain",
    "Wikipedia": "CC BY-SA",
    "Australian Department of Foreign Affairs": "CC BY",
    "Delegation of the European Union to Syria": "CC BY",
    "Wikinews": "CC BY 2.5",
    "Groningen Meaning Bank": "public domain",
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


def sources(name):
    """The sources of a set: name, documents, how many sentences to draw. A document has the places of its sentences."""
    if name == "first":
        return [
            ("re3d", divided(load(TEXTS / "syria" / "re3d.jsonl")), 120),
            ("wikinews", divided(load(TEXTS / "wikinews" / "geovirus.jsonl")), 80),
        ]
    earlier = {(line["document"], line["char_start"]) for line in load(HERE / "first.jsonl")}
    statements = divided(load(TEXTS / "syria" / "re3d.jsonl"))
    for document in statements:
        document["sentences"] = [span for span in document["sentences"] if (document["id"], span[0]) not in earlier]
    books = [DATA / "treebanks" / f"en_gum-{split}.conllu" for split in SPLITS]
    gum = [item for book in books for item in corpora.treebank(book, ("news", "interview"), "wikinews.org")]
    return [
        ("re3d", unread(statements), 120),
        ("gmb", corpora.groningen(DATA / "ner" / "gmb-dev.conll.gz"), 150),
        ("gum", unread(gum), 90),
    ]


def divided(documents):
    for document in documents:
        document["sentences"] = list(sentences(document["text"]))
    return documents


def unread(documents):
    return [document for document in documents if document["id"] not in READ]


def draw(name):
    """Return the drawn sentences of a set, each a dict in the layout of first.jsonl without `records` and `note`."""
    chooser = random.Random(SEEDS[name])
    drawn = []
    for source, documents, wanted in sources(name):
        pool, seen = [], set()
        for order, document in enumerate(documents):
            text = document["text"]
            for start, end in document["sentences"]:
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
                "id": f"{'g' if name == 'first' else 'h'}{len(drawn) + 1:03}",
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


def documents_of(name):
    """Yield every document that the set draws from, once, with its text."""
    for _, documents, _ in sources(name):
        for document in documents:
            yield {key: document[key] for key in ("id", "url", "text") if document[key] is not None}


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


def check(path, name):
    """Return the faults of a labelled file, one line of text each."""
    faults = []
    labelled = load(path)
    drawn = draw(name)
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
    parser.add_argument("--set", choices=SEEDS, default="first", help="which set (first)")
    parser.add_argument("--check", metavar="FILE", type=Path, help="check a labelled file")
    parser.add_argument("--documents", action="store_true", help="print the whole documents, to run a coder on")
    options = parser.parse_args()
    if options.check:
        faults = check(options.check, options.set)
        print("\n".join(faults) or f"{options.check}: agrees with the texts", file=sys.stderr)
        sys.exit(1 if faults else 0)
    for item in documents_of(options.set) if options.documents else draw(options.set):
        print(json.dumps(item, ensure_ascii=False))


if __name__ == "__main__":
    main()

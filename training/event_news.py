"""Sentences of the Groningen Meaning Bank's news and of treebanks as documents, one a line, for `xtask questions`.

    python training/event_news.py gmb > gmb.jsonl
    python training/event_news.py treebanks > treebanks.jsonl

`gmb-N` is the Nth sentence of the training part, put together as printed text has it; `ewt-N` and `gum-N` the Nth of the training
treebanks (GUM's open genres), 4,500 of them drawn by a seed.
"""

import gzip
import json
import random
import re
import sys

import corpora

DRAWN, SEED = 4500, 3


def printed(words: list[str]) -> str:
    """Words as text: the bank writes a space between all tokens."""
    text = re.sub(r" ([.,;:?!%)\]])", r"\1", " ".join(words))
    text = re.sub(r"([(\[$]) ", r"\1", text)
    text = re.sub(r" ('s|'S|n't|'re|'ve|'ll|'d|'m)\b", r"\1", text)
    out, opened = "", False
    for part in re.split('(")', re.sub(r"(\w) ' ", r"\1' ", text)):
        if part == '"':
            out = out.rstrip() + part if opened else out + part
            opened = not opened
        else:
            out += part.lstrip() if opened else part
    return out


def gmb():
    words, number = [], 0
    with gzip.open(corpora.SHARED / "data" / "ner" / "gmb-train.conll.gz", "rt", encoding="utf8") as file:
        for line in [*file, "\n"]:
            if line.strip():
                words.append(line.split("\t")[0])
            elif words:
                number += 1
                yield dict(id=f"gmb-{number}", text=printed(words))
                words = []


def treebanks():
    out = []
    for name, prefix in (("EWT train", "ewt"), ("GUM train", "gum")):
        number, document = 0, ""
        for line in corpora.path(name, corpora.SHARED).open(encoding="utf8"):
            if line.startswith("# newdoc id"):
                document = line
            elif line.startswith("# text ="):
                number += 1
                text = line.split("=", 1)[1].strip()
                open_genre = prefix == "ewt" or any(genre in document for genre in corpora.OPEN_GENRES)
                if open_genre and 8 <= len(text.split()) <= 60:
                    out.append(dict(id=f"{prefix}-{number}", text=text))
    random.Random(SEED).shuffle(out)
    return out[:DRAWN]


if __name__ == "__main__":
    kinds = {"gmb": gmb, "treebanks": treebanks}
    if len(sys.argv) != 2 or sys.argv[1] not in kinds:
        sys.exit(f"usage: event_news.py {'|'.join(kinds)}")
    for document in kinds[sys.argv[1]]():
        print(json.dumps(document))

"""Texts of the documents of genres.jsonl as JSON Lines, for `demarche eval genres --texts`.

python3 tests/gold/genre_texts.py > texts.jsonl

Reads ../shared/data: stories of gmb-train by their first and last sentence, Wikinews, documents of GUM's and EWT's training parts.
A text that differs from the one that was labelled (its hash) is named and left out.
"""

import gzip
import hashlib
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent.parent / "shared" / "data"


def gmb():
    """Sentences of gmb-train, punctuation put back."""
    sentences, words = [], []
    with gzip.open(DATA / "ner" / "gmb-train.conll.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                words.append(line.split()[0])
            elif words:
                text = re.sub(r" ([,.;:?!'])", r"\1", " ".join(words))
                sentences.append(text.replace(" 's", "'s").replace(" n't", "n't"))
                words = []
    return sentences


def wikinews():
    """Documents of Wikinews by id."""
    with open(DATA / "texts" / "wikinews" / "geovirus.jsonl", encoding="utf-8") as lines:
        return {document["id"]: document for document in map(json.loads, lines)}


def treebank(name):
    """Documents of a treebank's training part by id, paragraphs parted by blank lines."""
    out, current, fresh = {}, None, True
    with open(DATA / "treebanks" / f"{name}-train.conllu", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc id"):
                current, fresh = out.setdefault(line.split("= ", 1)[1].strip(), []), True
            elif line.startswith("# newpar"):
                fresh = True
            elif line.startswith("# text ="):
                text = line.split("= ", 1)[1].strip()
                if fresh or not current:
                    current.append(text)
                else:
                    current[-1] += " " + text
                fresh = False
    return {key: "\n\n".join(paragraphs) for key, paragraphs in out.items()}


def digest(text):
    """First 16 hex digits of the SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Texts:
    """All documents by source and id; each source is read once, when it is first asked for."""

    def __init__(self):
        self.read = {}

    def of(self, source, document):
        """Title and text."""
        if source not in self.read:
            self.read[source] = {"gmb": gmb, "wikinews": wikinews}.get(source, lambda: treebank(f"en_{source}"))()
        if source == "gmb":
            first, last = map(int, document.split("-")[-2:])
            return None, " ".join(self.read[source][first : last + 1])
        found = self.read[source][document]
        return (found["title"], found["text"]) if source == "wikinews" else (None, found)


def main():
    """Writes every document whose text is as labelled."""
    texts = Texts()
    for line in open(HERE / "genres.jsonl", encoding="utf-8"):
        entry = json.loads(line)
        title, text = texts.of(entry["source"], entry["document"])
        if digest(text) != entry["sha256"]:
            print(f"{entry['document']}: not the text that was labelled", file=sys.stderr)
            continue
        json.dump({"id": entry["document"], **({"title": title} if title else {}), "text": text}, sys.stdout)
        print()


if __name__ == "__main__":
    main()

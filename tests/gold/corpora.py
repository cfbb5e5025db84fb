"""Annotated corpora as documents: texts with their sentences' places, for drawing.

A document is a dict with `id`, `publisher`, `url`, `text` and `sentences`, a list of (start, end) in characters.
"""

import gzip
import re
import sys

# Marks that stand close to the word before them, and those that stand close to the word after.
CLOSES = re.compile(r"[.,;:?!%)\]]+|\.\.\.|'(?:s|S|re|ve|ll|d|m)?|n't")
OPENS = re.compile(r"[(\[$]|\w*\$")

# What keeps two neighbouring sentences in one article: a content word in common.
CONTENT = re.compile(r"[A-Z]\w{2,}|\w{5,}")
NEIGHBOURS = 3
# Openings that carry on an article, whatever the words.
CARRIES_ON = re.compile(r"(?:He|She|They|It|His|Her|Their|Its|This|These|Those|But|However|Meanwhile|Separately)\b")
COMMON = set(
    "the they their this that these those there then when while where which what who his her and but also for from "
    "however meanwhile officials people after before about other another since under during between least more most "
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december year years month months week weeks earlier later today would could should including "
    "government country world first second united states says saying reports report said have been were being".split()
)


def lines_of(path):
    if not path.exists():
        sys.exit(f"{path}: not there; the development texts are needed to draw or check")
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
    with opened as lines:
        for line in lines:
            yield line.rstrip("\n")


def untokenised(words):
    """Join the words of a sentence as print would, quotation marks alternating between open and closed."""
    text, close_next, quoted = "", True, False
    for word in words:
        if word == '"':
            text += '"' if close_next or quoted else ' "'
            close_next, quoted = not quoted, not quoted
            continue
        text += word if close_next or CLOSES.fullmatch(word) else " " + word
        close_next = bool(OPENS.fullmatch(word))
    return text


def content_words(sentence):
    words = (word.lower() for word in CONTENT.findall(sentence))
    return {word[:6] for word in words if word not in COMMON}


def articles(sentences):
    """Divide a run of sentences into likely articles: a break where no content word carries over."""
    current = []
    for place, sentence in enumerate(sentences):
        after = sentences[place:place + NEIGHBOURS]
        before = set().union(*(content_words(item) for item in current[-NEIGHBOURS:])) if current else set()
        follows = CARRIES_ON.match(sentence) or any(before & content_words(item) for item in after[:2])
        if current and not follows:
            yield current
            current = []
        current.append(sentence)
    if current:
        yield current


def joined(sentences, gaps):
    """Return the text of sentences with the given gap before each, and their places in it."""
    text, places = "", []
    for sentence, gap in zip(sentences, gaps):
        text += gap if text else ""
        places.append((len(text), len(text) + len(sentence)))
        text += sentence
    return text, places


def groningen(path):
    """The Groningen Meaning Bank's dev sentences (word, tag, label a line), a sentence a paragraph."""
    sentences, words = [], []
    for line in [*lines_of(path), ""]:
        if line:
            words.append(line.split("\t")[0])
        elif words:
            sentences.append(untokenised(words))
            words = []
    documents = []
    for article in articles(sentences):
        text, places = joined(article, ["\n\n"] * len(article))
        documents.append({
            "id": f"gmb-dev-{len(documents) + 1:03}",
            "publisher": "Groningen Meaning Bank",
            "url": None,
            "text": text,
            "sentences": places,
        })
    return documents


def treebank(path, genres, host):
    """The documents of a GUM file that are of these genres and from this site, in its own sentences and paragraphs."""
    documents, fresh = [], True
    for line in lines_of(path):
        if line.startswith("# newdoc id = "):
            name = line.split(" = ", 1)[1]
            documents.append({"id": name, "publisher": "Wikinews", "url": None, "sentences": [], "gaps": []})
        elif line.startswith("# meta::sourceURL = "):
            documents[-1]["url"] = line.split(" = ", 1)[1]
        elif line.startswith("# newpar"):
            fresh = True
        elif line.startswith("# text = "):
            documents[-1]["sentences"].append(line.split(" = ", 1)[1])
            documents[-1]["gaps"].append("\n\n" if fresh else " ")
            fresh = False
    kept = [item for item in documents if item["id"].split("_")[1] in genres and host in (item["url"] or "")]
    for document in kept:
        document["text"], document["sentences"] = joined(document["sentences"], document.pop("gaps"))
    return kept

"""Readers of treebanks, entity corpora and silver trees. A sentence is a dict of columns:

`w` words, `lemma`, `u` UPOS, `x` XPOS, `f` FEATS, `l` lemma rule, `h` head (1-based, 0 the root), `r` relation,
`n` entity tag (BIO over geo, gpe, per, org; `-` where nothing is known), `b` whether a sentence begins there (`S`).
Only `w` is always there.
"""

import gzip
import hashlib
import json
import re
import sys
from pathlib import Path

from lemmas import lemma_rule

NAMES = Path(__file__).resolve().parent / "names"
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
OPEN_GENRES = ("academic", "bio", "court", "interview", "news", "voyage")  # GUM genres under CC BY or CC BY-SA
ENTITY_TYPES = ("geo", "gpe", "per", "org")
ENTITY_TAGS = ["O"] + [f"{position}-{kind}" for kind in ENTITY_TYPES for position in "BI"]
UNKNOWN = "-"
GUM_TYPES = {"person": "per", "organization": "org", "place": "geo"}
FILES = {
    "EWT train": "data/treebanks/en_ewt-train.conllu",
    "EWT dev": "data/treebanks/en_ewt-dev.conllu",
    "EWT test": "data/treebanks/en_ewt-test.conllu",
    "GUM train": "data/treebanks/en_gum-train.conllu",
    "GUM dev": "data/treebanks/en_gum-dev.conllu",
    "GUM test": "data/treebanks/en_gum-test.conllu",
    "silver trees": "training/silver/gmb.jsonl.gz",
    "gmb-dev": "data/ner/gmb-dev.conll.gz",
    "UNER EWT dev": "data/ner/uner_ewt_dev.iob2",
    "wikigold": "data/ner/wikigold.conll",
    "re3d": "data/texts/syria/re3d.jsonl",
    "wikinews": "data/texts/wikinews/geovirus.jsonl",
    "country names": "data/actors/country_names.tsv",
    "countries": "data/places/countryInfo.txt",
}


def path(name: str, shared: Path = SHARED) -> Path:
    """Where a corpus of `FILES` lies; ends the program with a clear message if it does not."""
    found = shared / FILES[name]
    if not found.is_file():
        sys.exit(
            f"{name}: {found} is not there. Training and evaluation need the data folder `shared` beside this "
            "repository (or --shared FOLDER); see training/README.md for where each corpus comes from."
        )
    return found


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def read_conllu(file: Path, genres: tuple[str, ...] = ()) -> list[dict]:
    """Sentences of a treebank, each with its name `id`, document `doc` and `paragraph`; with `genres`, only GUM documents of those."""
    sentences, rows, document, paragraph, name = [], [], "", 0, ""
    for line in file.read_text(encoding="utf8").splitlines():
        if line.startswith("# newdoc id"):
            document = line.split("=")[1].strip()
        elif line.startswith("# newpar"):
            paragraph += 1
        elif line.startswith("# sent_id"):
            name = line.split("=")[1].strip()
        elif not line and rows:
            if not genres or any(f"_{genre}_" in document for genre in genres):
                sentences.append({**_sentence(rows, document), "id": name, "paragraph": (document, paragraph)})
            rows = []
        elif line and line[0] != "#" and line.split("\t")[0].isdigit():
            rows.append(line.split("\t"))
    return sentences


def _sentence(rows: list[list[str]], document: str) -> dict:
    column = lambda i: [row[i] for row in rows]
    sentence = dict(
        doc=document, w=column(1), lemma=column(2), u=column(3), x=column(4), f=column(5), r=column(7),
        h=[int(head) for head in column(6)], l=[lemma_rule(row[1], row[2]) for row in rows],
    )
    if document.startswith("GUM_"):
        sentence["n"] = _gum_entities(sentence, column(9))
    return sentence


def _gum_entities(sentence: dict, misc: list[str]) -> list[str]:
    """Tags of the names among GUM's mentions: the run of proper nouns that ends a person, organisation or place.

    Demonyms (adjectives and plurals, GMB's gpe) are no mentions in GUM: capitalised words outside names are unknown.
    """
    words, upos = sentence["w"], sentence["u"]
    proper = [u == "PROPN" for u in upos]
    tags = ["O" if w[:1].islower() or not w[:1].isalpha() or u in ("PRON", "DET", "ADP") else UNKNOWN for w, u in zip(words, upos)]
    open_mentions, mentions = [], []
    for i, cell in enumerate(misc):
        entity = next((part[7:] for part in cell.split("|") if part.startswith("Entity=")), "")
        for opened, closed in re.findall(r"\(([^()]+)|([^()]*)\)", entity):
            if opened:
                open_mentions.append((opened.split("-"), i))
            else:
                key = closed.split("-")[0]
                for k in range(len(open_mentions) - 1, -1, -1):
                    if not key or open_mentions[k][0][0] == key:
                        mention, start = open_mentions.pop(k)
                        mentions.append((start, i + 1, mention[1] if len(mention) > 1 else ""))
                        break
    # Outer mentions last: "University of X" is an organisation before X is a place.
    for start, end, kind in sorted(mentions, key=lambda m: m[1] - m[0]):
        kind = GUM_TYPES.get(kind)
        inside = set(range(start, end))
        tops = [i for i in range(start, end) if sentence["h"][i] - 1 not in inside]
        if not kind or len(tops) != 1 or not proper[tops[0]]:
            continue
        first = last = tops[0]
        while first > start and proper[first - 1]:
            first -= 1
        while last + 1 < end and (proper[last + 1] or kind == "org" and _goes_on(words, proper, last + 1, end)):
            last += 1
        for i in range(first, last + 1):
            tags[i] = ("B-" if i == first else "I-") + kind
    # A longer name may have overwritten the head of a shorter one.
    for i, tag in enumerate(tags):
        if tag.startswith("I-") and (i == 0 or tags[i - 1][2:] != tag[2:]):
            tags[i] = "B-" + tag[2:]
    return tags


def _goes_on(words: list[str], proper: list[bool], i: int, end: int) -> bool:
    """Whether `of` or `the` at i stands inside a name, as in "Bank of the West"."""
    joins = words[i] == "of" or words[i] == "the" and words[i - 1] == "of"
    return joins and any(proper[i + 1 : min(i + 3 if words[i] == "of" else i + 2, end)])


def add_names(sentences: list[dict], file: Path = NAMES / "ewt.tsv") -> None:
    """Entity tags `n` for treebank sentences: those that names/ewt.tsv labels, and those without a proper noun, where only
    capitalised words stay unknown."""
    labelled = {}
    for line in file.read_text(encoding="utf8").splitlines():
        if not line.startswith("#"):
            name, _, mentions = line.partition("\t")
            labelled[name] = mentions.split()
    for s in sentences:
        if s["id"] in labelled:
            s["n"] = ["O"] * len(s["w"])
            for mention in labelled[s["id"]]:
                kind, _, words = mention.partition(":")
                first, _, last = words.partition("-")
                for i in range(int(first) - 1, int(last or first)):
                    s["n"][i] = ("B-" if i == int(first) - 1 else "I-") + kind
        elif "n" not in s and "PROPN" not in s["u"]:
            s["n"] = [UNKNOWN if i and w[:1].isupper() and w != "I" else "O" for i, w in enumerate(s["w"])]


def read_marked(file: Path) -> list[dict]:
    """Sentences of names/*.txt: words between spaces, a name as `[type words]`."""
    sentences = []
    for line in file.read_text(encoding="utf8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        words, tags, kind, first = [], [], None, False
        for word in line.split():
            if word[0] == "[" and word[1:] in ENTITY_TYPES:
                kind, first = word[1:], True
                continue
            closes = kind is not None and word.endswith("]")
            words.append(word[:-1] if closes else word)
            tags.append("O" if kind is None else ("B-" if first else "I-") + kind)
            first = False
            kind = None if closes else kind
        sentences.append(dict(w=words, n=tags))
    return sentences


def read_gmb(file: Path) -> list[dict]:
    """Groningen Meaning Bank sentences with the four entity types kept."""
    return _read_columns(gzip.decompress(file.read_bytes()).decode("utf8"), "\t", lambda tag: tag if tag[2:] in ENTITY_TYPES else "O")


def read_wikigold(file: Path) -> list[dict]:
    """Wikigold, IO tags: its PER, ORG, LOC as per, org, geo; MISC as O."""
    kinds = {"I-PER": "I-per", "I-ORG": "I-org", "I-LOC": "I-geo"}
    return _read_columns(file.read_text(encoding="utf8"), " ", lambda tag: kinds.get(tag, "O"))


def read_uner(file: Path) -> list[dict]:
    """Universal NER: word in the second column, tag in the third."""
    kinds = {"PER": "per", "ORG": "org", "LOC": "geo"}
    to_tag = lambda tag: tag[:2] + kinds[tag[2:]] if tag[2:] in kinds else "O"
    rows = [line.split("\t")[1:3] if line and line[0] != "#" else [] for line in file.read_text(encoding="utf8").splitlines()]
    return _read_columns("\n".join("\t".join(row) for row in rows), "\t", to_tag)


def _read_columns(text: str, separator: str, to_tag) -> list[dict]:
    sentences, rows = [], []
    for line in [*text.splitlines(), ""]:
        cells = line.split(separator)
        if len(cells) >= 2:
            rows.append((cells[0], to_tag(cells[-1])))
        elif rows:
            sentences.append(dict(w=[w for w, _ in rows], n=[n for _, n in rows]))
            rows = []
    return sentences


def read_silver(file: Path) -> list[dict]:
    """Sentences of GMB with a teacher's heads, relations and UPOS, and GMB's entities."""
    with gzip.open(file, "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def raw_words(file: Path) -> list[str]:
    """Space-separated words of the `text` fields of a JSON Lines file."""
    return [word for line in file.open(encoding="utf8") for word in json.loads(line)["text"].split()]

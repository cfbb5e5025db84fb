"""Fills the slots of our sentences that show events (`training/events/*.tsv`) with countries and persons drawn at random.

Writes documents as JSON Lines for `xtask questions`: `id` (file:line:copy), `text`, `label`, and `actor` and `recipient`, the
characters between the marks. A country is drawn afresh for every copy, so that none tells an event.

    python training/event_sentences.py --copies 2 --output sentences.jsonl
"""

import argparse
import collections
import json
import pathlib
import random
import re

ROOT = pathlib.Path(__file__).resolve().parents[1]
SLOT = re.compile(r"\{([xyzw])\.(name|adj|pl|capital|person|surname)\}")
ARTICLE = re.compile(r"\b([Aa]) ((?:<[AR]>)?)(\{[xyzw]\.[a-z]+\})")
VOWELS = "AEIOÉÖaeio"


def rows(path: pathlib.Path) -> list[dict[str, str]]:
    lines = [line for line in path.read_text(encoding="utf8").splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"))) for line in lines[1:]]


def countries() -> list[dict]:
    """States with an adjective, a people, a capital and at least ten known office holders."""
    persons = collections.defaultdict(set)
    for row in rows(ROOT / "data" / "actors" / "office_holders.tsv"):
        if re.fullmatch(r"[A-Z][^\W\d_]+( [A-Z][^\W\d_]+){1,2}", row["person"]):
            persons[row["iso3"]].add(row["person"])
    out = []
    for row in rows(ROOT / "data" / "places" / "countries.tsv"):
        adjectives, peoples = row["adjectives"].split("|"), [p for p in row["demonyms"].split("|") if p.endswith("s")]
        if adjectives[0] and row["capital"] and not row["administered_by"] and len(persons[row["iso3"]]) >= 10:
            name = row["name"] if "," not in row["name"] else row["name"].split(",")[0]
            peoples = peoples or [f"people of {name}"]
            out.append(dict(name=name, adj=adjectives[0], pl=peoples[0], capital=row["capital"], persons=sorted(persons[row["iso3"]])))
    return out


def filled(sentence: str, states: list[dict], rng: random.Random) -> str:
    drawn = dict(zip("xyzw", rng.sample(states, 4)))
    person = {slot: rng.choice(state["persons"]) for slot, state in drawn.items()}

    def value(slot: str, kind: str) -> str:
        if kind == "person":
            return person[slot]
        if kind == "surname":
            return person[slot].split()[-1]
        return drawn[slot][kind]

    def with_article(match: re.Match) -> str:
        slot, kind = SLOT.fullmatch(match[3]).groups()
        n = "n" if value(slot, kind)[0] in VOWELS else ""
        return f"{match[1]}{n} {match[2]}{match[3]}"

    return SLOT.sub(lambda match: value(*match.groups()), ARTICLE.sub(with_article, sentence))


def closed(text: str) -> str:
    """Punctuation as printed text has it: the sentences are written with spaces between all tokens."""
    text = re.sub(r" ((?:</[AR]>)?)([.,;:?!%)])", r"\1\2", text)
    text = re.sub(r"([($])((?:<[AR]>)?) ", r"\1\2", text)
    return re.sub(r" ((?:</[AR]>)?)('s|n't|'re|'ve|'ll|'d|'m)\b", r"\1\2", text)


def unmarked(text: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The text without marks, and for `A` and `R` the characters between them."""
    plain, spans, start = "", {}, 0
    for match in re.finditer(r"<(/?)([AR])>", text):
        plain += text[start : match.start()]
        start = match.end()
        spans[match[2]] = (spans[match[2]][0], len(plain)) if match[1] else (len(plain), len(plain))
    return plain + text[start:], spans


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copies", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    options = parser.parse_args()
    rng, states = random.Random(options.seed), countries()
    with options.output.open("w", encoding="utf8") as out:
        for file in sorted((ROOT / "training" / "events").glob("*.tsv")):
            for number, line in enumerate(file.read_text(encoding="utf8").splitlines(), 1):
                label, _, sentence = line.partition("\t")
                for copy in range(options.copies if SLOT.search(sentence) else 1):
                    text, spans = unmarked(closed(filled(sentence, states, rng)))
                    document = dict(id=f"{file.stem}:{number}:{copy}", text=text, label=label, actor=spans.get("A"), recipient=spans.get("R"))
                    out.write(json.dumps(document, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

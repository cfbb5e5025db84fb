"""The pairs of events that were judged by reading: how their sentences were cut and how the pairs were drawn.

    python3 tests/gold/pairs/pairs.py cut ../shared/data/texts > sentences.jsonl
    demarche code --to jsonl sentences.jsonl -o records.jsonl
    python3 tests/gold/pairs/pairs.py draw records.jsonl > drawn.jsonl

Every title and the first eight sentences of a text are each a document of their own, all of a source under one day, so
that neither dates nor documents help. A pair is two events of one type of different documents: all pairs of one
text; of two texts those that share three content words, or two and an actor; and 40 others that share an actor
(seed 20261126), which differ in nothing but what happened.
"""

import itertools
import json
import random
import re
import sys
from pathlib import Path

SOURCES = (("wikinews/geovirus.jsonl", "2009-05-06", ""), ("syria/re3d.jsonl", "2015-05-06", "re3d-"))
SENTENCE = re.compile(r'[^\n]+?(?:[.!?]["\u201d]?(?=\s+["\u201c]?[A-Z])|$|(?=\n))')
COMMON = Path(__file__).parents[3] / "data/dossier/common_words.txt"


def cut(folder):
    for name, date, prefix in SOURCES:
        for line in open(Path(folder) / name):
            text = json.loads(line)
            key = prefix + (text["id"][:8] if prefix else text["id"])
            sentences = [("t", text["title"].rstrip(".") + ".")]
            for found in SENTENCE.finditer(text["text"]):
                if len(found.group().split()) >= 6:
                    sentences.append((found.start(), found.group().strip()))
            for start, sentence in sentences[:9]:
                print(json.dumps({"id": f"{key}/{start}", "text": sentence, "date": date, "publisher": key}))


def stems(text):
    return {word.lower()[:6] for word in re.findall(r"\w+", text)}


def content(event, common):
    names = set()
    for entity in event["actor"] + event["recipient"] + event["attributed_to"]:
        for text in (entity["entity_text"], entity["identifier_text"], entity["office"]):
            names |= stems(text or "")
    if event["event_loc"]:
        names |= stems(event["event_loc"]["extracted_place"])
    words = (word for word in re.findall(r"\w+", event["text"]) if len(word) > 3 or word.isdigit() and len(word) > 1)
    return {word.lower()[:6] for word in words if word.lower() not in common} - names


def draw(path):
    common = set(COMMON.read_text().split())
    events = [event for event in map(json.loads, open(path)) if event["record"] == "event"]
    words = [content(event, common) for event in events]
    actors = [{actor["code"] or actor["entity_text"].lower() for actor in event["actor"]} for event in events]
    drawn, rest = [], []
    for one, other in itertools.combinations(range(len(events)), 2):
        first, second = events[one], events[other]
        if first["document"] == second["document"] or first["event"] != second["event"]:
            continue
        shared = len(words[one] & words[other])
        of_one_text = first["document"].split("/")[0] == second["document"].split("/")[0]
        actor = bool(actors[one] & actors[other])
        if of_one_text or shared >= 3 or actor and shared >= 2:
            drawn.append((one, other))
        elif actor:
            rest.append((one, other))
    random.seed(20261126)
    for one, other in drawn + random.sample(rest, 40):
        print(json.dumps({"a": events[one]["id"], "b": events[other]["id"]}))


if __name__ == "__main__":
    {"cut": cut, "draw": draw}[sys.argv[1]](sys.argv[2])

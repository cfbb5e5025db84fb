#!/usr/bin/env python3
"""Checks initiatives.jsonl: keys, codes, quotes, lengths. Run by hand: python3 tests/gold/check_initiatives.py [FILE]

Prints one line a fault (id, what), then counts by kind and stage; ends with status 1 if there was a fault.
"""

import collections
import datetime
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
KINDS = "mediation negotiation ceasefire peace_plan investigation other".split()
STAGES = "proposed offered accepted under_way agreed in_force extended violated collapsed rejected".split()
SECTORS = set(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()
)
INTERNATIONAL = {"IGO", "NGO", "MNC", "IMG", "ISM"}
WORDS = (60, 180)
SENTENCES = (3, 10)
ENTITIES = ("party", "mediator", "host")


def countries():
    """Alpha-3 codes of the table of countries."""
    lines = (HERE.parent.parent / "data/places/countries.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    column = rows[0].index("iso3")
    return {row[column] for row in rows[1:]}


def sentences(text):
    """Number of sentences by the plain rule of draw.py: a full stop before white space and a capital or a mark."""
    return len(re.findall(r"[.!?][\"”]?(?=\s+[\"“A-Z]|\s*$)", text))


def check_initiative(text, initiative, codes):
    keys = {"kind", "stage", "stages", "party", "mediator", "host", "venue", "conflict"}
    if set(initiative) != keys:
        yield f"keys {sorted(set(initiative) ^ keys)}"
        return
    if initiative["kind"] not in KINDS:
        yield f"no kind {initiative['kind']!r}"
    if not initiative["stages"]:
        yield "no stages"
    if initiative["stage"] not in [stage["stage"] for stage in initiative["stages"]]:
        yield f"latest stage {initiative['stage']!r} is none of the stages"
    last = 0
    for stage in initiative["stages"]:
        if set(stage) != {"stage", "sentence"} or stage["stage"] not in STAGES:
            yield f"bad stage {stage}"
            continue
        if text.count(stage["sentence"]) != 1:
            yield f"words of a stage stand {text.count(stage['sentence'])} times in the text: {stage['sentence']!r}"
            continue
        at = text.index(stage["sentence"])
        if at < last:
            yield f"not in the order of the text: {stage['sentence']!r}"
        last = at
    for role in ENTITIES:
        for entity in initiative[role]:
            if set(entity) != {"text", "code", "sector"}:
                yield f"{role}: bad entity {entity}"
                continue
            if entity["text"] not in text:
                yield f"{role}: not in the text: {entity['text']!r}"
            if entity["code"] is not None and entity["code"] not in codes:
                yield f"{role}: no code {entity['code']!r}"
            for sector in entity["sector"]:
                if sector not in SECTORS:
                    yield f"{role}: no sector {sector!r}"
    if not initiative["party"]:
        yield "no party"
    given = collections.defaultdict(list)
    for role in ENTITIES:
        for entity in initiative[role]:
            given[entity["text"]].append((role, entity["code"]))
    for words, uses in given.items():
        # A group ("mediators from Italy and Tunisia") gives one entity a member.
        if len({role for role, _ in uses}) > 1 or len(set(uses)) < len(uses):
            yield f"given twice: {words!r}"
    for key in ("venue", "conflict"):
        if initiative[key] is not None and initiative[key] not in text:
            yield f"{key}: not in the text: {initiative[key]!r}"


def check(record, codes):
    keys = {"id", "text", "date", "initiatives", "note"}
    if set(record) != keys:
        yield f"keys {sorted(set(record) ^ keys)}"
        return
    text = record["text"]
    if not WORDS[0] <= len(text.split()) <= WORDS[1]:
        yield f"{len(text.split())} words"
    if not SENTENCES[0] <= sentences(text) <= SENTENCES[1]:
        yield f"{sentences(text)} sentences"
    try:
        datetime.date.fromisoformat(record["date"])
    except ValueError:
        yield f"no date {record['date']!r}"
    if not record["note"]:
        yield "no note"
    for initiative in record["initiatives"]:
        yield from check_initiative(text, initiative, codes)


def main():
    file = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "initiatives.jsonl"
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    codes = countries() | INTERNATIONAL
    faults = [f"{record.get('id')}: {fault}" for record in records for fault in check(record, codes)]
    ids = collections.Counter(record.get("id") for record in records)
    texts = collections.Counter(record.get("text") for record in records)
    faults += [f"{key}: id given twice" for key, count in ids.items() if count > 1]
    faults += [f"text given twice: {key[:40]!r}" for key, count in texts.items() if count > 1]
    for fault in faults:
        print(fault)
    initiatives = [i for record in records for i in record["initiatives"]]
    per_text = collections.Counter(len(record["initiatives"]) for record in records)
    split = ", ".join(f"{per_text[n]} with {n}" for n in sorted(per_text))
    print(f"{len(records)} texts by number of initiatives: {split}")
    table = collections.Counter((i["kind"], i["stage"]) for i in initiatives)
    told = collections.Counter(stage["stage"] for i in initiatives for stage in i["stages"])
    print("latest stage".ljust(14), *(kind.rjust(13) for kind in KINDS), "  told at all")
    for stage in STAGES:
        print(stage.ljust(14), *(str(table[kind, stage] or "-").rjust(13) for kind in KINDS), str(told[stage]).rjust(13))
    used = {e["code"] for i in initiatives for role in ENTITIES for e in i[role]} - INTERNATIONAL - {None}
    count = {role: sum(len(i[role]) for i in initiatives) for role in ENTITIES}
    print(f"{len(used)} countries; {count}; venues {sum(i['venue'] is not None for i in initiatives)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

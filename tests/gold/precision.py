#!/usr/bin/env python3
"""Events drawn by lot for reading: are they there, and are both their parties right?

    python3 tests/gold/draw.py --set second --documents > texts.jsonl
    demarche code --to jsonl texts.jsonl > records.jsonl
    python3 tests/gold/precision.py draw texts.jsonl records.jsonl                  a sheet to read, on standard output
    python3 tests/gold/precision.py keep texts.jsonl records.jsonl VERDICTS         the reading as precision.jsonl has it
    python3 tests/gold/precision.py score                                           shares right, of the reading kept
    python3 tests/gold/precision.py again texts.jsonl records.jsonl                 what of the reading comes out now

Three readings are kept, each with its seed: `--reading first` and `second` (precision-first.jsonl, precision-second.jsonl), whose faults were read and mended,
and the third (precision.jsonl), drawn from sentences that are in neither.

VERDICTS is a table with a line `NUMBER, event, actors, note` (tab-separated) for each event of the sheet: `event` is right, half (the act is there but
its event, mode or status is not the best) or wrong; `actors` is right where actor and recipient are whom the text says, wrong otherwise.
"""

import argparse
import collections
import hashlib
import json
import random
import sys
from pathlib import Path

COUNT = 200
HERE = Path(__file__).parent
# Seed and file of each reading.
READINGS = {
    "first": (20261128, HERE / "precision-first.jsonl"),
    "second": (20261130, HERE / "precision-second.jsonl"),
    "third": (20261201, HERE / "precision.jsonl"),
}


def lines(path):
    try:
        return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line]
    except OSError as cause:
        sys.exit(f"{path}: {cause.strerror}")


def events(records):
    return [record for record in records if record["record"] == "event"]


def drawn(records, reading):
    """The events to read, in the order of documents and sentences; none of a sentence of an earlier reading."""
    earlier = list(READINGS)[: list(READINGS).index(reading)]
    read = {(line["document"], line["start"]) for one in earlier for line in lines(READINGS[one][1])}
    pool = [event for event in events(records) if (event["document"], event["evidence"]["sentence"][0]) not in read]
    seed = READINGS[reading][0]
    chosen = sorted(random.Random(seed).sample(range(len(pool)), min(COUNT, len(pool))))
    return [pool[at] for at in chosen]


def party(entity):
    return f"{entity['entity_text']} [{' '.join(filter(None, [entity['code'] or '?', *entity['sector']]))}]"


def coding(event):
    parties = lambda entities: "; ".join(map(party, entities)) or "-"
    content = event["content"]
    told = f" (content: {' '.join(content['event'] + content['mode'])})" if content else ""
    by = f", in the words of {parties(event['attributed_to'])}" if event["attributed_to"] else ""
    return f"{parties(event['actor'])} -> {'/'.join(event['event'] + event['mode'])}{told} -> {parties(event['recipient'])} [{event['status']}{by}]"


def passage(text, event):
    """The sentence, and up to 300 characters before it. Spans are bytes."""
    raw = text.encode("utf-8")
    start, end = event["evidence"]["sentence"]
    before = raw[:start].decode("utf-8", "ignore")[-300:]
    return " ".join(before.split()), " ".join(raw[start:end].decode("utf-8", "ignore").split())


def draw(texts, records, reading):
    for number, event in enumerate(drawn(records, reading), 1):
        text = texts[event["document"]]
        before, sentence = passage(text["text"], event)
        start, end = event["evidence"]["trigger"]
        trigger = text["text"].encode("utf-8")[start:end].decode("utf-8", "ignore")
        print(f"## {number}\n... {before}\n>>> {sentence}\n    {coding(event)}   trigger: {trigger}\n")


def keep(texts, records, verdicts, reading):
    seed, kept_in = READINGS[reading]
    given = {}
    for line in Path(verdicts).read_text(encoding="utf-8").splitlines():
        number, event, actors, note = (line.split("\t") + [""])[:4]
        given[int(number)] = (event, actors, note)
    with kept_in.open("w", encoding="utf-8") as out:
        for number, event in enumerate(drawn(records, reading), 1):
            start, end = event["evidence"]["sentence"]
            raw = texts[event["document"]]["text"].encode("utf-8")[start:end]
            verdict, actors, note = given[number]
            spans = {key: event["evidence"][key] for key in ("trigger", "actor", "recipient")}
            kept = dict(id=f"p{number:03}", document=event["document"], start=start, end=end, sha256=hashlib.sha256(raw).hexdigest()[:16], seed=seed,
                        event=event["event"], mode=event["mode"], status=event["status"], **spans, confidence=event["confidence"], by=event["why"]["by"],
                        coding=coding(event), verdict=verdict, actors=actors, note=note)
            out.write(json.dumps(kept, ensure_ascii=False) + "\n")


def score(reading):
    seed, kept_in = READINGS[reading]
    read = lines(kept_in)
    verdicts = collections.Counter(line["verdict"] for line in read)
    both = sum(line["verdict"] == "right" and line["actors"] == "right" for line in read)
    n = len(read)
    print(f"{n} events, seed {seed}: right {100 * verdicts['right'] / n:.1f} %, half {100 * verdicts['half'] / n:.1f} %, wrong {100 * verdicts['wrong'] / n:.1f} %; event and both parties right {100 * both / n:.1f} %")
    for by in sorted({line["by"] for line in read}):
        some = [line for line in read if line["by"] == by]
        print(f"  decided by {by}: {len(some)}, right {100 * sum(line['verdict'] == 'right' for line in some) / len(some):.1f} %")


def again(records, reading):
    """Of the events read, by verdict: how many still come out with the same event at the same sentence."""
    out = {(r["document"], tuple(r["evidence"]["sentence"]), r["event"][0]) for r in events(records)}
    counts = collections.defaultdict(collections.Counter)
    for line in lines(READINGS[reading][1]):
        counts[line["verdict"]][(line["document"], (line["start"], line["end"]), line["event"][0]) in out] += 1
    for verdict, c in sorted(counts.items()):
        print(f"{verdict}: {c[True]} of {c.total()} come out")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["draw", "keep", "score", "again"])
    parser.add_argument("files", nargs="*")
    parser.add_argument("--reading", choices=list(READINGS), default="third")
    options = parser.parse_args()
    if options.task == "score":
        return score(options.reading)
    texts = {line["id"]: line for line in lines(options.files[0])}
    records = lines(options.files[1])
    if options.task == "draw":
        draw(texts, records, options.reading)
    elif options.task == "keep":
        keep(texts, records, options.files[2], options.reading)
    else:
        again(records, options.reading)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Compares what the program makes of the mentions drawn by `xtask mentions` with the labels of mentions.jsonl.

    cargo run --release -p xtask -- mentions --seed 20261126 --count 1000000 FILES > DRAWN.jsonl
    python3 tests/gold/score_mentions.py DRAWN.jsonl [--errors] [--labels LABELS.jsonl]

Mentions are matched by document, sentence and mention (of several alike, the first of the label's kind). The README beside
this file names the files and says what counts as right.
"""

import argparse
import collections
import json
import pathlib
import sys

LABELS = pathlib.Path(__file__).with_name("mentions.jsonl")
INTERNATIONAL = {"IGO", "NGO", "MNC", "IMG", "ISM"}
OUTCOMES = ["right", "sector", "wrong", "missed", "invented", "without"]
HEADS = ["right", "wrong sector", "wrong code", "missed", "invented", "rightly without"]


def lines(path):
    """The JSON objects of a file, one a line; ends with the file, line and cause where one is not."""
    objects = []
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as cause:
        sys.exit(f"{path}: {cause.strerror}")
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                objects.append(json.loads(line))
            except json.JSONDecodeError as cause:
                sys.exit(f"{path}:{number}: not JSON: {cause}")
    return objects


def key(mention):
    return (mention["document"], mention["sentence"], mention["mention"])


def answer(label, drawn):
    """The codes the program gives, each with its first sector ("" for none); "place" where the place speaks.

    The program says what a name would be as an actor and what it is as a place. A label without sector on a place asks for
    the place; any other asks for the actor, and for the country of the place only where there is no actor.
    """
    actors = [(a["code"], (a["sectors"] or [""])[0]) for a in drawn["actors"] if a["code"]]
    place = drawn["place"] and drawn["place"]["country"]
    located = not label["sector"] and not INTERNATIONAL & set(label["code"] or [])
    if place and (not actors or (label["kind"] == "place" and located)):
        return [(place, "")]
    return actors


def outcome(label, given):
    """One of OUTCOMES."""
    codes = {code for code, _ in given}
    wanted, other = set(label["code"] or []), set(label["or_code"])
    if not codes:
        return "without" if not wanted or None in other else "missed"
    if not codes <= wanted | other:
        return "wrong" if wanted else "invented"
    if not (codes & other) and not wanted <= codes:
        # One of several is right where leaving the mention without a code is right too.
        if None not in other:
            return "wrong"
    allowed = {(label["sector"] or [""])[0], *label["or_sector"]}
    return "right" if all(sector in allowed for _, sector in given) else "sector"


def shown(codes, sectors):
    return ",".join(code or "none" for code in codes or [None]) + "".join("." + sector for sector in sectors if sector)


def table(counts):
    print(f"{'':14}{'mentions':>9}" + "".join(f"{head:>16}" for head in HEADS))
    for kind in [*sorted(counts), "all"]:
        row = sum(counts.values(), collections.Counter()) if kind == "all" else counts[kind]
        print(f"{kind:14}{row.total():>9}" + "".join(f"{row[name]:>16}" for name in OUTCOMES))
    row = sum(counts.values(), collections.Counter())
    answered = row["right"] + row["sector"] + row["wrong"] + row["invented"]
    askable = row["right"] + row["sector"] + row["wrong"] + row["missed"]

    def share(name, part, whole):
        print(f"{name}: {part} of {whole}" + (f", {100 * part / whole:.1f} %" if whole else ""))

    share("code right, of the codes given", row["right"] + row["sector"], answered)
    share("code right, of the codes wanted", row["right"] + row["sector"], askable)
    share("code and sector right, of the codes given", row["right"], answered)
    share("all judged right, rightly without included", row["right"] + row["without"], row.total())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("drawn", type=pathlib.Path, help="the lines that `xtask mentions` prints")
    parser.add_argument("--labels", type=pathlib.Path, default=LABELS)
    parser.add_argument("--errors", action="store_true", help="list what is not right")
    options = parser.parse_args()
    drawn = collections.defaultdict(list)
    for mention in lines(options.drawn):
        drawn[key(mention)].append(mention)
    labels = lines(options.labels)
    counts, absent, differing = collections.defaultdict(collections.Counter), [], []
    for label in labels:
        found = drawn.get(key(label))
        if found is None:
            absent.append(label["id"])
            continue
        mention = next((one for one in found if one["kind"] == label["kind"]), found[0])
        given = answer(label, mention)
        what = outcome(label, given)
        counts[label["kind"]][what] += 1
        as_actor = {actor["code"] for actor in mention["actors"]} - {None}
        if as_actor and given and not as_actor & {code for code, _ in given}:
            differing.append(label["id"])
        if options.errors and what not in ("right", "without"):
            wanted = shown(label["code"], label["sector"])
            said = " + ".join(shown([code], [sector]) for code, sector in given) or "none"
            paths = "; ".join(", ".join(actor["path"]) for actor in mention["actors"])
            print(f"{label['id']} {HEADS[OUTCOMES.index(what)]} ({label['kind']}): {label['mention']}: {said}, wanted {wanted}")
            print(f"    {label['what']}" + (f" [{paths}]" if paths else ""))
            print(f"    {label['sentence'][:160]}")
    table(counts)
    print(f"places with another code as an actor: {len(differing)}" + "".join(f" {name}" for name in differing))
    if absent:
        print(f"labels without a line in {options.drawn}, not counted: {len(absent)} " + " ".join(absent))
        print("(the draw changes with what the program takes for a mention: ask for a count that takes in every mention)")
    if len(absent) == len(labels):
        sys.exit("no label was found: are these the lines of `xtask mentions`?")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Writes `docs/actor-coverage.md`: how much of each decade our office holders cover, for each state.

    python3 data/actors/coverage.py > docs/actor-coverage.md
    python3 data/actors/coverage.py --check      # says whether the page is up to date, exit code 1 if not

Covered is a month in which somebody in `office_holders.tsv` holds the office. Dates given as a year or a month count
whole. Months before a state was independent do not count.
"""

import collections
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
PAGE = HERE.parent.parent / "docs" / "actor-coverage.md"

# The table's last month; terms without an end run to it.
LAST = "2026-10"
DECADES = [("1990s", 1990, 1999), ("2000s", 2000, 2009), ("2010s", 2010, 2019), ("2020s", 2020, 2026)]

OFFICES = {
    "head of state": "president|king|queen|emir|emperor|sultan|prince|pope|grand duke|supreme leader|governor-general",
    "head of government": "prime minister|chief executive",
    "foreign": "foreign minister",
    "defence": "defence minister",
    "interior": "interior minister",
}
# Members and observers of the United Nations that became independent after January 1990, and Kosovo: first month.
SINCE = dict(
    pair.split(":")
    for pair in """
    ARM:1991-09 AZE:1991-10 BIH:1992-03 BLR:1991-08 CZE:1993-01 ERI:1993-05 EST:1991-08 FSM:1990-12 GEO:1991-04 HRV:1991-06
    KAZ:1991-12 KGZ:1991-08 LTU:1990-03 LVA:1991-08 MDA:1991-08 MHL:1990-12 MKD:1991-09 MNE:2006-06 NAM:1990-03 PLW:1994-10
    PSE:1994-07 SRB:1992-04 SSD:2011-07 SVK:1993-01 SVN:1991-06 TJK:1991-09 TKM:1991-10 TLS:2002-05 UKR:1991-08 UZB:1991-08
    XKX:2008-02
    """.split()
)
# States and entities on their own in the table of countries that the page leaves out: dependent territories beside
# those marked there, and Antarctica.
LEFT_OUT = set("ATA ESH HKG MAC".split())


def table(path):
    header = None
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line or line.startswith("#"):
            continue
        if header is None:
            header = line.split("\t")
        else:
            yield dict(zip(header, line.split("\t")))


def month(text, last):
    """Months since year 0 of the first or last month that a date may mean."""
    year, *rest = text.split("-")
    return int(year) * 12 + (int(rest[0]) if rest else 12 if last else 1) - 1


def states():
    """{iso3: name} of states, in the order of their names."""
    rows = table(HERE.parent / "places" / "countries.tsv")
    found = {r["iso3"]: r["name"] for r in rows if not r["administered_by"] and r["iso3"] not in LEFT_OUT}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def covered(rows):
    months = set()
    for row in rows:
        start = month(row["start"], False) if row["start"] else month("1900", False)
        end = month(row["end"], True) if row["end"] else month(LAST, True)
        months.update(range(max(start, month("1990", False)), min(end, month(LAST, True)) + 1))
    return months


def spans(months):
    """Runs of months as text: `1990-01 to 1992-04`."""
    runs = []
    for m in sorted(months):
        if runs and runs[-1][1] == m - 1:
            runs[-1][1] = m
        else:
            runs.append([m, m])
    return [(first, last) for first, last in runs]


def text(m):
    return f"{m // 12}-{m % 12 + 1:02}"


def page():
    by_country = collections.defaultdict(list)
    for row in table(HERE / "office_holders.tsv"):
        by_country[row["iso3"]].append(row)
    names = states()
    out = []
    say = out.append
    say("# Coverage of office holders")
    say("")
    say("Generated from `data/actors/office_holders.tsv` by `python3 data/actors/coverage.py > docs/actor-coverage.md`; do not edit.")
    say("What the table is and what to know before relying on it stands in `data/SOURCES.md`.")
    say("")
    persons = {row["wikidata"] or (row["person"], row["iso3"]) for rows in by_country.values() for row in rows}
    rows = sum(len(found) for found in by_country.values())
    say(f"{rows:,} terms of {len(persons):,} persons; {len(names)} states, international bodies and movements.")
    say("")
    offices = collections.Counter(row["office"] for found in by_country.values() for row in found)
    say("| office | terms |")
    say("|---|---:|")
    for name, count in offices.most_common(25):
        say(f"| {name} | {count:,} |")
    say(f"| {len(offices) - 25} other offices | {sum(offices.values()) - sum(c for _, c in offices.most_common(25)):,} |")
    say("")

    shares, holes = {}, collections.defaultdict(list)
    totals = collections.defaultdict(lambda: [0, 0])
    for iso3 in names:
        first = month(SINCE.get(iso3, "1990-01"), False)
        for label, wanted in OFFICES.items():
            of_office = [r for r in by_country[iso3] if r["office"] in wanted.split("|") and not r["body"]]
            months = covered(of_office)
            if not of_office:
                holes[iso3].append((label, "none"))
            for decade, begin, end in DECADES:
                due = set(range(max(first, begin * 12), min(end * 12 + 11, month(LAST, True)) + 1))
                shares[iso3, label, decade] = (len(months & due), len(due)) if of_office else None
                if of_office:
                    totals[label, decade][0] += len(months & due)
                totals[label, decade][1] += len(due) if of_office or label not in ("head of government",) else 0
            if of_office:
                due = set(range(first, month(LAST, True) + 1))
                for begin, last in spans(due - months):
                    if last - begin >= 5:
                        holes[iso3].append((label, f"{text(begin)} to {text(last)}"))

    def cell(pair):
        if pair is None:
            return "–"
        return "" if pair[1] == 0 else f"{round(100 * pair[0] / pair[1])}"

    say("## All states: share of months covered, in per cent")
    say("")
    say("| office | " + " | ".join(decade for decade, *_ in DECADES) + " |")
    say("|---|" + "---:|" * len(DECADES))
    for label in OFFICES:
        say(f"| {label} | " + " | ".join(cell(tuple(totals[label, decade])) for decade, *_ in DECADES) + " |")
    say("")
    say("Heads of government are counted in states that have one beside the head of state; every state counts for the other offices,")
    say("also those without a ministry of that name (defence: Costa Rica, Iceland, island states; interior: the United Kingdom's Home")
    say("Office and the like count as interior).")
    say("")
    say("## Terms and persons by decade")
    say("")
    say("Terms that touch the decade / persons holding them.")
    say("")
    say("| state | code | " + " | ".join(decade for decade, *_ in DECADES) + " |")
    say("|---|---|" + "---:|" * len(DECADES))
    for iso3, name in names.items():
        cells = []
        for _, begin, end in DECADES:
            found = [
                r for r in by_country[iso3]
                if (r["start"] or "0000")[:4] <= str(end) and (r["end"] or "9999")[:4] >= str(begin)
            ]
            cells.append(f"{len(found)} / {len({r['wikidata'] or r['person'] for r in found})}")
        say(f"| {name} | {iso3} | " + " | ".join(cells) + " |")
    say("")
    say("## Share of months covered, in per cent")
    say("")
    say("Each cell: " + " / ".join(decade for decade, *_ in DECADES) + "; – no holder at all; empty: not yet a state.")
    say("")
    say("| state | " + " | ".join(OFFICES) + " |")
    say("|---|" + "---|" * len(OFFICES))
    for iso3, name in names.items():
        cells = []
        for label in OFFICES:
            pairs = [shares[iso3, label, decade] for decade, *_ in DECADES]
            cells.append("–" if pairs[0] is None else " / ".join(cell(pair) for pair in pairs))
        say(f"| {name} | " + " | ".join(cells) + " |")
    say("")
    say("## Holes")
    say("")
    say("Half a year and more without a holder. `none`: no holder at all, which for heads of government and defence may be as it should.")
    say("")
    say("| state | " + " | ".join(OFFICES) + " |")
    say("|---|" + "---|" * len(OFFICES))
    for iso3, name in names.items():
        cells = ["; ".join(hole for label, hole in holes[iso3] if label == wanted) for wanted in OFFICES]
        if any(cells):
            say(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(out) + "\n"


def main():
    text = page()
    if "--check" in sys.argv[1:]:
        current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        if current != text:
            print(f"{PAGE.name} is out of date: python3 data/actors/coverage.py > docs/actor-coverage.md")
            return 1
        return 0
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Compares our office holders with the dated persons of the PETRARCH dictionaries.

    python3 data/actors/compare_dictionaries.py --shared ../shared
    python3 data/actors/compare_dictionaries.py --shared ../shared --list lacked --kind minister --country PER

Reads the persons with dated government codes of `Phoenix.Countries.actors.txt` and the dated heads of organisations of
`Phoenix.International.actors.txt`, from 1990 on, looks each up in `office_holders.tsv` by name and country, and prints
for each country how many of their terms we have with the same dates, with other dates, or not at all. Only facts are
compared: nothing is stored.

The dictionaries give a code and dates, but no office. The office is looked up in the table from which they were made,
CountryInfo (`office_holders_2003_2011.tsv` of the shared tables), and sorted into kinds:

    head      heads of state and of government
    minister  foreign, defence and interior ministers
    deputy    vice presidents, deputy prime ministers, deputies of the three ministers, ambassadors to the UN
    other     all other offices: other ministries, central banks, ambassadors elsewhere. We leave these out on purpose.
    unknown   persons that CountryInfo lacks and whose code does not tell the office

Terms of one person that follow each other in offices of one kind count once. A start in January 2003 or an open end is
where their lists begin or stop, so it agrees with any earlier start or later end of ours.
"""

import argparse
import collections
import pathlib
import sys

from dated_terms import FIRST, LAST, Term, bounds, joined, stretches
from dictionary_persons import KINDS, MINISTERS, international_terms, their_terms
from person_names import same_person

HERE = pathlib.Path(__file__).resolve().parent
# Kinds of which we hope to have every term.
COVERED = ["head", "minister", "deputy"]
# Blocks of their file that also hold people of another state, under a wrong code: Guinea-Bissau's under Guinea,
# Mauritania's under Mauritius.
ALSO = {"GIN": ["GNB"], "MUS": ["MRT"]}

OUR_KIND = {
    "head": set("president|prime minister|king|queen|emir|emperor|sultan|prince|grand duke|pope|supreme leader|governor-general"
                "|general secretary|chief executive|crown prince".split("|")),
    "minister": set(MINISTERS),
    "deputy": set("vice president|deputy prime minister|deputy foreign minister|deputy defence minister|deputy interior minister"
                  "|ambassador to the United Nations|assistant secretary of state|prime minister|president".split("|")),
}


def our_terms():
    """{iso3: [Term]} of office_holders.tsv; the organisations under IGO."""
    header, terms = None, collections.defaultdict(list)
    for line in (HERE / "office_holders.tsv").read_text(encoding="utf-8").split("\n"):
        if not line or line.startswith("#"):
            continue
        if header is None:
            header = line.split("\t")
            continue
        row = dict(zip(header, line.split("\t")))
        names = [row["person"], *filter(None, row["aliases"].split("|"))]
        start, end = bounds(row["start"], FIRST), bounds(row["end"], LAST)
        if row["open"]:
            end = (end[0], LAST)
        iso3 = "IGO" if row["iso3"] in ("IGO", "NGO") else row["iso3"]
        shown = f"{row['office']} {row['start']} - {row['end']}"
        terms[iso3].append(Term(row["person"], start, end, "", row["office"], shown, names))
    out = {}
    for iso3, found in terms.items():
        for term in found:
            term.kind = next((kind for kind in COVERED if term.office in OUR_KIND[kind]), "other")
        out[iso3] = found
    return out


def compare(theirs, ours):
    """Verdict on each of their terms: (term, "3 months" | "1 year" | "differs" | "lacked", our best term or None).

    Their lists change a person's spelling from month to month and begin a new term each time, so the terms of all
    spellings that fit one person of ours are joined before dates are compared.
    """
    by_name = collections.defaultdict(list)
    for term in ours:
        by_name[term.person].append(term)
    aliases = {person: sorted({name for term in rows for name in term.names}) for person, rows in by_name.items()}
    persons = {}
    joint = collections.defaultdict(list)
    for term in theirs:
        key = tuple(term.names)
        if key not in persons:
            persons[key] = [
                person for person, spelt in aliases.items() if any(same_person(a, b) for a in term.names for b in spelt)
            ]
        found = min(((distance, row.person) for distance, row in candidates(term, persons[key], by_name)), default=None)
        if found:
            joint[found[1], term.kind, term.office].append(term)
        else:
            yield term, "lacked", next((by_name[person][0] for person in persons[key]), None)
    for (person, _, _), terms in joint.items():
        for term in joined(terms, one_person=True):
            distance, row = min(candidates(term, [person], by_name), key=lambda found: found[0])
            yield term, "3 months" if distance <= 92 else "1 year" if distance <= 366 else "differs", row


def candidates(term, persons, by_name):
    """Terms of ours that may be this one, with the distance in days."""
    for person in persons:
        rows = by_name[person]
        if not term.shown.startswith("IGO"):
            rows = [row for row in rows if row.office in OUR_KIND.get(term.kind, {row.office})]
            if term.office:
                rows = [row for row in rows if row.office == term.office] or rows
        for row in stretches(rows):
            yield term.distance(row), row


VERDICTS = ["3 months", "1 year", "differs", "lacked"]


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--shared", type=pathlib.Path, required=True, help="folder that holds data/dictionaries and data/actors")
    options.add_argument("--list", choices=["lacked", "differs", "1 year"], help="print the terms of one verdict, with both sides")
    options.add_argument("--country", help="one country only (ISO 3166-1 alpha-3, or IGO)")
    options.add_argument("--kind", choices=KINDS, help="one kind of office only")
    args = options.parse_args()

    theirs, ours = their_terms(args.shared), our_terms()
    theirs["IGO"] = international_terms(args.shared)
    total = collections.Counter()
    lines = []
    for iso3 in sorted(theirs):
        if args.country and iso3 != args.country:
            continue
        counts = collections.Counter()
        known = [term for code in [iso3, *ALSO.get(iso3, [])] for term in ours.get(code, [])]
        for term, verdict, row in compare(theirs[iso3], known):
            counts[term.kind, verdict] += 1
            if args.list == verdict and (args.kind or term.kind) == term.kind and (args.kind or term.kind in COVERED):
                mine = f"{row.person}: {row.shown}" if row else "-"
                print(f"{iso3}\t{term.kind}\t{term.office}\t{term.person}\t{term.shown}\t{mine}")
        total += counts
        lines.append((iso3, counts))
    if args.list:
        return 0

    def cells(counts, kinds):
        return [sum(counts[kind, verdict] for kind in kinds) for verdict in VERDICTS]

    print("country\ttheirs\twithin 3 months\twithin 1 year\tdated otherwise\tlacked\tother offices, left out\tunknown office: found\tnot found")
    for iso3, counts in [*lines, ("all", total)]:
        covered = cells(counts, COVERED)
        unknown = cells(counts, ["unknown"])
        other = sum(cells(counts, ["other"]))
        print("\t".join(map(str, [iso3, sum(covered), *covered, other, sum(unknown[:3]), unknown[3]])))
    print()
    print("kind\ttheirs\twithin 3 months\twithin 1 year\tdated otherwise\tlacked\tagreement (3 months)\tagreement (1 year)\tperson and office known")
    for name, kinds in [*((kind, [kind]) for kind in COVERED), ("covered", COVERED)]:
        counted = cells(total, kinds)
        number = sum(counted) or 1
        shares = [counted[0], counted[0] + counted[1], sum(counted[:3])]
        print("\t".join([name, str(sum(counted)), *map(str, counted), *(f"{100 * share / number:.1f} %" for share in shares)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Checks the tables of actors in this folder: `python3 data/actors/check_actors.py`.

Looks at form (columns, dates, codes, order), at duplicates, at references between the
tables, at offices with two holders at a time and at people spelt in two ways. Prints one line a fault, as FILE:LINE: what is wrong; exits 1 if there is any.
With `--ambiguous` it also lists names that stand for more than one actor of one code,
which is not a fault but worth knowing.
"""

import collections
import datetime
import itertools
import pathlib
import re
import sys

from person_names import parts, skeleton, words

HERE = pathlib.Path(__file__).resolve().parent

# ISO 3166-1 alpha-3; XKX is the code this project uses for Kosovo.
COUNTRIES = set(
    """
    ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD
    BGR BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR
    COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH
    ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL
    GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR
    JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR
    MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL
    NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY
    PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP
    SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA
    UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE
    """.split()
) | {"XKX"}
INTERNATIONAL = {"IGO", "NGO", "MNC", "ISM", "IMG"}
SECTORS = set(
    "AGR BUS COP CRM CVL EDU ELI GOV JRN JUD LAB LEG MED MIL OPP PRE PRM PTY REB REF REL SOC SPY UAF UNK".split()
)

COLUMNS = {
    "roles.tsv": "lemma sector kind number note",
    "organisations.tsv": "name aliases code sector kind wikidata seat members start end",
    "groups.tsv": "name aliases code sector kind wikidata start end note",
    "offices.tsv": "office aliases sector level",
    "office_holders.tsv": "person aliases iso3 office sector start end wikidata gender certainty body open",
}
# Columns whose values together may stand only once in a file.
KEYS = {
    "roles.tsv": ["lemma"],
    "organisations.tsv": ["name", "code", "start"],
    "groups.tsv": ["name", "code", "start"],
    "offices.tsv": ["office"],
    "office_holders.tsv": ["person", "iso3", "office", "body", "start"],
}
VALUES = {
    ("roles.tsv", "kind"): "office person group body instrument",
    ("roles.tsv", "number"): "sing plur mass",
    ("organisations.tsv", "kind"): "system organ fund agency court union alliance mission forum bank economic ngo movement company media body",
    ("groups.tsv", "kind"): "rebel militant paramilitary party movement criminal",
    ("office_holders.tsv", "gender"): "male female other",
    ("office_holders.tsv", "certainty"): "sure likely",
    ("office_holders.tsv", "open"): "seen",
}
REQUIRED = {"lemma", "name", "office", "person", "code", "iso3", "kind", "certainty", "level"}
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")
QID = re.compile(r"Q[1-9]\d*$")

# Offices that one person holds at a time, and the days that two terms may overlap (acting holders, handovers).
SINGLE = set("president|prime minister|king|queen|emir|sultan|governor-general|foreign minister|defence minister|interior minister".split("|"))
HANDOVER = 45
# Where more than one holder at a time is as it should be.
COLLEGIAL = {
    ("AND", "president"): "two co-princes",
    ("BIH", "president"): "presidency of three",
    ("SMR", "president"): "two captains regent",
    ("NIC", "president"): "two co-presidents since 2025",
    ("KHM", "prime minister"): "two prime ministers 1993 to 1998",
    ("SRB", "president"): "federation and republic",
    ("SRB", "prime minister"): "federation and republic",
    ("RUS", "president"): "Soviet Union and Russia 1991",
    ("RUS", "foreign minister"): "Soviet Union and Russia 1990 to 1991",
    ("RUS", "prime minister"): "Soviet Union and Russia 1990 to 1991",
    ("CZE", "foreign minister"): "federation and republic 1992",
    ("LUX", "interior minister"): "interior and internal security",
    ("SLV", "interior minister"): "government and public security",
    ("SOM", "interior minister"): "interior and internal security",
    ("STP", "defence minister"): "defence and interior were joined and parted",
    ("ZWE", "interior minister"): "two co-ministers 2009 to 2013",
}
# States with rival governments, first and last year, and offices with someone acting for the holder.
RIVALS = {
    "CIV": (2010, 2011), "HTI": (1991, 1994), "LBN": (1988, 1990), "LBY": (2011, 2026), "MDG": (2002, 2002), "MMR": (2021, 2026),
    "SLE": (1997, 1998), "SOM": (1991, 2000), "SRB": (1991, 2000), "YEM": (2011, 2026), "VEN": (2019, 2023),
}
ACTING = {
    ("DZA", "Youcef Yousfi"), ("ISR", "Ehud Olmert"), ("LAO", "Phoumi Vongvichit"), ("LCA", "Stephenson King"),
    ("MLI", "Abdoulaye Maïga"), ("PNG", "Sam Abal"), ("PNG", "John Pundari"), ("ROU", "Crin Antonescu"), ("THA", "Chidchai Vanasatidya"),
    ("VAT", "Sebastiano Baggio"), ("ZMB", "Rupiah Banda"), ("RWA", "Vincent Biruta"), ("YEM", "Hasan al-Lawzi"),
}

# Names that sound alike and are two people.
DISTINCT = {("TWN", "Johnny Chiang")}

faults = []


def fault(path, line, text):
    faults.append(f"{path}:{line}: {text}")


def read(path):
    """Rows of one table as (line number, {column: value})."""
    raw = (HERE / path).read_bytes()
    if b"\r" in raw:
        fault(path, 1, "carriage return")
    if not raw.endswith(b"\n"):
        fault(path, 1, "no newline at the end")
    rows, header = [], None
    for number, line in enumerate(raw.decode("utf-8").split("\n")[:-1], 1):
        if header is None and line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            if header != COLUMNS[path].split():
                fault(path, number, f"header is {header}")
            continue
        if len(cells) != len(header):
            fault(path, number, f"{len(cells)} columns, not {len(header)}")
            continue
        for column, cell in zip(header, cells):
            if cell != cell.strip() or "  " in cell:
                fault(path, number, f"stray blanks in {column}: {cell!r}")
        rows.append((number, dict(zip(header, cells))))
    return rows


def earliest(date):
    return (date + "-01-01")[:10] if len(date) == 4 else (date + "-01")[:10]


def latest(date):
    return {4: date + "-12-31", 7: date + "-31"}.get(len(date), date)


def check(path, rows):
    seen = {}
    for number, row in rows:
        key = tuple(row[c] for c in KEYS[path])
        if key in seen:
            fault(path, number, f"{key} stands on line {seen[key]} too")
        seen[key] = number
        for column, value in row.items():
            if not value:
                if column in REQUIRED:
                    fault(path, number, f"no {column}")
                continue
            allowed = VALUES.get((path, column))
            if allowed and value not in allowed.split():
                fault(path, number, f"{column} {value!r} is none of {allowed}")
            if column == "sector" and value != "=" and (bad := set(value.split("|")) - SECTORS):
                fault(path, number, f"sector {bad}")
            if column in ("code", "iso3") and value not in COUNTRIES | INTERNATIONAL:
                fault(path, number, f"{column} {value!r}")
            if column == "members" and (bad := set(value.split("|")) - COUNTRIES):
                fault(path, number, f"members {bad}")
            if column == "seat" and value.rpartition(", ")[2] not in COUNTRIES:
                fault(path, number, f"seat {value!r}")
            if column == "wikidata" and not QID.match(value):
                fault(path, number, f"wikidata {value!r}")
            if column in ("start", "end") and not DATE.match(value):
                fault(path, number, f"{column} {value!r}")
            if column == "aliases":
                aliases = value.split("|")
                own = row.get("name") or row.get("person") or row.get("office")
                if len(set(aliases)) != len(aliases) or "" in aliases or own in aliases:
                    fault(path, number, "an alias is empty, repeated or the name itself")
                for alias in aliases if path == "offices.tsv" else []:
                    if "@" in alias and alias.rpartition("@")[2] not in COUNTRIES | INTERNATIONAL:
                        fault(path, number, f"alias {alias!r}")
        start, end = row.get("start"), row.get("end")
        if start and end and DATE.match(start) and DATE.match(end) and latest(end) < earliest(start):
            fault(path, number, f"ends {end} before it starts {start}")
        if row.get("open") and not end:
            fault(path, number, "open without an end")


def overlapping(tables):
    """Rows of one group or organisation whose periods overlap."""
    for path in ("organisations.tsv", "groups.tsv"):
        periods = collections.defaultdict(list)
        for number, row in tables[path]:
            periods[row["name"], row["code"]].append((number, row))
        for same in periods.values():
            for (_, a), (number, b) in zip(same, same[1:]):
                if not a["end"] or latest(a["end"]) >= earliest(b["start"] or "0001"):
                    fault(path, number, f"{b['name']!r} overlaps its earlier row")


def day(date, last):
    """The first or last day that a date may mean; months and years count whole."""
    year, month, day = (date.split("-") + ["", ""])[:3]
    return datetime.date(int(year), int(month or (12 if last else 1)), min(int(day or (28 if last else 1)), 28))


def single_holders(rows):
    """Two people in one office for longer than a handover takes, however kindly the dates are read."""
    held = collections.defaultdict(list)
    for number, row in rows:
        if row["office"] in SINGLE and "GOV" in row["sector"] and row["start"] and not row["body"]:
            held[row["iso3"], row["office"]].append((number, row))
    for (iso3, office), terms in held.items():
        if (iso3, office) in COLLEGIAL:
            continue
        first, last = RIVALS.get(iso3, (0, 0))
        for (_, a), (number, b) in itertools.combinations(sorted(terms, key=lambda term: term[1]["start"]), 2):
            until = min(day(row["end"], False) if row["end"] else datetime.date.max for row in (a, b))
            since = max(day(row["start"], True) for row in (a, b))
            if (until - since).days <= HANDOVER or first <= since.year <= last:
                continue
            if {(iso3, a["person"]), (iso3, b["person"])} & ACTING:
                continue
            fault("office_holders.tsv", number, f"{b['person']!r} overlaps {a['person']!r} as {office} of {iso3}")


def two_spellings(rows):
    """One name spelt in two ways in one country: the same words in another order, or the same sounds."""
    names = collections.defaultdict(dict)
    for number, row in rows:
        telling = parts(row["person"])
        keys = [tuple(sorted(words(row["person"])))]
        if len(telling) > 1 and all(len(skeleton(word)) > 2 for word in telling):
            keys.append(("sounds", *(word[0] + skeleton(word) for word in telling)))
        for key in keys:
            known = names[row["iso3"]].setdefault(key, row)
            if (row["iso3"], row["person"]) in DISTINCT:
                continue
            if known["person"] != row["person"] and not (known["wikidata"] and row["wikidata"]):
                fault("office_holders.tsv", number, f"{row['person']!r} and {known['person']!r} of {row['iso3']} may be one person")


def one_person_one_name(rows):
    names = {}
    for number, row in rows:
        q, person = row["wikidata"], row["person"]
        if q and names.setdefault(q, person) != person:
            fault("office_holders.tsv", number, f"{q} is {names[q]!r} elsewhere, {person!r} here")


def references(tables):
    offices = {row["office"] for _, row in tables["offices.tsv"]}
    bodies = {row["name"] for t in ("organisations.tsv", "groups.tsv") for _, row in tables[t]}
    for number, row in tables["office_holders.tsv"]:
        if row["office"] not in offices:
            fault("office_holders.tsv", number, f"office {row['office']!r} is not in offices.tsv")
        if row["body"] and row["body"] not in bodies:
            fault("office_holders.tsv", number, f"body {row['body']!r} is in no table")
        if row["iso3"] in INTERNATIONAL and not row["body"]:
            fault("office_holders.tsv", number, f"{row['iso3']} without a body")


def ambiguous(tables):
    meant = collections.defaultdict(set)
    for path in ("organisations.tsv", "groups.tsv"):
        for _, row in tables[path]:
            for name in [row["name"], *filter(None, row["aliases"].split("|"))]:
                meant[name].add((row["name"], row["code"]))
    for name, actors in sorted(meant.items()):
        if len(actors) > 1:
            print(f"ambiguous: {name!r}: " + "; ".join(f"{n} ({c})" for n, c in sorted(actors)))


def main():
    tables = {path: read(path) for path in COLUMNS}
    for path, rows in tables.items():
        check(path, rows)
    overlapping(tables)
    one_person_one_name(tables["office_holders.tsv"])
    single_holders(tables["office_holders.tsv"])
    two_spellings(tables["office_holders.tsv"])
    references(tables)
    if "--ambiguous" in sys.argv[1:]:
        ambiguous(tables)
    for line in faults:
        print(line)
    print(", ".join(f"{path} {len(rows)}" for path, rows in tables.items()) + f" rows; {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

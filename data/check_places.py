#!/usr/bin/env python3
"""Checks the tables of places, seats, bodies and peoples. Run by hand: python3 data/check_places.py

Every table is UTF-8, tab-separated, `#` lines above one header line, lists split by `|`, no quoting.
Prints one line a fault (file, line, what), then a count a file; ends with status 1 if there was a fault.
"""

import pathlib
import re
import sys

DATA = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(DATA / "places"))
sys.dont_write_bytecode = True
from build_features import Places, distance  # noqa: E402
SECTORS = set(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()
)
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")
QID = re.compile(r"Q[1-9]\d*$")
YEARS = re.compile(r"[^:]+:(\d{4})?-\d{4}$")

# file: its columns, and the columns that together must not repeat
TABLES = {
    "places/countries.tsv": (
        "iso3 iso2 geonameid wikidata name aliases adjectives demonyms capital lat lon administered_by former fips cow gw",
        "iso3",
    ),
    "places/ambiguous.tsv": ("name reading evidence", "name reading"),
    "places/breakaway.tsv": (
        "name aliases adjectives demonyms iso3 sector seat wikidata start end note",
        "name",
    ),
    "places/admin1.tsv": ("geonameid name ascii iso2 admin1 lat lon aliases", "iso2 admin1"),
    "places/cities.tsv": (
        "geonameid name aliases lat lon iso2 admin1 admin2 population feature_code caution former",
        "geonameid",
    ),
    "places/districts.tsv": ("geonameid name ascii iso2 admin1 admin2 lat lon", "iso2 admin1 admin2"),
    "places/features.tsv": ("name aliases kind lat lon rank iso2 country2 note", "name kind"),
    "places/points.tsv": ("table key lat lon certainty note", "table key"),
    "places/spellings.tsv": ("geonameid name aliases former caution iso2 admin1", "geonameid"),
    "places/extra.tsv": (
        "geonameid name aliases lat lon iso2 admin1 population feature_code feature_class kind resolution iso3 country2",
        "name iso2 kind",
    ),
    "actors/seats.tsv": ("name iso3 sector kind wikidata start end note", "name iso3 kind"),
    "actors/bodies.tsv": (
        "name aliases iso3 sector kind wikidata start end note",
        "name iso3 sector",
    ),
    "actors/peoples.tsv": ("name plural adjectives religion ethnicity countries note", "name"),
}
ORDER = {
    "places/countries.tsv": lambda r: r["iso3"],
    "places/cities.tsv": lambda r: int(r["geonameid"]),
    "places/admin1.tsv": lambda r: int(r["geonameid"]),
    "places/districts.tsv": lambda r: int(r["geonameid"]),
    "places/features.tsv": lambda r: (r["kind"], r["name"].lower()),
    "places/spellings.tsv": lambda r: int(r["geonameid"]),
    "places/extra.tsv": lambda r: (r["kind"], r["name"].lower()),
    "places/ambiguous.tsv": lambda r: r["name"].lower(),
    "actors/seats.tsv": lambda r: (r["name"].lower(), r["iso3"]),
    "actors/bodies.tsv": lambda r: (r["iso3"], r["sector"], r["kind"], r["name"].lower()),
    "actors/peoples.tsv": lambda r: r["name"].lower(),
}
LISTS = "aliases adjectives demonyms former evidence plural countries country2".split()

faults = 0


def fault(file, line, what):
    global faults
    faults += 1
    print(f"{file}:{line}: {what}")


def read(file):
    """The rows of one table as dictionaries, each with its line number under `line`."""
    columns = TABLES[file][0].split()
    raw = (DATA / file).read_bytes()
    if b"\r" in raw:
        fault(file, 0, "carriage return")
    if not raw.endswith(b"\n"):
        fault(file, 0, "no newline at the end")
    rows, header = [], None
    for number, text in enumerate(raw.decode("utf-8").splitlines(), 1):
        if header is None:
            if text.startswith("#"):
                continue
            header = text.split("\t")
            if header != columns:
                fault(file, number, f"header is {header}, should be {columns}")
            continue
        fields = text.split("\t")
        if len(fields) != len(columns):
            fault(file, number, f"{len(fields)} fields, should be {len(columns)}")
            continue
        for column, value in zip(columns, fields):
            if value != value.strip() or "  " in value:
                fault(file, number, f"stray blanks in {column}: {value!r}")
        rows.append(dict(zip(columns, fields)) | {"line": number})
    return rows


tables = {file: read(file) for file in TABLES}
iso3 = {r["iso3"] for r in tables["places/countries.tsv"]}
iso2 = {r["iso2"]: r["iso3"] for r in tables["places/countries.tsv"]}
admin1 = {(r["iso2"], r["admin1"]) for r in tables["places/admin1.tsv"]}
admin2 = {(r["iso2"], r["admin1"], r["admin2"]) for r in tables["places/districts.tsv"]}

for file, rows in tables.items():
    key = TABLES[file][1].split()
    seen = {}
    for row in rows:
        line = row["line"]
        this = tuple(row[k] for k in key)
        if this in seen and "" not in this[:1]:
            fault(file, line, f"repeats line {seen[this]}: {this}")
        seen.setdefault(this, line)
        if not row.get("name", "x"):
            fault(file, line, "no name")
        for column in LISTS:
            parts = row.get(column, "").split("|") if row.get(column) else []
            if "" in parts or len(parts) != len(set(parts)):
                fault(file, line, f"empty or repeated part in {column}: {row[column]}")
        if row.get("name") in row.get("aliases", "").split("|"):
            fault(file, line, f"the name is its own alias: {row['name']}")
        code = row.get("iso3", "")
        if code and code not in iso3 and not (code == "IGO" and file == "actors/seats.tsv"):
            fault(file, line, f"unknown iso3 {code}")
        if not code and file in ("actors/bodies.tsv", "places/breakaway.tsv"):
            fault(file, line, "no iso3")
        for column in ("country2", "countries", "administered_by"):
            for part in row.get(column, "").split("|"):
                if part and part not in iso3:
                    fault(file, line, f"unknown iso3 {part} in {column}")
        if row.get("iso2") and row["iso2"] not in iso2 and row["iso2"] not in ("AN", "CS"):
            fault(file, line, f"unknown iso2 {row['iso2']}")
        if row.get("iso2") and "iso3" in row and iso2.get(row["iso2"]) != code:
            fault(file, line, f"iso2 {row['iso2']} and iso3 {code} differ")
        if file == "places/cities.tsv" and (row["iso2"], row["admin1"]) not in admin1 and row["admin1"] not in ("", "00"):
            fault(file, line, f"unknown admin1 {row['iso2']}.{row['admin1']}")
        if row.get("lat"):
            if not (-90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180):
                fault(file, line, "coordinates out of range")
        elif "lat" in row and file not in ("places/admin1.tsv", "places/districts.tsv"):
            fault(file, line, "no coordinates")
        if row.get("sector") and row["sector"] not in SECTORS:
            fault(file, line, f"unknown sector {row['sector']}")
        if row.get("wikidata") and not QID.match(row["wikidata"]):
            fault(file, line, f"bad Wikidata id {row['wikidata']}")
        for column in ("start", "end"):
            if row.get(column) and not DATE.match(row[column]):
                fault(file, line, f"bad date in {column}: {row[column]}")
        if row.get("start") and row.get("end") and row["start"] > row["end"]:
            fault(file, line, f"ends before it starts: {row['start']} {row['end']}")
        for part in row.get("former", "").split("|"):
            if part and not YEARS.match(part):
                fault(file, line, f"bad former name {part}")
        for code in re.findall(r"\b(?:country|people|territory|capital|both):([A-Z|]+)", row.get("reading", "")):
            for part in code.split("|"):
                if part not in iso3:
                    fault(file, line, f"unknown iso3 {part} in reading")
        if row.get("caution") and row["caution"] not in ("word", "name"):
            if file != "places/spellings.tsv" or row["caution"] != "none":
                fault(file, line, f"bad caution {row['caution']}")
        if row.get("admin2") and (row["iso2"], row["admin1"], row["admin2"]) not in admin2:
            fault(file, line, f"unknown admin2 {row['iso2']}.{row['admin1']}.{row['admin2']}")
        if "rank" in row and row["rank"] not in set("0123456789"):
            fault(file, line, f"bad rank {row['rank']}")
        if row.get("resolution") and row["resolution"] not in "12345":
            fault(file, line, f"bad resolution {row['resolution']}")
    if file in ORDER:
        keys = [ORDER[file](r) for r in rows]
        for row, before, after in zip(rows[1:], keys, keys[1:]):
            if before > after:
                fault(file, row["line"], "out of order")
                break

# Codes of other lists: form, and no two states with one code.
for column, form in (("fips", r"[A-Z]{2}$"), ("cow", r"\d{1,3}$"), ("gw", r"\d{1,3}$")):
    codes = {}
    for row in tables["places/countries.tsv"]:
        code = row[column]
        if code and not re.match(form, code):
            fault("places/countries.tsv", row["line"], f"bad {column} code {code}")
        if code and codes.setdefault(code, row["iso3"]) != row["iso3"]:
            fault("places/countries.tsv", row["line"], f"{column} {code} is also {codes[code]}")
# A place on land must lie where its state, or one that claims it, has places: the 100 nearest within 250 km tell.
# Water, lines and remote places (none within 250 km, for islands 40 km) are passed over.
WET = {"sea", "strait", "gulf", "bay", "channel", "reef", "river", "line", "lagoon", "sound", "fjord", "oilfield"}
ISLANDS = {"island", "islands"}
places = Places(tables["places/cities.tsv"])
for file in ("places/extra.tsv", "places/features.tsv"):
    for row in tables[file]:
        if not row["iso2"] or row["kind"] in WET:
            continue
        nearest = places.near((float(row["lat"]), float(row["lon"])), 250)
        if row["kind"] in ISLANDS and nearest and nearest[0][0] > 40:
            continue
        around = {near["iso2"] for _, near in nearest[:100]}
        states = {row["iso2"]} | {code for code, three in iso2.items() if three in row["country2"].split("|")}
        if around and not around & states:
            fault(file, row["line"], f"{row['name']} is put in {row['iso2']}, the places around are in {sorted(around)}")

# The middle of a state or division lies near one of its places: a point of another one, or a sign or digit lost, is found so.
FAR_KM = {"places/countries.tsv": 500, "places/admin1.tsv": 300}
of_state, of_division = {}, {}
for row in tables["places/cities.tsv"]:
    of_state.setdefault(row["iso2"], []).append(row)
    of_division.setdefault((row["iso2"], row["admin1"]), []).append(row)
for file, far in FAR_KM.items():
    for row in tables[file]:
        own = of_state.get(row["iso2"]) if "iso3" in row else of_division.get((row["iso2"], row["admin1"]))
        if own and row["lat"]:
            here = float(row["lat"]), float(row["lon"])
            if not any(distance(here, (float(place["lat"]), float(place["lon"]))) <= far for place in own):
                fault(file, row["line"], f"the middle of {row['name']} is more than {far} km from all its places")
# Points by hand are those that stand in the tables.
for row in tables["places/points.tsv"]:
    file, key = f"places/{row['table']}.tsv", row["key"]
    if row["certainty"] not in ("sure", "likely"):
        fault("places/points.tsv", row["line"], f"bad certainty {row['certainty']}")
    if file not in ("places/countries.tsv", "places/admin1.tsv", "places/extra.tsv", "places/features.tsv"):
        fault("places/points.tsv", row["line"], f"no table {row['table']}")
        continue
    found = [other for other in tables[file] if key in (other.get("iso3"), other["name"], f"{other['iso2']}.{other.get('admin1')}")]
    if not any(abs(float(other[axis]) - float(row[axis])) < 0.01 for other in found for axis in ("lat", "lon")):
        fault("places/points.tsv", row["line"], f"{key} is not so in {row['table']}.tsv: run build_points.py")

# Former names and hand spellings must be of a place that is there.
ids = {row["geonameid"] for row in tables["places/cities.tsv"]}
for row in tables["places/spellings.tsv"]:
    if row["geonameid"] not in ids:
        fault("places/spellings.tsv", row["line"], f"no place {row['geonameid']} in cities.tsv")

# No name twice in extra.tsv but for a division and a place in it.
named = {}
for row in tables["places/extra.tsv"]:
    for name in {row["name"], *row["aliases"].split("|")} - {""}:
        if named.setdefault(name.lower(), row)["name"] != row["name"]:
            fault("places/extra.tsv", row["line"], f"{name} is also line {named[name.lower()]['line']}")

# One name must not stand for two countries.
owner = {}
for row in tables["places/countries.tsv"]:
    for name in [row["name"], *row["aliases"].split("|")]:
        name = re.sub(r"^[Tt]he ", "", name)
        if name and owner.setdefault(name, row["iso3"]) != row["iso3"]:
            fault("places/countries.tsv", row["line"], f"{name} is also {owner[name]}")

# A Wikidata id must not be two countries.
ids = {}
for row in tables["places/countries.tsv"]:
    if row["wikidata"] and ids.setdefault(row["wikidata"], row["iso3"]) != row["iso3"]:
        fault("places/countries.tsv", row["line"], f"{row['wikidata']} is also {ids[row['wikidata']]}")

# Within one state a name or alias should lead to one body of one sector at a time.
bodies = {}
for row in tables["actors/bodies.tsv"]:
    for name in {row["name"], *row["aliases"].split("|")} - {""}:
        bodies.setdefault((name, row["iso3"]), []).append(row)
for (name, code), rows in bodies.items():
    for i, a in enumerate(rows):
        for b in rows[i + 1 :]:
            if (a["start"] or "0") < (b["end"] or "9") and (b["start"] or "0") < (a["end"] or "9"):
                fault("actors/bodies.tsv", b["line"], f"{name} of {code} is also line {a['line']}")

with_parliament = {r["iso3"] for r in tables["actors/bodies.tsv"] if r["sector"] == "LEG"}
for row in tables["places/countries.tsv"]:
    if not row["administered_by"] and row["iso3"] not in with_parliament | {"ATA", "ESH"}:
        fault("actors/bodies.tsv", 0, f"no parliament for {row['iso3']}")

for file, rows in tables.items():
    print(f"{file}: {len(rows)} rows, {(DATA / file).stat().st_size} bytes")
print(f"{faults} faults")
sys.exit(1 if faults else 0)

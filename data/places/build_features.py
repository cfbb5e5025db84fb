#!/usr/bin/env python3
"""Builds features.tsv, the seas, islands, ranges, rivers and airports that news may name, from Natural Earth.

    python3 data/places/build_features.py natural_earth_features.tsv american-english

The input is a table of the named features of Natural Earth 1:10 million (public domain) with the columns name, aliases,
kind, lat, lon, rank (0 = largest), region, subregion, sovereign, note; the second a list of
English words, one a line (Debian package wamerican). A feature is left away if extra.tsv has the name,
if a state, a division or a city of 100,000 people has it, if it is smaller than the rank below, or lies in Antarctica.
Abbreviations are spelt out. `iso2` stands only where the nearest places of cities.tsv all lie in one state.
"""

import collections
import math
import pathlib
import re
import sys

from build_places import fold, listed_words, names_of_states, table

HERE = pathlib.Path(__file__).resolve().parent
COLUMNS = "name aliases kind lat lon rank iso2 country2 note".split()

# Natural Earth's kind: ours (as in extra.tsv), the last rank taken, and how far the nearest places may lie, in km, to
# tell the state (0: too large or too wet to belong to one).
KINDS = {
    "sea": ("sea", 9, 0),
    "ocean": ("ocean", 9, 0),
    "gulf": ("gulf", 9, 0),
    "bay": ("bay", 9, 0),
    "strait": ("strait", 9, 0),
    "channel": ("channel", 9, 0),
    "sound": ("sound", 9, 0),
    "fjord": ("fjord", 9, 0),
    "lagoon": ("lagoon", 9, 0),
    "reef": ("reef", 9, 0),
    "island": ("island", 6, 80),
    "island group": ("islands", 6, 0),
    "range/mtn": ("mountains", 9, 0),
    "foothills": ("mountains", 9, 0),
    "mountain": ("mountain", 6, 60),
    "desert": ("desert", 9, 0),
    "plateau": ("plateau", 9, 0),
    "plain": ("plain", 9, 0),
    "lowland": ("plain", 9, 0),
    "basin": ("basin", 9, 0),
    "depression": ("basin", 9, 0),
    "delta": ("delta", 9, 0),
    "wetlands": ("wetland", 9, 0),
    "tundra": ("plain", 9, 0),
    "coast": ("coast", 9, 0),
    "geoarea": ("region", 9, 0),
    "isthmus": ("isthmus", 9, 0),
    "peninsula": ("peninsula", 9, 0),
    "pen/cape": ("peninsula", 9, 0),
    "cape": ("cape", 5, 80),
    "valley": ("valley", 9, 0),
    "gorge": ("valley", 9, 0),
    "pass": ("pass", 9, 0),
    "waterfall": ("waterfall", 9, 0),
    "lake": ("lake", 7, 60),
    "alkaline lake": ("lake", 6, 60),
    "reservoir": ("lake", 7, 60),
    "river": ("river", 7, 0),
    "airport": ("airport", 5, 60),
}

# Disputed areas that extra.tsv lacks: who is put first and who else claims, as the convention in SOURCES.md has it.
CLAIMS = {
    "Bajo Nuevo Bank": ("", "COL|HND|JAM|NIC|USA"),
    "Serranilla Bank": ("", "COL|HND|NIC|USA"),
    "Bara Hotii Valleys": ("IN", "CHN"),
    "Samdu Valleys": ("IN", "CHN"),
    "Tirpani Valleys": ("IN", "CHN"),
    "Demchok": ("IN", "CHN"),
    "Shaksam Valley": ("CN", "IND"),
    "Olivenza": ("ES", "PRT"),
    "Bird Island": ("VE", "DMA"),
    "Isla del Perejil": ("ES", "MAR"),
    "Islas Chafarinas": ("ES", "MAR"),
    "Penon de Alhucemas": ("ES", "MAR"),
    "Penon de Velez de la Gomera": ("ES", "MAR"),
    "Courantyne Headwaters": ("GY", "SUR"),
    "Lawa Headwaters": ("GF", "SUR"),
    "Bassas da India": ("TF", "MDG"),
    "Europa Island": ("TF", "MDG"),
    "Glorioso Islands": ("TF", "MDG"),
    "Juan De Nova Island": ("TF", "MDG"),
    "Tromelin Island": ("TF", "MUS|SYC"),
    "Matthew and Hunter Islands": ("NC", "VUT"),
    "Mbane Island": ("GA", "GNQ"),
    "Navassa Island": ("UM", "HTI"),
    "Wake Atoll": ("UM", "MHL"),
    "Rockall Island": ("GB", "DNK|IRL|ISL"),
    "Sapodilla Cayes": ("BZ", "GTM|HND"),
    "South Sandwich Islands": ("GS", "ARG"),
    "Swains Island": ("AS", "TKL"),
    "Cyprus U.N. Buffer Zone": ("CY", ""),
    "UNDOF Zone": ("SY", "ISR"),
}
RENAMED = {
    "Isla del Perejil": "Perejil Island",
    "Penon de Alhucemas": "Peñón de Alhucemas",
    "Penon de Velez de la Gomera": "Peñón de Vélez de la Gomera",
    "Islas Chafarinas": "Chafarinas Islands",
    "Juan De Nova Island": "Juan de Nova Island",
    "Bara Hotii Valleys": "Barahoti",
    "Shaksam Valley": "Shaksgam Valley",
    "Rockall Island": "Rockall",
    "Cyprus U.N. Buffer Zone": "UN Buffer Zone in Cyprus",
}

# Names in the language of the place, or misspelt: by their English name.
RENAMED |= {
    "Alföld": "Great Hungarian Plain",
    "Archipel des Tuamotu": "Tuamotu Archipelago",
    "Dnepre": "Dnieper",
    "Donau": "Danube",
    "Firat": "Euphrates",
    "Al Furat": "Euphrates",
    "Tejo": "Tagus",
    "Represa de Tucuruí": "Tucuruí Reservoir",
    "Îles Crozet": "Crozet Islands",
    "Îles Gambier": "Gambier Islands",
    "Îles Marquesas": "Marquesas Islands",
    "Îles Loyauté": "Loyalty Islands",
    "Îles Tubuaï": "Austral Islands",
    "Îles de la Société": "Society Islands",
    "îles Wallis": "Wallis Islands",
    "Îles Kerguelen": "Kerguelen Islands",
    "Açores": "Azores",
    "Archipel des Comores": "Comoro Islands",
    "Archipiélago de Colón": "Galapagos Islands",
    "Arquipélago dos Bijagós": "Bissagos Islands",
    "Islas Canarias": "Canary Islands",
    "Islas Juan Fernandez": "Juan Fernandez Islands",
    "Ilhas de Cabo Verde": "Cape Verde Islands",
    "Bretagne": "Brittany",
    "Normandie": "Normandy",
    "Pelopónnisos": "Peloponnese",
    "Costa de los Mosquitos": "Mosquito Coast",
    "El Gezira": "Gezira",
    "Truk": "Chuuk",
    "Ryükyü Islands": "Ryukyu Islands",
}
# Names that are a person's or a word first, or a state's in another language.
PASSED_OVER = {"Bonaparte", "Riviera", "Nouvelle-Calédonie", "Føroyar"}

SPELT_OUT = [
    (r"\bIs\. (?=de\b)", "Istmo "),
    (r"^Is\. (?=[A-Z])", "Islas "),
    (r"^I\. (?=[A-Z]|de)", "Isla "),
    (r"^S\. (?=d[aeo]s?\b)", "Serra "),
    (r"\bIsands\b", "Islands"),
    (r"\bIs\.", "Islands"),
    (r"\bI\.", "Island"),
    (r"\bMts\.", "Mountains"),
    (r"\bMtn\.", "Mountain"),
    (r"\bMt\.\s*", "Mount "),
    (r"\bRa\.", "Range"),
    (r"\bPk\.", "Peak"),
    (r"\bPen\.", "Peninsula"),
    (r"\bPlat\.", "Plateau"),
    (r"\bCord\.", "Cordillera"),
    (r"\bArch\.", "Archipelago"),
    (r"\bStr\.", "Strait"),
    (r"\bSd\.", "Sound"),
    (r"\bSt\. ", "Saint "),
    (r"\bSta\. ", "Santa "),
    (r"\bPt\.", "Point"),
    (r"\bRes\.", "Reservoir"),
    (r"\bL\. ", "Lake "),
    (r"\bR\.$", "River"),
    (r"\bC\. ", "Cape "),
    (r"\bFt\. ", "Fort "),
    (r"\bReg\.", "Regional"),
    (r"\bMuni\.", "Municipal"),
    (r"\bGen\. ", "General "),
    (r"\bInt'?l\.?", "International Airport"),
    (r"^S\. ", "South "),
    (r"^N\. ", "North "),
    (r"^E\. ", "East "),
    (r"^W\. ", "West "),
    (r"^Br\. ", "British "),
]
FRENCH = re.compile(r"(?i)^(mer|golfe|baie|d[ée]troit|oc[ée]an|passage|entr[ée]e|canal|lac|bassin|chenal|grande|manche)\b")


def spelt_out(name):
    for short, long in SPELT_OUT:
        name = re.sub(short, long, name)
    name = " ".join(name.replace("ALb", "Alb").split())
    return name.replace("International Airport Airport", "International Airport")


def distance(a, b):
    """Kilometres between two points (latitude, longitude), on a sphere."""
    (lat, lon), (lat2, lon2) = [(math.radians(x), math.radians(y)) for x, y in (a, b)]
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, half)))


class Places:
    """The places of cities.tsv by squares of one degree."""

    def __init__(self, rows):
        self.squares = collections.defaultdict(list)
        for row in rows:
            point = float(row["lat"]), float(row["lon"])
            self.squares[math.floor(point[0]), math.floor(point[1])].append((point, row))

    def near(self, point, reach):
        """The places within `reach` km, nearest first, as (km, row)."""
        wide = math.ceil(reach / 111) + 1
        across = min(180, math.ceil(wide / max(0.1, math.cos(math.radians(point[0])))))
        found = []
        for lat in range(math.floor(point[0]) - wide, math.floor(point[0]) + wide + 1):
            for lon in range(math.floor(point[1]) - across, math.floor(point[1]) + across + 1):
                for other, row in self.squares.get((lat, (lon + 180) % 360 - 180), ()):
                    km = distance(point, other)
                    if km <= reach:
                        found.append((km, row))
        found.sort(key=lambda pair: (pair[0], int(pair[1]["geonameid"])))
        return found


def state_at(places, point, reach):
    """The ISO2 code of the state in which the five nearest places lie; empty where they differ or there are none."""
    codes = [row["iso2"] for _, row in places.near(point, reach)[:5]]
    return codes[0] if codes and len(set(codes)) == 1 else ""


def with_kind(name, kind):
    """The name with the word for what it is: rivers and airports are drawn without."""
    if kind == "river" and not re.search(r"(?i)\b(river|r[ií]o|canal|wadi|oued|rio|he|jiang|darya|nahr|nile|creek|fork|branch)\b", name):
        return f"{name} River"
    if kind == "airport" and not re.search(r"(?i)\b(airport|airfield|base|aeropuerto|field|afb|raf)\b", name):
        return f"{name} Airport"
    return name


def main(path, word_list):
    cities = table(HERE / "cities.tsv")
    places = Places(cities)
    large = {fold(r["name"]) for r in cities if int(r["population"]) >= 100_000 or r["feature_code"] == "PPLC"}
    taken = large | names_of_states(table(HERE / "countries.tsv"))
    for row in table(HERE / "admin1.tsv"):
        taken |= {fold(row["name"]), fold(row["ascii"])}
    own = set()
    for row in table(HERE / "extra.tsv"):
        own |= {fold(name) for name in [row["name"], *row["aliases"].split("|")] if name}
    towns = {fold(r["name"]) for r in cities}
    persons = {fold(part) for r in table(HERE.parent / "actors" / "office_holders.tsv") for part in r["person"].split()}
    words = listed_words(word_list)

    lines = [line.split("\t") for line in pathlib.Path(path).read_text("utf-8").splitlines()]
    seen, rows = {}, []
    for cells in sorted(lines[1:], key=lambda cells: (int(cells[5] or 9), cells[0])):
        raw = dict(zip(lines[0], cells))
        name, rank, point = spelt_out(raw["name"]), int(raw["rank"] or 9), (float(raw["lat"]), float(raw["lon"]))
        aliases = [spelt_out(alias) for alias in raw["aliases"].split("|") if alias]
        iso2 = country2 = note = ""
        if raw["kind"].startswith("disputed area"):
            if name not in CLAIMS or rank > 8:
                continue
            iso2, country2 = CLAIMS[name]
            kind, aliases, name = "disputed", [], RENAMED.get(name, name)
        elif raw["kind"] in KINDS:
            kind, last, reach = KINDS[raw["kind"]]
            if rank > last or point[0] < -60 or re.search(r"\b[A-Z]\.", name):
                continue
            if name in PASSED_OVER:
                continue
            name = RENAMED.get(name, name)
            full = with_kind(name, kind)
            if full != name and kind == "river" and rank <= 5 and len(name) >= 5 and fold(name) not in towns | persons | words:
                aliases.append(name)
            name = full
            if kind == "airport":
                note = raw["note"]
                if name.endswith("International Airport"):
                    aliases.append(name.replace("International Airport", "airport"))
            if reach:
                iso2 = state_at(places, point, reach)
        else:
            continue
        if fold(name) in own or fold(name) in taken or fold(raw["name"]) in own or kind == "river" and fold(name.removesuffix(" River")) in own or len(fold(name)) < 4:
            continue
        aliases = [
            alias
            for alias in dict.fromkeys(aliases)
            if fold(alias) != fold(name) and fold(alias) not in own | taken | words and not FRENCH.match(alias)
        ]
        if kind in ("island", "mountain", "region") and (fold(name) in words):
            continue
        if fold(name) in seen and (kind != "disputed"):
            continue
        seen[fold(name)] = True
        rows.append(dict(zip(COLUMNS, (
            name, "|".join(aliases), kind, raw["lat"], raw["lon"], str(rank), iso2, country2, note))))
    # A short name that two features have names neither.
    shared = collections.Counter(fold(alias) for row in rows for alias in row["aliases"].split("|") if alias)
    for row in rows:
        row["aliases"] = "|".join(
            alias for alias in row["aliases"].split("|") if alias and shared[fold(alias)] == 1 and fold(alias) not in seen
        )
    rows.sort(key=lambda row: (row["kind"], row["name"].lower()))
    out = [
        "# Natural features, disputed areas, airports and ports that extra.tsv lacks: Natural Earth 1:10 million, public domain.",
        "# lat, lon: a middle point. rank: 0 (largest) to 9. iso2: only where it lies within one state. country2: other claimants, ISO3. note: IATA code.",
        "\t".join(COLUMNS),
    ]
    out += ["\t".join(row[column] for column in COLUMNS) for row in rows]
    (HERE / "features.tsv").write_text("\n".join(out) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])

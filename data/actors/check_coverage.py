#!/usr/bin/env python3
"""How complete the tables of bodies, groups and organisations are: `python3 data/actors/check_coverage.py`.

For each member of the United Nations it tells which kinds of bodies and parties the tables have under their own
names, and lists the gaps. With `--ucdp FILE` (the UCDP Actor list as a table with the columns name, aliases,
country_iso3, kind, start, end; not part of this repository) it lists the armed groups, groups of supporters and
communal groups with at least three years of activity since 1990 that no table names, and their share. Nothing here
is a fault: some states have no army or no parties, and many groups of the list are not named in news.
"""

import argparse
import collections
import pathlib
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent

MEMBERS = """
    AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN BTN BWA
    CAF CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP EST ETH
    FIN FJI FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA
    JAM JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV MEX
    MHL MKD MLI MLT MMR MNE MNG MOZ MRT MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG
    POL PRK PRT PRY QAT ROU RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN SWE SWZ SYC SYR TCD
    TGO THA TJK TKM TLS TON TTO TUN TUR TUV TZA UGA UKR URY USA UZB VCT VEN VNM VUT WSM YEM ZAF ZMB ZWE
""".split()

# States that share a central bank or use the money of another.
SHARED_BANK = set("ATG DMA GRD KNA LCA VCT BEN BFA CIV GNB MLI NER SEN TGO CAF CMR COG GAB GNQ TCD".split())
FOREIGN_MONEY = set("AND FSM KIR LIE MCO MHL NRU PAN PLW TUV".split())
# States without armed forces in the sense of the word, and states whose forces are named under another sector.
NO_ARMY = set("AND CRI DMA FSM GRD ISL KIR KNA LCA LIE MCO MHL MUS NRU PAN PLW SLB SMR TUV VCT VUT WSM".split())


def read(name):
    """Rows of a table of this folder as dictionaries."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if line != "#" and not line.startswith("# ")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"))) for line in lines[1:]]


def plain(name):
    """A name without accents, case, full stops and other marks."""
    folded = unicodedata.normalize("NFD", name).lower().replace(".", "")
    return " ".join("".join(c if c.isalnum() else "" if unicodedata.combining(c) else " " for c in folded).split())


def kinds_of(bodies, groups, organisations):
    """For each kind, the codes of the states that have it."""
    has = collections.defaultdict(set)
    for row in bodies:
        sector, kind = row["sector"], row["kind"]
        has["parliament"] |= {row["iso3"]} if sector == "LEG" else set()
        has["police"] |= {row["iso3"]} if sector == "COP" else set()
        has["armed forces"] |= {row["iso3"]} if sector == "MIL" else set()
        has["intelligence"] |= {row["iso3"]} if sector == "SPY" else set()
        has["central bank"] |= {row["iso3"]} if kind == "central bank" else set()
        has["court"] |= {row["iso3"]} if sector == "JUD" else set()
    parties = collections.Counter(row["code"] for row in groups if row["kind"] == "party")
    has["three parties"] = {code for code, count in parties.items() if count > 2}
    has["medium"] = {row["code"] for row in organisations if row["kind"] == "media"}
    return has


def states(bodies, groups, organisations):
    has = kinds_of(bodies, groups, organisations)
    for kind, codes in has.items():
        expected = set(MEMBERS)
        if kind == "central bank":
            expected -= SHARED_BANK | FOREIGN_MONEY
        if kind == "armed forces":
            expected -= NO_ARMY
        gaps = sorted(expected - codes)
        print(f"{kind}: {len(expected & codes)} of {len(expected)} states; none for: {' '.join(gaps) or '-'}")


def names_of(rows, columns):
    return {plain(name) for row in rows for column in columns for name in row[column].split("|") if name}


def ucdp(path, tables, peoples):
    named = names_of([row for table in tables for row in table], ["name", "aliases"])
    people = names_of(peoples, ["name", "plural", "adjectives"])
    missing, total, found = collections.defaultdict(list), collections.Counter(), collections.Counter()
    lines = pathlib.Path(path).read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    for line in lines[1:]:
        row = dict(zip(header, line.split("\t")))
        kind = row["kind"]
        if kind == "government" or not row["start"] or int(row["end"]) < 1992:
            continue
        if int(row["end"]) - max(1990, int(row["start"])) < 2:
            continue
        total[kind] += 1
        written = [name for name in [row["name"], *row["aliases"].split("|")] if name]
        # "Supporters of IFP" is known where the IFP is; "Rizeigat Baggara" and "Pian Karimojong" where their people is.
        bare = [name.split("(")[0].removeprefix("Supporters of ") for name in written]
        known = any(plain(name) in named for name in written + bare)
        # "Syrian insurgents" needs no row: such a phrase is composed of the country and the role noun.
        known = known or row["name"].endswith((" insurgents", " irregulars"))
        if not known and kind == "communal or ethnic group":
            parts = [plain(part) for name in bare for part in (name, name.split(" ")[0], name.split(" ")[-1])]
            parts += [plain(name.split(" subclan")[0].split(" clan")[0]) for name in bare]
            known = any(part in people or part + " people" in people for part in parts)
        if known:
            found[kind] += 1
        else:
            missing[kind].append(f"{row['country_iso3'].split('|')[0]} {row['name']} {row['start']}-{row['end']}")
    for kind, count in sorted(total.items()):
        print(f"{kind}: {found[kind]} of {count} named ({100 * found[kind] / count:.0f} %)")
        for name in missing[kind]:
            print(f"  lacking: {name}")
    print(f"together {sum(found.values())} of {sum(total.values())} ({100 * sum(found.values()) / sum(total.values()):.0f} %)")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--ucdp", metavar="FILE", help="table of the UCDP Actor list")
    options = arguments.parse_args()
    bodies, groups, organisations = read("bodies.tsv"), read("groups.tsv"), read("organisations.tsv")
    states(bodies, groups, organisations)
    if options.ucdp:
        ucdp(options.ucdp, [bodies, groups, organisations], read("peoples.tsv"))


if __name__ == "__main__":
    main()

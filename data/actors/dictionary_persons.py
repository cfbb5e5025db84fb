"""Reads the dated persons of the PETRARCH dictionaries as terms of office.

The dictionaries give a code and dates, but no office. The office is looked up in the table from which they were made,
CountryInfo (`office_holders_2003_2011.tsv` of the shared tables).
"""

import collections
import datetime
import re

from dated_terms import BEGINS, FIRST, LAST, Term, day, joined
from person_names import words

# Kinds of office, those first that count when a name has several.
KINDS = ["head", "minister", "deputy", "other", "unknown"]

# Codes of the dictionaries that are not ISO 3166-1.
CODES = {"KSV": "XKX", "SRP": "SRB", "ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "IMY": "IMN"}
# Organisations whose heads news names; presidents of parliamentary assemblies, regional banks and technical bodies
# (postal union, civil aviation ...) of their list are left out, as other ministries are.
BODIES = re.compile(
    r"IGO(UNO(?!BUS|DEVILO)|WSTNAT|EUREEC|BUSIMF|BUSWTO|OAS|AFRAFU|SEAASN|BUSOPC|CWN|MOS|COPITP|WAFWAS|MEAARL|MEAGCC|EUR(?![A-Z]))"
)
# States only: the dictionaries also have heads of territories ("IMY", "VGB"), whom event coding does not need.
TERRITORIES = set(
    """
    ABW AIA ANT ASM BMU COK CUW CYM ESH FLK FRO GGY GIB GLP GRL GUF GUM HKG IMN IMY JEY MAC MNP MSR MTQ MYT NCL NFK NIU PCN
    PRI PYF REU SHN SPM TCA TKL VGB VIR WLF
    """.split()
)

HEAD = re.compile(
    r"^(co-|acting |interim |state |federal )?(president|prime minister|premier|king|queen|chancellor|emir|sultan|emperor|grand duke"
    r"|prince|taoiseach|head of (state|government)|captain.regent.*|paramount chief|general secretary|governor.general"
    r"|o le ao o le malo|pope|supreme leader|rahbar|leader of the.*revolution|chief adviser.*|sovereign.*"
    r"|chairman of the (council of ministers|presidency|state peace.*|state law.*|national defen[cs]e commission|council of state"
    r"|executive council|transitional.*|provisional.*|supreme.*|military.*|national.*|revolutionary.*|ruling.*)"
    r"|chmn.*(presidency|council of ministers|national defense commission|state peace.*)|minister of state \(monaco\)|secretary of state \(vatican\)"
    r"|president of the (executive yuan|government|republic|council of ministers|swiss.*|presidency.*)|member of the presidency|beretitenti)\b",
    re.I,
)
NOT_HEAD = re.compile(
    r"^president,|office|bank|court|judicial|legislat|control yuan|examination|senate|assembly|chamber|council of state of|commission(?!er)|audit"
    r"|exchequer|duchy|privy|religio|human rights|academy|tribunal|parliament|people's congress|corporation|state minister|confederation|lord president|zanzibar|island",
    re.I,
)
DEPUTY = re.compile(
    r"vice.?president|(deputy|vice|first|second) (prime minister|premier)|deputy prime|vice prime|vice premier|vice chancellor|tanaiste"
    r"|permanent representative to the (un|united nations)|perm.*rep.*un|(deputy|vice|assistant|state|second) (minister|secretary).*"
    r"(foreign|external|defen[cs]e|interior|home affairs)",
    re.I,
)
MINISTERS = {
    "foreign minister": r"foreign|external (affairs|relations)|exterior relations|int(ernational|l\.?) (relations|affairs)",
    "defence minister": r"defen[cs]e|armed forces|war\b",
    "interior minister": r"interior|internal affairs|internal security|home affairs|home department|public security|homeland security",
}
MINISTER = re.compile(r"^(acting |caretaker |interim )?(min\b|min\.|minister|secretary)", re.I)
NOT_MINISTER = re.compile(
    r"minister of state|foreign trade|minister.delegate|deputy|assistant|vice\b|foreign (economic|investment)|delegate|in charge"
    r"|defen[cs]e (production|industr)|secretary,|secretary of state|council|coordination|women|veteran|invalid|attached|parliament"
    r"|aerospace|science|social|overseas|francophon|cooperation and|hong kong|(?<!and )local|culture",
    re.I,
)
SECRETARY = re.compile(r"^secretary of (state$|defen[cs]e|homeland|the interior|interior|foreign)", re.I)
BANKS = re.compile(r"central bank|national bank|state bank|reserve bank|monetary|ambassador|amb\.? to|deputy (speaker|chair)", re.I)


def office(position):
    """Kind and canonical office of a position as CountryInfo writes it."""
    position = position.replace('"Acting"', "").strip()
    if BANKS.search(position):
        return "other", ""
    if DEPUTY.search(position):
        return "deputy", ""
    if HEAD.match(position) and not NOT_HEAD.search(position):
        return "head", ""
    if MINISTER.match(position) and (SECRETARY.search(position) or not NOT_MINISTER.search(position)):
        for name, pattern in MINISTERS.items():
            if re.search(pattern, position, re.I):
                return "minister", name
    return "other", ""


def read_date(text):
    """`YYMMDD` or `YYYYMMDD` of the dictionaries; two digits below 30 are this century's."""
    if len(text) == 6:
        text = ("20" if int(text[:2]) < 30 else "19") + text
    year, month, date = int(text[:4]), int(text[4:6]) or 1, int(text[6:8]) or 1
    try:
        return datetime.date(year, min(month, 12), min(date, 28) if date > 28 else date)
    except ValueError:
        return None


CODE_LINE = re.compile(r"\[([A-Z]+)\s+(<|>)?(\d{6}|\d{8})(?:-(\d{6}|\d{8}))?\s*\]")


def dated_entries(path):
    """Entries of a dictionary with dated codes: (names, [(code, start, end)]), dates None where open."""
    names, codes = [], []
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
        line = line.split("#")[0].rstrip()
        if not line:
            continue
        found = list(CODE_LINE.finditer(line))
        if "[" in line and line.lstrip().startswith("["):
            for match in found:
                code, sign, first, second = match.groups()
                dates = [read_date(first), read_date(second) if second else None]
                if dates[0] is None:
                    continue
                start, end = (None, dates[0]) if sign == "<" else (dates[0], None if sign == ">" else dates[1])
                codes.append((code, start, end))
            continue
        if line[0].isspace() or "[" in line:
            continue
        name = line.lstrip("+").split(";")[0].strip().strip("_").replace("_", " ")
        if line.startswith("+"):
            names.append(name)
            continue
        if codes:
            yield names, codes
        names, codes = [name], []
    if codes:
        yield names, codes


def country_info(shared):
    """CountryInfo's terms: {(iso3, words of the name): [(position, start, end)]}."""
    table = collections.defaultdict(list)
    path = shared / "data/actors/office_holders_2003_2011.tsv"
    for line in path.read_text(encoding="utf-8").split("\n")[1:-1]:
        iso3, position, _, person, _, start, end = line.split("\t")[:7]
        table[iso3, " ".join(words(person))].append((position, start, end))
    return table


def month(date, default):
    return date.isoformat()[:7] if date else default


def offices_of(code, known, start, end):
    """What CountryInfo says was held in a dated code: [(kind, office, start, end)], dates as it writes them.

    The dictionaries join offices that follow each other under one code ("foreign minister, then leader of the House");
    such a term is taken apart again.
    """
    first, last = month(start, "0000"), month(end, "9999")
    exact = [term for term in known if (term[1][:7] or "2003-01") == first and (term[2][:7] or "9999") == last]
    if exact:
        kinds = sorted({office(term[0]) for term in exact}, key=lambda found: KINDS.index(found[0]))
        return [(*kinds[0], None, None)]
    inside = [term for term in known if (term[1][:7] or "2003-01") >= first and (term[2][:7] or "9999") <= last]
    if inside:
        return [(*office(position), begun, ended) for position, begun, ended in inside]
    kinds = {office(term[0]) for term in known}
    if len(kinds) == 1:
        return [(*kinds.pop(), None, None)]
    if code[3:] not in ("GOV", "GOVMIL", "") and code[3:6] == "GOV":
        return [("other", "", None, None)]
    return [("unknown", "", None, None)]


def their_terms(shared):
    """{iso3: [Term]} of the dictionary of countries, from 1990 on."""
    table = country_info(shared)
    terms = collections.defaultdict(list)
    for names, codes in dated_entries(shared / "data/dictionaries/Phoenix.Countries.actors.txt"):
        for code, start, end in codes:
            if "ELI" in code or len(code) < 6 or not code[3:].startswith("GOV"):
                continue
            if (end and end < BEGINS) or (start and end and end < start):
                continue
            iso3 = CODES.get(code[:3], code[:3])
            if iso3 in TERRITORIES:
                continue
            known = next((table[iso3, key] for name in names if (key := " ".join(words(name))) and (iso3, key) in table), [])
            for kind, held, begun, ended in offices_of(code, known, start, end):
                begin = day(begun, False) if begun else start
                stop = day(ended, True) if ended else (None if ended == "" else end)
                if stop and stop < BEGINS:
                    continue
                # The lists of governments begin in January 2003; earlier starts are cut there.
                cut = not begin or begin == datetime.date(2003, 1, 1)
                first = (FIRST, datetime.date(2003, 3, 1)) if cut else (begin, begin)
                # An open end means in office when the lists stopped: of leaders early in 2008, of governments in 2011.
                listed = datetime.date(2008, 3, 1) if kind == "head" else datetime.date(2010, 11, 1)
                last = (stop, stop) if stop else (listed, LAST)
                terms[iso3].append(Term(names[0], first, last, kind, held, f"{begin or ''} - {stop or ''}", names))
    return {iso3: joined(found) for iso3, found in terms.items()}


def international_terms(shared):
    """[Term] of heads of organisations; the presidency of the Council of the EU, held in turn, is left out as we do."""
    terms = []
    for names, codes in dated_entries(shared / "data/dictionaries/Phoenix.International.actors.txt"):
        for code, start, end in codes:
            if not code.startswith("IGO") or (end and end < BEGINS):
                continue
            turn = code.startswith("IGOEUREEC") and start and end and (end - start).days < 190
            kind = "head" if BODIES.match(code) and not turn else "other"
            first = (start, start) if start else (FIRST, datetime.date(2003, 3, 1))
            last = (end, end) if end else (datetime.date(2009, 7, 1), LAST)
            terms.append(Term(names[0], first, last, kind, "", f"{code} {start or ''} - {end or ''}", names))
    return joined(terms)

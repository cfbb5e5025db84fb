#!/usr/bin/env python3
"""Is an event found in the last sentence of a long report? Plants one in each of the twenty longest Wikinews reports.

    python3 tests/gold/planted.py DEMARCHE       the program; the reports are read from ../shared/data beside the repository

Prints what is missing; exit status 1 if anything is.
"""

import json
import subprocess
import sys
from pathlib import Path

TEXTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "texts" / "wikinews" / "geovirus.jsonl"
COUNT = 20
PLANTED = [  # sentence, event, code of an actor or recipient
    ("Norway urged Mali to withdraw its troops from the border.", "REQUEST", "NOR"),
    ("Kenya accused Chad of arming the rebels.", "ACCUSE", "KEN"),
    ("Peru expelled two Bolivian diplomats.", "SANCTION", "PER"),
    ("Jordan and Oman signed a defence agreement in Muscat.", "AGREE SUPPORT COOPERATE", "JOR"),
    ("Thai police arrested eleven protesters in Bangkok.", "COERCE", "THA"),
    ("Ghana rejected the demands of Togo.", "REJECT", "GHA"),
    ("Finland sent 40 tonnes of relief supplies to Nepal.", "AID", "FIN"),
    ("Georgian artillery shelled Armenian positions.", "ASSAULT", "GEO"),
    ("Thousands of students marched in Santiago against the government of Chile.", "PROTEST", "CHL"),
    ("Iceland praised Malta for its mediation.", "SUPPORT", "ISL"),
    ("Cuba threatened to cut diplomatic ties with Panama.", "THREATEN", "CUB"),
    ("Uganda released 30 Rwandan prisoners.", "RETREAT", "UGA"),
    ("The foreign ministers of Laos and Cambodia met in Vientiane.", "CONSULT", "LAO"),
    ("Sri Lanka imposed a curfew on the northern city.", "COERCE", "LKA"),
    ("Zambia imposed sanctions on Malawi.", "SANCTION", "ZMB"),
    ("Belgian troops withdrew from Latvia.", "RETREAT", "BEL"),
    ("Ecuador apologised to Honduras for the incident.", "CONCEDE", "ECU"),
    ("Estonia condemned the arrest of opposition leaders in Belarus.", "ACCUSE", "EST"),
    ("Paraguay put its troops on alert along the border with Uruguay.", "MOBILIZE", "PRY"),
    ("Gunmen kidnapped two Dutch aid workers near the town.", "ASSAULT", "NLD"),
]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    reports = [json.loads(line) for line in TEXTS.read_text(encoding="utf-8").splitlines()]
    reports = sorted(reports, key=lambda report: (-len(report["text"]), report["id"]))[:COUNT]
    lines = [json.dumps(dict(id=f"planted-{n}", text=report["text"].rstrip() + "\n\n" + PLANTED[n][0])) for n, report in enumerate(reports)]
    run = subprocess.run([sys.argv[1], "code", "--quiet", "--format", "jsonl", "--to", "jsonl", "-"], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    records = [json.loads(line) for line in run.stdout.splitlines()]
    missing = 0
    for n, (sentence, event, code) in enumerate(PLANTED):
        found = [r for r in records if r["record"] == "event" and r["document"] == f"planted-{n}" and r["text"] == sentence]
        if not any(r["event"][0] in event.split() and code in [e["code"] for e in r["actor"] + r["recipient"]] for r in found):
            missing += 1
            print(f"missing: {sentence} ({event} {code}); came out: {[r['event'] for r in found]}")
    print(f"{COUNT - missing} of {COUNT} found")
    sys.exit(missing > 0)


if __name__ == "__main__":
    main()

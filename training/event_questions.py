"""Questions with answers, for training the classifier of events: which rows of a sentence are marked, and what is right.

Reads what `xtask questions` prints. A sentence keeps what the encoder reads (`ids`, `shapes`, `kept`); an example has the rows
of actor, recipient and trigger among the kept ones, and its answers: event, modes, fit of actor and recipient, contexts; `None`
where an answer is not known.
"""

import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[1]
NONE = "NONE"


def ontology() -> tuple[list[str], list[str], list[str]]:
    """Events with NONE last, `EVENT/mode` labels, contexts."""
    events, modes = [], []
    for line in (ROOT / "data" / "ontology" / "events.tsv").read_text(encoding="utf8").splitlines():
        if line.startswith("#") or line.startswith("event\t") or not line:
            continue
        event, mode = line.split("\t")[:2]
        if event not in events:
            events.append(event)
        if mode:
            modes.append(f"{event}/{mode}")
    contexts = re.findall(r'^name = "([a-z_]+)"', (ROOT / "data" / "ontology" / "contexts.toml").read_text(encoding="utf8"), re.M)
    return [*events, NONE], modes, contexts


def sentence(line: dict) -> dict:
    return dict(ids=line["ids"], shapes=line["shapes"], kept=line["kept"])


def rows(line: dict, spans: list) -> list[int]:
    """Rows of the tokens of half-open spans, each once, in order."""
    return sorted({line["rows"][t] for a, b in spans for t in range(a, b)})


def asked(line: dict, question: dict) -> dict:
    """The marks of a question as asked by the program."""
    return dict(
        actor=rows(line, question["actors"]),
        recipient=rows(line, question["recipients"]),
        trigger=sorted({line["rows"][t] for t in question["trigger"]}),
        told=question["told"] and question["told"]["event"],
    )


def tokens_of(line: dict, span) -> list:
    """The tokens within a range of characters, as one span, or none."""
    if not span:
        return []
    inside = [i for i, t in enumerate(line["tokens"]) if t[0] >= span[0] and t[1] <= span[1]]
    return [(inside[0], inside[-1] + 1)] if inside else []


def overlap(spans, others) -> bool:
    return any(a < d and c < b for a, b in spans for c, d in others)


def trigger_for(line: dict, actor: list, recipient: list, event: str | None) -> list[int] | None:
    """Words of the trigger of the program's own question about the marked pair, if it asks one: one told as `event` first."""
    best = None
    for question in line["questions"]:
        given = (question["actors"], question["recipients"])
        fits = lambda first, second: (not first or overlap(first, given[0])) and (not second or overlap(second, given[1] + (given[0] if not given[1] else [])))
        if not (fits(actor, recipient) or fits(recipient, actor)):
            continue
        told = question["told"] and question["told"]["event"]
        rank = (told == event and told is not None, told is not None, bool(given[0]) and bool(given[1]))
        if best is None or rank > best[0]:
            best = (rank, question["trigger"])
    return best and best[1]


def written(documents: pathlib.Path, dump: pathlib.Path) -> list[tuple[dict, dict]]:
    """Our own sentences: (sentence, example)."""
    lines: dict[str, list[dict]] = {}
    for text in dump.open(encoding="utf8"):
        line = json.loads(text)
        lines.setdefault(line["document"], []).append(line)
    out = []
    for text in documents.open(encoding="utf8"):
        document = json.loads(text)
        found = lines.get(document["id"], [])
        if len(found) != 1:
            continue
        line = found[0]
        actor, recipient = tokens_of(line, document["actor"]), tokens_of(line, document["recipient"])
        event, _, mode = document["label"].partition("/")
        trigger = trigger_for(line, actor, recipient, event)
        out.append((sentence(line), dict(
            key=document["id"].rsplit(":", 1)[0],
            actor=rows(line, actor), recipient=rows(line, recipient),
            trigger=sorted({line["rows"][t] for t in trigger or []}),
            event=event, modes=[mode] if mode else [],
            fit=None if event == NONE else (1 if actor else None, 1 if recipient else None), contexts=None,
        )))
    return out


def judged(label: str) -> tuple[str, list[str], tuple | None]:
    """Event, modes and fit of a label such as `ASSAULT/aerial+destroy!R`."""
    label, *flags = label.split("!")
    event, _, modes = label.partition("/")
    if "X" in flags:
        return NONE, [], (0, 0)
    return event, [m for m in modes.split("+") if m], (0 if "A" in flags else 1, 0 if "R" in flags else 1)

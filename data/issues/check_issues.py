#!/usr/bin/env python3
"""Runs the examples of the issues and of turns.toml. By hand: python3 data/issues/check_issues.py [-v] [SENTENCE ...]

Lemmas are guessed by stripping endings (with the list of irregular forms), and what hangs on what by nearness, so this is a
check of the word lists, not of the program. With a SENTENCE it prints that one's issues. Ends with status 1 if there was a fault.
"""

import collections
import pathlib
import re
import sys
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
PASSED_OVER = set("a an the my your his her its our their".split())
KEYS = set("name description good words opposite hints names not codes not_examples".split())
CHAPTERS = "peace people territory law force relations government economy world".split()
MOST = 3
AUXILIARIES = set(
    "must should shall will would can could may might be is are was were been being to have has had need needs".split()
)


def irregular():
    out = collections.defaultdict(set)
    for line in (HERE.parent / "language/irregular.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#") and "\t" in line:
            form, lemma, *_ = line.split("\t")
            out[form.lower()].add(lemma.lower())
    return out


IRREGULAR = irregular()


def lemmas(form):
    """The form and what it may be the form of."""
    out = {form} | IRREGULAR.get(form, set())
    if form.endswith("ies") and len(form) > 4:
        out.add(form[:-3] + "y")
    if form.endswith("ied") and len(form) > 4:
        out.add(form[:-3] + "y")
    if form.endswith("es") and len(form) > 4:
        out.add(form[:-2])
    if form.endswith("s") and not form.endswith("ss") and len(form) > 3:
        out.add(form[:-1])
    for ending in ("ed", "ing"):
        if form.endswith(ending) and len(form) > len(ending) + 2:
            stem = form[: -len(ending)]
            out |= {stem, stem + "e"}
            if stem[-1] == stem[-2]:
                out.add(stem[:-1])
    return out


def words_of(text):
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)?", text.lower().replace("’", "'").replace("-", " "))
    words = [re.sub(r"'(s|$)", "", word) for word in words]
    return [word for word in words if word and word not in PASSED_OVER]


class Phrases:
    """Phrases, found at every place of a text."""

    def __init__(self):
        self.by_first = collections.defaultdict(list)

    def add(self, phrase, value):
        words = words_of(phrase)
        if not words:
            raise ValueError(f"empty phrase {phrase!r}")
        self.by_first[words[0]].append((words[1:], value, phrase))

    def find(self, tokens):
        """(start, end, value, phrase) of all that stand in the tokens, each a set of lemmas."""
        for at, token in enumerate(tokens):
            for first in token:
                for rest, value, phrase in self.by_first.get(first, ()):
                    end = at + 1 + len(rest)
                    if end <= len(tokens) and all(word in tokens[at + 1 + n] for n, word in enumerate(rest)):
                        yield at, end, value, phrase


class Issues:
    def __init__(self, parsed):
        self.issues = {issue["name"]: issue for issue in parsed["issue"]}
        self.decisive, self.hints, self.nots = Phrases(), Phrases(), Phrases()
        for issue in parsed["issue"]:
            lists = {"words": self.decisive, "opposite": self.decisive, "hints": self.hints, "not": self.nots}
            for key, phrases in lists.items():
                for phrase in issue.get(key, []):
                    phrases.add(phrase, issue["name"])

    def places(self, tokens):
        """Per issue: weight, the spans that gave it, and the phrases behind them."""
        decisive = set(self.decisive.find(tokens))
        hints = set(self.hints.find(tokens))
        spans = {(start, end) for start, end, _, _ in decisive}
        hidden = collections.defaultdict(set)
        for start, end, name, _ in self.nots.find(tokens):
            hidden[name].add((start, end))

        def alive(found):
            start, end, name, _ = found
            covered = any(a <= start and end <= b and b - a > end - start for a, b in spans)
            return not covered and not any(a < end and start < b and b - a >= end - start for a, b in hidden[name])

        out = {}
        for name in self.issues:
            strong = sorted(f for f in decisive if f[2] == name and alive(f))
            weak, taken = [], []
            for found in sorted(f for f in hints if f[2] == name and alive(f)):
                if all(found[0] >= b or found[1] <= a for a, b in taken) and found[3] not in [w[3] for w in weak]:
                    weak.append(found)
                    taken.append(found[:2])
            if strong:
                weight = sum((b - a) ** 2 for a, b in {f[:2] for f in strong}) + len(weak)
                out[name] = (weight, [f[:2] for f in strong], [f[3] for f in strong])
            elif len(weak) >= 2:
                out[name] = (len(weak), taken, [f[3] for f in weak])
        return out

    def of(self, text):
        found = self.places([lemmas(word) for word in words_of(text)])
        ranked = sorted(found, key=lambda name: (-found[name][0], name))
        return {name: found[name] for name in ranked[:MOST]}


class Turns:
    def __init__(self, parsed):
        self.turns, self.spare = Phrases(), Phrases()
        for turn in parsed["turn"]:
            for phrase in turn["words"]:
                self.turns.add(phrase, turn["when"])
        for phrase in parsed["spare"]["words"]:
            self.spare.add(phrase, None)
        self.care = set(parsed["care"]["acts"])
        self.examples = parsed["examples"]["codes"]

    def count(self, forms, tokens, good, spans):
        """How often the words around an issue's phrases turn the stance. Near before them, or after an auxiliary behind."""
        start, end = spans[0][0], spans[0][1]
        spared = {n for a, b, _, _ in self.spare.find(tokens) for n in range(a, b)}
        own = {n for a, b in spans for n in range(a, b)}
        taken, count = set(), 0
        for a, b, when, _ in sorted(self.turns.find(tokens), key=lambda f: (f[0] - f[1], f[0])):
            place = set(range(a, b))
            other = (when == "good" and not good) or (when == "evil" and good is not False)
            if other or place & (spared | own | taken):
                continue
            # Directly before the phrase (one word may stand between), or a phrase of several words a little farther off.
            before = b <= start and (start - b <= 2 or (start - a <= 5 and b - a > 1))
            behind = end <= a <= end + 5 and b - a == 1 and a > 0 and forms[a - 1] in AUXILIARIES
            if before or behind:
                taken |= place
                count += 1
        return count


def proper_names():
    """Names, adjectives and demonyms of countries."""
    lines = (HERE.parent / "places/countries.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    header, out = rows[0], set()
    for row in rows[1:]:
        cells = dict(zip(header, row))
        for key in ("name", "aliases", "adjectives", "demonyms"):
            out |= {" ".join(words_of(name)) for name in cells.get(key, "").split("|") if len(name) > 3}
    return out


def touches(words, other):
    """Whether `other` may stand on some of the words: within them, or over one of their ends."""
    if len(other) > len(words):
        return False
    offsets = range(1 - len(other), len(words))
    same = lambda n, m: words[n] == m or m in lemmas(words[n]) or words[n] in lemmas(m)
    return any(all(same(at + n, w) for n, w in enumerate(other) if 0 <= at + n < len(words)) for at in offsets)


def check_shape(parsed):
    countries = proper_names()
    owner = {}
    for issue in parsed["issue"]:
        name = issue["name"]
        if unknown := set(issue) - KEYS:
            yield f"{name}: unknown keys {sorted(unknown)}"
        if len(issue["codes"]) < 3 or len(issue["not_examples"]) < 2:
            yield f"{name}: needs 3 codes and 2 not_examples"
        for phrase in issue["words"] + issue.get("opposite", []) + issue.get("hints", []):
            text = f" {' '.join(words_of(phrase))} "
            if phrase not in issue.get("names", []) and any(f" {country} " in text for country in countries):
                yield f"{name}: a country's name in {phrase!r}, which is not among its names"
        for phrase in issue["words"] + issue.get("opposite", []):
            key = tuple(words_of(phrase))
            if key in owner:
                yield f"{name}: {phrase!r} is a word of {owner[key]} too"
            owner[key] = name
        if unknown := set(issue.get("names", [])) - {p for key in ("words", "opposite", "hints") for p in issue.get(key, [])}:
            yield f"{name}: among its names but not among its phrases: {sorted(unknown)}"
        own = [words_of(p) for key in ("words", "opposite", "hints") for p in issue.get(key, [])]
        for phrase in issue.get("not", []):
            words = words_of(phrase)
            if words in own:
                yield f"{name}: {phrase!r} in `not` and among its own"
            elif not any(touches(words, other) for other in own):
                yield f"{name}: `not` {phrase!r} hides nothing"
        both = {tuple(words_of(p)) for p in issue["words"]} & {tuple(words_of(p)) for p in issue.get("hints", [])}
        if both:
            yield f"{name}: both word and hint: {sorted(both)}"


def check_examples(issues):
    for name, issue in issues.issues.items():
        for example in issue["codes"]:
            sentence, arrow, expected = example.rpartition(" => ")
            wanted = set(expected.split())
            if not arrow or name not in wanted or wanted - set(issues.issues):
                yield f"{name}: bad example {example!r}"
                continue
            found = issues.of(sentence)
            if set(found) != wanted:
                yield f"{name}: {sentence!r} gives { {n: f[2] for n, f in found.items()} }, not {sorted(wanted)}"
        for sentence in issue["not_examples"]:
            found = issues.of(sentence)
            if name in found:
                yield f"{name}: near miss {sentence!r} gives it by {found[name][2]}"


def country_forms():
    """(name, adjective) of each country."""
    lines = (HERE.parent / "places/countries.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    name, adjective = rows[0].index("name"), rows[0].index("adjectives")
    return [(row[name], row[adjective].split("|")[0]) for row in rows[1:] if row[adjective]]


def check_even(issues):
    """An exchange of the country in an example changes no issue, save where a proper name holds it."""
    countries = country_forms()
    proper = {phrase for issue in issues.issues.values() for phrase in issue.get("names", [])}
    others = [("Chad", "Chadian"), ("South Korea", "South Korean"), ("the Netherlands", "Dutch"), ("Peru", "Peruvian")]
    for issue in issues.issues.values():
        for sentence in [e.rpartition(" => ")[0] for e in issue["codes"]] + issue["not_examples"]:
            before = issues.of(sentence)
            if any(phrase in proper for _, _, phrases in before.values() for phrase in phrases):
                continue
            for forms in countries:
                for kind, form in enumerate(forms):
                    if not re.search(rf"\b{re.escape(form)}\b", sentence):
                        continue
                    for other in others:
                        swapped = re.sub(rf"\b{re.escape(form)}\b", other[kind], sentence)
                        if set(issues.of(swapped)) != set(before):
                            yield f"{issue['name']}: {swapped!r} gives {sorted(issues.of(swapped))}, not {sorted(before)}"


def check_turns(issues, turns):
    other = {"for": "against", "against": "for"}
    for example in turns.examples:
        head, _, expected = example.rpartition(" => ")
        told, _, sentence = head.partition(" | ")
        wanted = dict(pair.split() for pair in expected.split(", "))
        forms = words_of(sentence)
        tokens = [lemmas(word) for word in forms]
        got = {}
        for name, (_, spans, phrases) in issues.of(sentence).items():
            issue = issues.issues[name]
            count = turns.count(forms, tokens, issue.get("good"), spans) + (phrases[0] in issue.get("opposite", []))
            stance = told if told in other else "against"
            cared = told in turns.care and issue.get("good") is True and not count
            got[name] = other[stance] if count % 2 or cared else stance
        if got != wanted:
            yield f"turns: {example!r} gives {got}"


def main():
    arguments = [a for a in sys.argv[1:] if a != "-v"]
    chapters = [tomllib.loads((HERE / f"{chapter}.toml").read_text(encoding="utf-8")) for chapter in CHAPTERS]
    parsed = {"issue": [issue for chapter in chapters for issue in chapter["issue"]]}
    issues = Issues(parsed)
    if arguments:
        for sentence in arguments:
            print(sentence, {name: found[2] for name, found in issues.of(sentence).items()})
        return 0
    turns = Turns(tomllib.loads((HERE / "turns.toml").read_text(encoding="utf-8")))
    faults = [*check_shape(parsed), *check_examples(issues), *check_even(issues), *check_turns(issues, turns)]
    for fault in faults:
        print(fault)
    every = parsed["issue"]

    def total(key):
        return sum(len(issue.get(key, [])) for issue in every)

    print(
        f"{len(every)} issues, {total('words')} words, {total('opposite')} opposite, {total('hints')} hints,"
        f" {total('not')} not; {total('codes')} examples, {total('not_examples')} near misses,"
        f" {len(turns.examples)} of turns; {len(faults)} faults"
    )
    if "-v" in sys.argv:
        for name, sentence in [(i["name"], s) for i in every for s in i["not_examples"]]:
            if found := issues.of(sentence):
                print(f"  near miss of {name} has other issues: {sentence!r} { {n: f[2] for n, f in found.items()} }")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

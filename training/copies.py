"""Changed copies of training sentences: country names as placeholders, and the letter cases of news.

The product replaces each country's name, adjective and plural demonym by `Canada`, `Canadian`, `Canadians` before the
encoder reads a sentence, a name of several words becoming one. Headlines come in Title Case or in capitals.
"""

import collections
import random

from corpora import UNKNOWN
from decoding import spans
from lemmas import lemma_rule

PLACEHOLDERS = {"geo": "Canada", "gpe": "Canadian", "plural": "Canadians"}
PLACEHOLDER_SHARE, UPPER_SHARE, HEADLINE_SHARE = 0.35, 0.03, 0.03
LONGEST_NAME = 5  # words
DEMONYM_ENDINGS = ("african", "lankan", "ese", "saudi")
SMALL = {"a", "an", "the", "and", "or", "but", "of", "in", "on", "at", "to", "for", "by", "with", "as", "from", "over", "'s", "n't"}


def country_words(names_file, countries_file, tagged: list[dict]) -> dict[tuple[str, ...], str]:
    """Names and demonyms of countries as `tagged` sentences write them -> geo (name), gpe (adjective) or plural.

    The tables hold misspellings and ambiguous abbreviations, so a name counts only if the entity labels of `tagged`
    show it. What is no official name is a demonym by its ending or by the more frequent label.
    """
    rows = [line.split("\t") for line in names_file.read_text(encoding="utf8").splitlines()]
    names = {row[2].strip().lower() for row in rows if row[1] == "country"}
    names |= {line.split("\t")[4].lower() for line in countries_file.read_text(encoding="utf8").splitlines() if line[:1] not in ("#", "")}
    known = names | {row[2].strip().lower() for row in rows if row[1] == "demonym or name"}
    seen = collections.defaultdict(collections.Counter)
    for s in tagged:
        for start, end, kind in sorted(spans(s["n"], ("geo", "gpe"))):
            seen[tuple(s["w"][start:end])][kind] += 1
    out = {}
    for words, kinds in seen.items():
        text, kind = " ".join(words).lower(), kinds.most_common(1)[0][0]
        if kinds.total() < 3 or not words[0][:1].isupper():
            continue
        if text in names:
            out[words] = "geo"
        elif kind == "gpe" and text.endswith("s") and text[:-1] in known:
            out[words] = "plural"
        elif text in known:
            out[words] = "gpe" if text.endswith(DEMONYM_ENDINGS) else kind
    return out


def copy_of(s: dict, rng: random.Random, countries: dict[tuple[str, ...], str]) -> dict:
    """The sentence itself or a changed copy; the labels stay true."""
    if rng.random() < PLACEHOLDER_SHARE:
        s = with_placeholders(s, countries)
    case = rng.random()
    if case < UPPER_SHARE:
        return with_forms(s, [w.upper() for w in s["w"]])
    if case < UPPER_SHARE + HEADLINE_SHARE:
        return with_forms(s, [w if i and w in SMALL else w[:1].upper() + w[1:] for i, w in enumerate(s["w"])])
    return s


def with_forms(s: dict, words: list[str]) -> dict:
    """The sentence with other forms of the same words."""
    changed = {**s, "w": words}
    if "lemma" in s:
        changed["l"] = [lemma_rule(w, lemma) if lemma is not None else UNKNOWN for w, lemma in zip(words, s["lemma"])]
    return changed


def with_placeholders(s: dict, countries: dict[tuple[str, ...], str]) -> dict:
    """The sentence with every country word replaced; names that are no subtree of their own stay."""
    if "h" not in s:
        return s
    n, matches, i = len(s["w"]), [], 0
    while i < n:
        for length in range(min(LONGEST_NAME, n - i), 0, -1):
            kind = countries.get(tuple(s["w"][i : i + length]))
            if kind and (length == 1 or _top(s, i, i + length) is not None):
                matches.append((i, i + length, kind))
                i += length
                break
        else:
            i += 1
    if not matches:
        return s
    starts = {start: (end, kind) for start, end, kind in matches}
    new_index, kept, i = [0] * n, [], 0  # kept: (old position whose labels stay, placeholder kind or "")
    while i < n:
        end, kind = starts.get(i, (i + 1, ""))
        top = _top(s, i, end) if kind else i
        for j in range(i, end):
            new_index[j] = len(kept)
        kept.append((top if top is not None else i, kind, i))
        i = end
    out = {k: [s[k][old] for old, _, _ in kept] for k in s if isinstance(s[k], list) and k in ("w", "lemma", "u", "x", "f", "l", "r", "n")}
    out["h"] = [new_index[s["h"][old] - 1] + 1 if s["h"][old] else 0 for old, _, _ in kept]
    for j, (old, kind, start) in enumerate(kept):
        if not kind:
            continue
        word = PLACEHOLDERS[kind]
        out["w"][j] = word
        if "n" in s:
            out["n"][j] = s["n"][start]
        if kind == "geo":
            out["u"][j] = "PROPN"
            if "x" in s:
                out["x"][j], out["f"][j] = "NNP", "Number=Sing"
        if "lemma" in s:
            singular = "Canadian" if kind == "plural" else word
            out["lemma"][j] = singular
            out["l"][j] = lemma_rule(word, singular)
    return out


def _top(s: dict, start: int, end: int) -> int | None:
    """The only word of the span whose head is outside it, if there is only one."""
    tops = [i for i in range(start, end) if not start <= s["h"][i] - 1 < end]
    return tops[0] if len(tops) == 1 else None


def run_together(sentences: list[dict], rng: random.Random, share: float, longest: int = 90) -> list[dict]:
    """Neighbouring sentences of a paragraph as one, with `b`: which words begin a sentence. Some are in lower
    case, as text from the web is. About `share` of the sentences are taken."""
    out, i = [], 0
    while i < len(sentences):
        take = [sentences[i]]
        for s in sentences[i + 1 : i + rng.choice((2, 2, 3, 4))]:
            if s["paragraph"] == take[0]["paragraph"] and sum(len(t["w"]) for t in take) + len(s["w"]) <= longest:
                take.append(s)
            else:
                break
        i += len(take)
        if len(take) == 1 or rng.random() >= share:
            continue
        words, begins = [], []
        for s in take:
            w = s["w"]
            words += w
            begins += ["S"] + ["-"] * (len(w) - 1)
        if rng.random() < 0.05:
            words = [w.lower() for w in words]
        out.append(dict(w=words, b=begins))
    return out

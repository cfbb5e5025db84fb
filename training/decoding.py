"""From scores to trees and tags, and the scores of those against gold."""

import collections
import random

import numpy as np
import torch

from lemmas import apply_rule
from model import COLUMNS, tensors


def batches(sentences: list[dict], pieces: int, shuffle: bool = True) -> list[list[dict]]:
    """Batches of similar length, at most `pieces` padded word pieces each."""
    out, current, longest = [], [], 0
    for s in sorted(sentences, key=lambda s: len(s["ids"]) + (random.random() * 6 if shuffle else 0)):
        longest = max(longest, len(s["ids"]))
        if current and longest * (len(current) + 1) > pieces:
            out.append(current)
            current, longest = [], len(s["ids"])
        current.append(s)
    if current:
        out.append(current)
    if shuffle:
        random.shuffle(out)
    return out


def tree(scores: np.ndarray) -> np.ndarray:
    """Maximum spanning tree with a single root (Chu and Liu 1965, Edmonds 1967).

    `scores[d, h]`, d and h from 0 (the root) to n -> heads [n + 1], the first -1.
    """
    heads = _spanning_tree(scores.copy())
    if (heads[1:] == 0).sum() < 2:
        return heads
    best, best_score = heads, -np.inf
    for root in np.flatnonzero(heads[1:] == 0) + 1:
        one = scores.copy()
        one[1:, 0] = -1e9
        one[root, 0] = scores[root, 0]
        found = _spanning_tree(one)
        total = one[np.arange(1, len(found)), found[1:]].sum()
        if total > best_score:
            best, best_score = found, total
    return best


def _spanning_tree(scores: np.ndarray) -> np.ndarray:
    heads = scores.argmax(1)
    heads[0] = -1
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = set(cycle)
    rest = [i for i in range(len(heads)) if i not in inside]
    new, m = {old: i for i, old in enumerate(rest)}, len(rest)
    small, enter, leave = np.full((m + 1, m + 1), -1e9), {}, {}
    for a in rest:
        for b in rest:
            if a != b:
                small[new[a], new[b]] = scores[a, b]
        if a > 0:
            leave[a] = max(cycle, key=lambda c: scores[a, c])
            small[new[a], m] = scores[a, leave[a]]
        enter[a] = max(cycle, key=lambda c: scores[c, a] - scores[c, heads[c]])
        small[m, new[a]] = scores[enter[a], a] - scores[enter[a], heads[enter[a]]]
    small[0, :] = -1e9
    found, out = _spanning_tree(small), heads.copy()
    for a in rest[1:]:
        out[a] = leave[a] if found[new[a]] == m else rest[found[new[a]]]
    entry = rest[found[m]]
    out[enter[entry]] = entry
    return out


def _cycle(heads: np.ndarray) -> list[int] | None:
    seen = [0] * len(heads)
    for i in range(1, len(heads)):
        path, j = [], i
        while j > 0 and not seen[j]:
            seen[j] = i
            path.append(j)
            j = heads[j]
        if j > 0 and seen[j] == i:
            return path[path.index(j):]
    return None


@torch.no_grad()
def predict(model, labels: dict[str, list[str]], sentences: list[dict], pad: int, bf16: bool = False, pieces: int = 2400) -> None:
    """Adds `P`, the predicted columns (labels; `h` heads), to each sentence in place."""
    was_training = model.training
    model.eval()
    root, order = labels["r"].index("root"), tag_order(labels["n"])
    for batch in batches(sentences, pieces, shuffle=False):
        t = tensors(batch, pad, {k: {} for k in "r" + COLUMNS})
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            h = model(t)
            scores = model.arcs(h, t["words"]).numpy()
            heads = torch.zeros(t["words"].shape, dtype=torch.long)
            for i, s in enumerate(batch):
                n = len(s["w"])
                padded = np.full((n + 1, n + 1), -1e9)
                padded[1:, :] = scores[i, :n, : n + 1]
                heads[i, :n] = torch.tensor(tree(padded)[1:])
            relations = model.relations(h, heads)
            relations[..., root] = -1e9
            relations = relations.argmax(-1)
            tags = {k: model.tags[k](h).argmax(-1).tolist() for k in COLUMNS if k != "n"}
            entities = model.tags["n"](h).float().numpy()
        for i, s in enumerate(batch):
            n = len(s["w"])
            tags.setdefault("n", []).append(best_tags(entities[i, :n], order))
            p = {k: [labels[k][v] for v in tags[k][i][:n]] for k in COLUMNS}
            p["h"] = heads[i, :n].tolist()
            p["r"] = ["root" if head == 0 else labels["r"][relations[i, j]] for j, head in enumerate(p["h"])]
            p["lemma"] = [apply_rule(w, rule) for w, rule in zip(s["w"], p["l"])]
            s["P"] = p
    model.train(was_training)


def tag_order(labels: list[str]) -> np.ndarray:
    """[tags + 1, tags], 0 where a tag may follow another and -1e9 elsewhere: `I-x` follows only `B-x` and `I-x`. The last row
    is for the first word."""
    may = lambda before, tag: tag[0] != "I" or before in (tag, "B" + tag[1:])
    return np.array([[0.0 if may(before, tag) else -1e9 for tag in labels] for before in [*labels, ""]])


def best_tags(scores: np.ndarray, order: np.ndarray) -> list[int]:
    """The allowed sequence with the largest sum (Viterbi 1967), of scores [words, tags]."""
    if not len(scores):
        return []
    sums, back = scores[0] + order[-1], []
    for row in scores[1:]:
        through = sums[:, None] + order[:-1]
        back.append(through.argmax(0))
        sums = through.max(0) + row
    out = [int(sums.argmax())]
    for before in reversed(back):
        out.append(int(before[out[-1]]))
    return out[::-1]


def spans(tags: list[str], kinds: tuple[str, ...] = ()) -> set[tuple[int, int, str]]:
    """Entities (start, end, type) of BIO tags: B, a change of type, or O ends one; I after O starts one."""
    out, start, kind = set(), None, ""
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and (tag == "O" or tag[0] == "B" or tag[2:] != kind):
            out.add((start, i, kind))
            start = None
        if tag != "O" and start is None:
            start, kind = i, tag[2:]
    return {s for s in out if not kinds or s[2] in kinds}


def tree_scores(sentences: list[dict]) -> dict[str, float]:
    """Percentages over gold tokens; LAS counts subtypes, lemmas count case."""
    right, n = collections.Counter(), 0
    for s in sentences:
        p = s["P"]
        for j in range(len(s["w"])):
            arc = p["h"][j] == s["h"][j]
            n += 1
            right["UAS"] += arc
            right["LAS"] += arc and p["r"][j] == s["r"][j]
            for name, k in (("UPOS", "u"), ("XPOS", "x"), ("FEATS", "f"), ("lemma", "lemma")):
                right[name] += p[k][j] == s[k][j]
    return {k: round(100 * right[k] / n, 2) for k in ("UAS", "LAS", "UPOS", "XPOS", "FEATS", "lemma")}


def entity_scores(sentences: list[dict], kinds: tuple[str, ...] = ()) -> dict[str, float]:
    """F1 of exact spans, over all types and for each."""
    hit, gold, found = collections.Counter(), collections.Counter(), collections.Counter()
    for s in sentences:
        g, p = spans(s["n"], kinds), spans(s["P"]["n"], kinds)
        for counter, items in ((gold, g), (found, p), (hit, g & p)):
            counter.update(kind for _, _, kind in items)
    f1 = lambda h, g, p: round(100 * 2 * h / (g + p), 2) if g + p else 0.0
    total = {"F1": f1(hit.total(), gold.total(), found.total())}
    return total | {k: f1(hit[k], gold[k], found[k]) for k in sorted(gold)}

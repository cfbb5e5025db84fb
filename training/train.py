"""Trains the language model. One command, resumable:

train.py --out out/english [--init CHECKPOINT] [--passes 5] ...

Reads gold trees (EWT, open genres of GUM), silver ones (GMB news with a teacher's trees and GMB's entities) and sentences
with names alone (names/), writes
OUT/last.pt every few minutes and OUT/best.pt (averaged weights) at the end and after each pass that is better on the
development sets. Started again with the same arguments it goes on from OUT/last.pt. Then: export.py OUT/best.pt
"""

import argparse
import json
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F

import corpora
import lexicon
from copies import copy_of, country_words, run_together
from decoding import batches, entity_scores, predict, tree_scores
from export import kept_pieces, training_sentences
from lemmas import lemma_rule
from model import Joint, tensors
from weights import Trained, from_minilm, load, replace
from wordpieces import Vocabulary

LOSS_WEIGHTS = {"u": 0.7, "x": 0.35, "f": 0.35, "l": 0.7, "n": 1.0, "b": 0.5}
LONGEST = 200  # pieces of a training sentence
CASES = ("T",)  # lemma rules the copies in capitals need beside those of the treebanks


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--init", type=Path, help="checkpoint to go on from; MiniLM's layers if absent")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--word-layers", type=int, default=3, help="how many of the last see first pieces alone")
    parser.add_argument("--together", type=float, default=0.5, help="share of gold sentences shown run together in a pass")
    parser.add_argument("--passes", type=float, default=5, help="over the data; the last may be partial")
    parser.add_argument("--gold-times", type=int, default=2, help="copies of each gold sentence in a pass")
    parser.add_argument("--pieces", type=int, default=1600, help="padded word pieces a batch")
    parser.add_argument("--lr", type=float, default=1.5e-4)
    parser.add_argument("--head-lr", type=float, default=1e-3)
    parser.add_argument("--warmup", type=int, default=200)
    parser.add_argument("--average", type=float, default=0.9985, help="decay of the weight average")
    parser.add_argument("--unknown", type=float, default=0.02, help="share of pieces shown as [UNK]")
    parser.add_argument("--save-minutes", type=float, default=4)
    parser.add_argument("--steps", type=int, default=0, help="stop early, for a trial")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--shared", type=Path, default=corpora.SHARED)
    return parser.parse_args()


def label_lists(gold: list[dict]) -> dict[str, list[str]]:
    """Label inventories in the order of the outputs; features and lemma rules seen once are `?`."""
    def ordered(k):
        seen = {}
        for s in gold:
            for x in s[k]:
                seen[x] = seen.get(x, 0) + 1
        return ["?"] + [x for x, n in sorted(seen.items(), key=lambda item: -item[1]) if n > 1]
    every = lambda k: sorted({x for s in gold for x in s[k]})
    return dict(u=every("u"), x=every("x"), r=every("r"), f=ordered("f"), l=ordered("l"), n=corpora.ENTITY_TAGS, b=["-", "S"])


def add_labels(trained: Trained, column: str, new: tuple[str, ...]) -> None:
    """Gives a head more labels, scored low at first."""
    new = [label for label in new if label not in trained.labels[column]]
    weight, bias = f"tags.{column}.weight", f"tags.{column}.bias"
    trained.state[weight] = F.pad(trained.state[weight], (0, 0, 0, len(new)))
    trained.state[bias] = F.pad(trained.state[bias], (0, len(new)), value=-5.0)
    trained.labels[column] = trained.labels[column] + new


def add_silver_lemmas(silver: list[dict], lemmas: dict[tuple[str, str], str]) -> None:
    """Lemmas of silver words where the treebanks' lexicon or the part of speech settles them."""
    for s in silver:
        same = lambda w, u: w if u in ("PUNCT", "SYM") or u == "PROPN" and not w.endswith("s") else None
        s["lemma"] = [lemmas.get((w.lower(), u), same(w, u)) for w, u in zip(s["w"], s["u"])]
        s["l"] = [lemma_rule(w, lemma) if lemma is not None else corpora.UNKNOWN for w, lemma in zip(s["w"], s["lemma"])]


@dataclass
class Plan:
    """What the steps of each pass see; a function of the seed alone."""

    gold: list[dict]
    silver: list[dict]
    named: list[dict]
    countries: dict
    vocabulary: Vocabulary
    args: argparse.Namespace

    def batches_of(self, number: int) -> list[list[dict]]:
        rng = random.Random(self.args.seed * 1000 + number)
        # GUM's open genres are a fifth of the gold sentences, and nearest to what the product reads.
        sentences = self.gold * self.args.gold_times + [s for s in self.gold if s["doc"].startswith("GUM")] + self.silver
        copies = [self.vocabulary.encode({**copy_of(s, rng, self.countries)}) for s in sentences]
        random.seed(rng.random())
        together = [self.vocabulary.encode(s) for s in run_together(self.gold, rng, self.args.together)]
        named = [self.vocabulary.encode({**copy_of(s, rng, self.countries)}) for s in self.named * self.args.gold_times]
        out = [b for group in (copies, together, named) for b in batches([s for s in group if len(s["ids"]) <= LONGEST], self.args.pieces)]
        rng.shuffle(out)
        return out


def loss_of(model: Joint, t: dict[str, torch.Tensor]) -> torch.Tensor:
    """Sum of the heads' cross-entropies, each over the words whose label is known."""
    mask = t["words"]
    h = model(t)
    loss = torch.zeros(())
    if "h" in t:
        loss = F.cross_entropy(model.arcs(h, mask)[mask], t["h"][mask]) + F.cross_entropy(model.relations(h, t["h"])[mask], t["r"][mask])
    for k, weight in LOSS_WEIGHTS.items():
        if k in t:
            known = t[k] != -100
            if known.any():
                loss = loss + weight * F.cross_entropy(model.tags[k](h[known]).float(), t[k][known])
    return loss


def hide_pieces(t: dict[str, torch.Tensor], vocabulary: Vocabulary, share: float) -> None:
    hidden = (torch.rand(t["ids"].shape) < share) & (t["ids"] > vocabulary.end)
    t["ids"] = t["ids"].masked_fill(hidden, vocabulary.unknown)


def development(model: Joint, trained: Trained, sets: dict[str, list[dict]]) -> dict[str, dict[str, float]]:
    scores = {}
    for name, sentences in sets.items():
        predict(model, trained.labels, sentences, trained.vocabulary().pad, bf16=True)
        scores[name] = entity_scores(sentences, ("geo", "per", "org") if name == "UNER EWT dev" else ()) if name in ("gmb-dev", "UNER EWT dev") else tree_scores(sentences)
    return scores


def merit(scores: dict[str, dict[str, float]]) -> float:
    """One figure to choose between passes."""
    trees = sum(scores[k]["LAS"] + scores[k]["UPOS"] + scores[k]["lemma"] / 2 for k in ("EWT dev", "GUM dev")) / 2
    return trees + scores["gmb-dev"]["F1"]


def main() -> None:
    args = arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    gold, silver = training_sentences(args.shared)
    file = lambda name: corpora.path(name, args.shared)
    countries = country_words(file("country names"), file("countries"), silver)
    add_silver_lemmas(silver, lexicon.build(gold))
    keep = kept_pieces(args.shared)
    trained = load(args.init) if args.init else from_minilm(label_lists(gold), args.layers, keep, args.word_layers)
    add_labels(trained, "l", CASES)
    model, vocabulary = trained.model(), trained.vocabulary()
    average = trained.model()
    index = {k: {x: i for i, x in enumerate(v)} for k, v in trained.labels.items()}
    for k in "fl":  # rare labels are `?`; unknown ones are not learnt from
        index[k] = RareAsFirst(index[k])
    sets = {
        "EWT dev": corpora.read_conllu(file("EWT dev")),
        "GUM dev": corpora.read_conllu(file("GUM dev"), corpora.OPEN_GENRES),
        "gmb-dev": corpora.read_gmb(file("gmb-dev")),
        "UNER EWT dev": corpora.read_uner(file("UNER EWT dev")),
    }
    for sentences in sets.values():
        for s in sentences:
            vocabulary.encode(s)
    heads = [p for n, p in model.named_parameters() if not n.startswith(("layers.", "embeddings."))]
    encoder = [p for n, p in model.named_parameters() if n.startswith(("layers.", "embeddings."))]
    optimiser = torch.optim.AdamW(
        [dict(params=encoder, lr=args.lr), dict(params=heads, lr=args.head_lr)], betas=(0.9, 0.98), weight_decay=0.01, fused=True
    )
    named = [s for file in sorted(corpora.NAMES.glob("*.txt")) for s in corpora.read_marked(file)]
    plan = Plan(gold, silver, named, countries, vocabulary, args)
    started = time.time()
    work = plan.batches_of(0)
    per_pass = len(work)
    total = int(per_pass * args.passes)
    rate = lambda step: min((step + 1) / args.warmup, max(0.0, (total - step) / max(1, total - args.warmup)))
    step, best, last = 0, -1.0, args.out / "last.pt"
    if last.is_file():
        saved = torch.load(last, weights_only=True)
        model.load_state_dict(saved["model"])
        average.load_state_dict(saved["average"])
        optimiser.load_state_dict(saved["optimiser"])
        torch.set_rng_state(saved["random"])
        step, best = saved["step"], saved["best"]
        work = plan.batches_of(step // per_pass)
    print(f"{len(gold)} gold, {len(silver)} silver sentences, {len(named)} with names alone; {total} steps; {len(vocabulary.pieces)} pieces; prepared in {time.time() - started:.0f} s", flush=True)
    mean, saved_at = None, time.time()
    while step < total:
        number, position = divmod(step, per_pass)
        if position == 0 and step:
            work = plan.batches_of(number)
        # Passes differ by a few batches; the first one's number counts for all.
        for batch in (work + work)[position : min(per_pass, total - number * per_pass)]:
            for group, lr in zip(optimiser.param_groups, (args.lr, args.head_lr)):
                group["lr"] = lr * rate(step)
            t = tensors(batch, vocabulary.pad, index)
            hide_pieces(t, vocabulary, args.unknown)
            with torch.autocast("cpu", torch.bfloat16):
                loss = loss_of(model, t)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            step += 1
            decay = min(args.average, step / (step + 10))
            with torch.no_grad():
                torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), 1 - decay)
            mean = loss.item() if mean is None else 0.98 * mean + 0.02 * loss.item()
            if step % 50 == 0:
                print(f"step {step} loss {mean:.3f} {time.time() - started:.0f} s", flush=True)
            if time.time() - saved_at > 60 * args.save_minutes or step == total:
                state = dict(model=model.state_dict(), average=average.state_dict(), optimiser=optimiser.state_dict(), random=torch.get_rng_state(), step=step, best=best)
                replace(last, lambda part: torch.save(state, part))
                saved_at = time.time()
            if step == args.steps:
                return
        scores = development(average, trained, sets)
        print(f"pass {number + 1} merit {merit(scores):.2f} {time.time() - started:.0f} s", flush=True)
        for name, figures in scores.items():
            print(f"  {name}: {json.dumps(figures)}", flush=True)
        if merit(scores) > best:
            best = merit(scores)
            notes = {**trained.notes, "passes": round(step / per_pass, 2), "steps": step, "lr": args.lr, "head_lr": args.head_lr, "seed": args.seed, "gold_times": args.gold_times}
            Trained(average.state_dict(), trained.labels, trained.pieces, notes, trained.word_layers).save(args.out / "best.pt")


class RareAsFirst(dict):
    """Label index where a label that has no place of its own is the first, `?`; the mark of unknown is none."""

    def get(self, label, default=None):
        return default if label == corpora.UNKNOWN else dict.get(self, label, 0)


if __name__ == "__main__":
    main()

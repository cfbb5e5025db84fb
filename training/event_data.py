"""Batches of questions as padded tensors, and the losses of their answers. An example: sentence, marks, answers (`event_questions.py`)."""

import random

import numpy as np
import torch
import torch.nn.functional as F


def tensors(batch: list[tuple[dict, dict]], device: str, drop_trigger: float = 0.0, rng: random.Random | None = None) -> dict:
    P, W = max(len(s["ids"]) for s, _ in batch), max(len(s["kept"]) for s, _ in batch)
    def fill(rows, n, v):
        out = np.full((len(rows), n), v)
        for i, row in enumerate(rows):
            out[i, : len(row)] = row
        return torch.from_numpy(out)

    marked = torch.zeros(len(batch), 3, W, dtype=torch.bool)
    for i, (_, q) in enumerate(batch):
        for k, name in enumerate(("actor", "recipient", "trigger")):
            rows = q[name]
            if name == "trigger" and rng and (q["actor"] or q["recipient"]) and rng.random() < drop_trigger:
                rows = []
            marked[i, k, rows] = True
    t = dict(
        ids=fill([s["ids"] for s, _ in batch], P, 0),
        shapes=fill([s["shapes"] for s, _ in batch], P, 0),
        pieces=fill([[True] * len(s["ids"]) for s, _ in batch], P, False),
        kept=fill([s["kept"] for s, _ in batch], W, 0),
        rows=fill([[True] * len(s["kept"]) for s, _ in batch], W, False),
        marked=marked,
    )
    return {k: v.to(device) for k, v in t.items()}


class Answers:
    """Targets of a batch as tensors; -1 where unknown."""

    def __init__(self, batch, labels, device):
        events, modes, contexts = labels
        self.event = torch.tensor([events.index(q["event"]) if q["event"] else -1 for _, q in batch], device=device)
        mode, fit, context = (torch.full((len(batch), n), -1.0) for n in (len(modes), 2, len(contexts)))
        for i, (_, q) in enumerate(batch):
            if q["event"] and q["event"] != "NONE" and q["modes"] is not None:
                for k, name in enumerate(modes):
                    event, _, m = name.partition("/")
                    if event == q["event"]:
                        mode[i, k] = float(m in q["modes"])
            if q["fit"]:
                for k, v in enumerate(q["fit"]):
                    if v is not None and q[("actor", "recipient")[k]]:
                        fit[i, k] = float(v)
            if q["contexts"] is not None:
                context[i] = torch.tensor([float(c in q["contexts"]) for c in contexts])
        self.mode, self.fit, self.context = mode.to(device), fit.to(device), context.to(device)
        self.soft = None
        if all("soft" in q for _, q in batch):
            self.soft = {k: torch.stack([torch.as_tensor(q["soft"][k]) for _, q in batch]).float().to(device) for k in ("event", "mode", "fit", "context")}
        self.weight = torch.tensor([q.get("weight", 1.0) for _, q in batch], device=device)


def masked_bce(scores, targets, weight):
    known = (targets >= 0).float() * weight[:, None]
    loss = F.binary_cross_entropy_with_logits(scores, targets.clamp(min=0), reduction="none")
    return (loss * known).sum() / known.sum().clamp(min=1)


def loss_of(outputs, answers, smoothing: float = 0.05, soft: float = 0.0):
    event, mode, fit, context = outputs
    hard = F.cross_entropy(event, answers.event.clamp(min=0), reduction="none", label_smoothing=smoothing)
    weight = answers.weight * (answers.event >= 0)
    total = (hard * weight).sum() / weight.sum().clamp(min=1)
    total = total + 0.5 * masked_bce(mode, answers.mode, answers.weight) + 0.4 * masked_bce(fit, answers.fit, answers.weight) + 0.4 * masked_bce(context, answers.context, answers.weight)
    if soft and answers.soft:
        s = answers.soft
        distil = F.kl_div(F.log_softmax(event, -1), s["event"], reduction="batchmean")
        bce = lambda x, y: F.binary_cross_entropy_with_logits(x, y)
        total = (1 - soft) * total + soft * (distil + 4 * bce(mode, s["mode"]) + 0.5 * bce(fit, s["fit"]) + 2 * bce(context, s["context"]))
    return total


def batches(examples, size: int, rng: random.Random):
    """Shuffled, of like length."""
    order = sorted(range(len(examples)), key=lambda i: len(examples[i][0]["ids"]) + rng.uniform(-6, 6))
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(groups)
    return [[examples[i] for i in group] for group in groups]

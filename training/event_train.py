"""Trains the classifier of events: a teacher on labelled questions, then the shipped layers on labels and the teacher's answers.

    python training/event_train.py PACK --teacher TEACHER.pt --out DIR [--device cuda]

PACK is what `event_pack.py` writes. Without `--teacher` the layers learn from the labels alone. Both are early work of a GPU of
minutes; on two cores without a teacher it takes about an hour.
"""

import argparse
import pickle
import random
import time
from pathlib import Path

import torch

from event_data import Answers, batches, loss_of, tensors
from event_model import Events, Lower
from event_teacher import Teacher, unpack

YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def autocast(device):
    return torch.autocast(device, dtype=torch.bfloat16, enabled=device != "cpu")


def schedule(optimiser, steps: int, warm: int):
    return torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / max(1, steps - warm))))


def run(forward, parameters, examples, labels, options, epochs, rate, size, soft=0.0, seed=1, smoothing=0.05, average=None):
    rng = random.Random(seed)
    steps = epochs * ((len(examples) + size - 1) // size)
    optimiser = torch.optim.AdamW(parameters, betas=(0.9, 0.98), weight_decay=0.01)
    plan = schedule(optimiser, steps, min(200, steps // 10 + 1))
    start, step = time.time(), 0
    for epoch in range(epochs):
        total = 0.0
        for batch in batches(examples, size, rng):
            t = tensors(batch, options.device, 0.2, rng)
            with autocast(options.device):
                outputs = forward(t)
            loss = loss_of(outputs, Answers(batch, labels, options.device), smoothing, soft)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for g in parameters for p in g["params"]], 1.0)
            optimiser.step()
            plan.step()
            if average is not None:
                average.update()
            total, step = total + loss.item(), step + 1
        print(f"  epoch {epoch + 1}: loss {total / max(1, step // (epoch + 1)):.3f}, {time.time() - start:.0f} s", flush=True)


class Average:
    """Weights averaged with decay, as trained ones wander."""

    def __init__(self, model, decay=0.998):
        self.model, self.decay = model, decay
        self.kept = {k: v.detach().clone() for k, v in model.state_dict().items()}

    @torch.no_grad()
    def update(self):
        for k, v in self.model.state_dict().items():
            self.kept[k].lerp_(v.detach().to(self.kept[k].dtype), 1 - self.decay)


@torch.no_grad()
def answer(forward, examples, options, size=256):
    """Probabilities for each example in order."""
    order = sorted(range(len(examples)), key=lambda i: len(examples[i][0]["ids"]))
    out = [None] * len(examples)
    for i in range(0, len(order), size):
        group = order[i : i + size]
        with autocast(options.device):
            event, mode, fit, context = forward(tensors([examples[k] for k in group], options.device))
        parts = [event.softmax(-1), mode.sigmoid(), fit.sigmoid(), context.sigmoid()]
        parts = [p.half().cpu() for p in parts]
        for j, k in enumerate(group):
            out[k] = dict(zip(("event", "mode", "fit", "context"), (p[j] for p in parts)))
    return out


def score(name, answers, examples, labels, plv=False):
    events, modes, contexts = labels
    right = none_right = events_right = found = given = fit = fits = m_right = m_all = 0
    per: dict[str, list[int]] = {}
    for a, (_, q) in zip(answers, examples):
        p = a["event"].float()
        best = events[int(p.argmax())]
        if plv:
            best = events[int(p[:-1].argmax())]
            ours, gold = YIELD.get(best, best), q["event_class"]
            hit = ours == gold
            c = per.setdefault(gold, [0, 0, 0]); c[0] += 1; c[1] += hit
            per.setdefault(ours, [0, 0, 0])[2] += 1
            right += hit
            continue
        gold = q["event"]
        right += best == gold
        found += gold != "NONE"; given += best != "NONE"
        events_right += best == gold and gold != "NONE"
        if gold == best != "NONE" and q["modes"]:
            m_all += 1
            mine = [k for k, n in enumerate(modes) if n.startswith(gold + "/")]
            m_right += modes[max(mine, key=lambda k: a["mode"][k])].split("/")[1] in q["modes"]
        if q["fit"] and gold != "NONE":
            for k in range(2):
                if q["fit"][k] is not None and q[("actor", "recipient")[k]]:
                    fits += 1; fit += (a["fit"][k] > 0.5) == bool(q["fit"][k])
    n = len(examples)
    if plv:
        classes = [c for c in per if per[c][0]]
        f = [2 * per[c][1] / (per[c][0] + per[c][2]) for c in classes]
        print(f"{name}: accuracy {100 * right / n:.1f}, macro F1 {100 * sum(f) / len(f):.1f}", " ".join(f"{c}:{2 * per[c][1] / (per[c][0] + per[c][2]):.2f}" for c in sorted(classes)), flush=True)
    else:
        print(f"{name}: right {100 * right / n:.1f}, events P {100 * events_right / max(1, given):.1f} R {100 * events_right / max(1, found):.1f}, fit {100 * fit / max(1, fits):.1f}, first mode {100 * m_right / max(1, m_all):.1f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", type=Path)
    parser.add_argument("--teacher", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--teacher-epochs", type=int, default=4)
    parser.add_argument("--variants", default="mini,parser")
    parser.add_argument("--few", type=int, help="only so many examples, to try the program")
    options = parser.parse_args()
    torch.manual_seed(1)
    torch.set_float32_matmul_precision("high")
    data = pickle.load(options.pack.open("rb"))
    sentences, labels = data["sentences"], data["labels"]
    take = lambda name: [(sentences[i], q) for i, q in data[name]][: options.few]
    own, judged, held, pool, plv = (take(name) for name in ("own", "judged", "held", "pool", "plv"))
    for _, q in judged:
        q["weight"] = 2.0
    print({k: len(v) for k, v in dict(own=own, judged=judged, held=held, pool=pool, plv=plv).items()}, flush=True)
    sizes = [len(x) for x in labels]
    train = own + judged
    if options.teacher:
        packs = [unpack({k: v for f in sorted(options.teacher.glob("*.pt")) for k, v in torch.load(f).items()})]
        everything = train + pool
        sums = None
        for seed in (1, 2):
            torch.manual_seed(seed)
            teacher = Teacher(packs[0]["word.weight"].size(0), *sizes).to(options.device)
            missing, unexpected = teacher.load_state_dict(packs[0], strict=False)
            assert not unexpected, unexpected
            heads = [p for n, p in teacher.named_parameters() if n.split(".")[0] in ("hidden", "event", "mode", "fit", "context", "marks")]
            body = [p for n, p in teacher.named_parameters() if n.split(".")[0] not in ("hidden", "event", "mode", "fit", "context", "marks")]
            teacher.train()
            run(teacher, [dict(params=body, lr=4e-5), dict(params=heads, lr=5e-4)], train, labels, options, options.teacher_epochs, 4e-5, 64, seed=seed)
            teacher.eval()
            score(f"teacher {seed}, held", answer(teacher, held, options), held, labels)
            score(f"teacher {seed}, plv", answer(teacher, plv, options), plv, labels, plv=True)
            got = answer(teacher, everything, options)
            sums = got if sums is None else [{k: (a[k].float() + b[k].float()) / 2 for k in a} for a, b in zip(sums, got)]
            del teacher
        for (_, q), soft in zip(everything, sums):
            q["soft"] = soft
        train = everything
    lower = Lower(data["lower"]["embeddings.word.weight"][0].size(0), 3).to(options.device)
    lower.load_state_dict(unpack(data["lower"]))
    lower.eval()
    for variant in options.variants.split(","):
        torch.manual_seed(3)
        model = Events(*sizes).to(options.device)
        model.load_state_dict(unpack(data["upper"][variant]), strict=False)
        heads = [p for n, p in model.named_parameters() if not n.startswith("layers")]
        body = [p for n, p in model.named_parameters() if n.startswith("layers")]

        def forward(t):
            with torch.no_grad():
                x = lower(t)
            return model(x.float(), t)

        average = Average(model)
        model.train()
        run(forward, [dict(params=body, lr=3e-4), dict(params=heads, lr=1e-3)], train, labels, options, options.epochs, 2e-4, options.size, soft=0.7 if options.teacher else 0.0, average=average)
        model.load_state_dict(average.kept)
        model.eval()
        score(f"{variant}, held", answer(forward, held, options), held, labels)
        score(f"{variant}, plv", answer(forward, plv, options), plv, labels, plv=True)
        torch.save({k: v.half().cpu() for k, v in model.state_dict().items()}, options.out / f"events-{variant}.pt")


if __name__ == "__main__":
    main()

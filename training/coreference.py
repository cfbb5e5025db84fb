"""Trains the coreference scorer: `python coreference.py [--shared ../../shared]` writes `../models/coreference.bin`.

A mention is compared with earlier ones and with "something new"; the probability of all right answers together is made large
(marginal log-likelihood, with the costs of Durrett and Klein 2013). Evidence and encoder states come from the program itself
(`cargo run -p xtask -- coreference --examples`), so they are defined once; when the encoder changes, run this again. Seeded;
some minutes on one core. The file is described in `models/FORMAT.md`.

`--five-fold` trains on four fifths of GUM's training documents and scores the news and interviews of the last fifth, five
times, and prints the table over all of them; it writes no model.

Data: the GUM genres whose texts are CC BY or CC BY-SA, training part; the dev part is only scored.
"""

import argparse
import json
import struct
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

from corpora import OPEN_GENRES, SHARED, path

REPOSITORY = Path(__file__).resolve().parent.parent
MODEL = REPOSITORY / "models/coreference.bin"
MAGIC = b"DEMCOR01"
HIDDEN, PRODUCT = 64, 32
EPOCHS = 12
RATE = 2e-3
DECAY = 0.02
DROP_STATES, DROP_HIDDEN, DROP_VALUES = 0.4, 0.3, 0.1
# Costs of linking what is new, calling new what is linked, linking to a wrong one.
FALSE_LINK, FALSE_NEW, WRONG_LINK = 0.2, 2.0, 1.0
NEVER = -1e4  # a score that counts for nothing
PRONOUNS = 2  # first value of a pronoun in the first slot of a mention
SEED = 5
FOLDS = 5
THRESHOLD = -0.5


def examples(shared: Path, out: Path) -> None:
    """Has the program write its training examples."""
    task = ["cargo", "run", "--release", "-q", "-p", "xtask", "--", "coreference", str(path("GUM train", shared))]
    subprocess.run([*task, "--genres", ",".join(OPEN_GENRES), "--examples", str(out)], cwd=REPOSITORY, check=True)


def read(file: Path) -> tuple[dict, list[dict]]:
    """Sizes and documents of a file of examples."""
    with file.open("rb") as data:
        sizes = json.loads(data.readline())
        documents = []
        while line := data.readline():
            document = json.loads(line)
            n, k = document["mentions"], document["pairs"]
            numbers = lambda kind, *shape: torch.from_numpy(
                np.frombuffer(data.read(int(np.prod(shape)) * np.dtype(kind).itemsize), kind).reshape(shape).copy()
            )
            document["states"] = numbers("<f4", n, sizes["width"])
            document["entity"] = numbers("<i4", n).long()
            document["named"] = numbers("<i4", n).long()
            document["pair"] = numbers("<i4", k, 2).long()
            document["of_mention"] = numbers("<u2", n, sizes["mention_slots"]).long()
            document["of_pair"] = numbers("<u2", k, sizes["pair_slots"]).long()
            documents.append(document)
    return sizes, documents


class Scorer(nn.Module):
    """The weights; the forward pass is that of `crates/demarche-language/src/coreference/scorer.rs`."""

    def __init__(self, sizes: dict):
        super().__init__()
        self.states = nn.Linear(sizes["width"], 3 * HIDDEN + 2 * PRODUCT, bias=False)
        self.mentions = nn.EmbeddingBag(sizes["mention_values"], 3 * HIDDEN, mode="sum")
        self.pairs = nn.EmbeddingBag(sizes["pair_values"], HIDDEN, mode="sum")
        self.bias = nn.Parameter(torch.zeros(HIDDEN))
        self.new_bias = nn.Parameter(torch.zeros(HIDDEN))
        self.out = nn.Parameter(torch.randn(HIDDEN) / HIDDEN**0.5)
        self.new_out = nn.Parameter(torch.randn(HIDDEN) / HIDDEN**0.5)
        with torch.no_grad():
            self.states.weight.mul_(0.3)
            self.mentions.weight.mul_(0.1)
            self.pairs.weight.mul_(0.1)

    def forward(self, document: dict) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores of new things `[mentions]` and of pairs `[pairs]`."""
        drop = lambda x, share: nn.functional.dropout(x, share, self.training)
        values = drop(torch.ones(document["of_mention"].shape), DROP_VALUES)
        of_pair = drop(torch.ones(document["of_pair"].shape), DROP_VALUES)
        from_states = self.states(drop(document["states"], DROP_STATES))
        mine = from_states[:, : 3 * HIDDEN] + self.mentions(document["of_mention"], per_sample_weights=values)
        later, earlier, new = mine.split(HIDDEN, 1)
        left, right = from_states[:, 3 * HIDDEN :].split(PRODUCT, 1)
        i, j = document["pair"].T
        hidden = later[i] + earlier[j] + self.pairs(document["of_pair"], per_sample_weights=of_pair) + self.bias
        scores = drop(torch.relu(hidden), DROP_HIDDEN) @ self.out + (left[i] * right[j]).sum(1)
        return drop(torch.relu(new + self.new_bias), DROP_HIDDEN) @ self.new_out, scores


def answers(document: dict) -> None:
    """Adds which pairs are right, which mentions begin a chain, and the costs of the wrong ones.

    Of the earlier mentions of a chain only the nearest and the nearest that is no pronoun are right; others count as neither, so
    that nothing is learned from a pronoun far back.
    """
    i, j = document["pair"].T
    entity = document["entity"]
    same = ((entity[i] == entity[j]) & (entity[i] >= 0)).tolist()
    pronoun = (document["of_mention"][:, 0] >= PRONOUNS).tolist()
    right, found = torch.zeros(len(same), dtype=torch.bool), set()
    for at, (later, earlier) in enumerate(document["pair"].tolist()):
        if same[at]:
            kinds = {(later, None)} if pronoun[earlier] else {(later, None), (later, "noun")}
            right[at] = not kinds <= found
            found |= kinds
    linked = torch.zeros(len(entity), dtype=torch.bool)
    linked[i[right]] = True
    document["right"], document["new"] = right, ~linked
    cost = torch.where(linked[i], WRONG_LINK, FALSE_LINK)
    document["cost"] = torch.where(torch.tensor(same, dtype=torch.bool), torch.where(right, 0.0, NEVER), cost)
    document["new_cost"] = torch.where(linked, FALSE_NEW, 0.0)


def log_sum(document: dict, new: torch.Tensor, pairs: torch.Tensor) -> torch.Tensor:
    """For each mention the log of the sum of the exponentials of its scores."""
    i = document["pair"][:, 0]
    with torch.no_grad():
        top = new.clone().scatter_reduce(0, i, pairs, "amax").clamp(min=NEVER)
    total = torch.exp(new - top).index_add(0, i, torch.exp(pairs - top[i]))
    return torch.log(total) + top


def loss_of(scorer: Scorer, document: dict) -> torch.Tensor:
    new, pairs = scorer(document)
    everything = log_sum(document, new + document["new_cost"], pairs + document["cost"])
    right = log_sum(document, torch.where(document["new"], new, NEVER), torch.where(document["right"], pairs, NEVER))
    return (everything - right).sum()


def train(sizes: dict, documents: list[dict], epochs: int = EPOCHS) -> Scorer:
    torch.manual_seed(SEED)
    scorer = Scorer(sizes)
    for document in documents:
        answers(document)
    optimiser = torch.optim.AdamW(scorer.parameters(), RATE, betas=(0.9, 0.98), weight_decay=DECAY)
    steps, step = epochs * len(documents), 0
    for epoch in range(epochs):
        total, count, begun = 0.0, 0, time.time()
        for at in torch.randperm(len(documents)).tolist():
            document = documents[at]
            step += 1
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, step / 50) * (1 - step / (steps + 1))
            loss = loss_of(scorer, document)
            optimiser.zero_grad()
            (loss / 100).backward()
            nn.utils.clip_grad_norm_(scorer.parameters(), 2.0)
            optimiser.step()
            total += loss.item()
            count += document["mentions"]
        print(f"  epoch {epoch + 1}: loss {total / count:.4f} a mention, {time.time() - begun:.0f} s", flush=True)
    return scorer.eval()


def packed(scorer: Scorer, sizes: dict) -> bytes:
    """The file: matrices as 8-bit rows with a scale each, vectors as floats."""

    def matrix(weights: torch.Tensor) -> bytes:
        rows = weights.detach().numpy().astype(np.float32)
        scales = (np.abs(rows).max(1) / 127).astype(np.float32)
        whole = np.rint(rows / np.where(scales == 0, 1, scales)[:, None]).clip(-127, 127).astype(np.int8)
        return scales.astype("<f4").tobytes() + whole.tobytes()

    floats = lambda values: values.detach().numpy().astype("<f4").tobytes()
    head = struct.pack("<5I", sizes["width"], HIDDEN, PRODUCT, sizes["mention_values"], sizes["pair_values"])
    matrices = matrix(scorer.states.weight) + matrix(scorer.mentions.weight) + matrix(scorer.pairs.weight)
    vectors = b"".join(map(floats, (scorer.bias, scorer.new_bias, scorer.out, scorer.new_out, torch.tensor([THRESHOLD]))))
    return MAGIC + head + matrices + vectors


def five_fold(sizes: dict, documents: list[dict], shared: Path, folder: Path) -> None:
    """The table over news and interviews, each scored by a model that has not seen it."""
    folds = []
    for fold in range(FOLDS):
        held = [d["document"] for at, d in enumerate(documents) if at % FOLDS == fold]
        scorer = train(sizes, [d for d in documents if d["document"] not in held])
        file = folder / f"fold-{fold}.bin"
        file.write_bytes(packed(scorer, sizes))
        folds += ["--fold", f"{file}={','.join(held)}"]
    score(path("GUM train", shared), "news,interview", folds)
    score(path("GUM train", shared), ",".join(OPEN_GENRES), folds)


def score(file: Path, genres: str, more: list[str]) -> None:
    task = ["cargo", "run", "--release", "-q", "-p", "xtask", "--", "coreference", str(file), "--genres", genres]
    subprocess.run([*task, *more], cwd=REPOSITORY, check=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--shared", type=Path, default=SHARED, help="folder with data/treebanks")
    options.add_argument("--out", type=Path, default=MODEL)
    options.add_argument("--five-fold", action="store_true", help="score news and interviews by five models; write none")
    options.add_argument("--examples", type=Path, help="examples that xtask wrote before; made anew without")
    arguments = options.parse_args()
    arguments.shared, arguments.out = arguments.shared.resolve(), arguments.out.resolve()
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        file = arguments.examples or Path(folder) / "examples"
        if not arguments.examples:
            examples(arguments.shared, file)
        sizes, documents = read(file)
        print(f"{len(documents)} documents, {sum(d['mentions'] for d in documents)} mentions, {sum(d['pairs'] for d in documents)} pairs")
        if arguments.five_fold:
            five_fold(sizes, documents, arguments.shared, Path(folder))
            return
        arguments.out.write_bytes(packed(train(sizes, documents), sizes))
        print(f"wrote {arguments.out}")
        score(path("GUM dev", arguments.shared), ",".join(OPEN_GENRES), ["--fold", str(arguments.out)])


if __name__ == "__main__":
    main()

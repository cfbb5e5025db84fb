"""Trains the second look at the ends of sentences: `python boundaries.py [--shared ../../shared]` writes `../models/boundaries.bin`.

A small network over the encoder's states of six words says whether a sentence ends between the third and the fourth. Examples
and states come from the program itself (`cargo run -p demarche-language --example boundary_examples`), so they are those it sees at work;
when the encoder changes, run this again. Afterwards the example `segment_fit` sets how the network's view counts beside the
segmenter's. Seeded; some minutes on one core. The file is described in `models/FORMAT.md`.

Data: EWT's training part and that of the GUM genres whose texts are CC BY or CC BY-SA. `--held-out N` leaves out every fifth stretch
from the Nth on and says how well they are judged; it writes no file. (The encoder has seen their trees, so new text does worse.)
"""

import argparse
import json
import struct
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import nn

from corpora import OPEN_GENRES, SHARED, path

REPOSITORY = Path(__file__).resolve().parent.parent
MODEL = REPOSITORY / "models/boundaries.bin"
MAGIC = b"DEMBND01"
WIDTH, COLUMNS, HIDDEN = 384, 64, 64
BEFORE, AROUND = 3, 6  # words before the gap, words in all
EPOCHS, BATCH = 6, 256
RATE, DECAY = 1.5e-3, 0.01
DROP_STATES, DROP_HIDDEN = 0.3, 0.2
SEED = 5
FOLDS = 5


def examples(shared: Path, out: Path) -> None:
    """Has the program write its training examples."""
    inputs = [str(path("EWT train", shared)), f"{path('GUM train', shared)}:{','.join(OPEN_GENRES)}"]
    example = ["cargo", "run", "--release", "-q", "-p", "demarche-language", "--example", "boundary_examples", "--"]
    subprocess.run([*example, str(out), *inputs], cwd=REPOSITORY, check=True)


def read(file: Path) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """States `[rows, WIDTH]` in half precision, row 0 all zeros; for each gap the rows around it `[gaps, AROUND]`, 0 beyond the stretch;
    whether a sentence ends there; the number of its stretch."""
    states, around, answers, stretches = [np.zeros((1, WIDTH), np.float16)], [], [], []
    before = 1  # rows so far
    with file.open("rb") as data:
        while line := data.readline():
            stretch = json.loads(line)
            rows = stretch["rows"]
            states.append(np.frombuffer(data.read(rows * WIDTH * 4), "<f4").reshape(rows, WIDTH).astype(np.float16))
            for row, answer in stretch["gaps"]:
                places = range(row - BEFORE, row - BEFORE + AROUND)
                around.append([before + at if 0 <= at < rows else 0 for at in places])
                answers.append(answer)
                stretches.append(len(states) - 2)
            before += rows
    tensor = lambda rows, kind: torch.from_numpy(np.array(rows, kind))
    return torch.from_numpy(np.concatenate(states)), tensor(around, np.int64), tensor(answers, np.float32), tensor(stretches, np.int64)


class Boundary(nn.Module):
    """The weights; the forward pass is that of `crates/demarche-language/src/segment/boundary.rs`, in floats."""

    def __init__(self):
        super().__init__()
        self.states = nn.Linear(WIDTH, COLUMNS, bias=False)
        self.around = nn.Linear(AROUND * COLUMNS, HIDDEN)
        self.out = nn.Linear(HIDDEN, 1)

    def forward(self, states: torch.Tensor, around: torch.Tensor) -> torch.Tensor:
        """Scores of the gaps whose words stand in these rows `[gaps, AROUND]`."""
        drop = lambda x, share: nn.functional.dropout(x, share, self.training)
        rows, at = torch.unique(around, return_inverse=True)
        mapped = self.states(drop(states[rows].float(), DROP_STATES))
        hidden = torch.relu(self.around(mapped[at].flatten(1)))
        return self.out(drop(hidden, DROP_HIDDEN)).squeeze(-1)


def train(states: torch.Tensor, around: torch.Tensor, answers: torch.Tensor) -> Boundary:
    torch.manual_seed(SEED)
    boundary = Boundary()
    optimiser = torch.optim.AdamW(boundary.parameters(), RATE, weight_decay=DECAY)
    steps, step = EPOCHS * -(-len(answers) // BATCH), 0
    for epoch in range(EPOCHS):
        total = 0.0
        for batch in torch.randperm(len(answers)).split(BATCH):
            step += 1
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, step / 100) * (1 - step / (steps + 1))
            loss = nn.functional.binary_cross_entropy_with_logits(boundary(states, around[batch]), answers[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += loss.item() * len(batch)
        print(f"  epoch {epoch + 1}: loss {total / len(answers):.5f}", flush=True)
    return boundary.eval()


def packed(boundary: Boundary) -> bytes:
    """The file: matrices as 8-bit rows with a scale each, vectors as floats."""

    def matrix(weights: torch.Tensor) -> bytes:
        rows = weights.detach().numpy().astype(np.float32)
        scales = (np.abs(rows).max(1) / 127).astype(np.float32)
        whole = np.rint(rows / np.where(scales == 0, 1, scales)[:, None]).clip(-127, 127).astype(np.int8)
        return scales.astype("<f4").tobytes() + whole.tobytes()

    floats = lambda values: values.detach().numpy().astype("<f4").tobytes()
    vectors = floats(boundary.around.bias) + floats(boundary.out.weight) + floats(boundary.out.bias)
    return MAGIC + struct.pack("<3I", WIDTH, COLUMNS, HIDDEN) + matrix(boundary.states.weight) + matrix(boundary.around.weight) + vectors


@torch.no_grad()
def report(boundary: Boundary, states: torch.Tensor, around: torch.Tensor, answers: torch.Tensor) -> str:
    scores = torch.cat([boundary(states, part) for part in around.split(4096)])
    loss = nn.functional.binary_cross_entropy_with_logits(scores, answers).item()
    right = ((scores > 0) & (answers > 0)).sum().item()
    f1 = 200 * right / max(1, (scores > 0).sum().item() + answers.sum().item())
    return f"loss {loss:.5f}, F1 of ends {f1:.2f} over {len(answers)} gaps"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--shared", type=Path, default=SHARED, help="folder with data/treebanks")
    options.add_argument("--out", type=Path, default=MODEL)
    options.add_argument("--held-out", type=int, choices=range(FOLDS), help="score this fifth of the stretches; write nothing")
    options.add_argument("--examples", type=Path, help="examples that boundary_examples wrote before; made anew without")
    arguments = options.parse_args()
    arguments.shared, arguments.out = arguments.shared.resolve(), arguments.out.resolve()
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        file = arguments.examples or Path(folder) / "examples"
        if not arguments.examples:
            examples(arguments.shared, file)
        states, around, answers, stretches = read(file)
    print(f"{len(answers)} gaps, {int(answers.sum())} ends of sentences")
    if arguments.held_out is not None:
        held = stretches % FOLDS == arguments.held_out
        print(report(train(states, around[~held], answers[~held]), states, around[held], answers[held]))
        return
    arguments.out.write_bytes(packed(train(states, around, answers)))
    print(f"wrote {arguments.out}")


if __name__ == "__main__":
    main()

"""Trains the segmenter: `python training/segmenter.py [--shared ../shared]` writes `models/segmenter.bin`.

Two logistic regressions over hashed features, one for word boundaries and one for sentence ends. The features come from the
program itself (`cargo run --example segment_features`), so they are defined once. Needs nothing beyond the standard library
and takes a few minutes. The layout of the file is described in `crates/demarche-language/src/segment/model.rs`. Afterwards
`cargo run --release -p demarche-language --example segment_fit` sets how the second look (`boundaries.py`) counts where the segmenter is
in doubt.

Data: EWT's training part (CC BY-SA 4.0) and the GUM genres whose texts are CC BY or CC BY-SA. The dev parts are touched by
`segment_fit` alone, for its three numbers.
"""

import argparse
import math
import random
import struct
import subprocess
import sys
import tempfile
from array import array
from pathlib import Path

from corpora import OPEN_GENRES, SHARED, path

REPOSITORY = Path(__file__).resolve().parent.parent
MODEL = REPOSITORY / "models/segmenter.bin"
MAGIC = b"DEMSEG02"
BITS = 18
HEADER = 32  # bytes before the weights
EPOCHS = {"w": 6, "s": 8}
STEP = {"w": 0.3, "s": 0.15}
DECAY = {"w": 2e-6, "s": 1e-5}  # of the weights, each time one is touched
DROPPED = 0.1  # share of the evidence hidden from each step
SEED = 3
LARGEST = 6.0  # a weight beyond this is cut to it: 127 in the file


def features(shared: Path, out: Path) -> None:
    """Has the program write its training examples."""
    inputs = [str(path("EWT train", shared)), f"{path('GUM train', shared)}:{','.join(OPEN_GENRES)}"]
    example = ["cargo", "run", "--release", "-q", "-p", "demarche-language", "--example", "segment_features", "--"]
    subprocess.run([*example, str(out), *inputs], cwd=REPOSITORY, check=True)


def read(file: Path, kind: str) -> list[tuple[int, array]]:
    with file.open(encoding="ascii") as lines:
        return [
            (int(answer), array("I", map(int, buckets.split())))
            for found, answer, buckets in (line.split(" ", 2) for line in lines)
            if found == kind
        ]


def train(examples: list[tuple[int, array]], epochs: int, step: float, decay: float) -> tuple[list[float], float]:
    """Weights and bias by AdaGrad on the logistic loss, averaged over the second half of the epochs."""
    size = 1 << BITS
    weights, squares = [0.0] * size, [1.0] * size
    bias, bias_square = 0.0, 1.0
    total, total_bias, counted = [0.0] * size, 0.0, 0
    order = random.Random(SEED)
    drawn = order.random
    examples = list(examples)
    for epoch in range(epochs):
        order.shuffle(examples)
        loss = 0.0
        for answer, buckets in examples:
            buckets = [b for b in buckets if drawn() >= DROPPED]
            score = bias + sum([weights[b] for b in buckets])
            guess = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))
            slope = guess - answer
            loss -= math.log(max(1e-12, guess if answer else 1.0 - guess))
            if -1e-3 < slope < 1e-3:
                continue
            square = slope * slope
            for b in buckets:
                squares[b] += square
                weights[b] -= step * slope / math.sqrt(squares[b]) + decay * weights[b]
            bias_square += square
            bias -= step * slope / math.sqrt(bias_square)
        print(f"  epoch {epoch + 1}: loss {loss / max(1, len(examples)):.5f}", flush=True)
        if epoch >= epochs // 2:
            total = [t + w for t, w in zip(total, weights)]
            total_bias += bias
            counted += 1
    return [t / counted * (1 - DROPPED) for t in total], total_bias / counted


def quantised(weights: list[float], bias: float) -> tuple[int, bytes]:
    """Bias and weights as integers on one scale."""
    scale = 127 / min(LARGEST, max(map(abs, weights)))
    whole = [max(-127, min(127, round(w * scale))) for w in weights]
    return round(bias * scale), struct.pack(f"{len(whole)}b", *whole)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--shared", type=Path, default=SHARED, help="folder with data/treebanks")
    options.add_argument("--out", type=Path, default=MODEL)
    options.add_argument("--only", choices=["w", "s"], help="train one of the two, keep the other from the file there is")
    options.add_argument("--examples", type=Path, help="examples that segment_features wrote before; made anew without")
    arguments = options.parse_args()
    parts = {}
    if arguments.only:
        old = arguments.out.read_bytes()
        biases = struct.unpack_from("<ii", old, 12)
        for at, kind in enumerate("ws"):
            parts[kind] = (biases[at], old[HEADER + (at << BITS) : HEADER + ((at + 1) << BITS)])
    with tempfile.TemporaryDirectory() as folder:
        file = arguments.examples or Path(folder) / "examples.tsv"
        if not arguments.examples:
            features(arguments.shared, file)
        for kind in arguments.only or "ws":
            examples = read(file, kind)
            print(f"{kind}: {len(examples)} decisions, {sum(a for a, _ in examples)} boundaries", file=sys.stderr)
            parts[kind] = quantised(*train(examples, EPOCHS[kind], STEP[kind], DECAY[kind]))
    # No second look until `segment_fit` has set doubt, weight and offset.
    header = MAGIC + struct.pack("<Iiiiii", BITS, parts["w"][0], parts["s"][0], 0, 0, 0)
    arguments.out.write_bytes(header + parts["w"][1] + parts["s"][1])
    print(f"wrote {arguments.out}", file=sys.stderr)


if __name__ == "__main__":
    main()

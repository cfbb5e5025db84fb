"""The shipped arithmetic: 8-bit weights and activations, emulated.

A weight matrix [out, in] is kept as whole numbers -127..127 with one scale a row. An activation row x (one token) is
quantised as scale = max|x| / 127, q = x * (127 / max|x|) rounded to the nearest, halves to even; y = (sum q w) * (scale_x * scale_w) + bias.
All else is 32-bit floating point. The sums are whole numbers below 2^24 in practice, so a float product is exact.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F

LEVELS = 127


def quantise_rows(x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """-> whole numbers (as floats) of the shape of x, and a scale for each row (last axis), 0 for a row of zeros."""
    largest = x.abs().amax(-1, keepdim=True)
    q = torch.round(x * (LEVELS / torch.where(largest == 0, 1.0, largest))).clamp(-LEVELS, LEVELS)
    return q, largest / LEVELS


class Int8Linear(nn.Module):
    """`nn.Linear` with 8-bit weights, activations quantised row by row."""

    def __init__(self, weight: torch.Tensor, scale: torch.Tensor, bias: torch.Tensor):
        super().__init__()
        self.weight, self.scale, self.bias = weight.float(), scale, bias

    def forward(self, x):
        q, scale = quantise_rows(x.float())
        return F.linear(q, self.weight) * (scale * self.scale) + self.bias


def with_int8_linears(model: nn.Module, state: dict[str, torch.Tensor]) -> nn.Module:
    """Loads a shipped state (`NAME.weight` I8, `NAME.scale`, `NAME.bias`) into a `Joint`, in place."""
    for name, module in list(model.named_modules()):
        if isinstance(module, nn.Linear):
            parent = model.get_submodule(name.rpartition(".")[0])
            linear = Int8Linear(state[f"{name}.weight"], state[f"{name}.scale"], state[f"{name}.bias"])
            if isinstance(parent, nn.ModuleDict):
                parent[name.rpartition(".")[2]] = linear
            else:
                setattr(parent, name.rpartition(".")[2], linear)
    rest = {k: v for k, v in state.items() if k.startswith("embeddings.") or k == "root" or "norm" in k}
    rest["embeddings.word.weight"] = state["embeddings.word.weight"].float() * state["embeddings.word.scale"].unsqueeze(-1)
    del rest["embeddings.word.scale"]
    missing, unexpected = model.load_state_dict(rest, strict=False)
    assert not missing and not unexpected, (missing, unexpected)
    return model.eval()

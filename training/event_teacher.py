"""The teacher of the classifier of events: MPNet-base (Song et al. 2020) with the same marks and heads, trained whole.

It reads the same pieces as the parser; its own embedding rows of them are picked by `pack`. Only its answers to unlabelled questions are
used: nothing of it is shipped.

    python training/event_teacher.py MODEL_FOLDER PACK OUT   (model.safetensors and vocab.txt -> OUT/teacher.pt)
"""

import math
import pickle
import sys
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file

HIDDEN, LAYERS, HEADS, BUCKETS, EPSILON, WIDE = 768, 12, 12, 32, 1e-5, 256


def buckets(n: int, device) -> torch.Tensor:
    """Buckets of relative positions, as T5's bidirectional ones: [n, n]."""
    i = torch.arange(n, device=device)
    away = i[:, None] - i[None, :]
    half, exact = BUCKETS // 2, BUCKETS // 4
    out = (away < 0).long() * half
    away = away.abs()
    far = exact + (torch.log(away.float().clamp(min=1) / exact) / math.log(128 / exact) * (half - exact)).long()
    return out + torch.where(away < exact, away, far.clamp(max=half - 1))


class TeacherLayer(nn.Module):
    def __init__(self):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.attention_norm, self.output_norm = nn.LayerNorm(HIDDEN, EPSILON), nn.LayerNorm(HIDDEN, EPSILON)
        self.intermediate, self.output = nn.Linear(HIDDEN, 4 * HIDDEN), nn.Linear(4 * HIDDEN, HIDDEN)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, bias):
        B, P, _ = x.shape
        split = lambda y: y.view(B, P, HEADS, -1).transpose(1, 2)
        a = F.scaled_dot_product_attention(split(self.q(x)), split(self.k(x)), split(self.v(x)), attn_mask=bias)
        x = self.attention_norm(x + self.drop(self.o(a.transpose(1, 2).reshape(B, P, HIDDEN))))
        return self.output_norm(x + self.drop(self.output(F.gelu(self.intermediate(x)))))


class Teacher(nn.Module):
    def __init__(self, vocabulary: int, events: int, modes: int, contexts: int):
        super().__init__()
        self.word, self.position = nn.Embedding(vocabulary, HIDDEN), nn.Embedding(514, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, EPSILON)
        self.bias = nn.Embedding(BUCKETS, HEADS)
        self.layers = nn.ModuleList(TeacherLayer() for _ in range(LAYERS))
        self.marks = nn.Embedding(3, HIDDEN)
        nn.init.normal_(self.marks.weight, std=0.05)
        self.hidden = nn.Linear(4 * HIDDEN, WIDE)
        self.event, self.mode = nn.Linear(WIDE, events), nn.Linear(WIDE, modes)
        self.fit, self.context = nn.Linear(WIDE, 2), nn.Linear(WIDE, contexts)
        self.drop = nn.Dropout(0.1)

    def forward(self, t):
        ids = t["ids"]
        B, P = ids.shape
        # Marks of rows -> marks of all pieces of the words.
        starts = torch.zeros(B, P, dtype=torch.long, device=ids.device)
        starts.scatter_add_(1, t["kept"], t["rows"].long())
        row = (starts.cumsum(1) - 1).clamp(min=0, max=t["kept"].size(1) - 1)
        marked = torch.gather(t["marked"], 2, row[:, None, :].expand(-1, 3, -1)) & t["pieces"][:, None, :]
        m = marked.to(self.marks.weight.dtype)
        positions = torch.arange(P, device=ids.device) + 2
        x = self.drop(self.norm(self.word(ids) + self.position(positions) + m.transpose(1, 2) @ self.marks.weight))
        bias = self.bias(buckets(P, ids.device)).permute(2, 0, 1)[None].expand(B, -1, -1, -1)
        bias = bias.masked_fill(~t["pieces"][:, None, None, :], -1e4)
        for layer in self.layers:
            x = layer(x, bias.to(x.dtype))
        m = m.to(x.dtype)
        means = m @ x / m.sum(-1, keepdim=True).clamp(min=1)
        actor, recipient, trigger = means.unbind(1)
        h = self.drop(F.gelu(self.hidden(self.drop(torch.cat([x[:, 0], trigger, actor, recipient], -1)))))
        return self.event(h).float(), self.mode(h).float(), self.fit(h).float(), self.context(h).float()


def pack(state: dict, own: list[str], theirs: list[str]) -> dict:
    """MPNet's weights under our names, matrices as (int8, scale a row): `own` pieces by our ids, `theirs` its vocabulary."""
    at = {piece: i for i, piece in enumerate(theirs)}
    special = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[UNK]": "[UNK]"}
    rows = [at.get(special.get(piece, piece), at["[UNK]"]) for piece in own]
    e = "embeddings."
    out = {"word.weight": state[e + "word_embeddings.weight"][rows], "position.weight": state[e + "position_embeddings.weight"],
           "norm.weight": state[e + "LayerNorm.weight"], "norm.bias": state[e + "LayerNorm.bias"], "bias.weight": state["encoder.relative_attention_bias.weight"]}
    for n in range(LAYERS):
        for ours, its in (("q", "attention.attn.q"), ("k", "attention.attn.k"), ("v", "attention.attn.v"), ("o", "attention.attn.o"),
                          ("attention_norm", "attention.LayerNorm"), ("intermediate", "intermediate.dense"), ("output", "output.dense"), ("output_norm", "output.LayerNorm")):
            for kind in ("weight", "bias"):
                out[f"layers.{n}.{ours}.{kind}"] = state[f"encoder.layer.{n}.{its}.{kind}"]
    packed = {}
    for name, w in out.items():
        w = w.float()
        if w.dim() == 2 and w.numel() > 100_000:
            scale = w.abs().amax(-1, keepdim=True) / 127
            packed[name] = (torch.round(w / scale.clamp(min=1e-12)).to(torch.int8), scale.squeeze(-1).half())
        else:
            packed[name] = (w.half(), None)
    return packed


def unpack(packed: dict) -> dict:
    return {k: (w.float() * s.float()[:, None] if s is not None else w.float()) for k, (w, s) in packed.items()}


def main() -> None:
    folder, data, out = map(Path, sys.argv[1:4])
    theirs = (folder / "vocab.txt").read_text(encoding="utf8").splitlines()
    out.mkdir(parents=True, exist_ok=True)
    torch.save(pack(load_file(folder / "model.safetensors"), pickle.load(data.open("rb"))["pieces"], theirs), out / "teacher.pt")


if __name__ == "__main__":
    main()

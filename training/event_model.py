"""The classifier of events: three layers over the parser's encoder, with actor, recipient and trigger marked.

Shapes: B questions, W rows (`[CLS]`, first pieces of words, `[SEP]`), H = 384. The encoder's embeddings and the layers that read all
pieces are the parser's and stay as they are; the layers here begin as the last ones of MiniLM.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F

from model import EPSILON, HIDDEN, Embeddings, Layer

MARKS, WIDE = 3, 256  # marks: actor, recipient, trigger


class Lower(nn.Module):
    """Embeddings and the layers of the parser's encoder that read all pieces; frozen."""

    def __init__(self, vocabulary: int, layers: int):
        super().__init__()
        self.embeddings = Embeddings(vocabulary)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))

    def forward(self, t):
        """-> [B, W, H], states of the kept rows."""
        positions = torch.arange(t["ids"].size(1), device=t["ids"].device)
        e = self.embeddings
        x = e.norm(e.word(t["ids"]) + e.shape(t["shapes"]) + e.position(positions))
        mask = t["pieces"][:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return torch.gather(x, 1, t["kept"].unsqueeze(-1).expand(-1, -1, HIDDEN))


class Events(nn.Module):
    def __init__(self, events: int, modes: int, contexts: int, layers: int = 3):
        super().__init__()
        self.marks = nn.Embedding(MARKS, HIDDEN)
        nn.init.normal_(self.marks.weight, std=0.3)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.hidden = nn.Linear(4 * HIDDEN, WIDE)
        self.event, self.mode = nn.Linear(WIDE, events), nn.Linear(WIDE, modes)
        self.fit, self.context = nn.Linear(WIDE, 2), nn.Linear(WIDE, contexts)
        self.drop = nn.Dropout(0.2)

    def forward(self, x, t):
        """`x` [B, W, H] from `Lower`; `marked` [B, 3, W] bool -> event, mode, fit, context scores."""
        marked = t["marked"].to(x.dtype)
        x = x + marked.transpose(1, 2) @ self.marks.weight.to(x.dtype)
        mask = t["rows"][:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        means = marked @ x / marked.sum(-1, keepdim=True).clamp(min=1)  # [B, 3, H]
        actor, recipient, trigger = means.unbind(1)
        h = self.drop(F.gelu(self.hidden(self.drop(torch.cat([x[:, 0], trigger, actor, recipient], -1)))))
        return self.event(h).float(), self.mode(h).float(), self.fit(h).float(), self.context(h).float()

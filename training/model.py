"""The model: a BERT-like encoder of a few layers, and linear and biaffine heads over first pieces of words.

Shapes: B sentences, P pieces, W words, H = 384 hidden, R relations. Every weight matrix is an `nn.Linear`, so that
`arithmetic.py` can put the shipped 8-bit product in its place without another forward pass.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F

HIDDEN, ATTENTION_HEADS, INNER, POSITIONS, EPSILON = 384, 12, 1536, 512, 1e-12
ARC, RELATION, SHAPES = 256, 128, 8
COLUMNS = "uxflnb"  # UPOS, XPOS, FEATS, lemma rule, entity, beginning of a sentence


class Layer(nn.Module):
    """Self-attention and feed-forward, each with residual and layer norm after it."""

    def __init__(self):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.attention_norm = nn.LayerNorm(HIDDEN, EPSILON)
        self.intermediate, self.output = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.output_norm = nn.LayerNorm(HIDDEN, EPSILON)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, mask):
        B, P, _ = x.shape
        split = lambda y: y.view(B, P, ATTENTION_HEADS, -1).transpose(1, 2)
        # No dropout inside attention: drawing its masks took a sixth of the training time.
        a = F.scaled_dot_product_attention(split(self.q(x)), split(self.k(x)), split(self.v(x)), attn_mask=mask)
        x = self.attention_norm(x + self.drop(self.o(a.transpose(1, 2).reshape(B, P, HIDDEN))))
        return self.output_norm(x + self.drop(self.output(F.gelu(self.intermediate(x)))))


class Embeddings(nn.Module):
    """Word piece + position (token type 0 folded in) + word shape, then layer norm."""

    def __init__(self, vocabulary: int):
        super().__init__()
        self.word, self.position, self.shape = nn.Embedding(vocabulary, HIDDEN), nn.Embedding(POSITIONS, HIDDEN), nn.Embedding(SHAPES, HIDDEN)
        nn.init.zeros_(self.shape.weight)
        self.norm = nn.LayerNorm(HIDDEN, EPSILON)
        self.drop = nn.Dropout(0.1)

    def forward(self, ids, shapes):
        positions = torch.arange(ids.size(1))
        return self.drop(self.norm(self.word(ids) + self.shape(shapes) + self.position(positions)))


class Joint(nn.Module):
    """Tagger, lemmatiser, parser and entity tagger in one.

    The last `word_layers` of the `layers` see only the first piece of each word, [CLS] and [SEP]: by then those have
    gathered what the other pieces know, and a quarter of the work is saved.
    """

    def __init__(self, vocabulary: int, labels: dict[str, list[str]], layers: int = 3, word_layers: int = 0):
        super().__init__()
        self.piece_layers = layers - word_layers
        self.embeddings = Embeddings(vocabulary)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.root = nn.Parameter(torch.randn(HIDDEN) * 0.02)
        self.arc_dep, self.arc_head = nn.Linear(HIDDEN, ARC), nn.Linear(HIDDEN, ARC)
        self.rel_dep, self.rel_head = nn.Linear(HIDDEN, RELATION), nn.Linear(HIDDEN, RELATION)
        # Biaffine forms as linear maps; the constant 1 appended to their input is the bias.
        self.arc_w = nn.Linear(ARC, ARC)
        self.rel_w = nn.Linear(RELATION, len(labels["r"]) * (RELATION + 1))
        nn.init.zeros_(self.arc_w.weight)
        nn.init.zeros_(self.arc_w.bias)
        nn.init.normal_(self.rel_w.weight, std=0.02)
        nn.init.zeros_(self.rel_w.bias)
        self.tags = nn.ModuleDict({k: nn.Linear(HIDDEN, len(labels[k])) for k in COLUMNS})
        self.drop = nn.Dropout(0.33)

    def encode(self, t):
        """-> [B, W + 2, H], states of [CLS], [SEP] and the words' first pieces, in this order."""
        return self.states(t)[-1]

    def states(self, t):
        """-> what comes out of each layer: [B, P, H], states of all pieces, then [B, W + 2, H] as in `encode`."""
        out, x, mask = [], self.embeddings(t["ids"], t["shape"]), t["pieces"][:, None, None, :]
        for i, layer in enumerate(self.layers):
            if i == self.piece_layers:
                x, mask = self._words(x, t)
            x = layer(x, mask)
            out.append(x)
        if self.piece_layers == len(self.layers):
            out.append(self._words(x, t)[0])
        return out

    def _words(self, x, t):
        """States of [CLS], [SEP] and first pieces, and the attention mask over them."""
        last = t["pieces"].sum(1, keepdim=True) - 1
        rows = torch.cat([torch.zeros_like(last), last, t["first"]], 1)
        mask = torch.cat([torch.ones_like(t["words"][:, :1]).expand(-1, 2), t["words"]], 1)
        return torch.gather(x, 1, rows.unsqueeze(-1).expand(-1, -1, HIDDEN)), mask[:, None, None, :]

    def forward(self, t):
        """-> [B, W, H], states of the words' first pieces."""
        return self.drop(self.encode(t)[:, 2:])

    def arcs(self, h, mask):
        """-> scores [B, W, W+1] of heads: column 0 is the root; a word is never its own head."""
        heads = self.drop(F.gelu(self.arc_head(self._with_root(h))))
        scores = (self.arc_w(self.drop(F.gelu(self.arc_dep(h)))) @ heads.transpose(1, 2)).float()
        scores = scores.masked_fill(~torch.cat([torch.ones_like(mask[:, :1]), mask], 1).unsqueeze(1), -1e9)
        i = torch.arange(h.size(1))
        scores[:, i, i + 1] = -1e9
        return scores

    def relations(self, h, heads):
        """-> scores [B, W, R] of relations of every word to its head in `heads` [B, W]."""
        B, W, _ = h.shape
        dep = self.drop(F.gelu(self.rel_dep(h)))
        head = self.drop(F.gelu(self.rel_head(self._with_root(h))))
        z = self.rel_w(torch.gather(head, 1, heads.unsqueeze(-1).expand(-1, -1, RELATION)))
        z = z.view(B, W, -1, RELATION + 1)
        return ((z[..., :RELATION] @ dep.unsqueeze(-1)).squeeze(-1) + z[..., RELATION]).float()

    def _with_root(self, h):
        return torch.cat([self.root.to(h.dtype).expand(h.size(0), 1, -1), h], 1)


def tensors(batch: list[dict], pad: int, index: dict[str, dict[str, int]]) -> dict[str, torch.Tensor]:
    """A batch as padded tensors; label columns only where the sentences have them, -100 for unknown labels."""
    P, W = max(len(s["ids"]) for s in batch), max(len(s["w"]) for s in batch)
    fill = lambda rows, n, v: torch.tensor([[*row, *[v] * (n - len(row))] for row in rows])
    t = dict(
        ids=fill([s["ids"] for s in batch], P, pad),
        shape=fill([s["shape"] for s in batch], P, 0),
        pieces=fill([[True] * len(s["ids"]) for s in batch], P, False),
        first=fill([s["first"] for s in batch], W, 0),
        words=fill([[True] * len(s["w"]) for s in batch], W, False),
    )
    if "h" in batch[0]:
        t["h"] = fill([s["h"] for s in batch], W, 0)
    for k in "r" + COLUMNS:
        if any(k in s for s in batch):
            t[k] = fill([[index[k].get(x, -100) for x in s[k]] if k in s else [-100] * len(s["w"]) for s in batch], W, -100)
    return t


def from_bert(state: dict[str, torch.Tensor], prefix: str, layers: int, keep: list[int]) -> dict[str, torch.Tensor]:
    """Our encoder's tensors from a BertModel's: `layers` first layers, rows `keep` of the vocabulary."""
    get = lambda name: state[prefix + name].float()
    out = {
        "embeddings.word.weight": get("embeddings.word_embeddings.weight")[keep],
        "embeddings.position.weight": get("embeddings.position_embeddings.weight") + get("embeddings.token_type_embeddings.weight")[0],
    }
    names = {f"layers.{i}.{ours}": f"encoder.layer.{i}.{theirs}" for i in range(layers) for ours, theirs in _LAYER_NAMES.items()}
    for ours, theirs in {"embeddings.norm": "embeddings.LayerNorm", **names}.items():
        for part in ("weight", "bias"):
            out[f"{ours}.{part}"] = get(f"{theirs}.{part}")
    return out


_LAYER_NAMES = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "o": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm", "intermediate": "intermediate.dense", "output": "output.dense",
    "output_norm": "output.LayerNorm",
}

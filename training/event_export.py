"""Turns trained layers of the classifier of events into the shipped file and its reference.

    python training/event_export.py events-parser.pt PACK --encoder english-0123456789abcdef [--models models]

`--encoder` is the language model's version as `demarche --version` prints it: the layers serve no other. Writes events.safetensors
(8-bit, `models/FORMAT.md`) and events_reference.json: questions with what the 8-bit file answers.
"""

import argparse
import json
import pickle
from pathlib import Path

import torch
import torch.nn as nn

import corpora
from arithmetic import Int8Linear
from event_data import tensors
from event_model import Events, Lower
from event_pack import dequantised
from export import quantise, write
from weights import replace

ROOT = Path(__file__).resolve().parents[1]
REFERENCES = 20


def emulated(model: nn.Module) -> nn.Module:
    """The same with every linear map in the shipped arithmetic."""
    for name, module in list(model.named_modules()):
        if isinstance(module, nn.Linear):
            q = quantise({"weight": module.weight.detach()})
            parent = model.get_submodule(name.rpartition(".")[0])
            setattr(parent, name.rpartition(".")[2], Int8Linear(q["weight"], q["scale"], module.bias.detach().float()))
    return model.eval()


def models(state: dict, data: dict) -> tuple[Lower, Events]:
    # The pack holds these rounded to 16 bits; what is shipped is exact.
    exact = dequantised()[0]
    lower = Lower(exact["embeddings.word.weight"].size(0), 3)
    lower.load_state_dict(exact)
    model = Events(*(len(x) for x in data["labels"]))
    model.load_state_dict({k: v.float() for k, v in state.items()})
    return emulated(lower), emulated(model)


@torch.no_grad()
def answers(lower, model, examples, size=16):
    out = []
    for i in range(0, len(examples), size):
        t = tensors(examples[i : i + size], "cpu")
        event, mode, fit, context = model(lower(t), t)
        out += [dict(event=e, mode=m, fit=f, context=c) for e, m, f, c in zip(event, mode, fit, context)]
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("pack", type=Path)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    options = parser.parse_args()
    data = pickle.load(options.pack.open("rb"))
    state = {k: v.float() for k, v in torch.load(options.weights).items()}
    shipped = quantise({k: v for k, v in state.items() if k != "marks.weight"}) | {"marks.weight": state["marks.weight"].contiguous()}
    events, modes, contexts = data["labels"]
    metadata = dict(
        format_version="1", heads="12", layer_norm_eps="1e-12", temperature="1",
        labels=json.dumps(dict(event=events, mode=modes, context=contexts)),
        encoder=options.encoder,
        licence="CC-BY-SA-4.0; layers initialised from MiniLM-L6-H384 (Apache-2.0)",
    )
    replace(options.models / "events.safetensors", lambda part: write(part, shipped, metadata))
    lower, model = models(state, data)
    chosen = [(data["sentences"][i], q) for i, q in data["held"] if len(data["sentences"][i]["ids"]) < 40][: REFERENCES]
    lists = lambda a: [round(float(x), 4) for x in a]
    reference = [
        dict(ids=list(map(int, s["ids"])), shapes=list(map(int, s["shapes"])), kept=list(map(int, s["kept"])), actor=q["actor"], recipient=q["recipient"], trigger=q["trigger"], **{k: lists(v) for k, v in a.items()})
        for (s, q), a in zip(chosen, answers(lower, model, chosen, 1))
    ]
    replace(options.models / "events_reference.json", lambda part: part.write_text("[\n" + ",\n".join(map(json.dumps, reference)) + "\n]\n", encoding="utf8"))
    file = options.models / "events.safetensors"
    print(f"{file.name}: {file.stat().st_size / 1e6:.2f} MB, sha256 {corpora.sha256(file)}")


if __name__ == "__main__":
    main()

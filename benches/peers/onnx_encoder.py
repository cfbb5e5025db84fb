"""ONNX Runtime on demarche's encoder: the network of `models/FORMAT.md` built from the model file, in 32-bit floats and with
dynamic 8-bit weights.

Windows are sorted by length and padded to batches, which suits the runtime best. One thread. Prints a JSON object for
each of the two; the states of the first window are compared with one another.

    python onnx_encoder.py --inputs INPUTS.jsonl --words N --model ../../models/english.safetensors
"""

import argparse
import json
import logging
import struct
import tempfile
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

HEAD = 32
BATCH = 16
TYPES = {"F32": np.float32, "I8": np.int8}


def read(path: str) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """Tensors and metadata of a safetensors file; 8-bit weights are multiplied by their scales."""
    data = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        values = np.frombuffer(data[8 + length + start : 8 + length + end], TYPES[entry["dtype"]])
        tensors[name] = values.reshape(entry["shape"])
    for name in [name for name in tensors if name.endswith(".scale")]:
        weight = name.replace(".scale", ".weight")
        tensors[weight] = tensors[weight].astype(np.float32) * tensors[name][:, None]
    return tensors, metadata


class Graph:
    """Nodes and constants of the network, one after another."""

    def __init__(self, tensors: dict[str, np.ndarray], epsilon: float) -> None:
        self.tensors, self.epsilon = tensors, epsilon
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, values: np.ndarray) -> str:
        self.constants.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, *inputs: str, **attributes: object) -> str:
        out = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], **attributes))
        return out

    def linear(self, name: str, x: str) -> str:
        weight = self.constant(f"{name}.weight", self.tensors[f"{name}.weight"].T)
        return self.node("Add", self.node("MatMul", x, weight), self.constant(f"{name}.bias", self.tensors[f"{name}.bias"]))

    def norm(self, name: str, x: str) -> str:
        weight, bias = (self.constant(f"{name}.{part}", self.tensors[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.node("LayerNormalization", x, weight, bias, axis=-1, epsilon=self.epsilon)

    def rows(self, name: str, ids: str) -> str:
        return self.node("Gather", self.constant(f"{name}.weight", self.tensors[f"{name}.weight"]), ids, axis=0)

    def heads(self, x: str, order: list[int]) -> str:
        shape = self.constant("heads", np.array([0, 0, -1, HEAD], np.int64))
        return self.node("Transpose", self.node("Reshape", x, shape), perm=order)

    def layer(self, name: str, x: str, mask: str, kept: str | None) -> str:
        """One layer; with `kept` only these rows of each window ask, and only they come out."""
        key, value = self.linear(f"{name}.k", x), self.linear(f"{name}.v", x)
        if kept is not None:
            x = self.node("GatherND", x, kept, batch_dims=1)
        query = self.node("Mul", self.linear(f"{name}.q", x), self.constant("scale", np.float32(HEAD**-0.5)))
        scores = self.node("MatMul", self.heads(query, [0, 2, 1, 3]), self.heads(key, [0, 2, 3, 1]))
        shares = self.node("Softmax", self.node("Add", scores, mask), axis=-1)
        mixed = self.node("Transpose", self.node("MatMul", shares, self.heads(value, [0, 2, 1, 3])), perm=[0, 2, 1, 3])
        mixed = self.node("Reshape", mixed, self.constant("joined", np.array([0, 0, -1], np.int64)))
        x = self.norm(f"{name}.attention_norm", self.node("Add", x, self.linear(f"{name}.o", mixed)))
        inner = self.node("Gelu", self.linear(f"{name}.intermediate", x))
        return self.norm(f"{name}.output_norm", self.node("Add", x, self.linear(f"{name}.output", inner)))


def network(tensors: dict[str, np.ndarray], metadata: dict[str, str]) -> onnx.ModelProto:
    graph = Graph(tensors, float(metadata["layer_norm_eps"]))
    layers, word_layers = int(metadata["layers"]), int(metadata.get("word_layers", 0))
    embedded = graph.node("Add", graph.rows("embeddings.word", "ids"), graph.rows("embeddings.shape", "shapes"))
    embedded = graph.node("Add", embedded, graph.rows("embeddings.position", "positions"))
    x, mask = graph.norm("embeddings.norm", embedded), "mask"
    for n in range(layers):
        narrows = n + word_layers + 1 == layers
        x = graph.layer(f"layers.{n}", x, mask, "kept" if narrows else None)
        mask = "kept_mask" if narrows else mask
    inputs = [("ids", 2), ("shapes", 2), ("positions", 1), ("kept", 3)]
    values = [helper.make_tensor_value_info(name, TensorProto.INT64, [None] * n) for name, n in inputs]
    masks = ["mask", "kept_mask"] if word_layers else ["mask"]
    values += [helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, 1, 1, None]) for name in masks]
    out = helper.make_tensor_value_info(x, TensorProto.FLOAT, [None, None, tensors["root"].shape[0]])
    built = helper.make_graph(graph.nodes, "encoder", values, [out], list(graph.constants.values()))
    model = helper.make_model(built, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    onnx.checker.check_model(model)
    return model


def batches(path: str, names: list[str]) -> list[dict[str, np.ndarray]]:
    with open(path, encoding="utf-8") as file:
        windows = sorted((json.loads(line) for line in file), key=lambda window: len(window["ids"]))
    out = []
    for start in range(0, len(windows), BATCH):
        some = windows[start : start + BATCH]
        length, most = (max(len(window[key]) for window in some) for key in ("ids", "kept"))
        padded = lambda key, n: np.array([window[key] + [0] * (n - len(window[key])) for window in some], np.int64)
        hidden = lambda key, n: np.array([[0.0] * len(w[key]) + [-1e9] * (n - len(w[key])) for w in some], np.float32)
        feed = {
            "ids": padded("ids", length),
            "shapes": padded("shapes", length),
            "positions": np.arange(length, dtype=np.int64),
            "kept": padded("kept", most)[:, :, None],
            "mask": hidden("ids", length)[:, None, None],
            "kept_mask": hidden("kept", most)[:, None, None],
        }
        out.append({name: value for name, value in feed.items() if name in names})
    return out


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--inputs", required=True, help='JSON Lines of windows: "ids", "shapes", "kept"')
    options.add_argument("--words", type=int, required=True, help="how many words they have")
    options.add_argument("--model", required=True, help="a model file as models/FORMAT.md describes it")
    options.add_argument("--repeat", type=int, default=3, help="runs, of which the quickest counts")
    args = options.parse_args()
    model = network(*read(args.model))
    feeds = batches(args.inputs, [value.name for value in model.graph.input])
    logging.disable(logging.WARNING)  # it advises a preparation that changes nothing here
    one_thread = onnxruntime.SessionOptions()
    one_thread.intra_op_num_threads = one_thread.inter_op_num_threads = 1
    one_thread.log_severity_level = 3
    states = []
    with tempfile.TemporaryDirectory() as folder:
        floats, bytes_ = Path(folder, "floats.onnx"), Path(folder, "bytes.onnx")
        onnx.save(model, floats)
        quantize_dynamic(floats, bytes_, per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul"])
        for path, name in [(floats, "32-bit floats"), (bytes_, "dynamic 8-bit weights")]:
            session = onnxruntime.InferenceSession(path, one_thread, providers=["CPUExecutionProvider"])
            seconds = []
            for _ in range(args.repeat):
                start = time.perf_counter()
                for feed in feeds:
                    last = session.run(None, feed)[0]
                seconds.append(time.perf_counter() - start)
            states.append(last)
            name = f"ONNX Runtime {onnxruntime.__version__}, {name}"
            print(json.dumps({"name": name, "words_per_second": args.words / min(seconds)}))
    # Eight-bit weights move the states a little; two graphs that were not the same would differ by far more.
    assert np.median(np.abs(states[0] - states[1])) < 0.2, "the two graphs give different states"


if __name__ == "__main__":
    main()

"""The model in each peer's own format, made once: ONNX (plain, fused, int8), OpenVINO int8, CTranslate2."""

import shutil
from pathlib import Path

import numpy


def prepare(folder, model):
    """Makes what is missing in the folder. Costs a few minutes the first time."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in {
        "plain.onnx": export,
        "fused.onnx": fuse,
        "plain-int8.onnx": lambda folder, model, target: quantize(folder / "plain.onnx", target),
        "fused-int8.onnx": lambda folder, model, target: quantize(folder / "fused.onnx", target),
        "openvino-int8.xml": calibrate,
        "ctranslate2": convert,
    }.items():
        target = folder / name
        if target.exists():
            continue
        print(f"making {target}", flush=True)
        make(folder, model, target)


def export(folder, model, target):
    """The whole path from ids to unit vectors as one ONNX graph, so that a peer has no work in Python but batching."""
    import torch
    from transformers import AutoModel

    class SentenceEncoder(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.network = AutoModel.from_pretrained(model, attn_implementation="eager").eval()

        def forward(self, input_ids, attention_mask):
            states = self.network(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=torch.zeros_like(input_ids)
            ).last_hidden_state
            kept = attention_mask.unsqueeze(-1).to(states.dtype)
            return torch.nn.functional.normalize((states * kept).sum(1) / kept.sum(1))

    ids = torch.randint(1000, 3000, (2, 9))
    inputs = ["input_ids", "attention_mask"]
    axes = {name: {0: "texts", 1: "tokens"} for name in inputs} | {"vectors": {0: "texts"}}
    torch.onnx.export(
        SentenceEncoder().eval(), (ids, torch.ones_like(ids)), str(target), input_names=inputs, output_names=["vectors"],
        dynamic_axes=axes, opset_version=17, dynamo=False)


def fuse(folder, model, target):
    """ONNX Runtime's own optimiser for transformers: attention, LayerNorm and GELU become one operator each."""
    import json

    from onnxruntime.transformers import optimizer

    shape = json.loads((Path(model) / "config.json").read_text())
    fused = optimizer.optimize_model(
        str(folder / "plain.onnx"), model_type="bert", num_heads=shape["num_attention_heads"], hidden_size=shape["hidden_size"],
        opt_level=0)
    fused.save_model_to_file(str(target))


def quantize(source, target):
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # Fused operators are not ONNX's own, so the type of their results has to be given.
    quantize_dynamic(
        str(source), str(target), per_channel=True, weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT})


def calibrate(folder, model, target):
    """OpenVINO with static int8 activations, calibrated by NNCF on a few hundred texts that are not timed."""
    import nncf
    import openvino

    from . import texts

    lines = texts.lines(folder.parent / "texts" / "calibration.txt")
    split = texts.tokenizer(model)

    def feed(encoded):
        ids = numpy.array([encoded.ids], dtype=numpy.int64)
        return {"input_ids": ids, "attention_mask": numpy.ones_like(ids)}

    graph = nncf.quantize(
        openvino.Core().read_model(folder / "plain.onnx"), nncf.Dataset(split.encode_batch(lines), feed),
        model_type=nncf.ModelType.TRANSFORMER, subset_size=len(lines))
    openvino.save_model(graph, target, compress_to_fp16=False)


def convert(folder, model, target):
    import ctranslate2

    try:
        ctranslate2.converters.TransformersConverter(str(model)).convert(str(target))
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise

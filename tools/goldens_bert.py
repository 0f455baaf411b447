"""Writes the tiny BERT checkpoints of Tests/AkinTransformersTests/Goldens/bert, and what `transformers` computes from them.

Run:  pip install torch transformers numpy && python tools/goldens_bert.py

Every folder is a whole model with random weights, seeded by its name, in one of the layouts that models come in; `expected.json` holds the
vectors (and, for the first text, every intermediate) that the reference gives. The reference is `transformers` in float32; pooling, dense
layer and normalisation are written out here in numpy after the definitions of sentence-transformers.
"""

import json
import pathlib
import shutil
import zlib

import numpy as np
import torch
from transformers import BertConfig, BertModel, BertTokenizerFast

ROOT = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "AkinTransformersTests" / "Goldens" / "bert"

WORDS = """the a of and man woman child dog cat bank river money tree house is was walk ##ing ##ed ##s ##er play guitar on in with to
you small big red blue , . ? ! - ' un ##believ ##able New York""".split()
LETTERS = [chr(c) for c in range(ord("a"), ord("z") + 1)]
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
TEXTS = [
    "A man is walking with the big dog.",
    "",
    "[SEP]",
    "Unbelievable! New York?",
    "the river bank is red, the money bank is blue",
    "bank " * 40,
    "一只猫 sat 🐱",
    "a",
]


def vocabulary(cased):
    words = WORDS if cased else [w.lower() for w in WORDS]
    capitals = [c.upper() for c in LETTERS] if cased else []
    return list(dict.fromkeys(SPECIAL + words + LETTERS + capitals + ["##" + c for c in LETTERS]))


def build(name, hidden, heads, layers, inner, *, act="gelu", eps=1e-12, positions=48, cased=False, dtype=torch.float32, prefix="",
          old_names=False, shards=1, pooling=("mean",), normalize=True, dense=None, layout=True, prompts=None, include_prompt=True,
          max_length=None, extras=False):
    generator = torch.Generator().manual_seed(zlib.crc32(name.encode()))
    folder = ROOT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)

    tokens = vocabulary(cased)
    (folder / "vocab.txt").write_text("\n".join(tokens) + "\n")
    write(folder / "tokenizer_config.json", {"do_lower_case": not cased, "model_max_length": positions, "tokenizer_class": "BertTokenizer"})
    tokenizer = BertTokenizerFast(vocab=str(folder / "vocab.txt"), do_lower_case=not cased)

    config = BertConfig(
        vocab_size=len(tokens), hidden_size=hidden, num_attention_heads=heads, num_hidden_layers=layers, intermediate_size=inner,
        hidden_act=act, layer_norm_eps=eps, max_position_embeddings=positions, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
    fields = {k: getattr(config, k) for k in (
        "vocab_size", "hidden_size", "num_attention_heads", "num_hidden_layers", "intermediate_size", "hidden_act", "layer_norm_eps",
        "max_position_embeddings", "type_vocab_size")}
    write(folder / "config.json", {"model_type": "bert", "position_embedding_type": "absolute", "_name_or_path": "akin/" + name, **fields})

    model = BertModel(config).eval()
    state = {}
    for key, value in model.state_dict().items():
        if not value.dtype.is_floating_point:
            continue
        noise = torch.randn(value.shape, generator=generator)
        base = 1.0 if key.endswith("LayerNorm.weight") else 0.0
        spread = 2.0 / hidden ** 0.5 if value.dim() == 2 and "embeddings" not in key else 0.5
        state[key] = (base + (0.2 if base else spread) * noise).to(dtype).to(torch.float32)
    model.load_state_dict(state, strict=False)

    save_weights(folder, state, dtype, prefix, old_names, shards, extras)
    maximum = min(max_length or positions, positions)
    if layout:
        modules = [("", "Transformer"), ("1_Pooling", "Pooling")]
        (folder / "1_Pooling").mkdir()
        switches = {"cls": "cls_token", "max": "max_tokens", "mean": "mean_tokens", "mean_sqrt_len_tokens": "mean_sqrt_len_tokens",
                    "weightedmean": "weightedmean_tokens", "lasttoken": "lasttoken"}
        write(folder / "1_Pooling" / "config.json", {
            "word_embedding_dimension": hidden, **{"pooling_mode_" + k: m in pooling for m, k in switches.items()},
            "include_prompt": include_prompt})
        if dense:
            modules.append(("2_Dense", "Dense"))
        if normalize:
            modules.append(("3_Normalize", "Normalize"))
        write(folder / "modules.json", [
            {"idx": i, "name": str(i), "path": p, "type": "sentence_transformers.models." + t} for i, (p, t) in enumerate(modules)])
        write(folder / "sentence_bert_config.json", {"max_seq_length": max_length, "do_lower_case": False})
        write(folder / "config_sentence_transformers.json", {"__version__": {}, "prompts": prompts or {}, "default_prompt_name": None})
    weight = bias = None
    if dense:
        (folder / "2_Dense").mkdir()
        width = hidden * len(pooling)
        weight = torch.randn((dense, width), generator=generator) / width ** 0.5
        bias = torch.randn((dense,), generator=generator)
        save(folder / "2_Dense" / "model.safetensors", {"linear.weight": weight, "linear.bias": bias}, torch.float32)
        write(folder / "2_Dense" / "config.json", {
            "in_features": width, "out_features": dense, "bias": True, "activation_function": "torch.nn.modules.activation.Tanh"})

    def encode(prompt):
        vectors, ids = [], []
        skipped = 0 if include_prompt or not prompt else len(tokenizer(prompt)["input_ids"]) - 1
        for text in TEXTS:
            encoded = tokenizer(prompt + text, truncation=True, max_length=maximum)["input_ids"]
            ids.append(encoded)
            with torch.no_grad():
                states = model(torch.tensor([encoded])).last_hidden_state[0].double().numpy()[min(skipped, len(encoded) - 1):]
            vector = np.concatenate([pool(states, mode) for mode in ("cls", "max", "mean", "mean_sqrt_len_tokens", "weightedmean",
                                                                     "lasttoken") if mode in pooling])
            if dense:
                vector = np.tanh(weight.double().numpy() @ vector + bias.double().numpy())
            if normalize:
                vector = vector / np.linalg.norm(vector)
            vectors.append(floats(vector))
        return ids, vectors

    prompts = prompts or {}
    ids, passages = encode(prompts.get("passage", prompts.get("document", "")))
    _, queries = encode(prompts.get("query", ""))
    write(folder / "expected.json", {
        "texts": TEXTS, "ids": ids, "maximumTokens": maximum, "passages": passages, "queries": queries,
        "intermediates": intermediates(model, ids[0])}, indent=None)


def pool(states, mode):
    count = len(states)
    match mode:
        case "cls": return states[0]
        case "max": return states.max(0)
        case "mean": return states.mean(0)
        case "mean_sqrt_len_tokens": return states.sum(0) / np.sqrt(count)
        case "weightedmean": return (np.arange(1, count + 1)[:, None] * states).sum(0) / np.arange(1, count + 1).sum()
        case "lasttoken": return states[-1]


def intermediates(model, ids):
    """Every intermediate the encoder's probe names, in order."""
    found = {}
    names = ["embeddings"]
    for layer in range(model.config.num_hidden_layers):
        names += [f"encoder.layer.{layer}.{part}" for part in ("attention.self", "attention.output", "intermediate", "output")]
    modules = dict(model.named_modules())

    def keep(name):
        def hook(_, __, output):
            found[name] = (output[0] if isinstance(output, tuple) else output)[0]
        return hook

    handles = [modules[name].register_forward_hook(keep(name)) for name in names]
    with torch.no_grad():
        model(torch.tensor([ids]))
    for handle in handles:
        handle.remove()
    return [{"name": name, "rows": [floats(row) for row in found[name].double().numpy()[:3]]} for name in names]


def floats(values):
    return [float(f"{v:.7g}") for v in values]


def save_weights(folder, state, dtype, prefix, old_names, shards, extras):
    named = {}
    for key, value in state.items():
        if old_names:
            key = key.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta")
        if key.startswith("pooler.") and not extras:
            continue
        named[prefix + key] = value
    if extras:
        named[prefix + "embeddings.position_ids"] = torch.arange(8).unsqueeze(0)
        named["cls.predictions.bias"] = torch.zeros(5)
    if shards == 1:
        save(folder / "model.safetensors", named, dtype)
        return
    keys = sorted(named)
    places = {}
    for shard in range(shards):
        file = f"model-{shard + 1:05}-of-{shards:05}.safetensors"
        part = keys[shard::shards]
        save(folder / file, {k: named[k] for k in part}, dtype)
        places.update({k: file for k in part})
    write(folder / "model.safetensors.index.json", {"metadata": {}, "weight_map": places})


def save(path, tensors, dtype):
    """The safetensors format, written out so that its bytes depend on nothing but the tensors."""
    kinds = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64"}
    header, body = {"__metadata__": {"format": "pt"}}, b""
    for key in sorted(tensors):
        value = tensors[key]
        if value.dtype.is_floating_point:
            value = value.to(dtype)
        raw = value.contiguous().flatten().view(torch.uint8).numpy().tobytes()
        header[key] = {"dtype": kinds[value.dtype], "shape": list(value.shape), "data_offsets": [len(body), len(body) + len(raw)]}
        body += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + body)


def write(path, value, indent=1):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")


if __name__ == "__main__":
    build("mean-prompts", 32, 4, 2, 64, prompts={"query": "the a ", "passage": "you is "}, max_length=40)
    build("cls-prefixed", 64, 2, 3, 100, prefix="bert.", pooling=("cls",), normalize=False, extras=True, act="gelu_new")
    build("old-names", 30, 5, 1, 37, old_names=True, pooling=("max",), eps=1e-5)
    build("half", 32, 2, 2, 64, dtype=torch.float16, act="relu")
    build("sharded-bfloat", 40, 5, 1, 72, dtype=torch.bfloat16, shards=3, prefix="0.auto_model.")
    build("dense", 24, 3, 1, 48, pooling=("cls", "mean"), dense=20)
    build("every-pooling", 16, 2, 1, 32, pooling=("cls", "max", "mean", "mean_sqrt_len_tokens", "weightedmean", "lasttoken"), normalize=False)
    build("prompt-not-pooled", 16, 1, 1, 32, prompts={"query": "big red ", "document": "small : "}, include_prompt=False)
    build("plain-cased", 32, 1, 1, 64, cased=True, layout=False, positions=32)

"""Writes tiny checkpoints of BERT's relatives below Tests/AkinTransformersTests/Goldens/bert, and what `transformers` computes from them.

Run:  pip install torch transformers tokenizers numpy && python tools/goldens_families.py

Each folder is a plain Hugging Face folder with random weights, seeded by its name, and a `tokenizer.json`; its vectors are means at unit length.
`expected.json` has the same members as those of tools/goldens_bert.py, with intermediates under BERT's names.
"""

import json
import pathlib
import shutil
import zlib

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel, CamembertConfig, CamembertModel, DistilBertConfig, DistilBertModel, MPNetConfig, MPNetModel, RobertaConfig, RobertaModel
from transformers import XLMRobertaConfig, XLMRobertaModel

from goldens_bert import ROOT, TEXTS, floats, save, vocabulary, write

TOKENIZERS = ROOT.parent.parent.parent / "AkinTokenizersTests" / "Goldens"

# By the last part of BERT's name: the module, and whether what goes in or what comes out is meant.
BERT = {"attention.self": ("attention.output.dense", "in"), "attention.output": ("attention.output", "out"), "intermediate": ("intermediate", "out"), "output": ("output", "out")}
DISTILBERT = {"attention.self": ("attention.out_lin", "in"), "attention.output": ("sa_layer_norm", "out"), "intermediate": ("ffn.lin2", "in"), "output": ("output_layer_norm", "out")}
MPNET = {"attention.self": ("attention.attn.o", "in"), "attention.output": ("attention.LayerNorm", "out"), "intermediate": ("intermediate", "out"), "output": ("output", "out")}


def template(first, last):
    return {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": first[0], "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                                                      {"SpecialToken": {"id": last[0], "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
            "special_tokens": {name: {"id": name, "ids": [id], "tokens": [name]} for name, id in (first, last)}}


def byte_pair():
    return json.loads((TOKENIZERS / "byte-pair" / "roberta.json").read_text())


def unigram():
    """XLM-R's arrangement: a character map, words with a sign before them, <s> and </s> around a text."""
    result = json.loads((TOKENIZERS / "unigram" / "multilingual.json").read_text())
    pieces = result["model"]["vocab"]
    pieces.append(["</s>", 0.0])
    names = [piece[0] for piece in pieces]
    result["added_tokens"] = [token for token in result["added_tokens"] if token["id"] < len(names) and names[token["id"]] == token["content"]]
    result["post_processor"] = template(("<s>", names.index("<s>")), ("</s>", names.index("</s>")))
    return result


def word_piece(special, processor, unknown="[UNK]"):
    tokens = list(dict.fromkeys(special + [token for token in vocabulary(False) if token.startswith("##") or not token.startswith("[")]))
    return {"version": "1.0", "truncation": None, "padding": None,
            "added_tokens": [{"id": tokens.index(token), "content": token, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True} for token in special],
            "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True},
            "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": processor,
            "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
            "model": {"type": "WordPiece", "unk_token": unknown, "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                      "vocab": {token: id for id, token in enumerate(tokens)}}}


def build(name, make, config, tokenizer, modules, *, layers="encoder.layer.", prefix="", positions=40, texts=TEXTS, spread=2.0, settings=None, published=None):
    """Of `settings` and `published`, which say how config.json and the tensors are written, the result is read again by `transformers`. The `spread` is that of a layer's outputs."""
    folder = ROOT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write(folder / "tokenizer.json", tokenizer, indent=None)
    write(folder / "tokenizer_config.json", {"model_max_length": positions})
    reading = Tokenizer.from_str(json.dumps(tokenizer))
    reading.enable_truncation(positions)
    config.vocab_size = reading.get_vocab_size()
    written = settings or {key: value for key, value in config.to_diff_dict().items() if key not in ("transformers_version", "dtype")}
    write(folder / "config.json", {"model_type": config.model_type, "_name_or_path": "akin/" + name, **written, "vocab_size": config.vocab_size})

    torch.manual_seed(zlib.crc32(name.encode()))
    model = make(config).eval()
    hidden = config.hidden_size
    state = {}
    for key, value in model.state_dict().items():
        if not value.dtype.is_floating_point or key.startswith("pooler."):
            continue
        base = 1.0 if key.lower().endswith("norm.weight") else 0.0
        deviation = spread / hidden ** 0.5 if value.dim() == 2 and "embeddings" not in key else 0.5
        state[key] = base + (0.2 if base else deviation) * torch.randn(value.shape)
    model.load_state_dict(state, strict=False)
    tensors = published(state) if published else state
    save(folder / "model.safetensors", {prefix + key: value for key, value in tensors.items()}, torch.float32)
    if (settings or published) and hasattr(make, "from_pretrained"):
        model = read_again(make, folder, model, config)

    ids, vectors = [], []
    for text in texts:
        encoded = reading.encode(text).ids
        ids.append(encoded)
        with torch.no_grad():
            mean = model(torch.tensor([encoded])).last_hidden_state[0].double().numpy().mean(0)
        vectors.append(floats(mean / np.linalg.norm(mean)))
    write(folder / "expected.json", {
        "texts": texts, "ids": ids, "maximumTokens": positions, "passages": vectors, "queries": vectors,
        "intermediates": intermediates(model, ids[0], modules, layers)}, indent=None)


def read_again(make, folder, model, config):
    """The model as `transformers` reads it from the folder, which must compute what the one that was written does."""
    # A configuration in its authors' own words is not read by `transformers`.
    known = json.loads((folder / "config.json").read_text()).items() >= {"hidden_size": config.hidden_size, "model_type": config.model_type}.items()
    again = make.from_pretrained(folder, config=None if known else config).eval()
    ids = torch.tensor([list(range(5, 29))])
    with torch.no_grad():
        assert torch.equal(again(ids).last_hidden_state, model(ids).last_hidden_state), folder
    return again


def intermediates(model, ids, modules, layers):
    found, handles = {}, []
    named = dict(model.named_modules())
    places = [("embeddings", named["embeddings"], "out")]
    for layer in range(model.config.num_hidden_layers):
        places += [(f"encoder.layer.{layer}.{part}", named[module(layer) if callable(module) else f"{layers}{layer}.{module}"], side) for part, (module, side) in modules.items()]
    for name, module, side in places:
        def keep(_, given, result, name=name, side=side):
            value = given if side == "in" else result
            found[name] = (value[0] if isinstance(value, tuple) else value)[0]
        handles.append(module.register_forward_hook(keep))
    with torch.no_grad():
        model(torch.tensor([ids]))
    for handle in handles:
        handle.remove()
    return [{"name": name, "rows": [floats(row) for row in found[name].double().numpy()[:3]]} for name, _, _ in places]


def shape(hidden, heads, layers, inner, **others):
    return dict(hidden_size=hidden, num_attention_heads=heads, num_hidden_layers=layers, intermediate_size=inner, hidden_dropout_prob=0.0,
                attention_probs_dropout_prob=0.0, **others)


if __name__ == "__main__":
    roberta = dict(max_position_embeddings=42, type_vocab_size=1, layer_norm_eps=1e-5, pad_token_id=1)
    build("roberta", RobertaModel, RobertaConfig(**shape(32, 4, 2, 64, **roberta)), byte_pair(), BERT, prefix="roberta.")
    build("xlm-roberta", XLMRobertaModel, XLMRobertaConfig(**shape(24, 3, 1, 48, **roberta)), unigram(), BERT)
    build("camembert", CamembertModel, CamembertConfig(**shape(16, 1, 1, 40, **roberta)), unigram(), BERT, prefix="roberta.")
    build("bert-unigram", BertModel, BertConfig(**shape(32, 2, 1, 64, max_position_embeddings=40)), unigram(), BERT)
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    build("distilbert", DistilBertModel, DistilBertConfig(dim=36, n_heads=3, n_layers=2, hidden_dim=70, max_position_embeddings=40, dropout=0.0, attention_dropout=0.0),
          word_piece(special, template(("[CLS]", 2), ("[SEP]", 3))), DISTILBERT, layers="transformer.layer.", prefix="distilbert.")
    frame = {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0], "trim_offsets": True, "add_prefix_space": False}
    pieces = word_piece(["<s>", "<pad>", "</s>", "[UNK]", "<mask>"], frame)
    build("mpnet", MPNetModel, MPNetConfig(**shape(32, 4, 2, 64, max_position_embeddings=42, layer_norm_eps=1e-5, pad_token_id=1)), pieces, MPNET)
    build("mpnet-far", MPNetModel, MPNetConfig(**shape(20, 2, 1, 40, max_position_embeddings=302, layer_norm_eps=1e-5, pad_token_id=1)),
          pieces, MPNET, prefix="mpnet.", positions=300, texts=TEXTS[:1] + ["the red bank " * 80])

"""Writes the tiny models over pairs of Tests/AkinTransformersTests/Goldens/pairs, and what `sentence-transformers` and `transformers` compute from them.

Run:  pip install torch transformers sentence-transformers numpy && python tools/goldens_pairs.py

Every folder is a whole cross-encoder with random weights, seeded by its name. `expected.json` holds pairs, their tokens, the logits of the
model, and the scores: those of `CrossEncoder.predict` for one label, the second label's softmax for two.
"""

import json
import pathlib
import shutil
import zlib

import torch
import transformers
from sentence_transformers import CrossEncoder
from transformers import (
    AutoModelForSequenceClassification, AutoTokenizer, BertConfig, CamembertConfig, DistilBertConfig, MPNetConfig, RobertaConfig, XLMRobertaConfig)

from goldens_bert import vocabulary

ROOT = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "AkinTransformersTests" / "Goldens" / "pairs"
TOKENIZERS = ROOT.parent.parent.parent / "AkinTokenizersTests" / "Goldens"
LENGTH = 40

PAIRS = [
    ["where is the dog?", "the dog is in the house"],
    ["", "money"],
    ["a", "bank " * 60],
    ["river " * 60, "money"],
    ["river " * 60, "money " * 70],
    ["river " * 70, "money " * 60],
    ["unbelievable", "the man and the woman and the child is walking to the river bank with a dog, a cat and a guitar!"],
    ["一只猫 sat 🐱?", "Élan of Übermen, new york"],
    ["who plays?", ""],
]


def template(first, last, between, segment):
    """The frame of one text and of a pair."""
    def special(token, type_id=0):
        return {"SpecialToken": {"id": token[0], "type_id": type_id}}
    text = lambda name, type_id=0: {"Sequence": {"id": name, "type_id": type_id}}
    return {"type": "TemplateProcessing", "single": [special(first), text("A"), special(last)],
            "pair": [special(first), text("A"), *[special(last)] * between, text("B", segment), special(last, segment)],
            "special_tokens": {name: {"id": name, "ids": [id], "tokens": [name]} for name, id in (first, last)}}


def byte_pair():
    return json.loads((TOKENIZERS / "byte-pair" / "roberta.json").read_text())


def unigram(between=2, segment=0):
    """XLM-R's arrangement: <s> A </s> </s> B </s>, all of one segment."""
    result = json.loads((TOKENIZERS / "unigram" / "multilingual.json").read_text())
    pieces = result["model"]["vocab"]
    pieces.append(["</s>", 0.0])
    names = [piece[0] for piece in pieces]
    result["added_tokens"] = [token for token in result["added_tokens"] if token["id"] < len(names) and names[token["id"]] == token["content"]]
    result["post_processor"] = template(("<s>", names.index("<s>")), ("</s>", names.index("</s>")), between, segment)
    return result


def word_piece(special, processor):
    tokens = list(dict.fromkeys(special + [token for token in vocabulary(False) if token.startswith("##") or not token.startswith("[")]))
    return {"version": "1.0", "truncation": None, "padding": None,
            "added_tokens": [{"id": tokens.index(token), "content": token, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True} for token in special],
            "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True},
            "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": processor,
            "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                      "vocab": {token: id for id, token in enumerate(tokens)}}}


def build(name, config, tokenizer, *, labels=1, edit=None, saved=False, pad="<pad>"):
    folder = ROOT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write(folder / "tokenizer.json", tokenizer, indent=None)
    write(folder / "tokenizer_config.json", {"model_max_length": LENGTH, "tokenizer_class": "PreTrainedTokenizerFast", "pad_token": pad,
          "model_input_names": ["input_ids", "token_type_ids", "attention_mask"] if config.model_type == "bert" else ["input_ids", "attention_mask"]})
    vocab = tokenizer["model"]["vocab"]
    config.vocab_size = max([len(vocab)] + [token["id"] + 1 for token in tokenizer["added_tokens"]])
    config.num_labels = labels
    model = AutoModelForSequenceClassification.from_config(config).eval()
    generator = torch.Generator().manual_seed(zlib.crc32(name.encode()))
    with torch.no_grad():
        for key, value in sorted(model.named_parameters()):
            noise = torch.randn(value.shape, generator=generator)
            if key.lower().endswith("norm.weight"):
                value.copy_(1 + 0.2 * noise)
            elif value.dim() == 2 and "embeddings" not in key:
                value.copy_(noise * 2 / value.shape[1] ** 0.5)
            else:
                value.copy_(noise * 0.5)
    model.save_pretrained(folder)
    settings = json.loads((folder / "config.json").read_text())
    if edit:
        edit(settings)
    write(folder / "config.json", settings)

    encoder = CrossEncoder(str(folder))
    if saved:
        # In the layout of the present version, with its modules.json.
        encoder.save_pretrained(folder, create_model_card=False)
        write(folder / "tokenizer.json", tokenizer, indent=None)
        encoder = CrossEncoder(str(folder))
    reading = AutoTokenizer.from_pretrained(folder)
    cases = []
    for pair, score in zip(PAIRS, encoder.predict(PAIRS, batch_size=1)):
        # As lists, since an empty second text by itself counts as none.
        encoded = reading([pair[0]], [pair[1]], truncation="longest_first", max_length=LENGTH, return_token_type_ids=True)
        encoded = {key: encoded[key][0] for key in ("input_ids", "token_type_ids")}
        takes_types = config.model_type == "bert"
        names = ("input_ids", "token_type_ids") if takes_types else ("input_ids",)
        with torch.no_grad():
            logits = model(**{key: torch.tensor([encoded[key]]) for key in names}).logits[0]
        # What CrossEncoder reads must be what is written down here.
        again = encoder.activation_fn(logits)
        assert torch.allclose(again, torch.tensor(score).reshape(-1), atol=1e-5), (name, pair, again, score)
        final = torch.softmax(logits.double(), -1)[1] if labels == 2 else again[0]
        cases.append({"texts": pair, "ids": encoded["input_ids"], "segments": encoded["token_type_ids"], "logits": floats(logits), "score": number(final)})
    write(folder / "expected.json", {"labels": [model.config.id2label[i] for i in range(labels)], "cases": cases}, None)
    for file in folder.iterdir():
        file.chmod(0o644)


def number(value):
    return float(f"{float(value):.7g}")


def floats(values):
    return [number(v) for v in values]


def write(path, value, indent=1):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=indent, separators=(",", ":") if indent is None else None) + "\n")


def shape(hidden, heads, layers, inner, **others):
    return dict(hidden_size=hidden, num_attention_heads=heads, num_hidden_layers=layers, intermediate_size=inner, hidden_dropout_prob=0.0,
                attention_probs_dropout_prob=0.0, **others)


def activation(name):
    def edit(settings):
        settings["sentence_transformers"] = {"activation_fn": "torch.nn.modules." + name, "version": "5.0.0"}
    return edit


def older(name):
    def edit(settings):
        settings["sbert_ce_default_activation_function"] = "torch.nn.modules." + name
    return edit


if __name__ == "__main__":
    transformers.logging.set_verbosity_error()
    roberta = dict(max_position_embeddings=LENGTH + 2, type_vocab_size=1, layer_norm_eps=1e-5, pad_token_id=1, bos_token_id=0, eos_token_id=2)
    build("roberta", RobertaConfig(**shape(32, 4, 2, 64, **roberta)), byte_pair(), edit=activation("linear.Identity"))
    build("xlm-roberta", XLMRobertaConfig(**shape(24, 3, 2, 48, **roberta)), unigram())
    build("camembert", CamembertConfig(**shape(16, 1, 1, 40, **roberta)), unigram(), labels=2)
    bert = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    pieces = word_piece(bert, template(("[CLS]", 2), ("[SEP]", 3), 1, 1))
    build("bert", BertConfig(**shape(32, 4, 2, 64, max_position_embeddings=LENGTH)), pieces, edit=older("linear.Identity"), pad="[PAD]")
    build("bert-saved", BertConfig(**shape(16, 2, 1, 32, max_position_embeddings=LENGTH)), pieces, edit=activation("linear.Identity"), saved=True, pad="[PAD]")
    build("bert-unigram", BertConfig(**shape(16, 2, 1, 32, max_position_embeddings=LENGTH)), unigram())
    build("distilbert", DistilBertConfig(dim=36, n_heads=3, n_layers=2, hidden_dim=70, max_position_embeddings=LENGTH, dropout=0.0, attention_dropout=0.0, seq_classif_dropout=0.0),
          pieces, labels=2, pad="[PAD]")
    frame = {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0], "trim_offsets": True, "add_prefix_space": False}
    build("mpnet", MPNetConfig(**shape(32, 4, 2, 64, max_position_embeddings=LENGTH + 2, layer_norm_eps=1e-5, pad_token_id=1)),
          word_piece(["<s>", "<pad>", "</s>", "[UNK]", "<mask>"], frame), edit=activation("activation.Sigmoid"))

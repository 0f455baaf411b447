"""Writes the tiny BERT models with heads of Tests/AkinTransformersTests/Goldens/heads, and what `transformers` computes from them.

Run:  pip install torch transformers numpy && python tools/goldens_heads.py

Every folder is a whole model with random weights, seeded by its name, in the files that `save_pretrained` writes. `expected.json` holds the
inputs, their tokens and the logits of the reference in float32. Decoded results are those of the pipelines of `transformers`; the spans of
answers are decoded here in numpy after the definition of its question answering, which version 5 no longer carries.
"""

import json
import pathlib
import shutil
import zlib

import numpy as np
import torch
import transformers
from transformers import (
    BertConfig, BertForMaskedLM, BertForNextSentencePrediction, BertForPreTraining, BertForQuestionAnswering, BertForSequenceClassification,
    BertForTokenClassification, BertTokenizerFast, pipeline)

ROOT = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "AkinTransformersTests" / "Goldens" / "heads"

WORDS = """the a of and man woman child dog cat bank river money tree house is was walk ##ing ##ed ##s ##er play guitar on in with to
you small big red blue where who what , . ? ! - ' un ##believ ##able new york""".split()
LETTERS = [chr(c) for c in range(ord("a"), ord("z") + 1)]
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
VOCABULARY = list(dict.fromkeys(SPECIAL + WORDS + LETTERS + ["##" + c for c in LETTERS]))
POSITIONS = 48
TEXTS = [
    "A man is walking with the big dog.",
    "",
    "Unbelievable! New York?",
    "the river bank is red, the money bank is blue",
    "bank " * 60,
    "一只猫 sat 🐱",
    "Élan of Übermen",
]
PAIRS = [
    ["where is the dog?", "the dog is in the house"],
    ["", "money"],
    ["a", "bank " * 60],
    ["river " * 60, "money"],
    ["river " * 60, "money " * 70],
    ["river " * 70, "money " * 60],
    ["unbelievable", "the man and the woman and the child is walking to the river bank with a dog, a cat and a guitar!"],
]
QUESTIONS = [
    ["where is the dog?", "The man walked to the river. The dog is in the big house on the river bank."],
    ["who?", "a woman"],
    ["what is blue?", "the tree is red and the house is blue. " * 9],
    ["who plays the guitar?", "一只猫 🐱 unbelievable players in New York play guitar with the small child, and Élan walks. " * 4],
]
MASKED = ["the [MASK] is red .", "a [MASK] of [MASK]", "no mask here", "[MASK]", "the river " * 30 + "[MASK]"]


def build(name, kind, hidden=16, heads=2, layers=1, dtype=None, act="gelu", **settings):
    seed = zlib.crc32(name.encode())
    folder = ROOT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    vocab = folder / "vocab.txt"
    vocab.write_text("\n".join(VOCABULARY) + "\n")
    tokenizer = BertTokenizerFast(vocab=str(vocab), do_lower_case=True, model_max_length=POSITIONS)
    config = BertConfig(
        vocab_size=len(VOCABULARY), hidden_size=hidden, num_attention_heads=heads, num_hidden_layers=layers, intermediate_size=2 * hidden,
        hidden_act=act, max_position_embeddings=POSITIONS, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, **settings)
    model = kind(config).eval()
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for key, value in sorted(model.named_parameters()):
            noise = torch.randn(value.shape, generator=generator)
            if key.endswith("LayerNorm.weight"):
                value.copy_(1 + 0.2 * noise)
            elif value.dim() == 2 and "embeddings" not in key:
                # Small steps beside the residual, so that tokens stay different.
                value.copy_(noise * (0.5 if key.endswith("output.dense.weight") else 2) / hidden ** 0.5)
            else:
                value.copy_(noise * 0.5)
        if dtype:
            model.to(dtype).to(torch.float32)
    (model.to(dtype) if dtype else model).save_pretrained(folder)
    model.to(torch.float32)
    (folder / "generation_config.json").unlink(missing_ok=True)
    write(folder / "tokenizer_config.json", {"do_lower_case": True, "model_max_length": POSITIONS, "tokenizer_class": "BertTokenizer"})
    return folder, model, tokenizer


def logits(model, encoded):
    with torch.no_grad():
        return model(**{k: torch.tensor([encoded[k]]) for k in ("input_ids", "token_type_ids")})


def inputs(tokenizer, texts):
    """Single texts and pairs, cut as the tokenizer cuts them."""
    for text in texts:
        yield tokenizer(*([text] if isinstance(text, str) else text), truncation=True, max_length=POSITIONS)


def classification(name, **settings):
    folder, model, tokenizer = build(name, BertForSequenceClassification, **settings)
    run = pipeline("text-classification", model=model, tokenizer=tokenizer)
    cases = []
    for text, encoded in zip(TEXTS + PAIRS, inputs(tokenizer, TEXTS + PAIRS)):
        given = text if isinstance(text, str) else {"text": text[0], "text_pair": text[1]}
        scores = run(given, top_k=None, truncation=True, max_length=POSITIONS)
        cases.append({
            "texts": [text] if isinstance(text, str) else text, "ids": encoded["input_ids"], "segments": encoded["token_type_ids"],
            "logits": floats(logits(model, encoded).logits[0]), "scores": [{"label": s["label"], "score": number(s["score"])} for s in scores]})
    write(folder / "expected.json", {"labels": [model.config.id2label[i] for i in range(model.config.num_labels)], "cases": cases}, None)


def next_sentence(name, kind, **settings):
    folder, model, tokenizer = build(name, kind, **settings)
    cases = []
    for text, encoded in zip(PAIRS, inputs(tokenizer, PAIRS)):
        output = logits(model, encoded)
        found = output.seq_relationship_logits if kind is BertForPreTraining else output.logits
        scores = torch.softmax(found[0], -1)
        order = sorted(range(2), key=lambda i: -scores[i])
        cases.append({
            "texts": text, "ids": encoded["input_ids"], "segments": encoded["token_type_ids"], "logits": floats(found[0]),
            "scores": [{"label": ["IsNext", "NotNext"][i], "score": number(scores[i])} for i in order]})
    write(folder / "expected.json", {"labels": ["IsNext", "NotNext"], "cases": cases}, None)


def tagging(name, labels, **settings):
    settings["id2label"] = dict(enumerate(labels))
    settings["label2id"] = {label: i for i, label in enumerate(labels)}
    folder, model, tokenizer = build(name, BertForTokenClassification, **settings)
    run = pipeline("token-classification", model=model, tokenizer=tokenizer, aggregation_strategy="first")
    cases = []
    for text, encoded in zip(TEXTS, inputs(tokenizer, TEXTS)):
        # Longer texts are read in windows, which every program joins in its own way.
        whole = len(tokenizer(text)["input_ids"]) <= POSITIONS
        entities = run(text) if whole and text else []
        cases.append({
            "texts": [text], "ids": encoded["input_ids"], "logits": [floats(row) for row in logits(model, encoded).logits[0]],
            "isWhole": whole, "entities": [
                {"label": e["entity_group"], "score": number(e["score"]), "range": [e["start"], e["end"]]} for e in entities]})
    write(folder / "expected.json", {"labels": labels, "cases": cases}, None)


def answering(name, **settings):
    folder, model, tokenizer = build(name, BertForQuestionAnswering, **settings)
    cases = []
    for question, context in QUESTIONS:
        room = POSITIONS - 3 - len(tokenizer(question, add_special_tokens=False)["input_ids"])
        windows = tokenizer(
            question, context, truncation="only_second", max_length=POSITIONS, stride=min(POSITIONS // 2, 128, room // 2),
            return_overflowing_tokens=True, return_offsets_mapping=True)
        found, empty, rows = [], 1.0, []
        for index, ids in enumerate(windows["input_ids"]):
            encoded = {"input_ids": ids, "token_type_ids": windows["token_type_ids"][index]}
            output = logits(model, encoded)
            start, end = output.start_logits[0].double().numpy(), output.end_logits[0].double().numpy()
            rows.append({"ids": ids, "segments": encoded["token_type_ids"], "start": floats(start), "end": floats(end)})
            spans, none = decode(start, end, windows.sequence_ids(index), windows.word_ids(index), windows["offset_mapping"][index])
            found += spans
            empty = min(empty, none)
        found.sort(key=lambda a: -a["score"])
        cases.append({
            "texts": [question, context], "windows": rows, "noAnswer": number(empty),
            "answers": [{"range": a["range"], "score": number(a["score"]), "text": context[a["range"][0]:a["range"][1]]} for a in found]})
    write(folder / "expected.json", {"labels": [], "cases": cases}, None)


def decode(start, end, sequences, words, offsets, longest=15):
    """The best span of a window, and the score of no answer: softmax over the text and [CLS], spans widened to words."""
    allowed = np.array([i == 0 or s == 1 for i, s in enumerate(sequences)])
    start, end = (softmax(np.where(allowed, values, -10000.0)) for values in (start, end))
    none = start[0] * end[0]
    start[0] = end[0] = 0
    outer = np.tril(np.triu(np.outer(start, end)), longest - 1)
    first, last = np.unravel_index(np.argmax(outer), outer.shape)
    score = outer[first, last]
    same = lambda a, b: sequences[a] == sequences[b] and words[a] == words[b]
    while same(first - 1, first):
        first -= 1
    while same(last, last + 1):
        last += 1
    return [{"range": [offsets[first][0], offsets[last][1]], "score": score}], none


def masking(name, kind=BertForMaskedLM, edit=None, **settings):
    folder, model, tokenizer = build(name, kind, **settings)
    if edit:
        edit(folder, model)
    cases = []
    for text, encoded in zip(MASKED, inputs(tokenizer, MASKED)):
        output = logits(model, encoded)
        rows = (output.prediction_logits if kind is BertForPreTraining else output.logits)[0]
        places = [i for i, token in enumerate(encoded["input_ids"]) if token == tokenizer.mask_token_id]
        masks = []
        for place in places:
            best = torch.softmax(rows[place], -1).topk(4)
            masks.append({"logits": floats(rows[place]), "words": [
                {"word": tokenizer.decode([i]), "score": number(v)} for v, i in zip(best.values.tolist(), best.indices.tolist())]})
        cases.append({"texts": [text], "ids": encoded["input_ids"], "masks": masks})
    write(folder / "expected.json", {"labels": [], "cases": cases}, None)


def untie(folder, model):
    """Gives the decoder a weight of its own, in the file and in the model."""
    own = torch.nn.Parameter(torch.flip(model.get_input_embeddings().weight.detach(), [0]).clone())
    model.cls.predictions.decoder.weight = own
    tensors = read(folder / "model.safetensors")
    tensors["cls.predictions.decoder.weight"] = own.detach()
    save(folder / "model.safetensors", tensors)


def repeat_decoder(folder, model):
    """Writes the tied decoder into the file too, as older models have it."""
    tensors = read(folder / "model.safetensors")
    tensors["cls.predictions.decoder.weight"] = model.get_input_embeddings().weight.detach().clone()
    save(folder / "model.safetensors", tensors)


def read(path):
    from safetensors.torch import load_file
    return load_file(path)


def save(path, tensors):
    from safetensors.torch import save_file
    save_file({k: v.contiguous() for k, v in tensors.items()}, path, metadata={"format": "pt"})


def softmax(values):
    powers = np.exp(values - values.max())
    return powers / powers.sum()


def number(value):
    return float(f"{float(value):.7g}")


def floats(values):
    return [number(v) for v in values]


def write(path, value, indent=1):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=indent, separators=(",", ":") if indent is None else None) + "\n")


def labelled(*labels):
    return {"id2label": dict(enumerate(labels)), "label2id": {label: i for i, label in enumerate(labels)}}


def main():
    transformers.logging.set_verbosity_error()
    classification("classify-two", hidden=32, heads=4, layers=2, **labelled("negative", "positive"))
    # Twelve labels: "10" sorts before "2", and the order must be kept all the same.
    classification("classify-twelve", act="gelu_new", problem_type="single_label_classification",
                   **labelled(*"zulu yankee x-ray whiskey victor uniform tango sierra romeo quebec papa oscar".split()))
    classification("classify-several", problem_type="multi_label_classification", **labelled("toxic", "rude", "kind"))
    classification("classify-one", num_labels=1)
    classification("regress-one", problem_type="regression", num_labels=1)
    classification("regress-two", problem_type="regression", **labelled("valence", "arousal"))
    classification("classify-half", dtype=torch.float16, **labelled("a", "b", "c"))
    tagging("tag-iob", ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"])
    tagging("tag-plain", ["NOUN", "VERB", "O"])
    answering("answer", layers=2)
    masking("mask-tied")
    masking("mask-repeated", edit=repeat_decoder)
    masking("mask-untied", edit=untie)
    masking("pretrained", BertForPreTraining, act="relu")
    next_sentence("next-sentence", BertForNextSentencePrediction)
    for file in ROOT.glob("*/model.safetensors"):
        file.chmod(0o644)


main()

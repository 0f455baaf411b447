#!/usr/bin/env python3
"""Writes Tests/AkinTokenizersTests/Goldens/byte-pair: small byte-pair tokenizers, and the ids and places that the package `tokenizers` makes by them.

Run:  pip install tokenizers && python tools/goldens_byte_pair.py
"""

import json
import pathlib

from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

from goldens import TEXTS

TARGET = pathlib.Path(__file__).resolve().parent.parent / "Tests/AkinTokenizersTests/Goldens/byte-pair"
CL100K = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|%s| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
CONTRACTIONS = [
    "I'm sure she'll've said it's John's, they'd agreed; we're DONE'S 'Twas 'REally o'clock '", "it'\u017f 'LL 'Ve 'sx ''s", "''' '' ' 'd",
]
SPACES = [
    " a", "  a", "a  b", "a   b   ", " \n a", "a\n\n  b", "\n\n", "\t\ta\t b", "a \r\n b\r\r", "\u00a0\u00a0a\u3000b\u2003 c", "    ", "a\n \n b", "!!\n\nx", " ?\r\n",
    "def f(x):\n    return x  # ok\n\n\nclass A:\n\tpass\n",
]
DIGITS = ["1", "12", "1234567", "x1y22z333", " 12 3456", "\u0661\u0662\u0663", "\u00b2\u00b3x\u2167", "3.14159e-10", "-5%"]
ADDED = [
    "a <tok> b", "x<tok>y  <tok>  <pad>", "Caf\u00e9 Noir, CAFE\u0301 noir", "<s>a</s>", "<s> a </s> b", "a        b", " <tok> <tok>", "<mask>", " the<mask> end",
]
LONG = ["ab" * 300, "a" * 70 + " " + "the" * 40, "\u00e4\u00f6\u00fc" * 30, "\U0001F600" * 20, "_" * 100, "0" * 50]


def trained(size, pre_tokenizer, normalizer=None, alphabet=True, texts=TEXTS[::2] + CONTRACTIONS + LONG, **settings):
    result = Tokenizer(models.BPE(**settings))
    result.normalizer = normalizer
    result.pre_tokenizer = pre_tokenizer
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    # Spaces and letters alone train words as the language has them; the texts themselves bring the rest.
    trainer = trainers.BpeTrainer(
        vocab_size=size, special_tokens=special, show_progress=False, initial_alphabet=pre_tokenizers.ByteLevel.alphabet() if alphabet else [])
    result.train_from_iterator(texts + ["the quick brown fox and the other one in an inn"] * 5, trainer)
    result.add_special_tokens([AddedToken("<mask>", lstrip=True)])
    result.add_tokens([AddedToken("<tok>", lstrip=True, normalized=False), AddedToken("Caf\u00e9 Noir", normalized=True), AddedToken("        ", normalized=True)])
    return result


def cases():
    n, p, q = normalizers, pre_tokenizers, processors
    template = q.TemplateProcessing("<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    gpt2 = trained(500, p.ByteLevel(add_prefix_space=False))
    gpt2.post_processor = q.RobertaProcessing(("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=False)
    yield "roberta", gpt2
    prefixed = trained(600, p.ByteLevel(add_prefix_space=True), n.Lowercase())
    prefixed.post_processor = q.RobertaProcessing(("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=True)
    yield "prefix", prefixed
    modern = trained(700, p.ByteLevel(add_prefix_space=False), n.NFC())
    modern.post_processor = template
    yield "modern", modern
    cl100k = trained(
        600, p.Sequence([p.Split(Regex(CL100K % r"\p{N}{1,3}"), "isolated"), p.ByteLevel(add_prefix_space=False, use_regex=False)]), ignore_merges=True)
    cl100k.post_processor = q.Sequence([q.ByteLevel(trim_offsets=True), template])
    yield "cl100k", cl100k
    yield "single-digits", trained(
        550, p.Sequence([p.Split(Regex(CL100K % r"\p{N}"), "isolated"), p.ByteLevel(add_prefix_space=False, use_regex=False)]), n.NFC())
    yield "digits", trained(450, p.Sequence([p.Digits(True), p.ByteLevel(add_prefix_space=False)]))
    yield "missing-bytes", trained(
        120, p.ByteLevel(add_prefix_space=False), alphabet=False, texts=["plain letters only, and some more of them"] * 3, unk_token="<unk>")
    yield "fused", trained(
        120, p.ByteLevel(add_prefix_space=False), alphabet=False, texts=["plain letters only, and some more of them"] * 3, unk_token="<unk>", fuse_unk=True)
    yield "dropped", trained(120, p.ByteLevel(add_prefix_space=False), alphabet=False, texts=["plain letters only"] * 3)
    yield "characters", trained(
        400, p.Split(" ", "merged_with_previous"), n.Replace(" ", "\u2581"), alphabet=False, unk_token="<unk>", fuse_unk=True)
    fallback = trained(300, None, n.Sequence([n.Prepend("\u2581"), n.Replace(" ", "\u2581")]), alphabet=False, texts=["the plain text of an inn"] * 3, unk_token="<unk>")
    model = json.loads(fallback.to_str())
    model["model"]["byte_fallback"] = True
    first = max(model["model"]["vocab"].values()) + 1
    model["added_tokens"] = [token for token in model["added_tokens"] if token["id"] < first]
    model["model"]["vocab"].update({f"<0x{byte:02X}>": first + byte for byte in range(256)})
    yield "byte-fallback", Tokenizer.from_str(json.dumps(model))


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    texts = TEXTS + CONTRACTIONS + SPACES + DIGITS + ADDED + LONG
    for name, made in cases():
        (TARGET / f"{name}.json").write_text(json.dumps(json.loads(made.to_str()), ensure_ascii=False, separators=(",", ":")) + "\n")
        encodings = [made.encode(text) for text in texts]
        (TARGET / f"{name}.expected.json").write_text(json.dumps(
            {"texts": texts, "ids": [e.ids for e in encodings], "offsets": [e.offsets for e in encodings]}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()

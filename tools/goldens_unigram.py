#!/usr/bin/env python3
"""Writes Tests/AkinTokenizersTests/Goldens/unigram: small Unigram tokenizers and the ids that the package `tokenizers` makes by them.

Run:  pip install tokenizers sentencepiece protobuf && python tools/goldens_unigram.py
"""

import json
import pathlib
import random
import tempfile

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers

from goldens import TEXTS

TARGET = pathlib.Path(__file__).resolve().parent.parent / "Tests/AkinTokenizersTests/Goldens/unigram"
ADDED = ["a <tok> b", "x<tok>y  <tok>  <pad>", "Caf\u00e9 Noir, CAFE\u0301 noir", "<unk>", "  ", "▁a▁▁b", "...", "a.b..c", "1e5 12 x3²"]
RULES = [
    ("\u00e4", "a\u0308"), ("a\u0308", "\u00e4"), ("\uff41", "a"), ("\ufb01", "fi"), ("\u2122", "TM"), ("\u3000", " "), ("\t", " "), ("\n", " "),
    ("\r\n", " "), ("\u200d", ""), ("\u00bd", "1\u20442"), ("\u304b\u3099", "\u304c"), ("\u30a2\u3099", "\u30f4"), ("\u00e9", "e"), ("\u00ad", ""),
    ("\u0958", "\u0915"), ("\u00a9", "(c)"), ("\u2460", "1"),
]


def character_map():
    """SentencePiece's compiled form of RULES."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "rules.tsv").write_text(
            "".join("\t".join(" ".join(f"{ord(c):X}" for c in part) for part in rule) + "\n" for rule in RULES))
        (folder / "text").write_text("abc def ghi jkl mno\n" * 100)
        sentencepiece.SentencePieceTrainer.train(
            input=str(folder / "text"), model_prefix=str(folder / "m"), vocab_size=25, hard_vocab_limit=False, minloglevel=2,
            normalization_rule_tsv=str(folder / "rules.tsv"))
        model = sentencepiece_model_pb2.ModelProto()
        model.ParseFromString((folder / "m.model").read_bytes())
    return normalizers.Precompiled(model.normalizer_spec.precompiled_charsmap)


def pieces(texts, sign):
    """Words of the texts and beginnings of them, most characters, with scores that make several divisions close."""
    choice = random.Random(11)
    known = {}
    characters = sorted({c for text in texts for c in text})
    for character in [sign] + characters:
        if choice.random() < 0.8 and not character.isspace():
            known.setdefault(character, -6 - 6 * choice.random())
    for text in texts:
        for word in text.split():
            for piece in [word[:2], word[1:4], sign + word[:3], sign + word]:
                if choice.random() < 0.4 and 1 < len(piece) <= 12:
                    known.setdefault(piece, -round(3 + 9 * choice.random(), choice.choice([1, 4, 15])))
    return list(known.items())


def tokenizer(normalizer, pre_tokenizer, unknown=0, byte_fallback=False):
    vocabulary = [("<unk>", 0.0), ("<pad>", 0.0), ("<s>", 0.0), (".", -3.5)] + [p for p in pieces(TEXTS[::2], "▁") if p[0] != "."]
    if byte_fallback:
        vocabulary += [(f"<0x{byte:02X}>", -9.0) for byte in range(256) if byte != 0xE1]
    result = Tokenizer(models.Unigram(vocabulary, unknown, byte_fallback))
    if normalizer:
        result.normalizer = normalizer
    if pre_tokenizer:
        result.pre_tokenizer = pre_tokenizer
    result.add_special_tokens([AddedToken("<unk>", normalized=False), AddedToken("<pad>", lstrip=True, rstrip=True, single_word=True)])
    result.add_tokens([AddedToken("<tok>", lstrip=True, normalized=False), AddedToken("Caf\u00e9 Noir", normalized=True)])
    return result


def cases():
    n, p = normalizers, pre_tokenizers
    yield "plain", tokenizer(None, None)
    yield "multilingual", tokenizer(character_map(), p.Sequence([p.WhitespaceSplit(), p.Metaspace()]))
    yield "bytes", tokenizer(
        n.Sequence([n.NFKC(), n.Lowercase(), n.Replace(Regex(r"\s+"), " "), n.Strip(left=False)]),
        p.Metaspace(prepend_scheme="first", split=False), byte_fallback=True)
    yield "known-unknown", tokenizer(n.Replace(Regex(" {2,}"), " "), p.Metaspace(prepend_scheme="never"), unknown=3)
    yield "steps", tokenizer(
        n.Sequence([n.Nmt(), n.NFD(), n.StripAccents(), n.Replace("e", "ee"), n.Prepend("▁")]),
        p.Sequence([p.Punctuation("merged_with_previous"), p.Digits(True), p.Split(" ", "merged_with_next"), p.Split("an", "contiguous")]))
    yield "bert", tokenizer(n.BertNormalizer(lowercase=True), p.Sequence([p.BertPreTokenizer(), p.Metaspace()]))
    yield "words", tokenizer(n.NFC(), p.Sequence([p.Whitespace(), p.Split("a", "removed", invert=True), p.Split(Regex(r"\s"), "isolated")]))


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    texts = TEXTS + ADDED
    for name, made in cases():
        (TARGET / f"{name}.json").write_text(json.dumps(json.loads(made.to_str()), ensure_ascii=False, separators=(",", ":")) + "\n")
        ids = [made.encode(text, add_special_tokens=False).ids for text in texts]
        (TARGET / f"{name}.expected.json").write_text(
            json.dumps({"texts": texts, "ids": ids}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()

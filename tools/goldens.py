#!/usr/bin/env python3
"""Writes the goldens that the tests compare Akin with.

    tools/goldens.py tokenizer      # needs `pip install tokenizers`

Everything is made here: the texts are this script's own, the vocabularies are made of their words.
"""

import argparse
import json
import random
from pathlib import Path

GOLDENS = Path(__file__).resolve().parent.parent / "Tests/AkinTokenizersTests/Goldens"
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]

TEXTS = [
    "", " ", "\t \u3000\u00a0 ", "\n", "a", "The lighthouse keeper counted seven ships before breakfast.",
    "Unbelievable! He re-read the un-re-readable manuscript; didn't you?", "$3.50 + 12% = e-mail@example.org #hash_tag ~^`|",
    "UPPER lower MiXeD camelCase snake_case 2024-11-23T15:27:00Z", "state-of-the-art... \"quotes\" 'single' (brackets) [square] {curly}",
    "Über den Wolken grüßt Jürgen die süße Straße; ÄÖÜ ẞ ß.", "Déjà vu: le garçon naïf goûte à l'œuvre d'été, ça va ?",
    "İstanbul'da ığdır, DİYARBAKIR Iğdır ı İ", "Příliš žluťoučký kůň úpěl ďábelské ódy", "Łódź, Ærøskøbing, Đà Nẵng, Þingvellir",
    "Ὀδυσσεύς ΟΔΥΣΣΕΎΣ ΣΑΣ σας", "Съешь ещё этих мягких булок ЁЖ й", "Հայաստան ԵՐԵՎԱՆ", "ქართული ᲥᲐᲠᲗᲣᲚᲘ",
    "今天天气很好，我们去公园散步。", "机器学习ABC与深度学习123混排", "龍𠀀𪚥𫠝𫤟𫤠丽\u2f800㐀鿿ꀀ豈", "東京タワーは高いです。がぎぐ ｶﾞｷﾞ ぱぴ ア\u3099",
    "안녕하세요 세계! 한국어 각 힣 뷁", "\u1112\u1161\u11ab decomposed jamo", "مرحبًا بالعالم؟ كِتَابٌ ـــ", "שָׁלוֹם עולם־יפה", "नमस्ते दुनिया। क़िताब श्री",
    "สวัสดีชาวโลก น้ำ กำ", "ভালোবাসা বাংলা কো", "தமிழ் கொ", "བོད་ཡིག ཱི ཱུ", "ខ្មែរ", "မြန်မာ",
    "Emoji 😀👍🏽 family 👨‍👩‍👧‍👦 flag 🇩🇪 heart ❤️ keycap 1️⃣", "①②③ ⅷ Ⅷ ﬁ ﬂ ㎏ ℌ ™ ½ x² Å K Ω",
    "e\u0301 E\u0301 a\u0316\u0301 a\u0301\u0316 q\u0307\u0323 \u0301lead \u0344\u0323 o\u031b\u0323",
    "\u302e\u0301 한\u302e\u302f ab\u302e\u0323 \u1d15e \U0001d15e\U0001d165\U0001d16d", "Z\u0351\u036b\u0343\u036a\u0302a\u0300l\u0315g\u0301o\u0321",
    "ctrl\u0000in\u0001side \u007f del \u0085 nel \u000bvt \u000cff \u00adsoft\u00adhyphen", "zero\u200bwidth\u200djoin\u200c bom\ufeff rtl\u202e ok\u2066",
    "bad\ufffdreplacement private\ue000use \U000f0000x tag\U000e0041s", "line\u2028sep para\u2029graph nbsp\u00a0x ideographic\u3000space thin\u2009space",
    "newer marks a\u08d3b a\u1dfab a\U0001e94ab \U00011d3a \u07fd", "punct ؟ ، । ՞ ፧ ‽ … — – “ ” « » ‹ › 、 。 ・ ⸺ ⸿ \u2e4f \U0001e95e",
    "supplementary \U00010400\U00010428 \U0001d400\U0001d7d8 \U00016e40 \U0001e900",
    "[CLS] typed [SEP] by [MASK] the [UNK] user [PAD]", "[SEP][SEP]x[MASK]y[ SEP ] [sep] [Mask] [CLS", " [MASK] [MASK]  [MASK]é[MASK]",
    "word" * 25, "word" * 25 + "s", "é" * 100, "é" * 101, "e\u0301" * 100, "x " + "ab" * 300 + " y", "中" * 120, "a\u0000" * 100, "!" * 120,
    "end with accents é", "é", "\u0301", "\u0301\u0301 \u0301", "ÀÉÎÕÜ", "àéîõü", "ﬀ ŉ ǰ ΐ", "ǅ ǈ Ǆ", "ꭰ Ꭰ ᏸ ꮿ",
]

ADDED = [
    "plain NewToken inside", "xNewTokenx", "  <tight>  both  <tight>sides", "<alone> <alone>x x<alone> é<alone>", "Caf\u00e9 Noir CAFE NOIR cafe\u0301 noir",
    "<tight><tight> <alone>[SEP]<tight>", "中<alone>中 <tight>\u3000",
]


def made(texts, lowercase):
    """A WordPiece tokenizer over the texts' own words. Training would break ties at random, so every third word is taken whole,
    every third in two halves, and the rest only by its characters."""
    from tokenizers import AddedToken, Tokenizer, models, normalizers, pre_tokenizers, processors

    normalizer, pre_tokenizer = normalizers.BertNormalizer(lowercase=lowercase), pre_tokenizers.BertPreTokenizer()
    # Some texts are left out, so that there are unknown words.
    known = [normalizer.normalize_str(text) for number, text in enumerate(texts) if number % 7 != 3]
    words = sorted({word for text in known for word, _ in pre_tokenizer.pre_tokenize_str(text) if len(word) <= 40})
    pieces = set()
    for number, word in enumerate(words):
        pieces.add(word[0])
        pieces.update("##" + character for character in word[1:])
        middle = (len(word) + 1) // 2
        if number % 3 == 0:
            pieces.add(word)
        elif number % 3 == 1 and middle < len(word):
            pieces.update([word[:middle], "##" + word[middle:]])
    names = SPECIAL + sorted(pieces - set(SPECIAL))
    vocabulary = {name: number for number, name in enumerate(names)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizer, pre_tokenizer
    tokenizer.add_special_tokens([AddedToken(token, normalized=False, special=True) for token in SPECIAL])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[(name, vocabulary[name]) for name in ("[CLS]", "[SEP]")])
    return tokenizer, names


def mixtures(count):
    """Texts put together from pieces of the others."""
    generator = random.Random(7)
    pieces = [piece for text in TEXTS for piece in (text.split(" ") if len(text) < 100 else []) if piece]
    return ["".join(generator.choice(pieces) + generator.choice(["", " ", "-", "\u0301", "\u3000"]) for _ in range(generator.randint(1, 8)))
            for _ in range(count)]


def cases(tokenizer, texts):
    """One case a line: text, ids, offsets flattened."""
    lines = []
    for text in texts:
        encoding = tokenizer.encode(text)
        offsets = [place for pair in encoding.offsets for place in pair]
        lines.append(json.dumps({"text": text, "ids": encoding.ids, "offsets": offsets}, separators=(",", ":")))
    return "[\n" + ",\n".join(lines) + "\n]\n"


def write_tokenizer_goldens():
    from tokenizers import AddedToken

    texts = TEXTS + mixtures(120)
    for name, lowercase in (("uncased", True), ("cased", False)):
        folder = GOLDENS / "tokenizer" / name
        folder.mkdir(parents=True, exist_ok=True)
        tokenizer, names = made(TEXTS, lowercase)
        (folder / "vocab.txt").write_text("".join(f"{token}\n" for token in names), encoding="utf-8", newline="")
        settings = {"tokenizer_class": "BertTokenizer", "do_lower_case": lowercase, "strip_accents": None, "tokenize_chinese_chars": True,
                    "model_max_length": 64, "unk_token": "[UNK]", "sep_token": "[SEP]", "pad_token": "[PAD]", "cls_token": "[CLS]",
                    "mask_token": "[MASK]"}
        (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
        (folder / "cases.json").write_text(cases(tokenizer, texts), encoding="utf-8")
        tokenizer.enable_truncation(48)
        tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
        (folder / "truncated.json").write_text(cases(tokenizer, [text for text in TEXTS if len(text) > 46]), encoding="utf-8")
        tokenizer.no_truncation()

    folder = GOLDENS / "tokenizer" / "added"
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer, _ = made(ADDED + ["plain inside both sides caf\u00e9"], lowercase=True)
    tokenizer.add_tokens([
        AddedToken("NewToken", normalized=True), AddedToken("Caf\u00e9 Noir", normalized=True),
        AddedToken("<tight>", normalized=False, lstrip=True, rstrip=True), AddedToken("<alone>", normalized=False, single_word=True),
    ])
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "cases.json").write_text(cases(tokenizer, ADDED + TEXTS[:40]), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="PART")
    commands.add_parser("tokenizer", help="cases of the BERT tokenizer").set_defaults(write=write_tokenizer_goldens)
    parser.parse_args().write()


if __name__ == "__main__":
    main()

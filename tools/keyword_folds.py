#!/usr/bin/env python3
"""Writes Sources/AkinText/Keywords/KeywordFolds.swift: the characters that keyword search sees as others.

SQLite's `unicode61` lowers case and takes the accents off most Latin letters, but not off those with two accents, nor off Greek and
Cyrillic ones, and it knows no ligatures. The script asks it about every character and writes down what it would miss.

    tools/keyword_folds.py
"""

import sqlite3
import textwrap
import unicodedata
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "Sources/AkinText/Keywords/KeywordFolds.swift"

# Letters without a decomposition that are commonly written as others.
SPELLINGS = {
    "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l",
    "ı": "i", "ʼ": "'", "ʻ": "'",
}  # fmt: skip
# Cyrillic letters that are not their bases with an accent, but letters of their own.
OWN_LETTERS = "ЙйЇїЎўЃѓЌќ"
# Blocks whose characters are other ways to write others: letterlike symbols of Latin, ligatures, presentation forms, half-width Hangul,
# mathematical letters.
COMPATIBLE = [
    range(0x0132, 0x0134), range(0x013F, 0x0141), range(0x0149, 0x014A), range(0x01C4, 0x01CD), range(0x01F1, 0x01F4),
    range(0x0675, 0x0679), range(0xFB00, 0xFB50), range(0xFB50, 0xFDFC), range(0xFE70, 0xFEFD), range(0xFFA0, 0xFFDD),
    range(0x1D400, 0x1D800), range(0x1EE00, 0x1EF00),
]  # fmt: skip
HANGUL = range(0xAC00, 0xD7A4)

database = sqlite3.connect(":memory:")
database.execute("CREATE VIRTUAL TABLE page USING fts5 (text, tokenize = 'unicode61')")
database.execute("CREATE VIRTUAL TABLE token USING fts5vocab (page, 'instance')")


def tokens(text):
    database.execute("DELETE FROM page")
    database.execute("INSERT INTO page VALUES (?)", (text,))
    return [row[0] for row in database.execute("SELECT term FROM token ORDER BY offset")]


def fold(character):
    if character in SPELLINGS:
        return SPELLINGS[character]
    if character in OWN_LETTERS:
        return character
    form = "NFKD" if any(ord(character) in block for block in COMPATIBLE) else "NFD"
    text = unicodedata.normalize(form, character)
    text = "".join(SPELLINGS.get(c, c) for c in text if not 0x300 <= ord(c) <= 0x36F)
    if 0x600 <= ord(character) < 0x700 or 0xFB50 <= ord(character) < 0xFF00:
        text = "".join(c for c in text if unicodedata.category(c) != "Mn" and c != "\u0640")
    if unicodedata.category(character) in ("Lu", "Lt") and tokens(f"q{text}q") != tokens(f"q{text.lower()}q"):
        text = text.lower()
    return text


def written(character):
    """In a string literal: letters as they are, where they can be told apart."""
    is_plain = character == "'" or (ord(character) < 0x2000 and unicodedata.category(character)[0] == "L")
    return character if is_plain else f"\\u{{{ord(character):X}}}"


def main():
    entries = []
    for code in range(0xA0, 0x110000):
        character = chr(code)
        if 0xD800 <= code < 0xE000 or code in HANGUL or unicodedata.category(character) not in ("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc"):
            continue
        # Kana are composed, and width forms replaced, where a text is cut.
        if 0x3000 <= code < 0x3100 or 0xFF01 <= code < 0xFFA0 or 0x300 <= code < 0x370:
            continue
        folded = fold(character)
        if folded == character or " " in folded:
            continue
        if unicodedata.category(character)[0] == "M" or tokens(f"q{character}q") != tokens(f"q{folded}q"):
            entries.append(character + folded)
    literal = " ".join("".join(map(written, entry)) for entry in entries)
    lines = textwrap.wrap(literal, 112, break_long_words=False, break_on_hyphens=False)
    FILE.write_text(
        "// Written by tools/keyword_folds.py; do not edit.\n\n"
        "/// The characters that keyword search sees as others, and SQLite's `unicode61` does not.\n"
        "enum KeywordFolds {\n"
        "    /// Each character with those that are looked for in its place.\n"
        '    static let entries: String = """\n' + "".join(f"        {line}\n" for line in lines) + '        """\n}\n'
    )
    print(len(entries))


main()

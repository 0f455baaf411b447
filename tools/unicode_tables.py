#!/usr/bin/env python3
"""Writes UnicodeTables.swift, UnicodeTables+Decomposition.swift and UnicodeTables+Categories.swift of Sources/AkinTokenizers/Unicode.

Hugging Face's tokenizer sees characters through tables of several Unicode versions (its categories, its decompositions and its
lower-casing are of different ages), and models were trained with exactly those. So no Unicode file is read here: the script asks
the `tokenizers` package what it does to every scalar value and writes the answers down.

    tools/unicode_tables.py            # needs `pip install tokenizers`
"""

import textwrap
import unicodedata
from pathlib import Path

import tokenizers
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers

FOLDER = Path(__file__).resolve().parent.parent / "Sources/AkinTokenizers/Unicode"
SCALARS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
HANGUL = range(0xAC00, 0xAC00 + 11172)


def bert(**settings):
    return normalizers.BertNormalizer(
        **{"clean_text": False, "handle_chinese_chars": False, "strip_accents": False, "lowercase": False, **settings}
    ).normalize_str


def ranges(codes):
    """[first, last] pairs of consecutive codes."""
    result = []
    for code in sorted(codes):
        if result and result[-1][1] == code - 1:
            result[-1][1] = code
        else:
            result.append([code, code])
    return result


def clean_and_split():
    clean, cjk, strip = bert(clean_text=True), bert(handle_chinese_chars=True), bert(strip_accents=True)
    split = pre_tokenizers.BertPreTokenizer().pre_tokenize_str
    deleted, spaces, ideographs, marks, whitespace, punctuation = [], [], [], [], [], []
    for code in SCALARS:
        text = chr(code)
        cleaned = clean(text)
        if cleaned == "":
            deleted.append(code)
        elif cleaned != text or code == 0x20:
            assert cleaned == " "
            spaces.append(code)
        if cjk(text) != text:
            assert cjk(text) == f" {text} "
            ideographs.append(code)
        if strip(text) == "":
            marks.append(code)
        pieces = len(split(f"a{text}a"))
        if pieces == 3:
            punctuation.append(code)
        elif pieces == 2:
            whitespace.append(code)
    return deleted, spaces, ideographs, marks, whitespace, punctuation


def combining_marks():
    """What the step that drops accents by itself drops: other scalars than the BERT normalizer's, from an older table."""
    strip = normalizers.StripAccents().normalize_str
    return [code for code in SCALARS if strip(chr(code)) == ""]


def word_characters():
    """What the engine's regular expressions call a word character, by means of an added token that must stand alone."""
    tokenizer = Tokenizer(models.WordPiece({"[UNK]": 0}, unk_token="[UNK]"))
    tokenizer.add_tokens([AddedToken("\x01\x01", single_word=True, normalized=False)])
    return [code for code in SCALARS if code != 1 and 1 not in tokenizer.encode(chr(code) + "\x01\x01").ids]


def category(expression):
    """The scalars that a class of the engine's regular expressions matches."""
    split = pre_tokenizers.Split(Regex(expression), "isolated").pre_tokenize_str
    return [code for code in SCALARS if code != 1 and len(split(f"\x01{chr(code)}\x01")) == 3]


def lowercase():
    """(first, last, stride, distance) runs, and the scalars that become more than one."""
    lower = bert(lowercase=True)
    runs, longer = [], []
    for code in SCALARS:
        text = lower(chr(code))
        if text == chr(code):
            continue
        if len(text) > 1:
            longer.append([code] + [ord(c) for c in text])
            continue
        distance = ord(text) - code
        last = runs[-1] if runs else None
        if last and last[3] == distance and code - last[1] in (1, 2) and last[2] in (0, code - last[1]):
            last[2] = code - last[1]
            last[1] = code
        else:
            runs.append([code, code, 0, distance])
    for run in runs:
        run[2] = run[2] or 1
    assert [entry[0] for entry in longer] == [0x130] and longer[0][1:] == [0x69, 0x307]
    return runs


def decompositions():
    nfd = normalizers.NFD().normalize_str
    return [(code, [ord(c) for c in nfd(chr(code))]) for code in SCALARS if nfd(chr(code)) != chr(code) and code not in HANGUL]


def combining_classes(decomposed):
    """(first, last, class) of the scalars that canonical ordering moves.

    A scalar's class is found by its order beside a representative of each class. Python's own table only proposes
    the representatives; one that the engine does not move is passed over.
    """
    nfd = normalizers.NFD().normalize_str
    representatives = {}
    for code in SCALARS:
        value, text = unicodedata.combining(chr(code)), chr(code)
        known = nfd(text + "\u0334") != text + "\u0334" or nfd("\u0345" + text) != "\u0345" + text
        if value and known and value not in representatives and code not in decomposed:
            representatives[value] = text
    values = sorted(representatives)
    lowest, highest = representatives[values[0]], representatives[values[-1]]
    found = []
    for code in SCALARS:
        text = chr(code)
        if code in decomposed or code in HANGUL:
            continue
        moves = nfd(text + lowest) != text + lowest or nfd(highest + text) != highest + text
        if not moves:
            continue
        same = [v for v in values
                if nfd(text + representatives[v]) == text + representatives[v] and nfd(representatives[v] + text) == representatives[v] + text]
        assert len(same) == 1, (hex(code), same)
        if found and found[-1][1] == code - 1 and found[-1][2] == same[0]:
            found[-1][1] = code
        else:
            found.append([code, code, same[0]])
    return found


def literal(rows):
    """Rows of numbers as the lines of an array literal of at most 136 columns."""
    lines, line = [], "       "
    for row in rows:
        text = " " + " ".join(f"{n}," if n < 0 or n < 10 else f"0x{n:X}," for n in row)
        if len(line) + len(text) > 136:
            lines.append(line)
            line = "       "
        line += text
    return "\n".join(lines + [line])


def table(doc, name, rows, element="UInt32"):
    doc = "\n".join(textwrap.wrap(doc, 136, initial_indent="    /// ", subsequent_indent="    /// "))
    return f"{doc}\n    static let {name}: [{element}] = [\n{literal(rows)}\n    ]\n"


def categories():
    """What the regular expressions of byte-level tokenizers tell apart, beside whitespace."""
    pair = "Pairs of first and last scalar value"
    return "extension UnicodeTables {\n" + "\n".join([
        table(f"{pair} of letters (`\\p{{L}}` of the engine's regular expressions).", "letters", ranges(category(r"\p{L}"))),
        table(f"{pair} of numbers (`\\p{{N}}` of the engine's regular expressions).", "numbers", ranges(category(r"\p{N}"))),
    ]) + "}\n"


def main():
    header = (f"// Written by tools/unicode_tables.py from tokenizers {tokenizers.__version__}; do not edit.\n\n")
    deleted, spaces, ideographs, marks, whitespace, punctuation = clean_and_split()
    decomposed = decompositions()
    classes = combining_classes({code for code, _ in decomposed})
    pair = "Pairs of first and last scalar value"
    swift = header + (
        "/// What Hugging Face's BERT tokenizer does to each Unicode scalar, as found by asking it about all of them.\n"
        "///\n"
        "/// The answers follow no single Unicode version: the engine's categories are older than its lower-casing. `ScalarTable` serves them fast.\n"
        "enum UnicodeTables {\n")
    swift += "\n".join([
        table(f"{pair} that cleaning deletes: controls, format characters, private use, U+FFFD.", "deleted", ranges(deleted)),
        table(f"{pair} that cleaning turns into a space.", "spaces", ranges(spaces)),
        table(f"{pair} that get a space on both sides. Not the whole of Unicode's ideographs: U+2B820 to U+2B91F are left out.",
              "ideographs", ranges(ideographs)),
        table(f"{pair} that accent stripping removes after decomposition (category Mn).", "marks", ranges(marks)),
        table(f"{pair} that a step StripAccents removes (categories Mn, Mc and Me).", "combiningMarks", ranges(combining_marks())),
        table(f"{pair} that separate words and are dropped.", "whitespace", ranges(whitespace)),
        table(f"{pair} that are words of their own.", "punctuation", ranges(punctuation)),
        table(f"{pair} that count as part of a word beside an added token that must stand alone (`\\w` of its regular expressions).",
              "wordCharacters", ranges(word_characters())),
        table("First scalar, last scalar, stride and distance of runs that lower-casing shifts. "
              "U+0130, which becomes two scalars, is not among them.", "lowercase", lowercase(), "Int32"),
        table("First scalar, last scalar and canonical combining class of the scalars whose class is not zero.", "combiningClasses", classes),
    ]) + "}\n"
    (FOLDER / "UnicodeTables.swift").write_text(swift)

    swift = header + (
        "extension UnicodeTables {\n"
        "    /// Full canonical decompositions in ascending order: the scalar with the number of its parts in bits 24 and up, then its parts.\n"
        "    /// Hangul syllables are left to arithmetic.\n"
        "    static let decompositions: [UInt32] = [\n"
        + literal([code | len(parts) << 24] + parts for code, parts in decomposed) + "\n    ]\n}\n")
    (FOLDER / "UnicodeTables+Decomposition.swift").write_text(swift)
    (FOLDER / "UnicodeTables+Categories.swift").write_text(header + categories())


if __name__ == "__main__":
    main()

"""Makes the documents, has everybody read them, and prints how much of the words, pages and headings is right."""

import argparse
import contextlib
import os
import pathlib
import re
import subprocess
import time

import make
from reader import Reader


def words(text):
    return re.findall(r"\w+", text.lower())


def common(source, found):
    """The length of the longest common subsequence, by whole numbers as rows of bits (Hyyrö 2004)."""
    places = {}
    for place, word in enumerate(source):
        places[word] = places.get(word, 0) | 1 << place
    full = (1 << len(source)) - 1
    row = full
    for word in found:
        matches = row & places.get(word, 0)
        row = (row + matches | row - matches) & full
    return len(source) - bin(row).count("1")


def blocks(record):
    text = record["text"]
    return [(block, text[block["range"][0] : block["range"][1]]) for block in record["blocks"]]


def by_akin(program):
    reader = Reader(program)

    def read(path):
        records = reader.records(path)
        title = records[0].get("title") or "" if path.suffix == ".eml" else ""
        return title + " " + " ".join(record["text"] for record in records), records[0]

    return read


def by_pandoc(path):
    run = subprocess.run(["pandoc", str(path), "-t", "plain", "--wrap=none"], capture_output=True, text=True, check=True)
    return run.stdout, None


def by_markitdown():
    from markitdown import MarkItDown

    converter = MarkItDown()
    return lambda path: (converter.convert(str(path)).text_content, None)


def by_pypdf(path):
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(str(path)).pages), None


def key(text):
    return "".join(words(text))


def pages_right(record, parts):
    """The share of parts whose beginning stands in a block of the right page."""
    found = [(block.get("page"), key(text)) for block, text in blocks(record)]
    right = 0
    # A table that goes over a page's end is not placed.
    parts = [part for part in parts if part.page]
    for part in parts:
        # The cells of a row stand side by side, some in several lines.
        wanted = key(part.cells[0] if part.cells else part.text)[:40]
        right += any(page == part.page and wanted in text for page, text in found)
    return right / len(parts)


def headings_right(record, parts):
    """F1 of headings: text and level, the level being the number of headings around it and one."""
    wanted = [(part.level, key(part.text)) for part in parts if part.kind == "heading"]
    found = [(len(block["headings"]) + 1, key(text)) for block, text in blocks(record) if block["kind"] == "heading"]
    # The title of the whole is none of the text's headings.
    found = [heading for heading in found if not heading[1].startswith("reportnumber")]
    both = common(wanted, found)
    return 2 * both / max(1, len(wanted) + len(found))


def page_count(path):
    from pypdf import PdfReader

    return len(PdfReader(str(path)).pages)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--reader", required=True)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", default=os.environ["AKIN_BENCH_HOME"] + "/documents-files")
    options = parser.parse_args()

    root = pathlib.Path(options.output)
    sets = {}
    for kind in ("pdf", "docx", "epub", "eml"):
        folder = root / kind
        folder.mkdir(parents=True, exist_ok=True)
        makers = dict(
            pdf=lambda: make.pdf(folder, options.count, options.seed),
            eml=lambda: make.mail(folder, options.count, options.seed),
        )
        maker = makers.get(kind, lambda: make.by_pandoc(folder, kind, options.count, options.seed))
        sets[kind] = list(maker())

    peers = dict(
        pdf=[("markitdown", by_markitdown()), ("pypdf", by_pypdf)],
        docx=[("pandoc", by_pandoc), ("markitdown", by_markitdown())],
        epub=[("pandoc", by_pandoc), ("markitdown", by_markitdown())],
        eml=[("markitdown", by_markitdown())],
    )
    print("| kind | reader | words (LCS ÷ source) | worst file | words beyond | pages right | headings right | per second |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    for kind, files in sets.items():
        for name, read in [("akin", by_akin(options.reader))] + peers[kind]:
            shares, beyond, pages, headings = [], [], [], []
            units = 0
            read(files[0][0])
            taken = 0.0
            for path, text, parts in files:
                begun = time.perf_counter()
                with open(os.devnull, "w") as nothing, contextlib.redirect_stderr(nothing):
                    found, record = read(path)
                taken += time.perf_counter() - begun
                units += page_count(path) if kind == "pdf" else 1
                source, got = words(text), words(found)
                both = common(source, got)
                shares.append(both / len(source))
                beyond.append((len(got) - both) / len(source))
                if record is not None and parts:
                    headings.append(headings_right(record, parts))
                    if kind == "pdf":
                        pages.append(pages_right(record, parts))
            mean = lambda values: f"{sum(values) / len(values):.4f}" if values else ""
            unit = "pages" if kind == "pdf" else "files"
            print(
                f"| {kind} | {name} | {mean(shares)} | {min(shares):.4f} | {mean(beyond)} | {mean(pages)} | {mean(headings)}"
                f" | {units / taken:.0f} {unit} |"
            )


main()

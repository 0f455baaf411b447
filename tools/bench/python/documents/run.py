"""Makes the documents, has everybody read them, and prints how much of the words, pages and headings is right."""

import argparse
import contextlib
import email
import email.policy
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

import mail
import make
import office
import printed
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
        # The subject of a mail is its title, and no part of its text.
        titles = path.suffix == ".eml"
        texts = [((record.get("title") or "") + " " if titles else "") + record["text"] for record in records]
        return " ".join(texts), records[0]

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


def by_email(path):
    """Python's own package, which knows mails and no documents: HTML stays HTML."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    texts = [message["Subject"] or ""]
    for part in message.walk():
        if part.get_content_maintype() == "text":
            texts.append(part.get_content())
    return " ".join(texts), None


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
    parser.add_argument("--only", action="append", help="a kind of the table; may be given again")
    options = parser.parse_args()

    root = pathlib.Path(options.output)
    markitdown, pandoc = ("markitdown", by_markitdown()), ("pandoc", by_pandoc)
    kinds = {
        "pdf": (make.pdf, [markitdown, ("pypdf", by_pypdf)], []),
        "pdf, LaTeX": (printed.latex, [markitdown, ("pypdf", by_pypdf)], ["pdflatex"]),
        "pdf, LibreOffice": (printed.libreoffice, [markitdown, ("pypdf", by_pypdf)], ["soffice"]),
        "pdf, Chromium": (printed.chromium, [markitdown, ("pypdf", by_pypdf)], ["chromium"]),
        "docx": (lambda *rest: make.by_pandoc(rest[0], "docx", *rest[1:]), [pandoc, markitdown], []),
        "docx, LibreOffice": (
            lambda *rest: office.by_libreoffice(rest[0], "docx", *rest[1:]), [pandoc, markitdown], ["soffice"]
        ),
        "odt": (lambda *rest: office.by_libreoffice(rest[0], "odt", *rest[1:]), [pandoc], []),
        "epub": (lambda *rest: make.by_pandoc(rest[0], "epub", *rest[1:]), [pandoc, markitdown], []),
        "epub 2": (
            lambda *rest: make.by_pandoc(rest[0], "epub", *rest[1:], ["-t", "epub2"]), [pandoc, markitdown], []
        ),
        "pptx": (office.slides, [markitdown], []),
        "xlsx": (office.sheets, [markitdown], []),
        "eml": (mail.mail, [markitdown, ("email", by_email)], []),
    }
    print("| kind | reader | words (LCS ÷ source) | worst file | words beyond | pages right | headings right | per second |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    for kind, (maker, peers, programs) in kinds.items():
        if options.only and kind not in options.only:
            continue
        missing = [program for program in programs if not shutil.which(program)]
        if missing:
            print(f"{kind}: {missing[0]} is not here", file=sys.stderr)
            continue
        folder = root / re.sub(r"\W+", "-", kind)
        folder.mkdir(parents=True, exist_ok=True)
        files = list(maker(folder, options.count, options.seed))
        for name, read in [("akin", by_akin(options.reader))] + peers:
            print(row(kind, name, read, files), flush=True)


def row(kind, name, read, files):
    shares, beyond, pages, headings = [], [], [], []
    units = 0
    read(files[0][0])
    taken = 0.0
    for path, text, parts in files:
        begun = time.perf_counter()
        with open(os.devnull, "w") as nothing, contextlib.redirect_stderr(nothing):
            try:
                found, record = read(path)
            except Exception:
                # A peer that cannot read a file has read none of its words.
                if name == "akin":
                    raise
                found, record = "", None
        taken += time.perf_counter() - begun
        is_pdf = path.suffix == ".pdf"
        units += page_count(path) if is_pdf else 1
        source, got = words(text), words(found)
        both = common(source, got)
        shares.append(both / len(source))
        beyond.append((len(got) - both) / len(source))
        if record is not None and parts:
            headings.append(headings_right(record, parts))
            if is_pdf:
                pages.append(pages_right(record, parts))

    def mean(values):
        return f"{sum(values) / len(values):.4f}" if values else ""

    return (
        f"| {kind} | {name} | {mean(shares)} | {min(shares):.4f} | {mean(beyond)} | {mean(pages)} | {mean(headings)}"
        f" | {units / taken:.0f} {'pages' if is_pdf else 'files'} |"
    )


if __name__ == "__main__":
    main()

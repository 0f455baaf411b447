"""The text that all trainers read: lower-cased words with single spaces, a line a sentence or paragraph."""

import gzip
import re
import subprocess
import tempfile
from pathlib import Path

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def prepared(source, home, words):
    """A file of at most so many words, made once from a file of plain text, or from the dictionary of Debian's dict-gcide."""
    name = source.stem if source else "gcide"
    path = home / f"{name}-{words or 'all'}.txt"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        passing = path.with_suffix(".part")
        with open(passing, "w", encoding="utf-8") as output:
            left = words or float("inf")
            for line in lines(source):
                found = WORD.findall(line.lower().replace("\u2019", "'"))
                if not found:
                    continue
                output.write(" ".join(found) + "\n")
                left -= len(found)
                if left <= 0:
                    break
        passing.rename(path)
    return path


def lines(source):
    if source:
        with open(source, encoding="utf-8", errors="replace") as file:
            yield from file
        return
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["apt-get", "download", "-q", "dict-gcide"], cwd=folder, check=True, capture_output=True)
        package = next(Path(folder).glob("*.deb"))
        subprocess.run(["dpkg-deb", "-x", package, folder], check=True)
        # A dictionary file of dictd is a gzip file; an entry's paragraphs are separated by empty lines.
        text = gzip.decompress(next(Path(folder).rglob("*.dict.dz")).read_bytes()).decode("utf-8", errors="replace")
    for paragraph in re.split(r"\n\s*\n|\n(?=\S)", text):
        yield paragraph.replace("\n", " ")


def count(path):
    with open(path, "rb") as file:
        return sum(len(line.split()) for line in file)

"""Asks every engine in turn, each in a process of its own, and writes figures, table and curve."""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import numpy

from index.data import nearest
from shared import machine

from . import plot, table
from .data import Data
from .peers import PEERS

MODES = ["keyword", "semantic", "hybrid"]


def arguments():
    parser = argparse.ArgumentParser(prog="tools/bench/search", description="Sets whole questions to Akin beside other libraries.")
    parser.add_argument("--quick", action="store_true", help="every 8th gloss")
    parser.add_argument("--texts", type=Path, metavar="FILE", help="JSON lines with text, and title where there is one, in place of WordNet's glosses")
    parser.add_argument("--sizes", default="", metavar="LIST", help="numbers of texts, by comma; the curve needs several (default: all)")
    parser.add_argument("--engines", default="akin,tantivy,bm25s,SQLite FTS5,LanceDB,zvec", metavar="LIST", help="only these, by comma; txtai has to be named")
    parser.add_argument("--output", type=Path, metavar="FOLDER", help="where figures, table and curve go")
    parser.add_argument("--table", action="store_true", help="write table and curve of the figures that are there, and measure nothing")
    return parser.parse_args()


def main():
    asked = arguments()
    home = Path(os.environ["AKIN_BENCH_HOME"])
    output = asked.output or home / "search-results"
    output.mkdir(parents=True, exist_ok=True)
    if not asked.table:
        for size in [int(one) for one in asked.sizes.split(",") if one] or [None]:
            measure(asked, home, output, size)
    figures = table.read(output)
    plot.write(figures, output)
    print(table.write(figures, output))


def measure(asked, home, output, size):
    akin = os.environ.get("AKIN_BENCH_PROGRAM", ".build/release/akin")
    name = "-".join(map(str, [asked.texts.stem if asked.texts else "wordnet", "quick" if asked.quick else "full", *([size] if size else [])]))
    data = Data(home / "search" / name, akin, os.environ["AKIN_MODEL"], size, 8 if asked.quick else 1, asked.texts)
    count = len(data.texts)
    for engine in [part.strip() for part in asked.engines.split(",")]:
        print(f"{count:,} texts: {engine}", file=sys.stderr, flush=True)
        path = data.folder / f"store-{engine.replace(' ', '-')}"
        lines = Akin(akin, data, path).lines() if engine == "akin" else peer(engine, data, path, home)
        header = {"engine": engine, "texts": count, "machine": machine.name(), "set": name}
        file = output / f"{name}-{engine.replace(' ', '-')}.jsonl"
        file.write_text("".join(json.dumps(line) + "\n" for line in [header, *judged(lines, data)]))


def peer(engine, data, path, home):
    python = home / "search-txtai-venv/bin/python" if engine == "txtai" else sys.executable
    variables = {**os.environ, **dict.fromkeys(["OMP_NUM_THREADS", "RAYON_NUM_THREADS", "LANCE_CPU_THREADS", "TOKIO_WORKER_THREADS"], "1"), "RUST_LOG": "error"}
    command = [python, "-m", "search.worker", engine, data.folder, path]
    done = subprocess.run(command, stdout=subprocess.PIPE, env=variables)
    if done.returncode or engine not in PEERS:
        print(f"{engine} ended with {done.returncode}", file=sys.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


class Akin:
    """The program itself: the times are those that `Database.search` takes in it, with the encoding of the question."""

    def __init__(self, program, data, path):
        self.program, self.data, self.store = program, data, path.with_suffix(".db")

    def lines(self):
        for old in list(self.store.parent.glob(self.store.name + "*")):
            old.unlink()
        start = time.perf_counter()
        command = [self.program, "index", self.data.texts_file, "--db", self.store, "--model", os.environ["AKIN_MODEL"], "--chunk-tokens", "0", "--quiet"]
        memory = machine.peak_bytes_of(command, subprocess.DEVNULL, os.environ)
        files = sum(file.stat().st_size for file in self.store.parent.glob(self.store.name + "*"))
        yield {"phase": "build", "seconds": time.perf_counter() - start, "bytes": files, "memory": memory, "encodes": True}
        for mode in MODES:
            answers = [json.loads(line) for line in self.ask(mode, threads=1).splitlines()]
            both = [self.seconds(mode, threads) for threads in (1, 2)]
            yield {
                "phase": mode, "ms": [one["elapsed_ms"] for one in answers], "speedup": both[0] / both[1],
                "answers": [[int(hit["id"]) for hit in one["results"]] for one in answers],
                "asked": [expression(one) for one in self.explained(mode)],
            }
        cold = []
        for text in self.data.questions[:20]:
            start = time.perf_counter()
            subprocess.run([self.program, "search", "--literal", text, "--db", self.store, "--json"], stdout=subprocess.DEVNULL, check=True)
            cold.append((time.perf_counter() - start) * 1e3)
        yield {"phase": "cold", "ms": cold}

    def explained(self, mode):
        return map(json.loads, self.ask(mode, 2, None, "--explain").splitlines()) if mode == "keyword" else []

    def ask(self, mode, threads, questions=None, *options):
        command = [self.program, "search", "--queries", questions or self.data.questions_file, "--literal", "--mode", mode, "--no-fold", *options]
        return subprocess.run([*command, "--threads", str(threads), "--db", self.store, "--json"], stdout=subprocess.PIPE, check=True).stdout

    def seconds(self, mode, threads):
        """What all questions take, less what a process with one takes."""
        one = self.data.folder / "one-question.jsonl"
        one.write_text(self.data.questions_file.read_text().splitlines()[0] + "\n")
        took = []
        for questions in (self.data.questions_file, one):
            start = time.perf_counter()
            self.ask(mode, threads, questions)
            took.append(time.perf_counter() - start)
        return took[0] - took[1]


def expression(answer):
    """The words that a question was scored by: Akin leaves out those that only ask."""
    return next(step for step in answer["explanation"] if step.startswith("words: BM25 over ")).removeprefix("words: BM25 over ")


def judged(lines, data):
    """The figures with the share of the ten right answers that were found: by SQLite's BM25 over the words that were scored (all, for a peer),
    and by comparing all vectors."""
    lines = list(lines)
    modes = {line["phase"] for line in lines}
    truth = {}
    if "keyword" in modes:
        asked = next(line for line in lines if line["phase"] == "keyword").pop("asked", None)
        truth["keyword"] = exact_words(data, asked)
    if "semantic" in modes:
        truth["semantic"] = nearest(numpy.load(data.vectors_file), numpy.load(data.question_vectors_file))[:, :10].tolist()
    for line in lines:
        right = truth.get(line["phase"])
        if right:
            line["overlap"] = sum(len(set(one) & set(answer)) for one, answer in zip(right, line["answers"])) / sum(map(len, right))
        line.pop("answers", None)
    return lines


def exact_words(data, asked):
    path = data.folder / "oracle.db"
    oracle = PEERS["SQLite FTS5"]()
    if path.exists():
        oracle.store = sqlite3.connect(path)
    else:
        oracle.build(data.texts, None, path)
    return [found()[:10] for found in map(oracle.match, asked)] if asked else [oracle.keyword(text)()[:10] for text in data.questions]


if __name__ == "__main__":
    main()

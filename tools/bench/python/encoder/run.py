"""Runs every engine on the same texts, in turn, each in a process of its own, and writes measurements and the table."""

import argparse
import os
import sys
from pathlib import Path

import numpy

from shared import machine

from . import convert, engines, table, texts

REFERENCE = "sentence-transformers fp32"


def arguments():
    parser = argparse.ArgumentParser(prog="tools/bench/encoder", description="Sets Akin's encoder beside other libraries.")
    parser.add_argument("--quick", action="store_true", help="a third of the texts, one round")
    parser.add_argument("--output", type=Path, metavar="FOLDER", help="where measurements.jsonl and table.md go; figures are added to those there")
    parser.add_argument("--texts", type=Path, metavar="FILE", help="one text a line, in place of WordNet's")
    parser.add_argument("--engines", default="", metavar="LIST", help="only these, by comma; a part of a name takes all that have it")
    parser.add_argument("--threads", default="1,2", metavar="LIST")
    parser.add_argument("--rounds", type=int, metavar="N", help="how often all engines take their turn; the table shows medians (default: 3)")
    parser.add_argument("--table", action="store_true", help="write the table of the measurements that are there, and measure nothing")
    return parser.parse_args()


def chosen(names):
    wanted = [part.strip() for part in names.split(",") if part.strip()]
    found = [name for name in engines.ALL if not wanted or any(part in name for part in wanted)]
    if not found:
        sys.exit(f"No engine is called {names}; there are: {', '.join(engines.ALL)}")
    return found


def main():
    asked = arguments()
    home = Path(os.environ["AKIN_BENCH_HOME"])
    output = asked.output or home / "encoder-results"
    output.mkdir(parents=True, exist_ok=True)
    if not asked.table:
        measure(asked, home, output)
    print(table.write(output))


def measure(asked, home, output):
    model = Path(os.environ["AKIN_MODEL"])
    kind = "quick" if asked.quick else "full"
    paths = texts.prepare(home / "texts" / kind, model, 8_000 if asked.quick else 24_000)
    if asked.texts:
        paths = {"texts": asked.texts.resolve(), "queries": asked.texts.resolve()}
    convert.prepare(home / "converted", model)

    work = engines.Work(model=model, made=home / "converted", paths=paths, seconds=0.5 if asked.quick else 2.0)
    tokens = texts.count(paths, model)
    record = table.Recorder(output, machine=machine.name(), tokens=tokens)
    reference = engines.vectors(REFERENCE, work)
    for turn in range(asked.rounds or (1 if asked.quick else 3)):
        for threads in map(int, asked.threads.split(",")):
            for name in chosen(asked.engines):
                print(f"round {turn + 1}, {threads} threads: {name}", file=sys.stderr, flush=True)
                for figures in engines.measure(name, work, threads, first=turn == 0):
                    record.add(name, threads, figures)
        for name in chosen(asked.engines):
            for row, found in engines.vectors(name, work).items():
                cosines = (found * reference[row]).sum(1) / numpy.linalg.norm(found, axis=1) / numpy.linalg.norm(reference[row], axis=1)
                record.add(name, 0, {"row": row, "cosine_mean": float(cosines.mean()), "cosine_min": float(cosines.min())})


if __name__ == "__main__":
    main()

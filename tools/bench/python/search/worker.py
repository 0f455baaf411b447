"""Measures one peer in a process of its own: usage: worker NAME FOLDER PATH; prints JSON lines."""

import json
import shutil
import sys
import time
from pathlib import Path

import numpy

from index.worker import size
from shared import machine

from . import data
from .peers import PEERS

WARM_UP = 50


def main():
    name, folder, path = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    texts, questions = data.read(folder / "texts.jsonl"), data.read(folder / "questions.jsonl")
    vectors, asked = numpy.load(folder / "vectors.npy"), numpy.load(folder / "question-vectors.npy")
    peer = PEERS[name]()
    start = time.perf_counter()
    peer.build(texts, vectors, path)
    build = time.perf_counter() - start
    del texts, vectors
    peer.open()
    print(json.dumps({"phase": "build", "seconds": build, "bytes": size(path), "memory": machine.peak_bytes()}), flush=True)
    calls = {
        "keyword": lambda number: peer.keyword(questions[number]),
        "semantic": lambda number: peer.semantic(asked[number]),
        "hybrid": lambda number: peer.hybrid(questions[number], asked[number]),
    }
    for mode in peer.modes:
        for number in range(WARM_UP):
            calls[mode](number)()
        times, answers = [], []
        for number in range(len(questions)):
            start = time.perf_counter()
            answer = calls[mode](number)
            times.append((time.perf_counter() - start) * 1e3)
            answers.append(answer()[:10])
        print(json.dumps({"phase": mode, "ms": times, "answers": answers}), flush=True)


if __name__ == "__main__":
    main()

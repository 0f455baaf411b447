"""One peer in a process of its own: `python -m index.worker build|search PEER ...`, figures as JSON lines on standard output."""

import importlib
import json
import sys
import time
from pathlib import Path

import numpy

from shared import machine

from .peers import EXACT, PEERS

NEIGHBORS = 10
# Passes over the queries go on at least so long, for each number of candidates; the fastest counts, as it does for Akin.
SECONDS = 0.6


def size(path):
    """Bytes of a file, or of all files in a folder."""
    return path.stat().st_size if path.is_file() else sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def build(peer, work, path):
    vectors = numpy.load(work["vectors"])
    before, others = machine.memory("VmRSS"), machine.OtherLoad()
    start = time.perf_counter()
    peer.build(vectors, path, work["threads"][-1])
    seconds = time.perf_counter() - start
    yield {
        "phase": "build", "threads": work["threads"][-1], "seconds": seconds, "peak_bytes": machine.peak_bytes() - before,
        "file_bytes": size(path), "share_of_vectors": size(path) / vectors.nbytes,
        "other_load": others.cores(),
    }


def search(peer, work, path):
    queries, truth = numpy.load(work["queries"]), numpy.load(work["truth"])[:, :NEIGHBORS]
    count = getattr(peer, "most_queries", len(queries))
    queries, truth = queries[:count], truth[:count]
    resident, anonymous = machine.memory("VmRSS"), machine.memory("RssAnon")
    start = time.perf_counter()
    peer.open(path)
    opening = time.perf_counter() - start
    points = []
    for threads in work["threads"]:
        if threads > getattr(peer, "most_threads", threads):
            continue
        for ef in [NEIGHBORS] if work["peer"] in EXACT else work["ef"]:
            found = peer.search(queries, NEIGHBORS, ef, threads)
            recall = sum(len(set(mine) & set(true)) for mine, true in zip(found.tolist(), truth.tolist())) / truth.size
            passes, begun, others = [], time.perf_counter(), machine.OtherLoad()
            while not passes or time.perf_counter() - begun < SECONDS:
                start = time.perf_counter()
                peer.search(queries, NEIGHBORS, ef, threads)
                passes.append(time.perf_counter() - start)
            points.append({
                "phase": "search", "threads": threads, "ef": ef, "recall": recall, "qps": len(queries) / min(passes),
                "other_load": others.cores(),
            })
    yield {
        "phase": "open", "seconds": opening, "resident_bytes": machine.memory("VmRSS") - resident,
        "anonymous_bytes": machine.memory("RssAnon") - anonymous,
    }
    yield from points


def main():
    phase, work = sys.argv[1], json.loads(sys.argv[2])
    peer = PEERS[work["peer"]]()
    importlib.import_module(peer.module)
    for figures in {"build": build, "search": search}[phase](peer, work, Path(work["path"])):
        print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()

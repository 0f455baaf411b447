"""One peer in a process of its own: `python -m encoder.worker MODE PEER ...`, figures as JSON lines on standard output.

bulk    each set of texts again and again, all at once; the vectors go into a folder
query   texts one by one
cold    one text, then the end: what a user's script pays at every start
"""

import json
import sys
import time
from pathlib import Path

import numpy

from shared import machine

from .peers import PEERS


def read(path):
    return [line for line in Path(path).read_text(encoding="utf-8").split("\n") if line]


def bulk(peer, work):
    for path in work["texts"]:
        texts, name = read(path), Path(path).stem
        peer.encode(texts[::6])
        seconds, begun = [], time.perf_counter()
        while not seconds or time.perf_counter() - begun < work["seconds"]:
            start = time.perf_counter()
            vectors, _ = peer.encode(texts)
            seconds.append(time.perf_counter() - start)
        numpy.save(Path(work["vectors"]) / f"{name}.npy", vectors)
        yield {"row": name, "seconds": seconds}
    yield {"row": "peak memory", "bytes": machine.peak_bytes()}


def query(peer, work):
    texts = read(work["queries"])
    for text in texts[:50]:
        peer.encode_one(text)
    latencies, begun = [], time.perf_counter()
    while not latencies or time.perf_counter() - begun < work["seconds"]:
        for text in texts:
            start = time.perf_counter()
            peer.encode_one(text)
            latencies.append(time.perf_counter() - start)
    p50, p99 = numpy.quantile(latencies, [0.5, 0.99], method="inverted_cdf")
    yield {"row": "query", "p50": p50 * 1e6, "p99": p99 * 1e6}


def cold(peer, work):
    peer.encode_one(work["text"])
    return ()


def main():
    mode, name, work = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    peer = PEERS[name](Path(work["made"]), Path(work["model"]), work["threads"], mode == "bulk")
    for figures in {"bulk": bulk, "query": query, "cold": cold}[mode](peer, work):
        print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()

"""Starts the processes that are measured: the peers' workers, AkinBench, and `akin embed` for what a whole program costs."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy

from shared import machine

from .peers import PEERS

# Precision and table of kernels (None: the processor's best) of each of Akin's columns.
AKIN = {
    "akin fp32": ("fp32", None),
    "akin bf16": ("bf16", None),
    "akin int8": ("int8", None),
    "akin int8 avx2": ("int8", "avx2"),
}
ALL = [*AKIN, *PEERS]

COLD_STARTS = 5
COLD_TEXT = "what a doctor listens to your heart with"


@dataclass
class Work:
    model: Path
    # The model converted to the peers' formats, and where vectors are kept.
    made: Path
    # Files of texts by name; queries are not among the sets that are timed in bulk.
    paths: dict
    # Passes go on at least so long.
    seconds: float

    @property
    def sets(self):
        return {name: path for name, path in self.paths.items() if name != "queries"}

    def folder(self, engine):
        folder = self.made / "vectors" / engine.replace(" ", "-")
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def measure(engine, work, threads, first):
    """Yields the figures of one turn of an engine; those of whole processes only in its first."""
    one = akin if engine in AKIN else peer
    yield from one(engine, work, threads)
    if first:
        # The very first pass reads files from the disk and, for some libraries, makes caches.
        cold_start(engine, work, threads)
        yield {"row": "cold start", "seconds": [cold_start(engine, work, threads) for _ in range(COLD_STARTS)]}


def vectors(engine, work):
    """The engine's vectors of each set of texts, computed when they are not there."""
    files = {name: work.folder(engine) / f"{path.stem}.npy" for name, path in work.sets.items()}
    if any(not file.exists() or file.stat().st_mtime < work.sets[name].stat().st_mtime for name, file in files.items()):
        for _ in measure(engine, work, threads=os.cpu_count(), first=False):
            pass
    return {name: numpy.load(file) for name, file in files.items()}


def peer(engine, work, threads):
    for mode in ("bulk", "query"):
        for line in run(worker(mode, engine, work, threads), threads).splitlines():
            if line.startswith(b"{"):
                yield json.loads(line)


def worker(mode, engine, work, threads):
    order = {
        "made": str(work.made), "model": str(work.model), "threads": threads, "seconds": work.seconds, "text": COLD_TEXT,
        "texts": [str(path) for path in work.sets.values()], "queries": str(work.paths["queries"]),
        "vectors": str(work.folder(engine)),
    }
    return [sys.executable, "-m", "encoder.worker", mode, engine, json.dumps(order)]


def akin(engine, work, threads):
    precision, kernels = AKIN[engine]
    common = [".build/release/AkinBench", "encoder", "--model", work.model, "--precision", precision, "--threads", threads]
    for name, path in work.sets.items():
        out = work.folder(engine) / f"{path.stem}.npy"
        figures = json.loads(run([*common, "--seconds", work.seconds, "--texts", path, "--out", out], threads, kernels=kernels))
        yield {"row": name, "seconds": figures["seconds"]}
    figures = json.loads(run([*common, "--seconds", work.seconds, "--texts", work.paths["queries"], "--mode", "query"], threads, kernels=kernels))
    yield {"row": "query", "p50": figures["p50"], "p99": figures["p99"]}
    with tempfile.TemporaryFile() as everything:
        for path in work.sets.values():
            everything.write(path.read_bytes())
        everything.seek(0)
        command = list(map(str, embed(engine, work, threads)))
        yield {"row": "peak memory", "bytes": machine.peak_bytes_of(command, everything, machine.environment(threads, kernels))}


def run(command, threads, kernels=None, text=""):
    """What a process prints, with a text on its standard input. Ends the benchmark when the process fails."""
    environment = machine.environment(threads, kernels)
    done = subprocess.run(list(map(str, command)), env=environment, input=text.encode(), capture_output=True)
    if done.returncode:
        sys.exit(f"{command} ended with {done.returncode}:\n{done.stderr.decode(errors='replace')}")
    return done.stdout


def embed(engine, work, threads):
    return [".build/release/akin", "embed", "--model", work.model, "--precision", AKIN[engine][0], "--threads", threads, "--format", "npy"]


def cold_start(engine, work, threads):
    """Seconds from starting a process to its end, one text encoded, with all files in the machine's memory."""
    start = time.perf_counter()
    if engine in AKIN:
        run(embed(engine, work, threads), threads, kernels=AKIN[engine][1], text=COLD_TEXT)
    else:
        run(worker("cold", engine, work, threads), threads)
    return time.perf_counter() - start

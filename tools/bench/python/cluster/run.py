"""Clusters with every library in turn, each in a process of its own, and writes figures and tables."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from index.data import Data
from shared import machine

from . import labelled, table

PEERS = ["faiss", "scikit-learn"]


def arguments():
    parser = argparse.ArgumentParser(prog="tools/bench/cluster", description="Sets Akin's clustering beside other libraries.")
    parser.add_argument("--quick", action="store_true", help="every 8th gloss")
    parser.add_argument("--output", type=Path, metavar="FOLDER", help="where figures and tables go")
    parser.add_argument("--k", type=int, default=100, help="clusters (default: 100)")
    parser.add_argument("--iterations", type=int, default=20, help="iterations of k-means (default: 20)")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seeds", default="42,1,2", metavar="LIST", help="random seeds; figures are means over them")
    parser.add_argument("--million", action="store_true", help="also Akin over a million points made of mixtures of two with noise")
    parser.add_argument("--map", action="store_true", help="also the map, beside UMAP")
    parser.add_argument("--labelled", action="append", default=[], metavar="FILE", help="a tsv with a header, the label first and the text last")
    parser.add_argument("--topics", action="store_true", help="also BERTopic on the labelled texts")
    return parser.parse_args()


def main():
    asked = arguments()
    home = Path(os.environ["AKIN_BENCH_HOME"])
    output = asked.output or home / "cluster-results"
    output.mkdir(parents=True, exist_ok=True)
    kind, every, queries = ("quick", 8, 300) if asked.quick else ("full", 1, 1000)
    data = Data(home / "vectors" / kind, os.environ["AKIN_MODEL"], every, queries)
    seeds = [int(seed) for seed in asked.seeds.split(",")]
    lines = [{"phase": "machine", "machine": machine.name(), "k": asked.k, "iterations": asked.iterations, "threads": asked.threads}]
    # The libraries take turns, so that a slow minute of the machine affects all of them.
    for seed in seeds:
        for engine in ["akin", *PEERS]:
            lines.append(k_means(engine, data.vectors_file, asked, seed))
    if asked.million:
        lines.append(k_means("akin", million(data, home), asked, seeds[0]) | {"phase": "million"})
    if asked.map:
        lines += maps(data.vectors_file, asked, output)
    for file in asked.labelled:
        lines += labelled.measure(Path(file), asked, output, seeds)
    (output / "figures.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    print(table.write(lines, output))


def k_means(engine, vectors, asked, seed):
    print(f"{engine}, seed {seed}", file=sys.stderr, flush=True)
    load = machine.OtherLoad()
    if engine == "akin":
        found = akin(vectors, asked.k, asked.threads, seed, "--iterations", asked.iterations, "--restarts", 1)[-1]
    else:
        command = [sys.executable, "-m", "cluster.peers", engine, vectors, asked.k, asked.iterations, asked.threads, seed]
        found = json.loads(run(command, asked.threads))
    return {"phase": "k-means", "engine": engine, "seed": seed, "other_load": load.cores()} | {
        key: found[key] for key in ("seconds", "objective", "rows")
    }


def akin(vectors, k, threads, seed, *options):
    command = [".build/release/AkinBench", "cluster", "--vectors", vectors, "--k", k, "--threads", threads, "--seed", seed, *options]
    return [json.loads(line) for line in run(command, threads).splitlines()]


def run(command, threads):
    return subprocess.run([str(part) for part in command], env=machine.environment(threads), check=True, capture_output=True).stdout.decode()


def million(data, home):
    """Each vector, and mixtures of two with noise, of unit length."""
    import numpy

    file = home / "vectors" / "million.npy"
    if not file.exists():
        random = numpy.random.default_rng(1)
        vectors = data.vectors
        rows = numpy.empty((1_000_000, vectors.shape[1]), numpy.float32)
        rows[: len(vectors)] = vectors
        for start in range(len(vectors), len(rows), 50_000):
            end = min(start + 50_000, len(rows))
            one, other = (vectors[random.integers(len(vectors), size=end - start)] for _ in range(2))
            mixed = one + 0.6 * other + 0.02 * random.standard_normal((end - start, vectors.shape[1]), numpy.float32)
            rows[start:end] = mixed / numpy.linalg.norm(mixed, axis=1, keepdims=True)
        numpy.save(file, rows)
    return file


def maps(vectors, asked, output):
    from . import layout

    return layout.measure(vectors, asked, output, akin)


if __name__ == "__main__":
    main()

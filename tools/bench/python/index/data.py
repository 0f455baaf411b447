"""Vectors, queries and the true neighbours: WordNet encoded by Akin.

Indexed are all glosses of WordNet 3.0, each with its words before it and without the usage examples it quotes. The queries are such
examples, one from each of a thousand glosses all over WordNet: sentences that are not in the index, about words that are.

A million vectors are those and mixtures of them (`widen`).
"""

import json
import re
import subprocess

import numpy

from shared import machine

# The true neighbours that are kept for each query, best first.
TRUE_NEIGHBORS = 100
MILLION = 1_000_000


class Data:
    """Files of one set, made when they are not there: vectors.npy, queries.npy (float32, unit length) and truth.npy (int32)."""

    def __init__(self, folder, model, every, queries, widened=None):
        self.folder = folder
        self.vectors_file, self.queries_file, self.truth_file = (folder / f"{name}.npy" for name in ("vectors", "queries", "truth"))
        folder.mkdir(parents=True, exist_ok=True)
        if not self.truth_file.exists():
            if widened:
                widen(self, widened, MILLION)
            else:
                make(self, model, every, queries)

    @property
    def vectors(self):
        return numpy.load(self.vectors_file)

    @property
    def queries(self):
        return numpy.load(self.queries_file)

    @property
    def truth(self):
        return numpy.load(self.truth_file)


def make(data, model, every, queries):
    corpus = data.folder / "wordnet.jsonl"
    subprocess.run(["tools/wordnet-corpus", "--every", str(every), corpus], check=True)
    glosses = [json.loads(line) for line in corpus.open(encoding="utf-8")]
    embed([text_of(gloss) for gloss in glosses], model, data.vectors_file)
    asked = [text for text in map(example_of, glosses) if text]
    if len(asked) < queries:
        raise SystemExit(f"Only {len(asked)} of the glosses quote an example; {queries} are needed.")
    embed(asked[:: len(asked) // queries][:queries], model, data.queries_file)
    numpy.save(data.truth_file, nearest(data.vectors, data.queries))


def widen(data, source, count, seed=1):
    """More vectors out of those of a set, asked by its queries: the set itself, then mixtures of two of its vectors in parts between .3 and
    .7, with normal noise of .02 a component, at unit length. Mixtures lie between real texts; the noise keeps them off a line."""
    known = source.vectors
    generator = numpy.random.default_rng(seed)
    vectors = numpy.lib.format.open_memmap(data.vectors_file, mode="w+", dtype=numpy.float32, shape=(count, known.shape[1]))
    vectors[: len(known)] = known
    for start in range(len(known), count, 50_000):
        size = min(50_000, count - start)
        first, second = (known[generator.integers(len(known), size=size)] for _ in range(2))
        share = generator.uniform(0.3, 0.7, (size, 1)).astype(numpy.float32)
        mixed = share * first + (1 - share) * second + generator.normal(0, 0.02, first.shape).astype(numpy.float32)
        vectors[start : start + size] = mixed / numpy.linalg.norm(mixed, axis=1, keepdims=True)
    vectors.flush()
    numpy.save(data.queries_file, source.queries)
    numpy.save(data.truth_file, nearest(vectors, source.queries))


def text_of(gloss):
    definition = re.sub(r';?\s*"[^"]*"', "", gloss["text"]).strip()
    return f"{', '.join(gloss['words'])}: {definition}"


def example_of(gloss):
    """The gloss's first usage example of 4 words or more, if it has one."""
    return next((text for text in re.findall(r'"([^"]+)"', gloss["text"]) if len(text.split()) >= 4), None)


def embed(texts, model, target):
    command = [".build/release/akin", "embed", "--model", str(model), "--format", "npy"]
    with target.open("wb") as output:
        subprocess.run(command, input="".join(text + "\n" for text in texts).encode(), stdout=output, env=machine.environment(), check=True)


def nearest(vectors, queries):
    """The rows of the largest inner products, by multiplying everything out."""
    rows = []
    for start in range(0, len(queries), 100):
        scores = queries[start : start + 100] @ vectors.T
        best = numpy.argpartition(-scores, TRUE_NEIGHBORS, axis=1)[:, :TRUE_NEIGHBORS]
        order = numpy.argsort(-numpy.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
        rows.append(numpy.take_along_axis(best, order, axis=1))
    return numpy.concatenate(rows).astype(numpy.int32)

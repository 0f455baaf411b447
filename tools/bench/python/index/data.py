"""Vectors, queries and the true neighbours: WordNet encoded by Akin.

Indexed are all glosses of WordNet 3.0, each with its words before it and without the usage examples it quotes. The queries are such
examples, one from each of a thousand glosses all over WordNet: sentences that are not in the index, about words that are.
"""

import json
import re
import subprocess

import numpy

from shared import machine

# The true neighbours that are kept for each query, best first.
TRUE_NEIGHBORS = 100


class Data:
    """Files of one set, made when they are not there: vectors.npy, queries.npy (float32, unit length) and truth.npy (int32)."""

    def __init__(self, folder, model, every, queries):
        self.folder = folder
        self.vectors_file, self.queries_file, self.truth_file = (folder / f"{name}.npy" for name in ("vectors", "queries", "truth"))
        folder.mkdir(parents=True, exist_ok=True)
        if not self.truth_file.exists():
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

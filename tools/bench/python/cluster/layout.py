"""The map beside UMAP's: time, and how many of the 15 nearest neighbours stay among the 15 nearest on the map."""

import time

import numpy

NEIGHBORS, ROWS, SAMPLE = 15, 20_000, 1_500


def measure(vectors_file, asked, output, akin):
    vectors = numpy.load(vectors_file)
    vectors = numpy.ascontiguousarray(vectors[:: max(1, len(vectors) // ROWS)][:ROWS])
    file, places = output / "map-vectors.npy", output / "map.npy"
    numpy.save(file, vectors)
    found = akin(file, 50, asked.threads, 42, "--restarts", 1, "--map", places)[-1]
    lines = [{"phase": "map", "engine": "akin", "rows": len(vectors), "seconds": found["seconds"], "kept": kept(vectors, numpy.load(places))}]
    from umap import UMAP

    start = time.perf_counter()
    umap = UMAP(metric="cosine", random_state=1).fit_transform(vectors)
    lines.append({"phase": "map", "engine": "umap-learn", "rows": len(vectors), "seconds": time.perf_counter() - start, "kept": kept(vectors, umap)})
    return lines


def kept(vectors, places):
    asked = numpy.random.default_rng(0).permutation(len(vectors))[:SAMPLE]
    near = nearest(-(vectors[asked] @ vectors.T), asked)
    squares = (places**2).sum(1)
    on_map = nearest(squares[None, :] - 2 * places[asked] @ places.T, asked)
    return float(numpy.mean([len(set(one) & set(other)) / NEIGHBORS for one, other in zip(near, on_map)]))


def nearest(distances, own):
    distances[numpy.arange(len(own)), own] = numpy.inf
    return numpy.argpartition(distances, NEIGHBORS, axis=1)[:, :NEIGHBORS]

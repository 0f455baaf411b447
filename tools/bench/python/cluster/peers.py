"""One run of k-means of a library, in a process of its own; prints a line of JSON.

usage: python -m cluster.peers ENGINE VECTORS K ITERATIONS THREADS SEED
"""

import json
import sys
import time

import numpy


def faiss(vectors, k, iterations, threads, seed):
    import faiss as library

    library.omp_set_num_threads(threads)
    # All points, as Akin takes them; by default faiss samples 256 a centroid.
    means = library.Kmeans(
        vectors.shape[1], k, niter=iterations, seed=seed, spherical=True, max_points_per_centroid=len(vectors) // k + 1
    )
    start = time.perf_counter()
    means.train(vectors)
    _, nearest = means.index.search(vectors, 1)
    return time.perf_counter() - start, nearest[:, 0]


def scikit_learn(vectors, k, iterations, threads, seed):
    from sklearn.cluster import KMeans

    means = KMeans(k, n_init=1, max_iter=iterations, tol=0, random_state=seed)
    start = time.perf_counter()
    labels = means.fit_predict(vectors)
    return time.perf_counter() - start, labels


def objective(vectors, assignments):
    """The sum of the cosines to the unit centroid of each row's cluster: the lengths of the clusters' sums, added up."""
    sums = numpy.zeros((assignments.max() + 1, vectors.shape[1]))
    numpy.add.at(sums, assignments, vectors)
    return float(numpy.linalg.norm(sums, axis=1).sum())


def main():
    engine, file, *numbers = sys.argv[1:]
    vectors = numpy.ascontiguousarray(numpy.load(file), dtype=numpy.float32)
    seconds, assignments = {"faiss": faiss, "scikit-learn": scikit_learn}[engine](vectors, *map(int, numbers))
    print(json.dumps({"seconds": seconds, "objective": objective(vectors, assignments), "rows": len(vectors)}))


if __name__ == "__main__":
    main()

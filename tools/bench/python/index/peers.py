"""The peers: each builds an index of unit vectors under inner product, saves it, opens it, and answers a batch of queries.

`build(vectors, path, threads)` leaves the index in a file or folder; `open(path)` brings it back; `search(queries, k, ef, threads)`
gives the ids, (queries, k). `module` is what has to be imported first; `most_queries` and `most_threads` bound what is asked of a slow
one. Graphs have 32 links in the lowest level (M = 16) and 200 candidates while building.
"""

import numpy

DIMENSION = 384
LINKS = 16
CANDIDATES = 200


class Faiss:
    """HNSW over float32."""

    module = "faiss"


    def build(self, vectors, path, threads):
        import faiss

        faiss.omp_set_num_threads(threads)
        index = faiss.IndexHNSWFlat(vectors.shape[1], LINKS, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = CANDIDATES
        index.add(vectors)
        faiss.write_index(index, str(path))

    def open(self, path):
        import faiss

        self.faiss = faiss
        self.index = faiss.read_index(str(path))

    def search(self, queries, k, ef, threads):
        self.faiss.omp_set_num_threads(threads)
        return self.index.search(queries, k, params=self.faiss.SearchParametersHNSW(efSearch=ef))[1]


class FaissFlat(Faiss):
    """Exact search by multiplying everything out, one query at a time."""

    most_queries = 200

    def build(self, vectors, path, threads):
        import faiss

        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        faiss.write_index(index, str(path))

    def search(self, queries, k, ef, threads):
        self.faiss.omp_set_num_threads(threads)
        return numpy.concatenate([self.index.search(query[None], k)[1] for query in queries])


class Hnswlib:
    module = "hnswlib"

    def build(self, vectors, path, threads):
        import hnswlib

        index = hnswlib.Index(space="ip", dim=vectors.shape[1])
        index.init_index(max_elements=len(vectors), ef_construction=CANDIDATES, M=LINKS)
        index.add_items(vectors, num_threads=threads)
        index.save_index(str(path))

    def open(self, path):
        import hnswlib

        self.index = hnswlib.Index(space="ip", dim=DIMENSION)
        self.index.load_index(str(path))

    def search(self, queries, k, ef, threads):
        self.index.set_ef(ef)
        return self.index.knn_query(queries, k=k, num_threads=threads)[0]


class USearch:
    module = "usearch.index"

    def __init__(self, kind):
        self.kind = kind

    def build(self, vectors, path, threads):
        from usearch.index import Index

        index = Index(ndim=vectors.shape[1], metric="ip", dtype=self.kind, connectivity=LINKS, expansion_add=CANDIDATES)
        index.add(numpy.arange(len(vectors)), vectors, threads=threads)
        index.save(str(path))

    def open(self, path):
        from usearch.index import Index

        self.index = Index.restore(str(path))

    def search(self, queries, k, ef, threads):
        self.index.expansion_search = ef
        return self.index.search(queries, k, threads=threads).keys.astype(numpy.int64)


class SymphonyQG:
    """A graph of fixed degree whose nodes hold 1-bit codes of their neighbours beside the raw vectors."""

    module = "rabitqlib"

    def build(self, vectors, path, threads):
        from rabitqlib import SymqgIndex

        index = SymqgIndex(vectors.shape[1], 32, metric="ip")
        index.build(vectors, CANDIDATES, num_threads=threads)
        index.save(str(path))

    def open(self, path):
        from rabitqlib import SymqgIndex

        self.index = SymqgIndex.load(str(path))

    def search(self, queries, k, ef, threads):
        return self.index.search(queries, k, ef, num_threads=threads)[0]


class Zvec:
    """HNSW over int8 with a refining pass over float32; its Python interface takes one query at a time."""

    module = "zvec"

    def build(self, vectors, path, threads):
        import zvec

        zvec.init(log_level=zvec.LogLevel.ERROR, optimize_threads=threads)
        index = zvec.HnswIndexParam(
            metric_type=zvec.MetricType.IP, m=LINKS, ef_construction=CANDIDATES, quantize_type=zvec.QuantizeType.INT8)
        field = zvec.VectorSchema("vector", zvec.DataType.VECTOR_FP32, vectors.shape[1], index_param=index)
        collection = zvec.create_and_open(path=str(path), schema=zvec.CollectionSchema(name="bench", vectors=field))
        for start in range(0, len(vectors), 1000):
            part = vectors[start : start + 1000].tolist()
            collection.insert([zvec.Doc(id=str(start + row), vectors={"vector": vector}) for row, vector in enumerate(part)])
        collection.optimize(zvec.OptimizeOption(concurrency=threads))
        collection.flush()

    def open(self, path):
        import zvec

        zvec.init(log_level=zvec.LogLevel.ERROR)
        self.zvec = zvec
        self.collection = zvec.open(str(path))

    def search(self, queries, k, ef, threads):
        from concurrent.futures import ThreadPoolExecutor

        parameters = self.zvec.HnswQueryParam(ef=ef, is_using_refiner=True)

        def ask(query):
            found = self.collection.query(self.zvec.Query(field_name="vector", vector=query, param=parameters), topk=k, output_fields=[])
            ids = [int(one.id) for one in found]
            return ids + [-1] * (k - len(ids))

        with ThreadPoolExecutor(threads) as pool:
            return numpy.array(list(pool.map(ask, queries)))


class ScalableVS:
    """Vamana over float16; its compressed kinds refuse processors that are not Intel's."""

    module = "svs"

    def build(self, vectors, path, threads):
        import svs

        parameters = svs.VamanaBuildParameters(alpha=0.95, graph_max_degree=2 * LINKS, window_size=CANDIDATES)
        index = svs.Vamana.build(parameters, vectors.astype(numpy.float16), svs.DistanceType.MIP, num_threads=threads)
        path.mkdir()
        index.save(*(str(path / part) for part in ("config", "graph", "data")))

    def open(self, path):
        import svs

        self.svs = svs
        data = svs.VectorDataLoader(str(path / "data"), svs.DataType.float16)
        self.index = svs.Vamana(
            str(path / "config"), svs.GraphLoader(str(path / "graph")), data, svs.DistanceType.MIP, query_type=svs.DataType.float32)

    def search(self, queries, k, ef, threads):
        self.index.num_threads = threads
        self.index.search_window_size = ef
        return self.index.search(queries, k)[0].astype(numpy.int64)


class SQLiteVec:
    """Exact search in SQL, of a few queries only."""

    module = "apsw"
    most_queries = 30
    most_threads = 1

    def build(self, vectors, path, threads):
        connection = self.connect(path)
        connection.execute(f"create virtual table item using vec0(vector float[{vectors.shape[1]}] distance_metric=cosine)")
        with connection:
            connection.executemany("insert into item(rowid, vector) values (?, ?)", ((row, vector.tobytes()) for row, vector in enumerate(vectors)))

    def open(self, path):
        self.connection = self.connect(path)

    @staticmethod
    def connect(path):
        import apsw
        import sqlite_vec

        connection = apsw.Connection(str(path))
        connection.enable_load_extension(True)
        connection.load_extension(sqlite_vec.loadable_path())
        return connection

    def search(self, queries, k, ef, threads):
        ask = "select rowid from item where vector match ? and k = ? order by distance"
        return numpy.array([[row[0] for row in self.connection.execute(ask, (query.tobytes(), k))] for query in queries])


# Name of a peer to what makes it. Exact ones have no `ef`.
PEERS = {
    "faiss HNSW f32": Faiss,
    "hnswlib f32": Hnswlib,
    "usearch f32": lambda: USearch("f32"),
    "usearch bf16": lambda: USearch("bf16"),
    "usearch i8": lambda: USearch("i8"),
    "rabitqlib SymphonyQG": SymphonyQG,
    "zvec HNSW int8": Zvec,
    "scalable-vs Vamana f16": ScalableVS,
    "faiss flat": FaissFlat,
    "sqlite-vec flat": SQLiteVec,
}
EXACT = {"faiss flat", "sqlite-vec flat"}

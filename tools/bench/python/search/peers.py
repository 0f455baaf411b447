"""The peers. Each builds an index of texts and vectors, and answers with the numbers of texts, best first.

`modes` names what it can do: words (BM25), vectors, or both at once (hybrid). Vectors of questions are given, since these libraries do not
make them; what Akin spends on them is part of its figures.
"""

import re
import sqlite3

import numpy

# As many candidates as Akin takes from each list.
DEPTH = 100


def words(text):
    return re.findall(r"\w+", text.lower())


class Tantivy:
    modes = ["keyword"]

    def build(self, texts, vectors, path):
        import tantivy

        path.mkdir()
        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("number", stored=True, fast=True)
        schema.add_text_field("text", stored=False, tokenizer_name="en_stem")
        self.index = tantivy.Index(schema.build(), path=str(path))
        writer = self.index.writer(200_000_000, 1)
        for number, text in enumerate(texts):
            writer.add_document(tantivy.Document(number=number, text=text))
        writer.commit()
        writer.wait_merging_threads()

    def open(self):
        self.index.reload()
        self.searcher = self.index.searcher()

    def keyword(self, text):
        hits = self.searcher.search(self.index.parse_query(" ".join(words(text)), ["text"]), DEPTH).hits
        return lambda: [self.searcher.doc(place)["number"][0] for _, place in hits]


class BM25S:
    modes = ["keyword"]

    def build(self, texts, vectors, path):
        import bm25s
        import Stemmer

        self.stemmer, self.bm25s = Stemmer.Stemmer("english"), bm25s
        self.index = bm25s.BM25(k1=1.2, b=0.75)
        self.index.index(bm25s.tokenize(texts, stopwords=None, stemmer=self.stemmer, show_progress=False), show_progress=False)
        self.index.save(str(path))

    def open(self):
        pass

    def keyword(self, text):
        asked = self.bm25s.tokenize([text], stopwords=None, stemmer=self.stemmer, show_progress=False)
        found, _ = self.index.retrieve(asked, k=DEPTH, show_progress=False)
        return lambda: [int(number) for number in found[0]]


class FTS5:
    modes = ["keyword"]

    def build(self, texts, vectors, path):
        self.store = sqlite3.connect(path)
        self.store.execute("CREATE VIRTUAL TABLE passage USING fts5 (text, tokenize = 'porter unicode61')")
        self.store.executemany("INSERT INTO passage (rowid, text) VALUES (?, ?)", enumerate(texts, 1))
        self.store.execute("INSERT INTO passage (passage) VALUES ('optimize')")
        self.store.commit()

    def open(self):
        pass

    def keyword(self, text):
        return self.match(" OR ".join(f'"{word}"' for word in words(text)))

    def match(self, asked):
        """What an expression of FTS5 finds."""
        rows = self.store.execute("SELECT rowid - 1 FROM passage WHERE passage MATCH ? ORDER BY rank, rowid LIMIT ?", (asked, DEPTH)).fetchall()
        return lambda: [row[0] for row in rows]


class LanceDB:
    modes = ["keyword", "semantic", "hybrid"]

    def build(self, texts, vectors, path):
        import lancedb
        import pyarrow

        rows = pyarrow.FixedSizeListArray.from_arrays(pyarrow.array(vectors.ravel()), vectors.shape[1])
        table = pyarrow.table({"number": numpy.arange(len(texts)), "text": texts, "vector": rows})
        self.table = lancedb.connect(path).create_table("texts", table)
        self.table.create_index(metric="cosine", index_type="IVF_HNSW_SQ")
        self.table.create_fts_index("text", with_position=False, stem=True, remove_stop_words=False)

    def open(self):
        from lancedb.rerankers import RRFReranker

        self.reranker = RRFReranker()

    def keyword(self, text):
        found = self.table.search(" ".join(words(text)), query_type="fts").select(["number"]).limit(DEPTH).to_arrow()
        return lambda: found["number"].to_pylist()

    def semantic(self, vector):
        found = self.table.search(vector).nprobes(20).refine_factor(2).select(["number"]).limit(DEPTH).to_arrow()
        return lambda: found["number"].to_pylist()

    def hybrid(self, text, vector):
        asked = self.table.search(query_type="hybrid").vector(vector).text(" ".join(words(text)))
        found = asked.rerank(self.reranker).select(["number"]).limit(10).to_arrow()
        return lambda: found["number"].to_pylist()


class Zvec:
    modes = ["semantic"]

    def build(self, texts, vectors, path):
        import zvec

        self.zvec = zvec
        field = zvec.VectorSchema("vector", zvec.DataType.VECTOR_FP32, vectors.shape[1], index_param=zvec.HnswIndexParam(metric_type=zvec.MetricType.IP))
        self.index = zvec.create_and_open(path=str(path), schema=zvec.CollectionSchema(name="texts", vectors=field))
        for start in range(0, len(texts), 1000):
            part = vectors[start : start + 1000]
            self.index.insert([zvec.Doc(id=str(start + place), vectors={"vector": vector.tolist()}) for place, vector in enumerate(part)])
        self.index.optimize()

    def open(self):
        pass

    def semantic(self, vector):
        found = self.index.query(self.zvec.VectorQuery("vector", vector=vector.tolist()), topk=DEPTH)
        return lambda: [int(one.id) for one in found]


class TxtAI:
    modes = ["keyword", "semantic", "hybrid"]

    def build(self, texts, vectors, path):
        from txtai import Embeddings

        self.vectors = {}
        self.index = Embeddings(method="external", transform=self.transform, hybrid=True, scoring={"method": "bm25", "normalize": True, "terms": True}, backend="hnsw")
        self.given = iter(vectors)
        self.index.index((number, text) for number, text in enumerate(texts))
        self.given = None
        self.index.save(str(path))

    def transform(self, texts):
        if self.given is not None:
            return numpy.stack([next(self.given) for _ in texts])
        return numpy.stack([self.asked for _ in texts])

    def open(self):
        pass

    def keyword(self, text):
        found = self.index.search(text, DEPTH, weights=0)
        return lambda: [number for number, _ in found]

    def semantic(self, vector):
        self.asked = vector
        found = self.index.search("", DEPTH, weights=1)
        return lambda: [number for number, _ in found]

    def hybrid(self, text, vector):
        self.asked = vector
        found = self.index.search(text, 10)
        return lambda: [number for number, _ in found]


PEERS = {"tantivy": Tantivy, "bm25s": BM25S, "SQLite FTS5": FTS5, "LanceDB": LanceDB, "zvec": Zvec, "txtai": TxtAI}

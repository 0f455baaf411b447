"""Agreement with labels (V-measure) of clusterings of the same vectors, and of a topic model made of the same texts."""

import json
import subprocess
import tempfile
import time
from pathlib import Path

import numpy

from shared import machine


def measure(file, asked, output, seeds):
    from sklearn.metrics import v_measure_score

    rows = [line.rstrip("\n").split("\t") for line in file.open(encoding="utf-8")][1:]
    labels, texts = [row[0] for row in rows], [row[-1] for row in rows]
    name, k = f"{file.parent.name}/{file.stem}", len(set(labels))
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        vectors = Path(folder, "vectors.npy")
        embed = [".build/release/akin", "embed", "--format", "npy"]
        with vectors.open("wb") as target:
            lines_in = "".join(text.replace("\n", " ") + "\n" for text in texts).encode()
            subprocess.run(embed, input=lines_in, stdout=target, env=machine.environment(), check=True)
        loaded = numpy.load(vectors)
        for seed in seeds:
            for wanted in (k, "auto"):
                found = akin_labels(vectors, wanted, asked.threads, seed, Path(folder, "labels"))
                score = v_measure_score(labels, found["labels"])
                phase = "labelled" if wanted == k else "auto"
                lines.append({"phase": phase, "set": name, "engine": "akin", "seed": seed, "k": found["k"], "true_k": k, "v": score})
            lines.append({"phase": "labelled", "set": name, "engine": "scikit-learn", "seed": seed, "k": k, "true_k": k}
                         | {"v": v_measure_score(labels, scikit_learn(loaded, k, seed))})
        lines.append(akin_topics(name, labels, texts, Path(folder)))
        if asked.topics:
            lines.append(bertopic(name, labels, texts, loaded, seeds[0]))
    return lines


def akin_labels(vectors, k, threads, seed, file):
    from .run import akin

    found = akin(vectors, k, threads, seed, "--assignments", file)[-1]
    return {"k": found["k"], "labels": [int(line) for line in file.read_text().split()]}


def scikit_learn(vectors, k, seed):
    from sklearn.cluster import KMeans

    return KMeans(k, n_init=10, random_state=seed).fit_predict(vectors)


def akin_topics(name, labels, texts, folder):
    """The whole of it, as a user does it: index, cluster, report."""
    from sklearn.metrics import v_measure_score

    corpus, store = folder / "corpus.jsonl", folder / "corpus.db"
    corpus.write_text("".join(json.dumps({"id": str(place), "text": text}) + "\n" for place, text in enumerate(texts)))
    start = time.perf_counter()
    subprocess.run([".build/release/akin", "index", corpus, "--db", store, "--quiet"], env=machine.environment(), check=True)
    indexed = time.perf_counter() - start
    command = [".build/release/akin", "cluster", "--db", store, "--json", "--quiet", "--report", folder / "report.html"]
    found = json.loads(subprocess.run(command, env=machine.environment(), check=True, capture_output=True).stdout)
    seconds = time.perf_counter() - start
    given = [found["assignments"][str(place)] for place in range(len(texts))]
    topics = [cluster["keywords"] for cluster in found["clusters"]]
    return {"phase": "topics", "set": name, "engine": "akin", "seconds": seconds, "indexing": indexed, "k": found["k"],
            "v": v_measure_score(labels, given)} | quality(topics, texts)


def bertopic(name, labels, texts, vectors, seed):
    """BERTopic with its defaults, given the vectors and a seed; its outliers, topic -1, count as a topic of their own."""
    from bertopic import BERTopic
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.metrics import v_measure_score
    from umap import UMAP

    # UMAP as BERTopic makes it, with a seed.
    layout = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    model = BERTopic(umap_model=layout, vectorizer_model=CountVectorizer(stop_words="english"), embedding_model=None)
    start = time.perf_counter()
    given, _ = model.fit_transform(texts, vectors)
    seconds = time.perf_counter() - start
    topics = [[word for word, _ in words] for topic, words in model.get_topics().items() if topic >= 0]
    return {"phase": "topics", "set": name, "engine": "bertopic (vectors given)", "seconds": seconds, "k": len(topics),
            "v": v_measure_score(labels, given), "outliers": sum(topic < 0 for topic in given) / len(given)} | quality(topics, texts)


def quality(topics, texts, words=10):
    """Coherence: the mean normalised pointwise mutual information of pairs of a topic's words over documents (Bouma, 2009). Diversity: the
    share of different words among all (Dieng, Ruiz and Blei, 2020). Phrases count where all their words occur."""
    terms = {term for topic in topics for term in topic[:words]}
    split = [set("".join(c if c.isalnum() else " " for c in text.lower()).split()) for text in texts]
    where = {term: {place for place, held in enumerate(split) if held.issuperset(term.lower().split())} for term in terms}
    scores = []
    for topic in topics:
        chosen = topic[:words]
        for place, one in enumerate(chosen):
            for other in chosen[place + 1 :]:
                both, left, right = len(where[one] & where[other]), len(where[one]), len(where[other])
                if both:
                    share = both / len(texts)
                    pointwise = numpy.log(share * len(texts) ** 2 / (left * right))
                    scores.append(pointwise / -numpy.log(share) if share < 1 else 1.0)
                elif left and right:
                    scores.append(-1.0)
    flat = [term for topic in topics for term in topic[:words]]
    return {"coherence": float(numpy.mean(scores)) if scores else 0.0, "diversity": len(set(flat)) / max(len(flat), 1)}

"""Trains with gensim in a process of its own and prints the seconds."""

import json
import sys
import time

from gensim.models import Word2Vec


def main():
    order = json.loads(sys.argv[1])
    settings = order["settings"]
    exact = "hs" in settings
    model = Word2Vec(
        vector_size=order["dimension"], window=5, min_count=5, sample=1e-3, sg=int("skipgram" in settings), hs=int(exact),
        negative=0 if exact else 5, workers=order["threads"], seed=order["seed"])
    model.build_vocab(corpus_file=order["text"])
    began = time.perf_counter()
    model.train(corpus_file=order["text"], total_words=model.corpus_total_words, epochs=order["epochs"])
    seconds = time.perf_counter() - began
    model.wv.save_word2vec_format(order["output"], binary=order["output"].endswith(".bin"))
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    main()

"""Trains with floret, spaCy's fastText, in a process of its own and prints the seconds, the reading of the text left out."""

import json
import sys
import time

import floret


def main():
    order = json.loads(sys.argv[1])
    settings = {
        "model": order["mode"], "dim": order["dimension"], "thread": order["threads"], "minCount": 5, "ws": 5, "neg": 5, "t": 1e-4,
        "bucket": order["buckets"], "mode": "fasttext", "verbose": 0,
    }
    began = time.perf_counter()
    floret.train_unsupervised(order["text"], epoch=0, **settings)
    reading = time.perf_counter() - began
    began = time.perf_counter()
    model = floret.train_unsupervised(order["text"], epoch=order["epochs"], **settings)
    seconds = time.perf_counter() - began - reading
    model.save_vectors(order["output"])
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    main()

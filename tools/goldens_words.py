#!/usr/bin/env python3
"""Writes the files of word vectors that the tests read, and what gensim and fastText read from them.

    tools/goldens_words.py      # needs `pip install gensim` and Debian's fasttext

The text is made here: words of a few syllables that follow one another by rules of their own, so that there is something to learn.
"""

import json
import random
import subprocess
import tempfile
from pathlib import Path

import numpy
from gensim.models import KeyedVectors
from gensim.models.fasttext import load_facebook_model

GOLDENS = Path(__file__).resolve().parent.parent / "Tests/AkinWordsTests/Goldens/words"
UNSEEN = ["harbors", "lampposts", "x", "straßen", "新しい"]


def corpus(lines=400):
    draw = random.Random(7)
    nouns = ["harbor", "lamp", "river", "straße", "灯台", "bridge", "café", "post"]
    verbs = ["meets", "lights", "crosses", "holds"]
    return "\n".join(" ".join([draw.choice(nouns), draw.choice(verbs), draw.choice(nouns)]) for _ in range(lines)) + "\n"


def vectors_of(words, rows):
    return {word: [float(x) for x in row] for word, row in zip(words, rows)}


def fasttext(*arguments, text=None):
    return subprocess.run(["fasttext", *map(str, arguments)], input=text, capture_output=True, text=True, check=True).stdout


def asked(model, words):
    """What Debian's program prints for words: five digits each."""
    lines = fasttext("print-word-vectors", model, text="\n".join(words) + "\n").splitlines()
    return {line.split(" ")[0]: [float(x) for x in line.split()[1:]] for line in lines}


def write_json(name, value):
    (GOLDENS / name).write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def word2vec():
    draw = numpy.random.default_rng(3)
    words = ["the", "harbor", "straße", "灯台", "don't", "a_b", "🚢"]
    vectors = KeyedVectors(5)
    vectors.add_vectors(words, (draw.normal(size=(len(words), 5)) * 10.0 ** draw.integers(-6, 7, (len(words), 5))).astype("float32"))
    vectors.save_word2vec_format(GOLDENS / "gensim.bin", binary=True)
    vectors.save_word2vec_format(GOLDENS / "gensim.vec", binary=False)
    lines = (GOLDENS / "gensim.vec").read_text().splitlines()[1:]
    (GOLDENS / "glove.txt").write_text("\n".join(lines) + "\n")
    expected = {}
    for name, arguments in {"gensim.bin": {"binary": True}, "gensim.vec": {}, "glove.txt": {"no_header": True}}.items():
        read = KeyedVectors.load_word2vec_format(GOLDENS / name, **arguments)
        expected[name] = {"words": read.index_to_key, "vectors": vectors_of(read.index_to_key, read.vectors)}
    questions = {
        "neighbors": [[word, score] for word, score in vectors.most_similar("harbor", topn=4)],
        "add": [[word, score] for word, score in vectors.most_similar(positive=["harbor", "straße"], negative=["the"], topn=3)],
        "mul": [[word, score] for word, score in vectors.most_similar_cosmul(positive=["harbor", "straße"], negative=["the"], topn=3)],
        "similarity": float(vectors.similarity("harbor", "灯台")),
        "odd": vectors.doesnt_match(["harbor", "straße", "灯台", "don't"]),
    }
    write_json("word2vec.json", {"files": expected, "questions": questions})


def models(folder):
    text = folder / "text.txt"
    text.write_text(corpus())
    small = ["-dim", 6, "-epoch", 3, "-minCount", 1, "-thread", 1, "-minn", 2, "-maxn", 4]
    fasttext("skipgram", "-input", text, "-output", folder / "model", "-bucket", 60, *small)
    (folder / "labels.txt").write_text(
        "".join(f"__label__{'water' if 'river' in line else 'land'} {line}\n" for line in corpus().splitlines()))
    fasttext("supervised", "-input", folder / "labels.txt", "-output", folder / "labels", "-bucket", 400, "-wordNgrams", 1, *small)
    fasttext("quantize", "-input", folder / "labels.txt", "-output", folder / "labels", "-qnorm", "-dsub", 4, "-cutoff", 300)
    expected = {}
    for source, name in [("model.bin", "fasttext.bin"), ("model.vec", "fasttext.vec"), ("labels.ftz", "fasttext.ftz")]:
        (GOLDENS / name).write_bytes((folder / source).read_bytes())
    for name in ["fasttext.bin", "fasttext.ftz"]:
        words = [line.split(" ")[0] for line in fasttext("dump", GOLDENS / name, "dict").splitlines()[1:] if not line.startswith("__label__")]
        expected[name] = {"words": words, "printed": asked(GOLDENS / name, words + UNSEEN)}
    read = load_facebook_model(str(GOLDENS / "fasttext.bin")).wv
    expected["fasttext.bin"]["exact"] = vectors_of(read.index_to_key + UNSEEN, [read[word] for word in read.index_to_key + UNSEEN])
    read = KeyedVectors.load_word2vec_format(GOLDENS / "fasttext.vec")
    expected["fasttext.vec"] = {"words": read.index_to_key, "exact": vectors_of(read.index_to_key, read.vectors)}
    write_json("fasttext.json", expected)


if __name__ == "__main__":
    GOLDENS.mkdir(parents=True, exist_ok=True)
    word2vec()
    with tempfile.TemporaryDirectory() as name:
        models(Path(name))

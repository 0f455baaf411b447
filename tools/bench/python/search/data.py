"""Texts, questions and their vectors, and the answers that are right.

The texts are all glosses of WordNet, or those of a file. The questions are made of them: a half of a text's words, in order, with words
before it that people ask with, so that most of them hold frequent words and rare ones.
"""

import json
import random
import subprocess

ASKED = ["what is the word for {}", "how do I call {}", "{}", "a thing that is {}"]
QUESTIONS = 1000
# A question of more words than this is none that people ask.
LONGEST_QUESTION = 12


class Data:
    """Files of one set, made when they are not there."""

    def __init__(self, folder, akin, model, size=None, every=1, texts=None):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.akin, self.model = folder, akin, model
        self.texts_file, self.questions_file = folder / "texts.jsonl", folder / "questions.jsonl"
        self.vectors_file, self.question_vectors_file = folder / "vectors.npy", folder / "question-vectors.npy"
        if not self.question_vectors_file.exists():
            self.make(size, every, texts)

    def make(self, size, every, texts):
        source = texts or self.folder / "wordnet.jsonl"
        if not texts:
            subprocess.run(["tools/wordnet-corpus", "--every", str(every), source], check=True)
        documents = [json.loads(line) for line in open(source, encoding="utf-8")]
        if size and size < len(documents):
            documents = random.Random(1).sample(documents, size)
        write(self.texts_file, ({"id": str(number), "text": whole(one)} for number, one in enumerate(documents)))
        write(self.questions_file, ({"id": str(n), "text": text} for n, text in enumerate(questions(documents))))
        self.embed(self.texts_file, self.vectors_file)
        self.embed(self.questions_file, self.question_vectors_file, "--as-query")

    def embed(self, file, target, *options):
        with open(file, encoding="utf-8") as texts, open(target, "wb") as vectors:
            command = [self.akin, "embed", "--model", self.model, "--format", "npy", "--quiet", *options]
            subprocess.run(command, stdin=texts, stdout=vectors, check=True)

    @property
    def texts(self):
        return read(self.texts_file)

    @property
    def questions(self):
        return read(self.questions_file)


def whole(document):
    return " ".join(filter(None, [document.get("title"), document["text"]]))


def questions(documents):
    picked = random.Random(7)
    for _ in range(QUESTIONS):
        words = picked.choice(documents)["text"].split()
        count = min(max(3, len(words) // 2), LONGEST_QUESTION)
        start = picked.randint(0, max(0, len(words) - count))
        yield picked.choice(ASKED).format(" ".join(words[start : start + count]))


def read(file):
    return [json.loads(line)["text"] for line in open(file, encoding="utf-8")]


def write(file, records):
    with open(file, "w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)

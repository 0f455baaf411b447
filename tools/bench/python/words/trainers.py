"""How each trainer is called: a function of text, output, seed and settings that gives the seconds of training and of the whole call.

Seconds of training leave out the counting of words where a trainer tells them apart; the whole call is a process from start to end.
"""

import json
import re
import subprocess
import sys
import time

from shared import machine

AKIN = ".build/release/akin"


def akin(*settings, epochs=None):
    def train(text, output, seed, asked):
        command = [
            AKIN, "words", "train", text, "--output", output, "--tokens", "whitespace", "--dimension", asked.dimension, "--epochs",
            epochs or asked.epochs, "--seed", seed, "--threads", asked.threads, "--no-resume", "--json", "--quiet",
            *[asked.buckets if one == "{buckets}" else one for one in settings],
        ]
        whole, done = timed(command, asked)
        return json.loads(done.stdout)["elapsed_ms"] / 1000, whole

    return train


def gensim(*settings):
    def train(text, output, seed, asked):
        order = json.dumps({
            "text": str(text), "output": str(output), "seed": seed, "epochs": asked.epochs, "dimension": asked.dimension,
            "threads": asked.threads, "settings": settings,
        })
        whole, done = timed([sys.executable, "-m", "words.gensim_worker", order], asked)
        return json.loads(done.stdout.splitlines()[-1])["seconds"], whole

    return train


def fasttext(mode, *settings):
    """Debian's program, which tells no seconds of its own: the reading of the text is timed by a run without an epoch."""

    def train(text, output, seed, asked):
        common = [
            "fasttext", mode, "-input", text, "-output", str(output).removesuffix(".vec"), "-dim", asked.dimension, "-seed", seed, "-thread",
            asked.threads, "-minCount", 5, "-bucket", asked.buckets, "-ws", 5, "-neg", 5, "-verbose", 0, *settings,
        ]
        reading, _ = timed([*common, "-epoch", 0], asked)
        whole, _ = timed([*common, "-epoch", asked.epochs], asked)
        return whole - reading, whole

    return train


def floret(mode):
    def train(text, output, seed, asked):
        order = json.dumps({
            "text": str(text), "output": str(output), "mode": mode, "epochs": asked.epochs, "dimension": asked.dimension,
            "threads": asked.threads, "buckets": asked.buckets,
        })
        whole, done = timed([sys.executable, "-m", "words.floret_worker", order], asked)
        return json.loads(done.stdout.splitlines()[-1])["seconds"], whole

    return train


def timed(command, asked):
    began = time.perf_counter()
    command = list(map(str, command))
    done = subprocess.run(command, env=machine.environment(asked.threads), capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command[:4])} ended with {done.returncode}: {done.stderr[-500:]}")
    return time.perf_counter() - began, done


# Each group learns the same thing; the others are measured by the first of it.
GROUPS = {
    "skip-gram, 5 negatives": {"gensim skip-gram": gensim("skipgram"), "akin skip-gram": akin()},
    "skip-gram, hierarchical softmax": {
        "gensim skip-gram hs": gensim("skipgram", "hs"), "akin skip-gram hs": akin("--loss", "hierarchical-softmax"),
    },
    "CBOW, 5 negatives": {"gensim CBOW": gensim("cbow"), "akin CBOW": akin("--algorithm", "cbow", "--learning-rate", 0.025)},
    "fastText skip-gram": {
        "fasttext skip-gram": fasttext("skipgram", "-t", 1e-4),
        "akin fasttext": akin("--algorithm", "fasttext", "--sample", 1e-4, "--buckets", "{buckets}"),
        "floret skip-gram": floret("skipgram"),
    },
    "GloVe": {"akin glove, 15 epochs": akin("--algorithm", "glove", epochs=15)},
}

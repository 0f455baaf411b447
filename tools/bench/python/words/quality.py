"""How word vectors agree with people: read and scored by gensim, whoever made them, on lists that come with it or are named."""

from pathlib import Path

from gensim.models import KeyedVectors
from gensim.test.utils import datapath


def lists(folder):
    """Rated pairs by name: those of a folder of .tsv files, or WS-353 and SimLex-999 as gensim brings them."""
    if folder:
        return {file.stem: file for file in sorted(Path(folder).glob("*.tsv"))}
    return {"ws-353": Path(datapath("wordsim353.tsv")), "simlex-999": Path(datapath("simlex999.txt"))}


def scores(path, folder, work):
    vectors = KeyedVectors.load_word2vec_format(path, binary=str(path).endswith(".bin"))
    figures = {}
    for name, file in lists(folder).items():
        lowered = work / "pairs.tsv"
        pairs = [line.split("\t") for line in file.read_text(encoding="utf-8").lower().splitlines() if not line.startswith("#")]
        lowered.write_text("".join("\t".join(pair[:3]) + "\n" for pair in pairs if len(pair) >= 3 and number(pair[2])), encoding="utf-8")
        _, spearman, _ = vectors.evaluate_word_pairs(lowered, case_insensitive=False)
        figures[name] = float(spearman[0])
    figures["analogies"], _ = vectors.evaluate_word_analogies(datapath("questions-words.txt"))
    return figures


def number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True

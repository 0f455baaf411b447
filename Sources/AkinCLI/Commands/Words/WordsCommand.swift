import Akin
import ArgumentParser

struct WordsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "words",
        abstract: "Train, convert and ask word vectors, and tell the senses of words apart.",
        discussion: """
            A word vector is one point for each word, near those of words that are used in similar ways. Any file of \
            word2vec, GloVe or fastText is read.

              akin words train corpus.txt --output corpus.akin
              akin words neighbors harbour --vectors corpus.akin
              akin words analogy man king woman --vectors glove.6B.50d.txt
              akin words senses bank                  # in the texts of akin.db
            """,
        subcommands: [
            WordsTrainCommand.self, WordsImportCommand.self, WordsExportCommand.self, WordsNeighborsCommand.self,
            WordsSimilarityCommand.self, WordsAnalogyCommand.self, WordsOddCommand.self, WordsEmbedCommand.self,
            WordsEvalCommand.self,
            SensesCommand.self, DistillCommand.self,
        ])
}

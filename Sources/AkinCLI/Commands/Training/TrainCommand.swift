import Akin
import ArgumentParser

struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Learn models, and what they are made of, from your own texts.",
        discussion: """
            What is learnt is written as a folder in Hugging Face's layout, which other programs read too.

              akin train classify reviews.csv --output models/reviews
              akin train tag names.conll --output models/names
              akin train tag --senses bank.jsonl --output models/bank
              akin train pairs pairs.csv --output models/similar
              akin train answer squad.json --output models/answers
              akin train mlm corpus.txt --output models/own
              akin train vocabulary corpus.txt --size 8000 --output vocabulary
            """,
        subcommands: [
            TrainClassifyCommand.self, TrainTagCommand.self, TrainPairsCommand.self, TrainAnswerCommand.self,
            TrainMLMCommand.self, TrainVocabularyCommand.self,
        ])
}

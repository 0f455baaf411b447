import Akin
import ArgumentParser

/// What 'akin train mlm' begins with: a model, or the sizes and the vocabulary of a new one.
struct TrainMLMStartOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A model to go on from (default: from scratch).", valueName: "name|folder"),
        completion: .directory)
    var model: String?

    @Option(
        help: ArgumentHelp(
            "A folder with a vocabulary, or its vocab.txt (default: learnt from the corpus).", valueName: "file|folder"),
        completion: .file())
    var vocabulary: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Entries of a vocabulary that is learnt (default: 8000).", valueName: "n"))
    var vocabularySize: Int?

    @Option(parsing: .unconditional, help: ArgumentHelp("Layers, from scratch (default: 4).", valueName: "n"))
    var layers: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Components of a token's state, from scratch (default: 256).", valueName: "n"))
    var hidden: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Attention heads of a layer (default: 64 components each).", valueName: "n"))
    var heads: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Components inside the feed-forward step (default: 4 × --hidden).", valueName: "n"))
    var intermediate: Int?

    private var network: MaskedWordTraining.Network {
        .init(layers: layers ?? 4, hiddenSize: hidden ?? 256, heads: heads, intermediateSize: intermediate)
    }

    func validate() throws {
        let sizes = [
            ("layers", layers), ("hidden", hidden), ("heads", heads), ("intermediate", intermediate),
            ("vocabulary-size", vocabularySize),
        ]
        if model != nil, let (name, _) = sizes.first(where: { $0.1 != nil }) {
            throw ValidationError("--\(name) is for a network from scratch; --model has its own sizes.")
        }
        if model != nil, vocabulary != nil {
            throw ValidationError("--vocabulary is for a network from scratch; --model has its own.")
        }
        if vocabulary != nil, vocabularySize != nil {
            throw ValidationError("--vocabulary-size is for a vocabulary that is learnt, not for one that is there.")
        }
        for (name, value) in sizes {
            let least = name == "vocabulary-size" ? 10 : 1
            if let value, value < least { throw ValidationError("--\(name) must be at least \(least), not \(value).") }
        }
        guard network.hiddenSize % network.heads == 0 else {
            throw ValidationError("--hidden \(network.hiddenSize) is not a multiple of --heads \(network.heads).")
        }
    }

    func apply(to training: inout MaskedWordTraining) {
        training.network = network
        training.vocabulary = vocabulary
        if let vocabularySize { training.vocabularySize = vocabularySize }
    }
}

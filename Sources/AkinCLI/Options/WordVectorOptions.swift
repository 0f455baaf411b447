import Akin
import AkinCore
import ArgumentParser
import Foundation

/// The word vectors that a command works with.
struct WordVectorOptions: ParsableArguments {
    @Option(
        name: .customLong("vectors"),
        help: ArgumentHelp(
            """
            A file of word vectors: Akin's, word2vec's, GloVe's or fastText's, or a .npy file beside a list of words in .txt (default: \
            $AKIN_WORDS, else those the database was made with).
            """, valueName: "file"),
        completion: .file())
    var path: String?

    @Option(help: "The file's format (default: found from its first bytes).")
    var format: WordVectorFileFormat?

    @OptionGroup var store: StoreOptions

    func load(_ talk: TalkOptions) async throws -> WordVectors {
        try await WordVectorOptions.load(path: path, format: format, store: store, talk: talk)
    }

    static func load(path: String?, format: WordVectorFileFormat?, store: StoreOptions, talk: TalkOptions) async throws
        -> WordVectors
    {
        let variable = ProcessInfo.processInfo.environment["AKIN_WORDS", default: ""]
        if let path = path ?? (variable.isEmpty ? nil : variable) { return try talk.loadVectors(path, format: format) }
        guard store.given != nil || FileManager.default.fileExists(atPath: store.path) else {
            throw AkinError(
                .noInput, "Which word vectors? Name a file with --vectors or $AKIN_WORDS, or a database with --db.")
        }
        return try await store.withDatabase(.readOnly) { try await $0.wordVectors() }
    }
}

extension TalkOptions {
    /// Reads a file, and reports words that occurred more than once or could not be read.
    func loadVectors(_ path: String, format: WordVectorFileFormat?, words: String? = nil) throws -> WordVectors {
        let vectors = try WordVectors(contentsOf: path, format: format, words: words)
        if vectors.repeatedWords > 0 {
            notes([
                "\(Figures.count(vectors.repeatedWords, "word")) of \(path) came more than once; the first one counts"
            ])
        }
        if vectors.unreadableWords > 0 {
            notes(["\(Figures.count(vectors.unreadableWords, "word")) of \(path) left out: empty or not UTF-8"])
        }
        return vectors
    }
}

/// How many words an answer has, and from how many it is chosen.
struct WordResultOptions: ParsableArguments {
    @Option(name: .customShort("k"), parsing: .unconditional, help: ArgumentHelp("How many words.", valueName: "n"))
    var count = 10

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Answer only with the first so many words of the file, usually the most frequent (default: all).",
            valueName: "n"))
    var limit: Int?

    func validate() throws {
        guard (1...10_000).contains(count) else { throw ValidationError("-k must be from 1 to 10000, not \(count).") }
        if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more, not \(limit).") }
    }
}

import Akin
import ArgumentParser

struct WordsNeighborsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "neighbors",
        abstract: "Find the words nearest to a word.",
        discussion: """
            A word that is not in the vocabulary is represented by its n-grams where the file has them.

              akin words neighbors harbour --vectors corpus.akin
              akin words neighbors harbour -k 3 --json
            """)

    @Argument(help: "The word.")
    var word: String

    @OptionGroup var vectors: WordVectorOptions
    @OptionGroup var results: WordResultOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let found = try await vectors.load(output.talk).neighbors(of: word, count: results.count, limit: results.limit)
        if output.json { return try StandardOutput.printJSON(WordAnswer(query: [word], neighbors: found)) }
        try StandardOutput.print(found.lines)
    }
}

struct WordsSimilarityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "similarity",
        abstract: "Print the cosine of two words.",
        discussion: """
              akin words similarity harbour port --vectors corpus.akin
            """)

    @Argument(help: "A word.")
    var first: String

    @Argument(help: "Another.")
    var second: String

    @OptionGroup var vectors: WordVectorOptions
    @OptionGroup var output: OutputOptions

    private struct Answer: Encodable {
        let words: [String]
        let similarity: Double
    }

    func run() async throws {
        let similarity = try await vectors.load(output.talk).similarity(first, second)
        if output.json { return try StandardOutput.printJSON(Answer(words: [first, second], similarity: similarity)) }
        try StandardOutput.print([Figures.decimal(similarity, 4)])
    }
}

struct WordsAnalogyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analogy",
        abstract: "Find what is to C as B is to A.",
        discussion: """
              akin words analogy man king woman --vectors glove.6B.50d.txt
              akin words analogy paris france rome --method mul -k 3
            """)

    @Argument(help: "A, as in man : king.")
    var a: String

    @Argument(help: "B.")
    var b: String

    @Argument(help: "C, as in woman : ?")
    var c: String

    @Option(help: "add: cos(x, b − a + c); mul: cos(x, b)·cos(x, c) / cos(x, a).")
    var method: AnalogyMethod = .add

    @OptionGroup var vectors: WordVectorOptions
    @OptionGroup var results: WordResultOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let found = try await vectors.load(output.talk)
            .analogy(a, b, c, method: method, count: results.count, limit: results.limit)
        if output.json { return try StandardOutput.printJSON(WordAnswer(query: [a, b, c], neighbors: found)) }
        try StandardOutput.print(found.lines)
    }
}

struct WordsOddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "odd",
        abstract: "Find the word that does not belong with the others.",
        discussion: """
              akin words odd breakfast lunch train dinner --vectors corpus.akin
            """)

    @Argument(help: "Three words or more.")
    var words: [String]

    @OptionGroup var vectors: WordVectorOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard words.count >= 3 else { throw ValidationError("Name three words or more.") }
    }

    func run() async throws {
        let answer = try await vectors.load(output.talk).oddOneOut(words)
        if output.json { return try StandardOutput.printJSON(answer) }
        try StandardOutput.print([answer.odd])
    }
}

/// What `neighbors` and `analogy` print as JSON.
struct WordAnswer: Encodable {
    let query: [String]
    let neighbors: [WordNeighbor]
}

extension [WordNeighbor] {
    /// A table without a header: score and word.
    var lines: [String] { map { "\(Figures.decimal($0.score, 4))  \(String(DisplayText.oneLine($0.word)))" } }
}

import AkinCore
import AkinTokenizers
import AkinTransformers
import AkinVectors

/// A name, a place, a date or whatever else a tagger finds in a text.
public struct Entity: Sendable, Hashable, Codable {
    /// As the text has it.
    public var text: String
    /// Its kind, such as `PER`: the label of the model without its prefix.
    public var label: String
    /// Where it stands, in Unicode scalars of the text.
    public var range: Range<Int>
    /// The mean probability of its words' labels.
    public var score: Double
}

/// Finds entities in texts with a model that labels words.
///
/// ```swift
/// let tagger = try await TokenTagger.load("models/entities")
/// for entity in try await tagger.entities(in: "Ada Lovelace lived in London.") { print(entity.label, entity.text) }
/// ```
///
/// Words join to entities as their labels say: IOB, IOBES and BILOU are read, and labels without prefixes. A text that
/// is longer than the model reads is read in overlapping windows. Any number of threads may use one tagger.
///
/// Of a model that `SenseTraining` wrote, the entities are the words that it knows senses of, and their labels are the
/// senses.
public final class TokenTagger: Sendable {
    private let model: WordTaskModel
    private let continuations: [Bool]
    /// Tells senses apart, where the model is one for that.
    private let senses: SenseTagger?
    private let threads: Int

    private init(model: WordTaskModel, senses: SenseTagger?, threads: Int) {
        self.model = model
        self.senses = senses
        self.threads = threads
        continuations = model.tokenizer.continuations
    }

    /// The model's name.
    public var name: String { model.name }
    /// The labels in the order of the model's configuration, prefixes included.
    public var labels: [String] { model.head.labels }

    /// Loads a tagger: a Hugging Face folder of a `BertForTokenClassification`.
    ///
    /// - Parameters:
    ///   - model: The name of an installed model, or a folder.
    ///   - configuration: Its precision, threads and models count.
    /// - Throws: `AkinError`: `.noModel` where it is not installed, `.incompatible` where it has no such head,
    ///   `.invalidData` where its files do not fit together.
    public static func load(
        _ model: String, configuration: Database.Configuration = Database.Configuration()
    ) async throws -> TokenTagger {
        try await offload { try loadNow(model, configuration: configuration) }
    }

    static func loadNow(_ model: String, configuration: Database.Configuration) throws -> TokenTagger {
        let network: WordTaskModel = try EncoderResolver(configuration: configuration).taskModel(named: model)
        let folder = try configuration.models.locate(model)
        let senses = try SenseTagger(folder: folder, outputs: network.head.labels.count)
        return TokenTagger(model: network, senses: senses, threads: configuration.threads)
    }

    /// The entities of a text, in its order.
    public func entities(in text: String) async throws -> [Entity] { try await entities(in: [text])[0] }

    /// The entities of each text.
    public func entities(in texts: [String]) async throws -> [[Entity]] {
        try await offload(on: .questions) { [self] in try entitiesNow(in: texts) }
    }

    func entitiesNow(in texts: [String]) throws -> [[Entity]] {
        if let senses { return try senses.entities(in: texts, model, threads: threads) }
        let taggings = try Parallel.map(texts, threads: threads) {
            TokenTagging($0, tokenizer: model.tokenizer, maximumTokens: model.maximumTokens)
        }
        let outputs = try model.map(taggings.flatMap(\.windows), threads: threads) { $1 }
        let starts = taggings.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.windows.count) }
        return try Parallel.map(Array(texts.indices), threads: threads) { index in
            let (text, tagging) = (texts[index], taggings[index])
            let words = tagging.words(
                Array(outputs[starts[index]..<starts[index + 1]]), labels: model.head.labels,
                continuations: continuations)
            // Once for all entities: a place in a text is found by walking to it.
            let scalars = Array(text.unicodeScalars)
            return EntityGrouping.entities(words).map { span in
                Entity(
                    text: String(String.UnicodeScalarView(scalars[span.range])), label: span.label,
                    range: span.range, score: span.score)
            }
        }
    }
}

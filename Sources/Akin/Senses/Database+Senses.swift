import AkinTransformers
import AkinCluster
import AkinCore
import AkinReport
import AkinStore
import AkinText
import AkinVectors
public import Foundation

/// How `Database.senses` divides the occurrences of a word.
public struct SenseOptions: Sendable {
    /// The number of senses, at least 1; nil lets Akin choose it by the texts.
    public var count: Int?
    /// The most occurrences that are compared. Of more, evenly spread ones are taken.
    public var limit: Int
    /// The number of example sentences of each sense.
    public var examples: Int
    /// Decides every random choice: the same store and seed give the same senses.
    public var seed: UInt64

    /// Makes options; what is not given has its default.
    public init(count: Int? = nil, limit: Int = 1_000, examples: Int = 3, seed: UInt64 = 42) {
        (self.count, self.limit, self.examples, self.seed) = (count, limit, examples, seed)
    }
}

/// The senses in which the store's texts use a word.
public struct WordSenses: Sendable {
    let report: SenseReport

    /// One sense of the word, with its keywords and examples.
    public struct Sense: Sendable {
        /// The number of occurrences in this sense.
        public var size: Int
        /// The share of all occurrences, 0 … 1.
        public var share: Double
        /// What stands around the word in this sense more than in others, the heaviest first.
        public var keywords: [String]
        /// How far the sense is from the word by itself: 1 − cosine of the sense's mean contextual vector and the
        /// vector that the word has by itself.
        public var distance: Double
        /// The most typical sentences of this sense.
        public var examples: [Example]
    }

    /// A sentence from a document that uses the word.
    public struct Example: Sendable, Hashable {
        /// The sentence.
        public var text: String
        /// Where the word stands in it, in Unicode scalars of `text`.
        public var word: Range<Int>
        /// The id of the document that it is from.
        public var id: String
    }

    /// The word asked for.
    public var word: String { report.word }
    /// The name of the model that read the contexts.
    public var encoder: String { report.encoder }
    /// The number of passages that hold the word.
    public var passages: Int { report.passages }
    /// The number of occurrences that were compared.
    public var occurrences: Int { report.occurrences.count }
    /// The mean silhouettes of 2, 3, … senses, by which their number was chosen.
    public var silhouettes: [Double] { report.silhouettes }
    /// How clearly the occurrences fall into two groups, by occurrences that did not decide what divides them: about
    /// 1/3 for one group, towards 1 for two. From .5 the word has several senses, as from a
    /// mean silhouette of .25.
    public var bimodality: Double { report.bimodality }

    /// The senses, by falling size.
    public var senses: [Sense] {
        report.senses.map { sense in
            Sense(
                size: sense.size, share: sense.share, keywords: sense.keywords, distance: sense.distance,
                examples: sense.examples.map {
                    let occurrence = report.occurrences[$0]
                    return Example(
                        text: occurrence.text, word: occurrence.word, id: occurrence.id)
                })
        }
    }

    /// One JSON object with every occurrence and its sense.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(report)
    }

    /// The senses as one page in UTF-8, which needs no other file and no network.
    public func html() -> Data { Data(SensePage(report).text.utf8) }
}

extension Database {
    /// Finds the occurrences of a word in the store's texts, and divides them into senses by what stands around them.
    ///
    /// - Throws: `.notFound` where the word does not occur, `.incompatible` or `.noModel` where there is no BERT model
    ///   to read contexts with.
    /// - Complexity: the encoder's pass over the sentences of at most `options.limit` occurrences.
    public func senses(of word: String, options: SenseOptions = SenseOptions(), progress: ProgressHandler? = nil)
        async throws -> WordSenses
    {
        try await offload { [self] in
            guard let expression = KeywordText.matchExpression(word, findsOlderText: true), !word.isEmpty else {
                throw AkinError(.invalidArgument, "\(word.debugDescription) is no word: give one such as bank.")
            }
            let encoder = try senseEncoder()
            let (found, passages) = try occurrences(of: word, expression: expression, limit: options.limit)
            guard !found.isEmpty else {
                throw AkinError(.notFound, "The word \(word.debugDescription) does not occur in \(path).")
            }
            let vectors = try contextualVectors(of: found, encoder, progress)
            let known = found.indices.filter { vectors[$0] != nil }
            guard !known.isEmpty else {
                throw AkinError(
                    .notFound, "The word \(word.debugDescription) stands beyond what \(encoder.identity.name) reads.")
            }
            let builder = try SenseReportBuilder(
                items: senseItems(known.map { found[$0] }, of: word),
                vectors: Matrix(known.compactMap { vectors[$0] }), count: options.count, seed: options.seed,
                threads: configuration.threads)
            let report = builder.report(
                word: word, encoder: encoder.identity.name, passages: passages,
                wordVector: try encoder.contextualVector(of: 0..<word.unicodeScalars.count, in: word),
                examples: options.examples)
            return WordSenses(report: report)
        }
    }

    /// The encoder whose contextual vectors distinguish senses: the one behind the store's vectors, else the best
    /// installed.
    func senseEncoder() throws -> any ContextualEncoder {
        let behindStore = try store.read { reader in
            try activeSpace(reader).flatMap { try contextualEncoder(of: $0, reader: reader) }
        }
        return try behindStore ?? resolver.network(named: configuration.model)
    }

    /// A place where a word stands in a passage.
    struct FoundOccurrence {
        let id: String
        let passage: Int64
        /// In Unicode scalars of the document's text.
        let range: Range<Int>
        let sentence: String
        /// In Unicode scalars of `sentence`.
        let word: Range<Int>
    }

    /// The occurrences in evenly spread passages that hold the word, and how many passages hold it. A place that two
    /// passages share is taken once.
    private func occurrences(of word: String, expression: String, limit: Int) throws -> (
        [FoundOccurrence], passages: Int
    ) {
        let finder = WordOccurrences(of: word)
        return try store.read { reader in
            let ids = try reader.keywordSearch(matchExpression: expression, limit: .max).map(\.passage).sorted()
            var found: [FoundOccurrence] = []
            var seen: Set<[Int64]> = []
            // Each passage gives at least one occurrence, except those that hold only another form of the word.
            for id in ids.count > limit ? (0..<limit).map({ ids[$0 * ids.count / limit] }) : ids {
                guard let (passage, document) = try reader.passagesWithDocuments(ids: [id]).first else { continue }
                let scalars = Array(passage.text.unicodeScalars)
                for place in finder.places(in: passage.text) where found.count < limit {
                    let start = passage.rangeStart + place.word.lowerBound
                    guard seen.insert([document.rowID, Int64(start)]).inserted else { continue }
                    var view = String.UnicodeScalarView()
                    view.append(contentsOf: scalars[place.context])
                    found.append(
                        FoundOccurrence(
                            id: document.id, passage: id, range: start..<start + place.word.count,
                            sentence: String(view),
                            word: place.word.lowerBound - place.context.lowerBound..<place.word.upperBound
                                - place.context.lowerBound))
                }
            }
            return (found, ids.count)
        }
    }

    /// The occurrences with the words around them, which name the senses.
    private func senseItems(_ found: [FoundOccurrence], of word: String) -> [SenseItem] {
        let own = WordOccurrences(of: word)
        let words = ClusterWords(of: found.map(\.sentence))
        return found.map { occurrence in
            SenseItem(
                id: occurrence.id, passage: occurrence.passage, range: occurrence.range,
                sentence: occurrence.sentence, word: occurrence.word,
                tokens: words.tokens(of: occurrence.sentence).filter { own.places(in: $0).isEmpty })
        }
    }

    private func contextualVectors(
        of found: [FoundOccurrence], _ encoder: any ContextualEncoder, _ progress: ProgressHandler?
    ) throws -> [[Float]?] {
        var vectors: [[Float]?] = []
        let slice = 64
        for start in stride(from: 0, to: found.count, by: slice) {
            try CancellationFlag.check()
            let part = Array(found[start..<min(start + slice, found.count)])
            vectors += try Parallel.map(part, threads: configuration.threads) {
                try encoder.contextualVector(of: $0.word, in: $0.sentence)
            }
            progress?(
                WorkProgress(
                    phase: .readingContexts, completed: Double(start + part.count), total: Double(found.count),
                    unit: .occurrences,
                    documents: 0))
        }
        return vectors
    }
}

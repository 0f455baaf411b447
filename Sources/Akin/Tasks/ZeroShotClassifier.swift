import AkinCore
import AkinTransformers
import AkinVectors

/// Gives texts labels that no model was trained for, by an encoder: the nearer a text's vector is to the vector of a
/// label's name, the more probable the label.
///
/// It needs no examples, and it is coarse: it tells subjects apart better than tones, and names that say what is meant
/// ("complaint about a late parcel") work better than words that need explaining ("B2").
public final class ZeroShotClassifier: Sendable {
    /// Divides cosines before softmax; a small one makes the best label surer.
    public static let defaultTemperature = 0.05

    /// The labels in the order they were given.
    public let labels: [String]
    let encoder: any TextEncoder
    private let labelVectors: [[Float]]
    private let temperature: Double
    private let threads: Int

    private init(labels: [String], encoder: any TextEncoder, temperature: Double, threads: Int) throws {
        self.labels = labels
        self.encoder = encoder
        self.temperature = temperature
        self.threads = threads
        let vectors = try encoder.encode(labels, role: .query, threads: threads).vectors
        labelVectors = (0..<vectors.rows).map { VectorMath.normalized(vectors.row($0)) }
    }

    /// Loads the encoder that `configuration` names, else the best installed one, and encodes the labels' names.
    ///
    /// - Throws: `AkinError`: `.invalidArgument` for fewer than two labels, for one that is empty or given twice, and
    ///   for a temperature that is not above 0; `.noModel` where no encoder is installed.
    public static func load(
        labels: [String], temperature: Double = defaultTemperature,
        configuration: Database.Configuration = Database.Configuration()
    ) async throws -> ZeroShotClassifier {
        try await offload { try loadNow(labels: labels, temperature: temperature, configuration: configuration) }
    }

    static func loadNow(
        labels: [String], temperature: Double, configuration: Database.Configuration
    ) throws -> ZeroShotClassifier {
        guard labels.count >= 2, Set(labels).count == labels.count,
            labels.allSatisfy({ !$0.allSatisfy(\.isWhitespace) })
        else {
            throw AkinError(.invalidArgument, "Name two or more different labels, none of them empty.")
        }
        guard temperature > 0, temperature.isFinite else {
            throw AkinError(.invalidArgument, "The temperature must be above 0, not \(temperature).")
        }
        return try ZeroShotClassifier(
            labels: labels,
            encoder: try EncoderResolver(configuration: configuration).model(named: configuration.model),
            temperature: temperature, threads: configuration.threads)
    }

    /// The labels of texts, in their order; the probabilities of a text's labels sum to 1.
    public func classify(_ texts: [String]) async throws -> [Classification] {
        try await offload(on: .questions) { [self] in
            try scores(of: texts).map { Classification(labels: labels, scores: $0.scores, isTruncated: $0.isTruncated) }
        }
    }

    /// The scores of texts' labels, in the order of `labels`.
    func scores(of texts: [String]) throws -> [LabelScores] {
        let encoded = try encoder.encode(texts, role: .passage, threads: threads)
        return zip(scores(ofVectors: encoded.vectors), encoded.truncated).map {
            LabelScores(scores: $0, isTruncated: $1)
        }
    }

    /// The scores of the labels of texts whose vectors `encoder` has made.
    func scores(ofVectors vectors: Matrix) -> [[Double]] {
        (0..<vectors.rows).map { index in
            let vector = VectorMath.normalized(vectors.row(index))
            let scores = labelVectors.map { Float(Double(VectorMath.dot($0, vector)) / temperature) }
            return HeadProbabilities.softmax(scores)
        }
    }
}

/// How far a long piece of work is, for a progress bar. Sent often; the receiver decides what to show.
public struct WorkProgress: Sendable {
    /// The kind of work that is being done. Later versions may do more than is named here; `description` is in words
    /// for a person.
    public struct Phase: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        /// In words for a person, such as `building the index`.
        public let rawValue: String

        /// A phase from its words for a person.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Documents are read and stored.
        public static let indexing = Phase(rawValue: "indexing")
        /// Passages are encoded.
        public static let encoding = Phase(rawValue: "encoding")
        /// A sample of the passages is encoded, for a static model to be fitted to.
        public static let encodingSample = Phase(rawValue: "encoding a sample")
        /// Word vectors are trained on the store's own texts.
        public static let trainingWordVectors = Phase(rawValue: "training word vectors")
        /// An index file is built.
        public static let buildingIndex = Phase(rawValue: "building the index")
        /// Vectors are imported.
        public static let importing = Phase(rawValue: "importing")
        /// The sentences in which a word occurs are encoded, to tell its senses apart.
        public static let readingContexts = Phase(rawValue: "reading contexts")
        /// Queries are answered, to measure how good and how fast the answers are.
        public static let asking = Phase(rawValue: "asking")

        /// In words for a person.
        public var description: String { rawValue }
    }

    /// What `completed` and `total` count.
    public enum Unit: String, Sendable, CaseIterable {
        /// The things that the name says; `occurrences` are those of a word.
        case documents, passages, bytes, words, vectors, queries, occurrences
        /// Hundredths of the whole, 0 … 100.
        case percent = "%"
    }

    /// The kind of work that is being done.
    public var phase: Phase
    /// The work that is done, in `unit`s.
    public var completed: Double
    /// The whole of the work, in `unit`s; nil while it is not known.
    public var total: Double?
    /// What `completed` and `total` count.
    public var unit: Unit
    /// Documents read so far in this call, for a rate; 0 where it does not apply.
    public var documents: Int
    /// Something else worth showing, such as the loss of a training.
    public var note: String? = nil
    /// Something to be said once and kept, such as the memory that the work will take. It comes with one report alone.
    public var notice: String? = nil

    /// The share of the phase that is done, 0 … 1; nil while the whole is not known.
    public var fraction: Double? { total.flatMap { $0 > 0 ? min(1, max(0, completed / $0)) : nil } }
}

/// Receives the progress of a long piece of work, on whatever thread does the work.
public typealias ProgressHandler = @Sendable (WorkProgress) -> Void

import Foundation

/// How a database is opened and which encoder it uses.
public struct Configuration: Sendable {
    /// The encoder's name (`minilm`) or folder; nil takes the store's own, else the best installed one, else word
    /// vectors.
    public var model: String?
    /// The family of encoder a new store is made with; nil chooses `bert` when a model is there and `words` when none
    /// is.
    public var encoder: EncoderChoice?
    /// Tokens of the texts that a BERT model encodes so that a static model can be fitted to them; more take longer and
    /// give a better one.
    public var fitTokens = 250_000
    /// The arithmetic of BERT encoding; nil takes what the store was made with, else `auto`.
    public var precision: Precision?
    /// Threads for encoding, building and clustering.
    public var threads: Int
    /// When a commit returns: after it is on disk (`full`) or after the operating system has it (`normal`).
    public var durability: DurabilityLevel
    /// How long a writer waits for another writer before it gives up.
    public var lockTimeout: Duration
    /// Vectors up to which every query compares all of them and no index file is kept; nil: as many as hold two million
    /// components.
    public var exactThreshold: Int?
    /// What one look-up for a passage that may meet a filter costs, as a number of passages of finding out all that do:
    /// a filter that is new to a large store is tried on the passages that a search meets where that is the cheaper
    /// way. Measured: 12 and 0.25 microseconds.
    package var filterCheckCost = 50.0

    public init(
        model: String? = nil, encoder: EncoderChoice? = nil, precision: Precision? = nil, threads: Int? = nil,
        durability: DurabilityLevel = .full, lockTimeout: Duration = .seconds(10), exactThreshold: Int? = nil
    ) {
        self.model = model
        self.encoder = encoder
        self.precision = precision
        self.threads = threads ?? Configuration.defaultThreads
        self.durability = durability
        self.lockTimeout = lockTimeout
        self.exactThreshold = exactThreshold
    }

    /// Two million components: 5,208 vectors of 384. In a process that starts for one question a comparison costs 1.6
    /// microseconds a vector of 384, nearly all for reading it from SQLite, so that up to here a scan takes less than
    /// 10 milliseconds; a graph is mapped and reads what it meets. A graph over so few is built in a fifth of a second.
    private static let exactComponents = 2_000_000

    /// `exactThreshold` for vectors of a dimension.
    func exactThreshold(dimension: Int) -> Int { exactThreshold ?? Self.exactComponents / max(dimension, 1) }

    /// The cores this process may use.
    public static var defaultThreads: Int { ProcessInfo.processInfo.activeProcessorCount }
}

/// A family of encoders.
public enum EncoderChoice: String, Sendable, CaseIterable {
    /// A BERT model in a Hugging Face folder.
    case bert
    /// A static model, distilled from a BERT model for the corpus: hundreds of times faster, nearly as good, and
    /// passages can be encoded by the BERT model later.
    case `static`
    /// Word vectors trained on the corpus itself.
    case words
}

/// The arithmetic of BERT encoding.
public enum Precision: String, Sendable, CaseIterable {
    /// The fastest here by a probe of about a millisecond at the first use, a coarser one only where it is 1.5 times as
    /// fast.
    case auto
    /// 8-bit integers with a scale for each row and output: several times faster, vectors at a cosine of .998 and more
    /// to those of `fp32`, so both kinds can be compared with each other.
    case int8
    /// bfloat16: vectors at a cosine of about 0.99999 to those of `fp32`.
    case bf16
    /// Single precision, the reference.
    case fp32
}

/// When a commit returns.
public enum DurabilityLevel: String, Sendable, CaseIterable {
    /// After the data has been forced to disk: a power cut loses nothing that was acknowledged.
    case full
    /// After the operating system has the data: a power cut may lose the last commits, never the store's consistency.
    case normal
}

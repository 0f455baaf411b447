public import AkinCore
public import AkinText
import Foundation

extension Database {
    /// How a database is opened and which encoder it uses.
    public struct Configuration: Sendable {
        /// The encoder's name (`minilm`) or folder; nil takes the store's own, else the best installed one, else word
        /// vectors.
        public var model: String?
        /// The number of components that a BERT model's vectors are cut to, the first ones, before they are brought to
        /// unit length; nil keeps what the store was made with, all in a new one. For models trained as Matryoshkas, such
        /// as `nomic-embed-text-v1.5`: half as many cost half the memory and time of search, and a little quality.
        public var dimensions: Int?
        /// Where models are looked up by name, and kept ready for the next process.
        public var models: ModelLibrary
        /// The family of encoders that a new store is made with; nil chooses `bert` when a model is installed and
        /// `words` when none is.
        public var encoder: EncoderKind?
        /// How many tokens of text a BERT model encodes, so that a static model can be fitted to its vectors. More take
        /// longer and give a better model.
        public var fitTokens = 250_000
        /// The arithmetic of BERT encoding; nil takes what the store was made with, else `auto`.
        public var precision: EncodingPrecision?
        /// Threads for encoding, building and clustering, at least 1.
        public var threads: Int
        /// When a commit returns: after it is on disk (`full`) or after the operating system has it (`normal`).
        public var durability: Durability
        /// How long a writer waits for another writer before it throws `AkinError(.locked)`.
        public var lockTimeout: Duration
        /// The largest number of vectors that every query compares without an index file; nil stands for as many as
        /// hold two million components.
        public var exactThreshold: Int?
        /// The most passages whose words are looked up in SQLite's keyword index alone, without a file of postings. FTS5
        /// takes 0.4 microseconds a passage.
        package var postingsThreshold = 5_000
        /// Readers of files that `index` meets, asked in this order before Akin's own. `ReaderProgram` reads PDF, office
        /// documents, mail and archives.
        public var readers: [any FileReader] = []
        /// What one look-up for a passage that may meet a filter costs, in units of what each passage costs when all
        /// that meet the filter are found. A filter that is new to a large store is tried on the passages that a search
        /// meets where that is the cheaper way. Measured: 12 and 0.25 microseconds.
        package var filterCheckCost = 50.0

        /// Makes a configuration; what is not given has its default.
        ///
        /// - Parameter threads: nil takes `defaultThreads`.
        public init(
            model: String? = nil, encoder: EncoderKind? = nil, precision: EncodingPrecision? = nil, threads: Int? = nil,
            durability: Durability = .full, lockTimeout: Duration = .seconds(10), exactThreshold: Int? = nil,
            models: ModelLibrary = ModelLibrary()
        ) {
            self.model = model
            self.encoder = encoder
            self.precision = precision
            self.threads = threads ?? Self.defaultThreads
            self.durability = durability
            self.lockTimeout = lockTimeout
            self.exactThreshold = exactThreshold
            self.models = models
        }

        /// Two million components: 5,208 vectors of 384. In a process that starts for one question a comparison costs
        /// 1.6 microseconds a vector of 384, nearly all for reading it from SQLite. So a scan up to this size takes
        /// less than 10 milliseconds. A graph is mapped and reads only what it meets. A graph over this many vectors is
        /// built in a fifth of a second.
        private static let exactComponents = 2_000_000

        /// `exactThreshold` for vectors of a dimension.
        func exactThreshold(dimension: Int) -> Int { exactThreshold ?? Self.exactComponents / max(dimension, 1) }

        /// The number of cores that this process may use.
        public static var defaultThreads: Int { ProcessInfo.processInfo.activeProcessorCount }
    }
}

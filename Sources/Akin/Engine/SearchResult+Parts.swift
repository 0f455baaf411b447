public import AkinCore

extension SearchResult {
    /// What the two lists of a hybrid ranking say of a passage, and what each adds to its score.
    public struct FusionParts: Sendable, Hashable, Codable {
        /// One list's part.
        public struct Part: Sendable, Hashable, Codable {
            /// The place in the list, from 1; nil where only the other list proposed the passage.
            public var rank: Int?
            /// What the list ranks by, the cosine or BM25; nil where the passage has none.
            public var score: Double?
            /// What it adds to the result's score.
            public var share: Double

            /// Makes a part.
            public init(rank: Int? = nil, score: Double? = nil, share: Double = 0) {
                (self.rank, self.score, self.share) = (rank, score, share)
            }
        }

        /// By meaning.
        public var semantic = Part()
        /// By words.
        public var keyword = Part()

        /// Makes parts of a passage that neither list has.
        public init() {}
    }

    /// A passage with the same text as a result, or nearly the same, that is left out for it.
    public struct Alike: Sendable, Codable {
        /// The document's id.
        public var id: String
        /// The passage's number in the store.
        public var passage: Int64
        /// Where the document came from.
        public var source: String
        /// Where the passage stands in the document's file; nil where that is not known.
        public var place: PassagePlace?

        /// Makes one.
        public init(id: String, passage: Int64, source: String, place: PassagePlace? = nil) {
            (self.id, self.passage, self.source, self.place) = (id, passage, source, place)
        }
    }
}

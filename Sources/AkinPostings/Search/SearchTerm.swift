/// What a question asks for: any of its terms is enough, and each adds to the score.
package enum SearchTerm: Sendable {
    /// The bytes of a word, as the file has them.
    case word([UInt8])
    /// The bytes with which words begin. To BM25 they are one term.
    case prefix([UInt8])
    /// What stands in some passages, as somebody else has counted it for the present state.
    case counted(PassageCounts)
}

/// How often something stands in passages.
package struct PassageCounts: Sendable {
    /// Ascending.
    package let passages: [Int64]
    /// How often in each, from 1 on.
    package let counts: [UInt32]

    /// - Precondition: as many counts as passages.
    package init(passages: [Int64], counts: [UInt32]) {
        precondition(passages.count == counts.count)
        self.passages = passages
        self.counts = counts
    }
}

/// The terms of a question, found in the postings of one state, in the question's order.
package struct LocatedTerms: Sendable {
    struct Term: Sendable {
        /// Its postings in the file and beside it; nil where there are none.
        let base: PostingsSource?
        let added: PostingsSource?
        /// Passages that hold it now.
        let holders: Int
    }

    let terms: [Term]
}

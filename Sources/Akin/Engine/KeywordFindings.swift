import Synchronization

/// What keyword search has said of one question, so that its words are looked up once: each look-up walks over all that
/// match.
final class KeywordFindings: Sendable {
    private struct Known {
        var lists: [Int: CandidateList] = [:]
        /// The BM25 of passages; nil for those that hold no word of the question.
        var scores: [Int64: Double?] = [:]
        var postings: PostingsLookup?
        var question: (expression: String, asked: PostingsQuestion)?
    }

    private let known = Mutex(Known())

    /// The keyword list of a depth.
    subscript(depth: Int) -> CandidateList? {
        get { known.withLock { $0.lists[depth] } }
        set {
            known.withLock { known in
                known.lists[depth] = newValue
                for candidate in newValue?.candidates ?? [] { known.scores[candidate.passage] = .some(candidate.score) }
            }
        }
    }

    /// The postings that the question is asked of.
    ///
    /// - Parameter find: finds them where they are met first.
    func postings(_ find: () throws -> PostingsLookup) rethrows -> PostingsLookup {
        if let postings = known.withLock({ $0.postings }) { return postings }
        let postings = try find()
        known.withLock { $0.postings = postings }
        return postings
    }

    /// The question as it is asked of postings.
    ///
    /// - Parameter make: makes it where the expression is met first.
    func postingsQuestion(_ expression: String, _ make: () throws -> PostingsQuestion) rethrows -> PostingsQuestion {
        if let question = known.withLock({ $0.question }), question.expression == expression { return question.asked }
        let asked = try make()
        known.withLock { $0.question = (expression, asked) }
        return asked
    }

    /// The BM25 of those among passages that hold words of the question.
    ///
    /// - Parameter find: gives it for passages of which it is not known.
    func scores(of passages: [Int64], _ find: ([Int64]) throws -> [Int64: Double]) rethrows -> [Int64: Double] {
        let unknown = known.withLock { known in passages.filter { known.scores[$0] == nil } }
        if !unknown.isEmpty {
            let found = try find(unknown)
            known.withLock { known in for id in unknown { known.scores[id] = .some(found[id]) } }
        }
        return known.withLock { known in
            passages.reduce(into: [:]) { scores, id in scores[id] = known.scores[id] ?? nil }
        }
    }
}

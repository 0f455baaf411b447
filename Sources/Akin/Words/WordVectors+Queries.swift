import AkinWords
import AkinCore
import AkinVectors

/// A word and how near it is to what was asked for.
public struct WordNeighbor: Sendable, Codable, Hashable {
    /// The word.
    public let word: String
    /// The cosine, −1 … 1.
    public let score: Double
}

/// How an analogy is scored.
public enum AnalogyMethod: String, Sendable, CaseIterable, Codable {
    /// 3CosAdd, a sum: cos(x, b − a + c).
    case add
    /// 3CosMul, a product: cos(x, b)·cos(x, c) / cos(x, a), each cosine moved to 0 … 1.
    case mul
}

/// The word of several that fits the others least, and how well each fits.
public struct OddWord: Sendable, Codable {
    /// The word that fits least.
    public let odd: String
    /// The cosine of each word to the mean of all, the odd one last.
    public let words: [WordNeighbor]
}

/// Questions by cosine. Words are looked up as they are written, else in lower case. A word without a vector is an
/// error (`AkinError(.notFound)`). A question costs words × dimension multiplications.
extension WordVectors {
    /// The words nearest to a word, best first; the word itself is left out.
    ///
    /// - Parameter limit: only so many words, the first in rank, are answers; nil for all.
    public func neighbors(of word: String, count: Int = 10, limit: Int? = nil) throws -> [WordNeighbor] {
        let queries = WordQueries(embeddings, limit: limit)
        return named(try queries.neighbors(of: word, count: count))
    }

    /// The words nearest to a vector of `dimension` components, best first.
    public func nearest(to vector: [Float], count: Int = 10, limit: Int? = nil) throws -> [WordNeighbor] {
        guard vector.count == dimension, vector.allSatisfy(\.isFinite) else {
            throw AkinError(.invalidArgument, "A vector of \(dimension) finite components is needed.")
        }
        return named(WordQueries(embeddings, limit: limit).nearest(to: vector, count: count))
    }

    /// The cosine of two words, −1 … 1.
    public func similarity(_ first: String, _ second: String) throws -> Double {
        Double(try WordQueries(embeddings).similarity(first, second))
    }

    /// What is to `c` as `b` is to `a`, best first: `analogy("man", "king", "woman")` asks for a queen. The three words
    /// themselves are left out.
    public func analogy(
        _ a: String, _ b: String, _ c: String, method: AnalogyMethod = .add, count: Int = 10, limit: Int? = nil
    ) throws -> [WordNeighbor] {
        named(try WordQueries(embeddings, limit: limit).analogy(a, b, c, method: method.packageMethod, count: count))
    }

    /// The word of three or more that fits the others least.
    public func oddOneOut(_ words: [String]) throws -> OddWord {
        let fits = try WordQueries(embeddings).oddOneOut(words)
            .sorted { ($1.similarity, $0.word) < ($0.similarity, $1.word) }
            .map { WordNeighbor(word: $0.word, score: Double($0.similarity)) }
        return OddWord(odd: fits[fits.count - 1].word, words: fits)
    }

    /// A vector for each text, at unit length: the mean of its words' vectors weighted by a / (a + p(w)), less the
    /// first principal component of all texts (Arora, Liang and Ma 2017). A text without a known word has zeros.
    ///
    /// p(w) comes from the counts of the training, or, where a file has none, from Zipf's law.
    ///
    /// - Parameters:
    ///   - parameter: a.
    ///   - removing: how many components are taken out; none of fewer than 20 texts.
    public func sentenceVectors(_ texts: [String], parameter: Double = 1e-3, removing: Int = 1) throws -> [[Float]] {
        guard parameter > 0, parameter.isFinite, (0...dimension).contains(removing) else {
            throw AkinError(
                .invalidArgument, "The SIF parameter must be above 0, and 0 to \(dimension) components can be removed.")
        }
        let rows = SentenceVectors(embeddings, parameter: parameter).rows(of: texts, removing: removing)
        return texts.indices.map { rows.row($0) }
    }

    private func named(_ neighbors: [WordQueries.Neighbor]) -> [WordNeighbor] {
        neighbors.map { WordNeighbor(word: embeddings.word(at: $0.index), score: Double($0.score)) }
    }
}

extension AnalogyMethod {
    var packageMethod: WordQueries.AnalogyMethod { self == .add ? .additive : .multiplicative }
}

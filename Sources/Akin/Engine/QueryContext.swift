import AkinWords
import AkinTransformers
import AkinCore
import AkinStore
import AkinText
import AkinVectors

/// A query's words in their context, as a BERT model reads them. They rank passages by the sense that is meant, and
/// show which of their words are near to the query.
struct QueryContext {
    private let encoder: any ContextualEncoder
    private let query: String
    private let threads: Int

    /// Passages that are ranked again by the sense of their words.
    static let rankedPassages = 50
    /// The constant of reciprocal rank fusion between the order so far and that by sense.
    private static let rankConstant = 60.0
    /// The fewest passages with a word whose vectors can show which senses there are.
    private static let leastOccurrences = 3
    private static let mostHighlights = 6

    init(encoder: any ContextualEncoder, query: String, threads: Int) {
        (self.encoder, self.query, self.threads) = (encoder, query, threads)
    }

    // MARK: Sense

    /// How near the sense of the query's words in each text is to theirs in the query, −1 … 1; nil for a text that
    /// holds none of them.
    ///
    /// For each word, the contextual vectors in all texts have a mean, which is what they share; less that mean, the
    /// query's vector is compared with each text's (as `SenseInduction` does). For a text that holds several words, the
    /// mean of their values is taken.
    func senseSimilarities(of texts: [String]) throws -> [Double?] {
        var sums = [Double](repeating: 0, count: texts.count)
        var counts = [Int](repeating: 0, count: texts.count)
        for (word, range) in contentWords(of: query) {
            guard let asked = try encoder.contextualVector(of: range, in: query).map(VectorMath.normalized) else {
                continue
            }
            let finder = WordOccurrences(of: word)
            let vectors = try Parallel.map(texts, threads: threads) { text -> [Float]? in
                guard let place = finder.places(in: text).first else { return nil }
                let start = place.word.lowerBound - place.context.lowerBound
                return try encoder.contextualVector(
                    of: start..<start + place.word.count, in: text.scalars(place.context)
                )
                .map(VectorMath.normalized)
            }
            let known = vectors.compactMap { $0 }
            guard known.count >= Self.leastOccurrences else { continue }
            let mean = Matrix(known).meanRow()
            func centred(_ vector: [Float]) -> [Float] { VectorMath.normalized(zip(vector, mean).map { $0 - $1 }) }
            let direction = centred(asked)
            for (index, vector) in vectors.enumerated() {
                guard let vector else { continue }
                sums[index] += Double(VectorMath.dot(direction, centred(vector)))
                counts[index] += 1
            }
        }
        return zip(sums, counts).map { $1 > 0 ? $0 / Double($1) : nil }
    }

    /// The places of an order in which the first passages are ranked again, by both their rank so far and the sense of
    /// the query's words in them. Passages that hold none of the words count as having no particular sense.
    func orderBySense(_ texts: [String]) throws -> [Int] {
        let similarities = try senseSimilarities(of: texts)
        guard similarities.contains(where: { $0 != nil }) else { return Array(texts.indices) }
        let bySense = texts.indices.sorted { ((similarities[$1] ?? 0), $0) < ((similarities[$0] ?? 0), $1) }
        var scores = texts.indices.map { 1 / (Self.rankConstant + Double($0 + 1)) }
        for (rank, index) in bySense.enumerated() { scores[index] += 1 / (Self.rankConstant + Double(rank + 1)) }
        return texts.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    }

    /// The words of a text that have a meaning of their own, each once.
    private func contentWords(of text: String) -> [(word: String, range: Range<Int>)] {
        let stopWords = StopWords.set(for: LanguageGuess.language(of: text))
        var seen: Set<String> = []
        return WordSegmenter().words(in: text).compactMap { word in
            guard !stopWords.contains(word.text), word.text.unicodeScalars.count > 1, seen.insert(word.text).inserted
            else { return nil }
            return (word.text, word.range)
        }
    }

    // MARK: Highlights

    /// The words of a text nearest to the query in their context, in the text's order.
    ///
    /// A passage's vector is the mean of its tokens' (where the model pools so), so the cosine of a word's tokens to
    /// the query's vector is the word's part in the passage's score. Words are shown that stand out by a standard
    /// deviation, at most six.
    func highlights(of text: String, query vector: [Float]) throws -> [SearchResult.Highlight] {
        let (tokens, ranges) = try encoder.tokenVectors(text)
        guard tokens.rows > 0, tokens.columns == vector.count else { return [] }
        let nearness = (0..<tokens.rows).map { VectorMath.dot(VectorMath.normalized(tokens.row($0)), vector) }
        let stopWords = StopWords.set(for: LanguageGuess.language(of: text))
        var first = 0
        let scored: [SearchResult.Highlight] = WordSegmenter().words(in: text).compactMap { word in
            guard !stopWords.contains(word.text) else { return nil }
            while first < ranges.count, ranges[first].upperBound <= word.range.lowerBound { first += 1 }
            let touching = (first..<ranges.count).prefix { ranges[$0].lowerBound < word.range.upperBound }
            guard !touching.isEmpty else { return nil }
            let score = touching.reduce(0) { $0 + Double(nearness[$1]) } / Double(touching.count)
            return SearchResult.Highlight(
                range: word.range, word: word.text, score: score)
        }
        guard !scored.isEmpty else { return [] }
        let mean = scored.reduce(0) { $0 + $1.score } / Double(scored.count)
        let deviation = (scored.reduce(0) { $0 + ($1.score - mean) * ($1.score - mean) } / Double(scored.count))
            .squareRoot()
        return scored.filter { $0.score >= mean + deviation && $0.score > 0 }.sorted { $0.score > $1.score }.prefix(
            Self.mostHighlights
        )
        .sorted { $0.range.lowerBound < $1.range.lowerBound }
    }
}

extension String {
    /// A stretch of the text by its Unicode scalars.
    func scalars(_ range: Range<Int>) -> String {
        let scalars = unicodeScalars
        let start = scalars.index(scalars.startIndex, offsetBy: range.lowerBound)
        return String(scalars[start..<scalars.index(start, offsetBy: range.count)])
    }
}

package import AkinTokenizers
package import AkinVectors

/// A stretch of a text that may answer a question.
package struct AnswerSpan: Sendable, Hashable {
    /// In Unicode scalars of the text.
    package let range: Range<Int>
    /// The probability of its start times that of its end, within its window.
    package let score: Double
}

/// What a window of a text has to say to a question.
package struct WindowAnswers: Sendable {
    /// The best spans, best first.
    package let spans: [AnswerSpan]
    /// How probable it is that the window holds no answer: the score of the empty span at `[CLS]`.
    package let noAnswer: Double

    /// Reads spans from the scores of starts and ends.
    ///
    /// Softmax runs over the window's part of the text and `[CLS]`; a span ends where it starts or later, has at most
    /// `longest` tokens and is widened to whole words (as the question answering of `transformers` does, after Chen et
    /// al., "Reading Wikipedia to Answer Open-Domain Questions", 2017).
    ///
    /// - Parameters:
    ///   - scores: (tokens, 2): start, end.
    ///   - continuations: Whether a token continues a word, by id.
    /// - Complexity: tokens · longest.
    package init(_ window: PairEncoding, scores: Matrix, continuations: [Bool], longest: Int, count: Int) {
        let places = [0] + window.second
        let rows = places.map { scores.row($0) }
        let starts = HeadProbabilities.softmax(rows.map { $0[0] })
        let ends = HeadProbabilities.softmax(rows.map { $0[1] })
        noAnswer = starts[0] * ends[0]

        var candidates: [(start: Int, end: Int, score: Double)] = []
        let lowest: () -> Double = { candidates.count < count ? -1 : candidates[candidates.count - 1].score }
        for start in places.indices.dropFirst() {
            for end in start..<min(start + longest, places.count) {
                let score = starts[start] * ends[end]
                guard score > lowest() else { continue }
                let place = candidates.firstIndex { $0.score < score } ?? candidates.count
                candidates.insert((start, end, score), at: place)
                if candidates.count > count { candidates.removeLast() }
            }
        }
        let second = window.second
        func continues(_ place: Int) -> Bool { continuations[Int(window.ids[place])] }
        spans = candidates.map { candidate in
            var (start, end) = (places[candidate.start], places[candidate.end])
            while start > second.lowerBound, continues(start) { start -= 1 }
            while end + 1 < second.upperBound, continues(end + 1) { end += 1 }
            return AnswerSpan(
                range: window.ranges[start].lowerBound..<window.ranges[end].upperBound, score: candidate.score)
        }
    }
}

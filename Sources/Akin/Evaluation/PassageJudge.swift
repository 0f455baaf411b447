import AkinText

/// Judges the results of one question by what their passages show.
struct PassageJudge {
    private struct Wanted {
        /// Nil for any.
        let document: String?
        let answer: PassageJudgement.Answer
        /// Of an answer in words.
        let text: AnswerText?
        let relevance: Double
    }

    /// Unicode scalars of a result that count; whoever is shown more has to look for the answer.
    static let shownCharacters = 1000

    private let wanted: [Wanted]

    /// - Parameters:
    ///   - judgements: Those without a document are about any that is relevant, or about any at all where none is.
    ///   - relevance: Of documents; what a judgement without a relevance takes, else 1.
    init(_ judgements: [PassageJudgement], relevance: [String: Double]) {
        let relevant: [String?] = relevance.filter { $0.value > 0 }.map(\.key)
        wanted = judgements.flatMap { judgement in
            let documents = judgement.document.map { [$0] } ?? (relevant.isEmpty ? [nil] : relevant)
            let text: AnswerText? = if case .text(let text) = judgement.answer { AnswerText(text) } else { nil }
            return documents.map { document in
                Wanted(
                    document: document, answer: judgement.answer, text: text,
                    relevance: judgement.relevance ?? document.flatMap { relevance[$0] } ?? 1)
            }
        }.filter { $0.relevance > 0 }
    }

    /// Whether any passage can be right.
    var isEmpty: Bool { wanted.isEmpty }

    /// Whether some answers are better than others.
    var isGraded: Bool { wanted.contains { $0.relevance != 1 } }

    /// The place of the first right result, from 1, and the measures, nDCG among them.
    func outcome(_ results: [SearchResult]) -> QuestionOutcome {
        var credited: Set<String?> = []
        var rank: Int?
        var gains: [Double] = []
        for (place, result) in results.enumerated() {
            let held = held(by: result)
            if rank == nil, !held.isEmpty { rank = place + 1 }
            // Each document answers once, however many of its passages do.
            let new = held.filter { !credited.contains($0.document) }
            gains.append(new.map(\.relevance).max() ?? 0)
            credited.formUnion(new.map(\.document))
        }
        let best = Dictionary(wanted.map { ($0.document, $0.relevance) }, uniquingKeysWith: max).values
        let ideal = RetrievalMeasures.gain(best.sorted(by: >).prefix(10))
        func hit(_ k: Int) -> Double { rank.map { $0 <= k } ?? false ? 1 : 0 }
        return QuestionOutcome(
            rank: rank,
            measures: [
                .hit1: hit(1), .hit3: hit(3), .hit10: hit(10),
                .mrr10: rank.map { $0 <= 10 ? 1 / Double($0) : 0 } ?? 0,
                .nDCG10: ideal > 0 ? RetrievalMeasures.gain(gains.prefix(10)) / ideal : 0,
            ])
    }

    private func held(by result: SearchResult) -> [Wanted] {
        let candidates = wanted.filter { $0.document == nil || $0.document == result.id }
        guard !candidates.isEmpty else { return [] }
        let shown = String(result.text.unicodeScalars.prefix(Self.shownCharacters))
        let text = AnswerText(shown)
        let range = result.range.lowerBound..<result.range.lowerBound + shown.unicodeScalars.count
        return candidates.filter { wanted in
            switch wanted.answer {
            case .text: wanted.text.map(text.holds) ?? false
            case .range(let sought): Self.areAlike(range, sought)
            case .lines(let sought): result.place?.lines.map { Self.areAlike(Range($0), Range(sought)) } ?? false
            }
        }
    }

    /// Whether two stretches share at least half of the shorter one.
    private static func areAlike(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
        one.overlaps(other) && one.clamped(to: other).count * 2 >= min(one.count, other.count)
    }
}

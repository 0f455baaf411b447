package import AkinCore
package import AkinVectors
package import Foundation

/// Splits text into the tokens of a Unigram model (SentencePiece's) or a byte-pair model (GPT-2's), as Hugging Face's
/// `tokenizer.json` holds it, with the same ids for every text as Hugging Face's `tokenizers`.
///
/// The text is normalised in steps, divided in steps, and each part divided into tokens by the vocabulary. Immutable; one
/// value serves any number of threads.
package struct SubwordTokenizer: Tokenizer {
    let vocabulary: SubwordVocabulary
    let normalizer: [NormalizerStep]
    let preTokenizer: [PreTokenizerStep]
    /// Added tokens that are searched for in the text as it is given.
    let rawTokens: AddedTokenMatcher
    /// Added tokens that are searched for in the normalised text.
    let normalizedTokens: AddedTokenMatcher
    let addedTokens: [AddedToken]
    package let vocabularySize: Int
    package let configuredMaximum: Int?
    /// The special tokens around a single text.
    let frame: TokenFrame
    /// The sections it was read from, without the vocabulary.
    private let steps: [UInt8]
    private let loadJSON: @Sendable () -> Data
    /// As it was read.
    package var json: Data { loadJSON() }

    init(_ sections: TokenizerSections, json: Data) throws {
        try self.init(TokenizerSteps(sections), steps: sections.withoutVocabulary()) { json }
    }

    private init(_ file: TokenizerSteps, steps: [UInt8], json: @escaping @Sendable () -> Data) {
        self.steps = steps
        loadJSON = json
        vocabulary = file.vocabulary
        normalizer = file.normalizer
        preTokenizer = file.preTokenizer
        let tokens = file.addedTokens
        addedTokens = tokens
        (frame, configuredMaximum) = (file.frame, file.configuredMaximum)
        rawTokens = AddedTokenMatcher(tokens.filter { !$0.normalized }.map { (Array($0.content.utf8), $0) })
        let normalizer = file.normalizer
        normalizedTokens = AddedTokenMatcher(
            tokens.filter(\.normalized).map { token in
                let bytes = Array(token.content.utf8)
                return (
                    Self.normalized(NormalizedText(bytes.span, 0..<bytes.count, firstScalar: 0), normalizer).bytes,
                    token
                )
            })
        vocabularySize = max(vocabulary.count, tokens.reduce(0) { max($0, Int($1.id) + 1) })
    }

    private static func normalized(_ text: NormalizedText, _ steps: [NormalizerStep]) -> NormalizedText {
        steps.reduce(text) { $1.applied(to: $0) }
    }

    package func encode(_ text: String, maximumTokens: Int?) -> TokenEncoding {
        let limit = max(0, (maximumTokens ?? .max) - frame.count)
        var (ids, ranges) = (frame.before, frame.before.map { _ in 0..<0 })
        ids.reserveCapacity(min(limit, text.utf8.count / 3) + frame.count)
        var (count, unknown, truncated) = (0, 0, false)
        split(text) { id, range in
            guard count < limit else {
                truncated = true
                return false
            }
            count += 1
            if id == vocabulary.unknownID { unknown += 1 }
            ids.append(id)
            ranges.append(range)
            return true
        }
        ids += frame.after
        ranges += frame.after.map { _ in 0..<0 }
        return TokenEncoding(ids: ids, ranges: ranges, unknownCount: unknown, truncated: truncated)
    }

    package func plainTokens(_ text: String, maximumTokens: Int?) -> PlainTokens {
        var ids: [Int32] = []
        ids.reserveCapacity(text.utf8.count / 3 + 1)
        var truncated = false
        split(text) { id, _ in
            guard ids.count < maximumTokens ?? .max else {
                truncated = true
                return false
            }
            ids.append(id)
            return true
        }
        let known = ids.filter { $0 != vocabulary.unknownID }
        return PlainTokens(ids: known, unknown: ids.count - known.count, truncated: truncated)
    }

    package func placedTokens(_ text: String) -> (ids: [Int32], ranges: [Range<Int>]) {
        var (ids, ranges): ([Int32], [Range<Int>]) = ([], [])
        split(text) {
            ids.append($0)
            ranges.append($1)
            return true
        }
        return (ids, ranges)
    }

    package var frameTokens: (before: [Int32], after: [Int32]) { (frame.before, frame.after) }

    package var pairFrame: PairFrame? { frame.pair }

    package var fingerprintBytes: Data { Data("akin steps tokenizer 1\n".utf8) + json }

    package func tokenStarts(_ text: String) -> TokenStarts {
        var starts = TokenStarts()
        split(text) {
            starts.append($1.lowerBound)
            return true
        }
        return starts
    }

    package func token(_ id: Int32) -> String {
        vocabulary.token(id) ?? addedTokens.first { $0.id == id }?.content ?? ""
    }

    /// - Parameter body: Gets each token and where it stands, in scalars of the text; returns whether to go on.
    private func split(_ text: String, _ body: (Int32, Range<Int>) -> Bool) {
        var text = text
        text.withUTF8 { buffer in
            let bytes = unsafe Span(_unsafeElements: buffer)
            var scratch = SubwordVocabulary.Scratch()
            var scalars = 0
            var isFirst = true
            func give(
                _ id: Int32, _ place: Range<Int>, _ text: borrowing Span<UInt8>, _ token: Range<Int>, _ isAdded: Bool
            ) -> Bool {
                defer { isFirst = false }
                return body(
                    id, frame.trimming?.trimmed(place, text, token, isAdded: isAdded, isFirst: isFirst) ?? place)
            }
            rawTokens.split(bytes) { range, id in
                let first = scalars
                scalars += UTF8Cursor.count(bytes, range)
                if let id { return give(id, first..<scalars, bytes, range, true) }
                return splitNormalized(
                    Self.normalized(NormalizedText(bytes, range, firstScalar: first), normalizer), &scratch, give)
            }
        }
    }

    private func splitNormalized(
        _ text: NormalizedText, _ scratch: inout SubwordVocabulary.Scratch,
        _ body: (_ id: Int32, _ place: Range<Int>, _ text: borrowing Span<UInt8>, _ token: Range<Int>, _ isAdded: Bool)
            -> Bool
    ) -> Bool {
        var goesOn = true
        func place(_ range: Range<Int>, in text: NormalizedText) -> Range<Int> {
            text.sources[range.lowerBound]..<text.sources[range.upperBound - 1] + 1
        }
        normalizedTokens.split(text.bytes.span) { range, id in
            if let id {
                goesOn = range.isEmpty || body(id, place(range, in: text), text.bytes.span, range, true)
                return goesOn
            }
            let parts = preTokenizer.reduce(PreTokens(text: text, ranges: [range])) { $1.applied(to: $0) }
            let bytes = parts.text.bytes
            for part in parts.ranges where goesOn {
                vocabulary.divide(bytes.span, part, &scratch) { id, range in
                    if goesOn { goesOn = body(id, place(range, in: parts.text), bytes.span, range, false) }
                }
            }
            return goesOn
        }
        return goesOn
    }
}

extension SubwordTokenizer {
    /// The section of a packed model that shows that the tokenizer of that name is one of steps.
    static func stepsSection(_ name: String) -> String { name + ".steps" }

    package func write(to writer: inout PackedModelWriter, as name: String) {
        writer.append(Self.stepsSection(name), steps)
        writer.append(name + ".json", Array(json))
        vocabulary.write(to: &writer, as: name)
    }

    /// The tokenizer that `write` put into a file. Throws `AkinError.invalidData` when its parts do not fit together.
    package init(packed file: PackedModelFile, _ name: String) throws {
        let steps = try file.array(Self.stepsSection(name), of: UInt8.self)
        let sections = try TokenizerSections(steps, file: "a packed model")
        let vocabulary = try SubwordVocabulary(file, name)
        // These are megabytes, which only a copy of the model needs.
        self.init(try TokenizerSteps(sections, vocabulary: vocabulary), steps: steps) {
            Data((try? file.array(name + ".json", of: UInt8.self)) ?? [])
        }
    }
}

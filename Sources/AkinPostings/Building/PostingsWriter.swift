import AkinCore
import AkinVectors
import Foundation

/// Writes a file of postings in one walk over its passages and one over its terms, so that only the terms and what one
/// of them has are in memory.
///
/// ```swift
/// var writer = try PostingsWriter(output, passages: ids, lengths: lengths)
/// for term in terms {
///     for posting in term.postings { writer.append(passage: posting.number, … ) }
///     try writer.end(term: term.bytes)
/// }
/// try writer.finish(header)
/// ```
struct PostingsWriter {
    private let output: PostingsOutput
    private let firstPassage: Int64
    private let passageCount: Int
    private let tokenCount: Int
    private let lengthWidth: Int
    private var encoder = PostingsListEncoder()
    private var terms: [UInt8] = []
    private var groups: [TermGroup] = []
    private var termCount = 0
    private var last: [UInt8] = []

    /// Writes the passages.
    ///
    /// - Parameters:
    ///   - passages: Ids, ascending.
    ///   - lengths: As many, in tokens; gone through twice.
    /// - Throws: `AkinError(.invalidData)` for passages beyond what the format can number.
    init(
        _ output: PostingsOutput, passages: some Sequence<Int64>, lengths: some Sequence<UInt32>
    ) throws {
        self.output = output
        var (runs, count, first): ([PassageRun], Int, Int64) = ([], 0, 0)
        var next: Int64?
        for id in passages {
            if next == nil { first = id }
            guard id - first <= Int64(UInt32.max), count < Int(UInt32.max) - 1 else {
                throw Self.tooLarge("passages")
            }
            if id != next { runs.append(PassageRun(number: UInt32(count), offset: UInt32(id - first))) }
            next = id + 1
            count += 1
        }
        output.beginSection()
        try output.append(elements: runs)
        try output.endSection()
        var (longest, tokens): (UInt32, Int) = (0, 0)
        for length in lengths {
            longest = max(longest, length)
            tokens += Int(length)
        }
        let width = PassageLengths.width(ofLongest: longest)
        output.beginSection()
        var bytes: [UInt8] = []
        for length in lengths {
            for place in 0..<width { bytes.append(UInt8(truncatingIfNeeded: length >> UInt32(8 * place))) }
            guard bytes.count >= 1 << 16 else { continue }
            try output.append(bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        try output.append(bytes)
        try output.endSection()
        output.beginSection()
        (firstPassage, passageCount, tokenCount, lengthWidth) = (first, count, tokens, width)
    }

    /// Adds a posting to the term that `end` names. Passages, given by their numbers, ascend.
    mutating func append(passage: UInt32, frequency: UInt32, length: UInt32) {
        encoder.append(passage: passage, frequency: frequency, length: length)
    }

    /// Writes a term that comes after all before it, with the postings that were appended; none where there are none.
    ///
    /// - Throws: `AkinError(.invalidData)` where a place would need more than 32 bits.
    mutating func end(term: ArraySlice<UInt8>) throws {
        let holders = encoder.holders
        guard holders > 0 else { return }
        let start = output.sectionLength
        guard start < Int(UInt32.max) - 1 << 30, terms.count < Int(UInt32.max) - 1 << 20 else {
            throw Self.tooLarge("words")
        }
        if termCount % TermDictionary.groupSize == 0 {
            groups.append(TermGroup(terms: UInt32(terms.count), postings: UInt32(start)))
            last.removeAll(keepingCapacity: true)
        }
        var shared = 0
        while shared < min(last.count, term.count), last[shared] == term[term.startIndex + shared] { shared += 1 }
        VariableInteger.append(UInt32(shared), to: &terms)
        VariableInteger.append(UInt32(term.count - shared), to: &terms)
        terms.append(contentsOf: term.dropFirst(shared))
        try encoder.finish { try output.append($0) }
        VariableInteger.append(UInt32(holders), to: &terms)
        VariableInteger.append(UInt32(output.sectionLength - start), to: &terms)
        last = Array(term)
        termCount += 1
    }

    /// Writes the terms and the header.
    ///
    /// - Returns: the bytes of the whole, and what keeps them.
    mutating func finish(_ header: PostingsHeader) throws -> (bytes: UnsafeRawBufferPointer, owner: AnyObject) {
        groups.append(TermGroup(terms: UInt32(terms.count), postings: UInt32(output.sectionLength)))
        try output.append([UInt8](repeating: 0, count: PackedIntegers.padding))
        try output.endSection()
        output.beginSection()
        try output.append(terms)
        try output.endSection()
        output.beginSection()
        try output.append(elements: groups)
        try output.endSection()
        return try output.finish { extents, fileLength in
            PostingsFields(
                header: header, lengthWidth: lengthWidth, passageCount: passageCount, termCount: termCount,
                tokenCount: tokenCount, firstPassage: firstPassage, fileLength: fileLength, extents: extents
            ).bytes()
        }
    }

    static func tooLarge(_ what: String) -> AkinError {
        AkinError(.invalidData, "The store has more \(what) than a file of postings can number.")
    }
}

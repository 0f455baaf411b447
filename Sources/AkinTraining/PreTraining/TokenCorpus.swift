import AkinCore
package import AkinTokenizers
import AkinVectors
import Foundation

/// A corpus as the token numbers of sequences, in a file without a name that is mapped: about four bytes of disk a token,
/// which the system reads and drops as it likes.
///
/// Memory: 12 bytes a sequence, some 2 % of the text where documents are longer than sequences.
package final class TokenCorpus: Sendable {
    private let file: MappedFile
    private let starts: [Int]
    private let documents: [UInt32]
    package let documentCount: Int
    /// The share of tokens for which the vocabulary has no entry.
    package let unknownShare: Double

    package var count: Int { documents.count }
    package var tokenCount: Int { starts[count] }

    /// Text that is divided into tokens at a time, in bytes.
    private static let blockSize = 1 << 20

    /// Reads a corpus.
    ///
    /// - Parameters:
    ///   - room: the most tokens of a sequence, without special ones.
    ///   - path: the file is made beside it, and has lost its name when this returns.
    ///   - progress: called at times with the bytes read since the last call.
    /// - Throws: as the corpus' reading does; `.invalidData` where there are not two sequences, `.cannotCreate` and
    ///   `.inputOutput` for the file, and what `progress` throws.
    package init(
        _ corpus: CorpusDocuments, tokenizer: WordPieceTokenizer, room: Int, besides path: String, threads: Int,
        progress: (_ bytes: Int) throws -> Void
    ) throws {
        var packer = SequencePacker(room: room)
        let output = try TemporaryFile(besides: path)
        var (block, size): ([[String]], Int) = ([], 0)
        var (total, unknown) = (0, 0)
        func flush() throws {
            let lines = Array(block.joined())
            let tokens = try Parallel.map(lines, threads: threads) { line in
                Array(tokenizer.encode(line, maximumTokens: nil).ids.dropFirst().dropLast())
            }
            var rest = tokens[...]
            for document in block {
                packer.add(rest.prefix(document.count))
                rest = rest.dropFirst(document.count)
            }
            total += tokens.reduce(0) { $0 + $1.count }
            unknown += tokens.reduce(0) { $0 + $1.count { $0 == tokenizer.unknownID } }
            unsafe try packer.takeTokens().withUnsafeBytes(output.write)
            (block, size) = ([], 0)
        }
        try corpus.forEach(progress: progress) { lines in
            block.append(lines)
            size += lines.reduce(0) { $0 + $1.utf8.count }
            if size >= Self.blockSize { try flush() }
        }
        try flush()
        let name = corpus.paths.joined(separator: ", ")
        guard packer.documents.count > 1 else {
            throw AkinError(
                .invalidData,
                "\(name) holds too little text: \(packer.documents.count) sequence of up to \(room) tokens, and one more is "
                    + "needed to score on.")
        }
        guard unknown < total else {
            throw AkinError(.invalidData, "The vocabulary has no entry for any word of \(name); name another.")
        }
        try output.publish()
        file = try MappedFile(path: path) { AkinError(.inputOutput, "\(path) cannot be read: \($0).") }
        try? FileManager.default.removeItem(atPath: path)
        (starts, documents, documentCount) = (packer.starts, packer.documents, packer.documentCount)
        unknownShare = Double(unknown) / Double(total)
    }

    /// All tokens, with their marks: what decides a training besides its settings.
    package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        unsafe try body(UnsafeRawBufferPointer(rebasing: file.bytes[..<(4 * tokenCount)]))
    }

    package func document(of index: Int) -> UInt32 { documents[index] }

    /// A sequence's tokens, without special ones, and those places among them at which a sentence begins.
    func sequence(_ index: Int) -> (ids: [Int32], sentences: [Int]) {
        var (ids, sentences): ([Int32], [Int]) = ([], [])
        ids.reserveCapacity(starts[index + 1] - starts[index])
        for place in starts[index]..<starts[index + 1] {
            let token = unsafe file.bytes.load(fromByteOffset: 4 * place, as: UInt32.self)
            if token & SequencePacker.mark != 0 { sentences.append(ids.count) }
            ids.append(Int32(bitPattern: token & ~SequencePacker.mark))
        }
        return (ids, sentences)
    }

    /// Divides the sequences into those to learn from and those to score on, both in their order and neither empty. Whole
    /// documents are held out, or single sequences where documents are long.
    ///
    /// - Parameters:
    ///   - share: of the sequences that are held out.
    ///   - most: about so many are enough.
    package func split(holdingOut share: Double, most: Int, seed: UInt64) -> (training: [UInt32], heldOut: [UInt32]) {
        let areShort = count < 8 * documentCount
        let threshold = UInt64(min(share, Double(most) / Double(count)) * 0x1p63)
        var (training, heldOut): ([UInt32], [UInt32]) = ([], [])
        for index in 0..<count {
            let unit = areShort ? UInt64(documents[index]) : UInt64(index)
            let isHeldOut = SplitMix64.mixed(seed &+ SplitMix64.mixed(unit &+ 1)) >> 1 < threshold
            if isHeldOut { heldOut.append(UInt32(index)) } else { training.append(UInt32(index)) }
        }
        if heldOut.isEmpty, let last = training.popLast() { heldOut.append(last) }
        if training.isEmpty, let last = heldOut.popLast() { training.append(last) }
        return (training, heldOut)
    }
}

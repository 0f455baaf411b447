import AkinCore
import AkinVectors

/// The tokens of a Unigram model and how probable each is: a word becomes the sequence of tokens of the greatest
/// probability (Kudo 2018, "Subword Regularization", section 3.2), found by Viterbi's algorithm.
struct UnigramVocabulary: Sendable {
    /// How much less probable an unknown scalar is than the least probable token, as in SentencePiece.
    private static let unknownPenalty = 10.0

    private let entries: VocabularyEntries
    private let trie: ByteTrie
    /// (tokens) logarithms of probabilities.
    private let scores: [Double]
    /// The token of unknown scalars; −1 where there is none, and then they are dropped.
    let unknownID: Int32
    /// (256) The token of each byte, for scalars that have none themselves; empty where they are unknown then.
    private let byteIDs: [Int32]
    private let unknownScore: Double

    var count: Int { scores.count }

    /// - Parameter entries: Numbered from 0. A token that occurs twice is known by its last number, as in Hugging Face.
    init(_ entries: VocabularyEntries, scores: [Double], unknownID: Int32, fallsBackToBytes: Bool) throws {
        let trie = try ByteTrie(entries.bytes, strings: entries.entries.map { $0.start..<$0.end })
        self.init(entries, trie, scores: scores, unknownID: unknownID, fallsBackToBytes: fallsBackToBytes)
    }

    private init(
        _ entries: VocabularyEntries, _ trie: ByteTrie, scores: [Double], unknownID: Int32, fallsBackToBytes: Bool
    ) {
        self.entries = entries
        self.trie = trie
        self.scores = scores
        self.unknownID = unknownID
        unknownScore = (scores.min() ?? 0) - Self.unknownPenalty
        byteIDs =
            fallsBackToBytes
            ? (UInt8.min...UInt8.max).map {
                trie.value(of: ByteToken.text($0).utf8) ?? -1
            } : []
    }

    func token(_ id: Int32) -> String? {
        guard entries.entries.indices.contains(Int(id)) else { return nil }
        let entry = entries.entries[Int(id)]
        return String(decoding: entries.bytes[entry.start..<entry.end], as: UTF8.self)
    }

    func id(of token: some Sequence<UInt8>) -> Int32? { trie.value(of: token) }

    /// Room for `divide`, kept from word to word.
    struct Scratch {
        fileprivate var nodes: [Node] = []

        /// The best way to divide a word up to some byte: its last token.
        fileprivate struct Node {
            var score = 0.0
            var start: Int32 = -1
            var id: Int32 = -1
        }

        fileprivate var path: [(id: Int32, range: Range<Int>)] = []
    }

    /// Divides a word into tokens. Unknown scalars that follow each other are one token.
    ///
    /// - Parameter emit: Gets each token and the bytes it stands for, in order.
    /// - Complexity: one step in the tree for each byte of each token that begins anywhere in the word.
    func divide(
        _ bytes: borrowing Span<UInt8>, _ word: Range<Int>, _ scratch: inout Scratch,
        _ emit: (Int32, Range<Int>) -> Void
    ) {
        scratch.nodes.removeAll(keepingCapacity: true)
        scratch.nodes.append(contentsOf: repeatElement(Scratch.Node(), count: word.count + 1))
        var nodes = scratch.nodes.mutableSpan
        find(bytes, word, slots: trie.slots.span, scores: scores.span, &nodes)
        collect(word, &scratch)
        for (id, range) in scratch.path.reversed() {
            if id == unknownID {
                emitUnknown(bytes, range, emit)
            } else {
                emit(id, range)
            }
        }
    }

    /// Fills `nodes` from left to right.
    private func find(
        _ bytes: borrowing Span<UInt8>, _ word: Range<Int>, slots: borrowing Span<UInt64>,
        scores: borrowing Span<Double>,
        _ nodes: inout MutableSpan<Scratch.Node>
    ) {
        let valueCount = trie.valueCount
        var start = 0
        while start < word.count {
            var next = word.lowerBound + start
            _ = UTF8Cursor.next(bytes, at: &next)
            let scalarEnd = next - word.lowerBound
            let score = nodes[start].score
            var isKnown = false
            var node = ByteTrie.root
            var end = start
            while end < word.count, let child = ByteTrie.child(of: node, bytes[word.lowerBound + end], in: slots) {
                (node, end) = (child, end + 1)
                guard node < valueCount else { continue }
                isKnown = isKnown || end == scalarEnd
                Self.offer(score + scores[Int(node)], from: start, Int32(bitPattern: node), &nodes[end])
            }
            if !isKnown { Self.offer(score + unknownScore, from: start, unknownID, &nodes[scalarEnd]) }
            start = scalarEnd
        }
    }

    @inline(__always)
    private static func offer(_ score: Double, from start: Int, _ id: Int32, _ node: inout Scratch.Node) {
        if node.start < 0 || score > node.score {
            node = Scratch.Node(score: score, start: Int32(truncatingIfNeeded: start), id: id)
        }
    }

    /// Goes back from the end of the word; adjacent unknown tokens become one.
    private func collect(_ word: Range<Int>, _ scratch: inout Scratch) {
        scratch.path.removeAll(keepingCapacity: true)
        var end = word.count
        while end > 0 {
            let node = scratch.nodes[end]
            let range = word.lowerBound + Int(node.start)..<word.lowerBound + end
            if node.id == unknownID, let last = scratch.path.last, last.id == unknownID {
                scratch.path[scratch.path.count - 1].range = range.lowerBound..<last.range.upperBound
            } else {
                scratch.path.append((node.id, range))
            }
            end = Int(node.start)
        }
    }

    private func emitUnknown(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>, _ emit: (Int32, Range<Int>) -> Void) {
        let text = range.map { bytes[$0] }
        if let known = id(of: text) { return emit(known, range) }
        guard !byteIDs.isEmpty, text.allSatisfy({ byteIDs[Int($0)] >= 0 }) else { return emit(unknownID, range) }
        for byte in text { emit(byteIDs[Int(byte)], range) }
    }
}

extension UnigramVocabulary {
    func write(to writer: inout PackedModelWriter, as name: String) {
        writer.append(name + ".bytes", entries.bytes)
        writer.append(name + ".starts", [0] + entries.entries.map { UInt32($0.end) })
        writer.append(name + ".scores", scores)
        writer.append(name + ".slots", trie.slots)
        writer.append(name + ".special", [unknownID, byteIDs.isEmpty ? 0 : 1])
    }

    /// The vocabulary that `write` put into a file. Throws `AkinError.invalidData` when it would make a search read out
    /// of bounds or never end.
    init(_ file: PackedModelFile, _ name: String) throws {
        let bytes = try file.array(name + ".bytes", of: UInt8.self)
        let starts = try file.array(name + ".starts", of: UInt32.self)
        let scores = try file.array(name + ".scores", of: Double.self)
        let special = try file.array(name + ".special", of: Int32.self)
        guard starts.count == scores.count + 1, Int(starts[scores.count]) == bytes.count, special.count == 2,
            scores.indices.allSatisfy({ starts[$0] <= starts[$0 + 1] }),
            (-1..<Int32(scores.count)).contains(special[0]),
            let trie = ByteTrie(slots: try file.array(name + ".slots", of: UInt64.self), valueCount: scores.count)
        else { throw AkinError(.invalidData, "The vocabulary of a packed model is inconsistent.") }
        self.init(
            VocabularyEntries(bytes, starts: starts), trie, scores: scores, unknownID: special[0],
            fallsBackToBytes: special[1] == 1)
    }
}

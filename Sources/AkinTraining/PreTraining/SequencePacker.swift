/// Divides documents into sequences: as many whole sentences as there is room for, and parts of longer ones. No sequence
/// goes over the end of a document.
struct SequencePacker {
    /// The most tokens of a sequence, without special ones.
    let room: Int
    /// Where each sequence begins among all tokens, and where the last one ends.
    private(set) var starts: [Int] = [0]
    /// By sequence, the number of its document.
    private(set) var documents: [UInt32] = []
    private(set) var documentCount = 0
    /// Tokens since the last `takeTokens`, with the mark at those that begin a sentence.
    private var tokens: [UInt32] = []

    /// The bit of a token that begins a sentence.
    static let mark: UInt32 = 1 << 31
    /// A shorter sequence has no word beside the one that is hidden.
    private static let shortest = 2

    init(room: Int) { self.room = room }

    /// Adds the tokens of a document's sentences.
    mutating func add(_ sentences: some Sequence<[Int32]>) {
        var count = 0
        for sentence in sentences where !sentence.isEmpty {
            if count + sentence.count > room { close(&count) }
            for first in stride(from: 0, to: sentence.count, by: room) {
                if first > 0 { close(&count) }
                let part = sentence[first..<min(first + room, sentence.count)]
                let place = tokens.count
                tokens.append(contentsOf: part.lazy.map(UInt32.init(bitPattern:)))
                tokens[place] |= Self.mark
                count += part.count
            }
        }
        close(&count)
        documentCount += 1
    }

    private mutating func close(_ count: inout Int) {
        if count < Self.shortest {
            tokens.removeLast(count)
        } else {
            starts.append(starts[starts.count - 1] + count)
            documents.append(UInt32(documentCount))
        }
        count = 0
    }

    /// The tokens to be written.
    mutating func takeTokens() -> [UInt32] {
        defer { tokens.removeAll(keepingCapacity: true) }
        return tokens
    }
}

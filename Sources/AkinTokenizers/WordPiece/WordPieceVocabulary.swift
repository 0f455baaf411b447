import AkinCore
import AkinVectors

/// The entries of a vocabulary as they are read: the bytes of all tokens one after the other, with their ids.
struct VocabularyEntries {
    struct Entry {
        var start: Int
        var end: Int
        var id: Int32
    }

    private(set) var bytes: [UInt8] = []
    private(set) var entries: [Entry] = []

    init() {}

    /// Tokens numbered from 0.
    ///
    /// - Parameter starts: (tokens + 1) where each token's bytes start, ascending to the number of bytes.
    init(_ bytes: [UInt8], starts: [UInt32]) {
        self.bytes = bytes
        entries = starts.indices.dropLast().map {
            Entry(start: Int(starts[$0]), end: Int(starts[$0 + 1]), id: Int32($0))
        }
    }

    mutating func append(_ token: some Collection<UInt8>, id: Int32) {
        let start = bytes.count
        bytes.append(contentsOf: token)
        entries.append(Entry(start: start, end: bytes.count, id: id))
    }

    mutating func reserve(bytes count: Int, entries entryCount: Int) {
        bytes.reserveCapacity(count)
        entries.reserveCapacity(entryCount)
    }

    /// The last entry of a token; nil where there is none.
    ///
    /// - Complexity: Looks at all entries.
    func entry(_ token: some Collection<UInt8>) -> Entry? {
        entries.last { $0.end - $0.start == token.count && bytes[$0.start..<$0.end].elementsEqual(token) }
    }

    mutating func sortByID() {
        var sorted = true
        for index in entries.indices.dropFirst() where entries[index].id < entries[index - 1].id {
            sorted = false
            break
        }
        if !sorted { entries.sort { $0.id < $1.id } }
    }
}

/// The tokens of a WordPiece model, found by their bytes.
///
/// Tokens that start a word and tokens that continue one (stored without their `##`) have a table each. The hash of a
/// prefix is a step on the way to the hash of the word, so the longest match hashes a word once and then probes from
/// the longest candidate to the shortest. Keys are bytes, never `String`: canonically equal strings are different
/// tokens.
struct WordPieceVocabulary: Sendable {
    static let maximumCount = 1 << 23

    private let bytes: [UInt8]
    /// (count + 1) where each token's bytes start, by entry; entries ascend by id.
    private let starts: [UInt32]
    private let ids: [Int32]
    private let prefixCount: Int
    private var starting: TokenTable
    private var continuing: TokenTable
    /// Bytes of the longest token.
    let longest: Int

    var count: Int { ids.count }
    var highestID: Int32 { ids.last ?? -1 }

    /// Builds the tables. A token that occurs twice belongs to its last entry, as in Hugging Face.
    ///
    /// - Throws: `AkinError.invalidData` when two tokens share an id or there are too many.
    init(_ source: consuming VocabularyEntries, continuingPrefix: [UInt8], file: String) throws {
        source.sortByID()
        let entries = source.entries
        guard entries.count < Self.maximumCount, source.bytes.count < Int(UInt32.max) else {
            throw AkinError(
                .invalidData, "\(file) has \(entries.count) tokens; at most \(Self.maximumCount - 1) can be read.")
        }
        for index in entries.indices.dropFirst() where entries[index].id == entries[index - 1].id {
            let pair = [entries[index - 1], entries[index]].map {
                String(decoding: source.bytes[$0.start..<$0.end], as: UTF8.self)
            }
            throw AkinError(
                .invalidData,
                "\(file) gives the id \(entries[index].id) to two tokens, “\(pair[0])” and “\(pair[1])”; every token needs its own id."
            )
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.bytes.count)
        var starts: [UInt32] = [0]
        starts.reserveCapacity(entries.count + 1)
        var continuingCount = 0
        var longest = 0
        for entry in entries {
            let token = source.bytes[entry.start..<entry.end]
            bytes.append(contentsOf: token)
            starts.append(UInt32(bytes.count))
            longest = max(longest, token.count)
            if token.count > continuingPrefix.count, token.starts(with: continuingPrefix) { continuingCount += 1 }
        }
        self.bytes = bytes
        self.starts = starts
        self.longest = longest
        ids = entries.map(\.id)
        prefixCount = continuingPrefix.count
        starting = TokenTable(capacity: entries.count)
        continuing = TokenTable(capacity: continuingCount)
        for entry in entries.indices {
            let range = Int(starts[entry])..<Int(starts[entry + 1])
            starting.insert(entry, range, skipping: 0, bytes, starts)
            if range.count > prefixCount, bytes[range].starts(with: continuingPrefix) {
                continuing.insert(entry, range, skipping: prefixCount, bytes, starts)
            }
        }
    }

    /// The id of a whole token as it is written in the vocabulary; nil when there is none.
    func id(of token: some Collection<UInt8>) -> Int32? {
        var hash = TokenTable.seed
        let token = Array(token)
        for byte in token { hash = TokenTable.step(hash, byte) }
        let entry = starting.find(hash, token, from: 0, to: token.count, skipping: 0, bytes, starts)
        return entry < 0 ? nil : ids[entry]
    }

    /// The text of a token; nil when no token has that id.
    func token(_ id: Int32) -> String? {
        var low = 0
        var high = ids.count
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] < id { low = middle + 1 } else { high = middle }
        }
        guard low < ids.count, ids[low] == id else { return nil }
        return String(decoding: bytes[Int(starts[low])..<Int(starts[low + 1])], as: UTF8.self)
    }

    /// Calls `body` with every token's id and bytes, ids ascending.
    func forEach(_ body: (Int32, ArraySlice<UInt8>) -> Void) {
        for entry in ids.indices { body(ids[entry], bytes[Int(starts[entry])..<Int(starts[entry + 1])]) }
    }

    /// The longest token that `word[start..<end]` begins with, among those that start a word or those that continue
    /// one.
    ///
    /// - Parameter hashes: Room for the hashes of prefixes, at least `longest` of them.
    /// - Returns: The token's id and where it ends in `word`; nil when no token fits.
    /// - Complexity: One step a byte for the hashes, then a probe for each length that is not a token.
    @inline(__always)
    func longestMatch(_ word: [UInt8], from start: Int, to end: Int, hashes: inout [UInt64]) -> (id: Int32, end: Int)? {
        let last = min(end, start + longest)
        var hash = TokenTable.seed
        for index in start..<last {
            hash = TokenTable.step(hash, word[index])
            hashes[index - start] = hash
        }
        var stop = last
        while stop > start {
            let hash = hashes[stop - start - 1]
            let entry =
                start == 0
                ? starting.find(hash, word, from: start, to: stop, skipping: 0, bytes, starts)
                : continuing.find(hash, word, from: start, to: stop, skipping: prefixCount, bytes, starts)
            if entry >= 0 { return (ids[entry], stop) }
            stop -= 1
        }
        return nil
    }
}

extension WordPieceVocabulary: PackedParameters {
    func write(to writer: inout PackedModelWriter, as name: String) {
        writer.append(name + ".bytes", bytes)
        writer.append(name + ".starts", starts)
        writer.append(name + ".ids", ids)
        writer.append(name + ".starting", starting.slots)
        writer.append(name + ".continuing", continuing.slots)
    }

    /// The vocabulary that `write` put into a file. Throws `AkinError.invalidData` when it would make a search read out
    /// of bounds or never end.
    init(_ file: PackedModelFile, _ name: String, prefixCount: Int) throws {
        bytes = try file.array(name + ".bytes", of: UInt8.self)
        let starts = try file.array(name + ".starts", of: UInt32.self)
        self.starts = starts
        ids = try file.array(name + ".ids", of: Int32.self)
        self.prefixCount = prefixCount
        let tokens = starts.indices.dropLast()
        guard starts.first == 0, starts.count == ids.count + 1, starts.count <= Self.maximumCount,
            Int(starts[ids.count]) == bytes.count,
            tokens.allSatisfy({ starts[$0] <= starts[$0 + 1] }),
            let starting = TokenTable(slots: try file.array(name + ".starting", of: UInt32.self), entries: ids.count),
            let continuing = TokenTable(
                slots: try file.array(name + ".continuing", of: UInt32.self), entries: ids.count)
        else { throw AkinError(.invalidData, "The vocabulary of a packed model is inconsistent.") }
        self.starting = starting
        self.continuing = continuing
        longest = tokens.reduce(0) { max($0, Int(starts[$1 + 1] - starts[$1])) }
    }
}

/// Numbers of tokens by the FNV-1a hash (Fowler, Noll and Vo) of their bytes: open addressing with linear probing, at
/// most half full.
private struct TokenTable: Sendable {
    static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
    /// Bits of a slot that hold entry number + 1; the others hold a tag from the hash. 0 is an empty slot.
    private static let entryMask: UInt32 = 1 << 24 - 1

    /// (power of two) a tag in the high 8 bits, entry number + 1 in the low 24.
    private(set) var slots: [UInt32]
    private let shift: UInt64

    init(capacity: Int) {
        let bits = max(4, Int.bitWidth - (capacity * 2).leadingZeroBitCount)
        slots = [UInt32](repeating: 0, count: 1 << bits)
        shift = UInt64(UInt64.bitWidth - bits)
    }

    /// A table that was stored; nil when a slot names no entry, or when no slot is empty, which a search needs.
    init?(slots: [UInt32], entries: Int) {
        guard slots.count >= 16, slots.count & (slots.count - 1) == 0 else { return nil }
        var largest: UInt32 = 0
        var isFull = true
        for slot in slots {
            largest = max(largest, slot & Self.entryMask)
            isFull = isFull && slot != 0
        }
        guard Int(largest) <= entries, !isFull else { return nil }
        self.slots = slots
        shift = UInt64(UInt64.bitWidth - slots.count.trailingZeroBitCount)
    }

    @inline(__always)
    static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    @inline(__always)
    private static func mix(_ hash: UInt64) -> UInt64 { (hash ^ hash >> 32) &* 0x9E37_79B9_7F4A_7C15 }

    /// Enters a token by its bytes after the first `skipping`; an existing one is replaced.
    mutating func insert(_ entry: Int, _ range: Range<Int>, skipping: Int, _ bytes: [UInt8], _ starts: [UInt32]) {
        var hash = Self.seed
        for index in range.dropFirst(skipping) { hash = Self.step(hash, bytes[index]) }
        let slot = slot(
            hash, bytes, from: range.lowerBound + skipping, to: range.upperBound, skipping: skipping, bytes, starts)
        slots[slot] = UInt32(truncatingIfNeeded: Self.mix(hash) & 0xFF) << 24 | UInt32(entry + 1)
    }

    /// The entry whose bytes after the first `skipping` are `word[start..<end]`, or −1.
    @inline(__always)
    func find(
        _ hash: UInt64, _ word: [UInt8], from start: Int, to end: Int, skipping: Int, _ bytes: [UInt8],
        _ starts: [UInt32]
    ) -> Int {
        Int(slots[slot(hash, word, from: start, to: end, skipping: skipping, bytes, starts)] & Self.entryMask) - 1
    }

    /// The slot of a key, or the empty slot where it would go.
    @inline(__always)
    private func slot(
        _ hash: UInt64, _ word: [UInt8], from start: Int, to end: Int, skipping: Int, _ bytes: [UInt8],
        _ starts: [UInt32]
    ) -> Int {
        let mixed = Self.mix(hash)
        let tag = UInt32(truncatingIfNeeded: mixed & 0xFF)
        var slot = Int(truncatingIfNeeded: mixed >> shift)
        while slots[slot] != 0 {
            if slots[slot] >> 24 == tag {
                let entry = Int(slots[slot] & Self.entryMask) - 1
                let first = Int(starts[entry]) + skipping
                if Int(starts[entry + 1]) - first == end - start,
                    Self.equal(bytes, first, word, start, count: end - start)
                {
                    return slot
                }
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    @inline(__always)
    private static func equal(_ left: [UInt8], _ leftStart: Int, _ right: [UInt8], _ rightStart: Int, count: Int)
        -> Bool
    {
        for offset in 0..<count where left[leftStart + offset] != right[rightStart + offset] { return false }
        return true
    }
}

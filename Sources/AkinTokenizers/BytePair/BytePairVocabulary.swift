import AkinCore
import AkinVectors

/// The tokens of a byte-pair model and the rules by which a word's smallest tokens become longer ones.
///
/// A byte-level vocabulary writes bytes as characters (`ByteAlphabet`); here they are bytes again, so that texts need not be
/// rewritten. A word that is a token as a whole, as most are, is found by one look-up: which tokens the rules themselves
/// lead to is known from the start.
struct BytePairVocabulary: Sendable {
    /// What else decides how a word is divided.
    struct Settings: Sendable, Hashable {
        /// Whether the smallest tokens are bytes, written by `ByteAlphabet`; otherwise scalars.
        var isByteLevel = true
        /// The token of what has none; −1 where there is none, and then it is dropped.
        var unknownID: Int32 = -1
        /// Whether unknown scalars that follow each other are one token.
        var fusesUnknown = false
        /// Whether an unknown scalar becomes tokens of its bytes, `<0x00>` to `<0xFF>`.
        var fallsBackToBytes = false
        /// Whether a word that is a token stays whole, whatever the rules say.
        var ignoresMerges = false
    }

    let settings: Settings
    /// The tokens' bytes, one after the other.
    private let bytes: [UInt8]
    /// (tokens + 1) where each begins.
    private let starts: [UInt32]
    /// (tokens) ascending.
    private let ids: [Int32]
    private var kinds: [Kind]
    private let table: ByteStringTable
    private let merges: BytePairMerges
    /// (256) The token of each byte that is one by itself; −1 for none. Of scalars only ASCII ones are here.
    private let single: [Int32]
    /// (256) The tokens `<0x00>` to `<0xFF>`; −1 for none.
    private let byteIDs: [Int32]

    /// How a token can come about.
    private struct Kind: OptionSet {
        let rawValue: UInt8
        /// A word that equals it is divided into it alone.
        static let whole = Kind(rawValue: 1)
        /// Its text has other characters than those of bytes, so that no text can hold it.
        static let literal = Kind(rawValue: 2)
    }

    var unknownID: Int32 { settings.unknownID }
    /// The highest id + 1.
    var count: Int { Int(ids.last ?? -1) + 1 }

    private init(
        _ settings: Settings, bytes: [UInt8], starts: [UInt32], ids: [Int32], kinds: [Kind], table: ByteStringTable,
        merges: BytePairMerges
    ) {
        (self.settings, self.bytes, self.starts, self.ids) = (settings, bytes, starts, ids)
        (self.kinds, self.table, self.merges) = (kinds, table, merges)
        func id(of text: [UInt8]) -> Int32 {
            table.number(of: text.span, 0..<text.count, among: bytes.span, starts: starts.span).map { ids[$0] } ?? -1
        }
        single = (UInt8.min...UInt8.max).map { settings.isByteLevel || $0 < 0x80 ? id(of: [$0]) : -1 }
        byteIDs = (UInt8.min...UInt8.max).map {
            settings.fallsBackToBytes ? id(of: Array(ByteToken.text($0).utf8)) : -1
        }
    }

    /// - Parameter pairs: The rules, in order: the texts of two tokens each, as the vocabulary writes them.
    /// - Throws: `AkinError(.invalidData)` for a rule about tokens that the vocabulary does not have.
    init(_ entries: VocabularyEntries, pairs: VocabularyEntries, _ settings: Settings, file: String) throws {
        var entries = entries
        entries.sortByID()
        var bytes: [UInt8] = []
        var starts: [UInt32] = [0]
        var kinds: [Kind] = []
        bytes.reserveCapacity(entries.bytes.count)
        for entry in entries.entries {
            let isRead =
                !settings.isByteLevel || ByteAlphabet.read(entries.bytes.span, entry.start..<entry.end, into: &bytes)
            if !isRead || !settings.isByteLevel { bytes += entries.bytes[entry.start..<entry.end] }
            starts.append(UInt32(bytes.count))
            kinds.append(isRead ? [] : .literal)
        }
        var table = ByteStringTable(strings: kinds.count)
        for number in kinds.indices where kinds[number].isEmpty { table.insert(number, of: bytes, starts: starts) }
        let ids = entries.entries.map(\.id)
        let merges = try Self.merges(pairs, isByteLevel: settings.isByteLevel, file: file) { token, range in
            table.number(of: token.span, range, among: bytes.span, starts: starts.span).map { ids[$0] }
        }
        self.init(settings, bytes: bytes, starts: starts, ids: ids, kinds: kinds, table: table, merges: merges)
        var word = BytePairWord()
        for number in kinds.indices where kinds[number].isEmpty {
            let range = Int(starts[number])..<Int(starts[number + 1])
            if settings.ignoresMerges || divides(bytes.span, range, into: ids[number], &word) {
                self.kinds[number].insert(.whole)
            }
        }
    }

    private static func merges(
        _ pairs: VocabularyEntries, isByteLevel: Bool, file: String,
        id: (borrowing [UInt8], Range<Int>) -> Int32?
    ) throws -> BytePairMerges {
        let rules = pairs.entries.count / 2
        var merges = BytePairMerges(pairs: rules)
        var joined: [UInt8] = []
        for rule in 0..<rules {
            let (left, right) = (pairs.entries[2 * rule], pairs.entries[2 * rule + 1])
            joined.removeAll(keepingCapacity: true)
            func append(_ token: VocabularyEntries.Entry) -> Bool {
                if isByteLevel { return ByteAlphabet.read(pairs.bytes.span, token.start..<token.end, into: &joined) }
                joined += pairs.bytes[token.start..<token.end]
                return true
            }
            guard append(left), case let middle = joined.count, append(right), let leftID = id(joined, 0..<middle),
                let rightID = id(joined, middle..<joined.count), let whole = id(joined, 0..<joined.count)
            else {
                func text(_ token: VocabularyEntries.Entry) -> String {
                    String(decoding: pairs.bytes[token.start..<token.end], as: UTF8.self)
                }
                throw AkinError(
                    .invalidData,
                    "\(file): model.merges[\(rule)] joins “\(text(left))” and “\(text(right))”, which are not tokens of the vocabulary or do not make one; get the whole file again."
                )
            }
            merges.insert(leftID, rightID, rank: UInt32(rule), id: whole)
        }
        return merges
    }

    private func divides(
        _ text: borrowing Span<UInt8>, _ range: Range<Int>, into id: Int32, _ word: inout BytePairWord
    ) -> Bool {
        guard !range.isEmpty else { return false }
        fill(&word, text, range)
        word.merge(by: merges)
        return word.ids.count == 1 && word.ids[0] == id
    }

    /// The token's text as the vocabulary writes it; nil for an id that no token has.
    func token(_ id: Int32) -> String? {
        guard let number = number(id) else { return nil }
        let token = bytes[Int(starts[number])..<Int(starts[number + 1])]
        return settings.isByteLevel && !kinds[number].contains(.literal)
            ? ByteAlphabet.written(token) : String(decoding: token, as: UTF8.self)
    }

    private func number(_ id: Int32) -> Int? {
        var (low, high) = (0, ids.count)
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] < id { low = middle + 1 } else { high = middle }
        }
        return low < ids.count && ids[low] == id ? low : nil
    }

    /// The id of a token as the vocabulary writes it.
    ///
    /// - Complexity: All tokens are looked at for a text that is not made of the characters of bytes.
    func id(of token: String) -> Int32? {
        let text = Array(token.utf8)
        var read: [UInt8] = []
        guard settings.isByteLevel else { return find(text) }
        if ByteAlphabet.read(text.span, 0..<text.count, into: &read) { return find(read) }
        return kinds.indices.first {
            kinds[$0].contains(.literal) && bytes[Int(starts[$0])..<Int(starts[$0 + 1])].elementsEqual(text)
        }.map { ids[$0] }
    }

    private func find(_ text: [UInt8]) -> Int32? {
        table.number(of: text.span, 0..<text.count, among: bytes.span, starts: starts.span).map { ids[$0] }
    }

    /// Divides a word into tokens.
    ///
    /// - Parameter emit: Gets each token and the bytes it stands for, in order.
    /// - Complexity: O(n log n) for a word of n bytes that is no token.
    func divide(
        _ text: borrowing Span<UInt8>, _ word: Range<Int>, _ scratch: inout BytePairWord,
        _ emit: (Int32, Range<Int>) -> Void
    ) {
        if let number = table.number(of: text, word, among: bytes.span, starts: starts.span),
            kinds[number].contains(.whole)
        {
            return emit(ids[number], word)
        }
        fill(&scratch, text, word)
        scratch.merge(by: merges)
        var start = word.lowerBound
        for index in scratch.ids.indices {
            emit(scratch.ids[index], start..<scratch.ends[index])
            start = scratch.ends[index]
        }
    }
}

extension BytePairVocabulary {
    /// The smallest tokens of a word.
    private func fill(_ word: inout BytePairWord, _ text: borrowing Span<UInt8>, _ range: Range<Int>) {
        word.removeAll()
        if settings.isByteLevel {
            for index in range { add(single[Int(text[index])], end: index + 1, to: &word, start: index) }
            return
        }
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            let scalar = UTF8Cursor.next(text, at: &index)
            let id =
                scalar < 0x80
                ? single[Int(scalar)]
                : table.number(of: text, start..<index, among: bytes.span, starts: starts.span).map { ids[$0] } ?? -1
            if id < 0, (start..<index).allSatisfy({ byteIDs[Int(text[$0])] >= 0 }) {
                for byte in start..<index { word.append(byteIDs[Int(text[byte])], end: byte + 1) }
            } else {
                add(id, end: index, to: &word, start: start)
            }
        }
    }

    private func add(_ id: Int32, end: Int, to word: inout BytePairWord, start: Int) {
        if id >= 0 { return word.append(id, end: end) }
        guard unknownID >= 0 else { return }
        if settings.fusesUnknown, word.ids.last == unknownID, word.ends.last == start {
            word.extendLast(to: end)
        } else {
            word.append(unknownID, end: end)
        }
    }

    func write(to writer: inout PackedModelWriter, as name: String) {
        writer.append(name + ".bytes", bytes)
        writer.append(name + ".starts", starts)
        writer.append(name + ".ids", ids)
        writer.append(name + ".kinds", kinds.map(\.rawValue))
        writer.append(name + ".slots", table.slots)
        writer.append(name + ".mergeKeys", merges.keys)
        writer.append(name + ".merges", merges.values)
        writer.append(
            name + ".settings",
            [settings.unknownID]
                + [settings.isByteLevel, settings.fusesUnknown, settings.fallsBackToBytes, settings.ignoresMerges]
                .map { $0 ? 1 : 0 })
    }

    /// The section of a packed model that shows that the tokenizer of that name is a byte-pair one.
    static func mergesSection(_ name: String) -> String { name + ".merges" }

    /// The vocabulary that `write` put into a file. Throws `AkinError(.invalidData)` when it would make a search read out
    /// of bounds or never end.
    init(_ file: PackedModelFile, _ name: String) throws {
        let bytes = try file.array(name + ".bytes", of: UInt8.self)
        let starts = try file.array(name + ".starts", of: UInt32.self)
        let ids = try file.array(name + ".ids", of: Int32.self)
        let kinds = try file.array(name + ".kinds", of: UInt8.self).map(Kind.init)
        let settings = try file.array(name + ".settings", of: Int32.self)
        guard starts.count == ids.count + 1, kinds.count == ids.count, Int(starts[ids.count]) == bytes.count,
            ids.indices.allSatisfy({ starts[$0] <= starts[$0 + 1] && ids[$0] >= 0 }),
            ids.indices.dropLast().allSatisfy({ ids[$0] <= ids[$0 + 1] }), settings.count == 5,
            settings[0] >= -1, settings[0] <= ids.last ?? -1,
            let table = ByteStringTable(
                slots: try file.array(name + ".slots", of: UInt32.self), strings: ids.count),
            let merges = BytePairMerges(
                keys: try file.array(name + ".mergeKeys", of: UInt64.self),
                values: try file.array(Self.mergesSection(name), of: UInt64.self), highestID: ids.last ?? -1)
        else { throw AkinError(.invalidData, "The vocabulary of a packed model is inconsistent.") }
        self.init(
            Settings(
                isByteLevel: settings[1] == 1, unknownID: settings[0], fusesUnknown: settings[2] == 1,
                fallsBackToBytes: settings[3] == 1, ignoresMerges: settings[4] == 1),
            bytes: bytes, starts: starts, ids: ids, kinds: kinds, table: table, merges: merges)
    }
}

import Foundation

/// Where a group of terms begins: in the terms' bytes, and in the packed postings.
struct TermGroup: BitwiseCopyable {
    var terms: UInt32
    var postings: UInt32
}

/// The terms of postings, ascending by their bytes, in groups of 16.
///
/// ```
/// term:  bytes it shares with the term before, bytes of its own, passages that hold it, bytes of its postings
///        (as variable integers, the bytes of its own behind the second)
/// ```
/// The first term of a group shares nothing. Its postings begin where those of the term before end. (Front coding:
/// Witten, Moffat and Bell, "Managing gigabytes", 1999, section 4.1.)
struct TermDictionary {
    let termCount: Int
    let passageCount: Int
    let terms: UnsafePointer<UInt8>
    /// (groups + 1), the last of which says where the others end.
    let groups: UnsafePointer<TermGroup>
    let packed: UnsafeRawPointer

    static let groupSize = 16

    static func groupCount(of terms: Int) -> Int { (terms + groupSize - 1) / groupSize }

    private var groupCount: Int { Self.groupCount(of: termCount) }

    /// The postings of a term; nil for one that no passage holds. Cost: O(log terms).
    func postings(of term: [UInt8]) -> PostingsBlocks? {
        var reader = reader(atGroup: group(before: term))
        while reader.next() {
            if reader.term == term { return reader.postings }
            if !reader.term.precedes(term) { return nil }
        }
        return nil
    }

    /// The postings of each term that begins with some bytes. Cost: O(log terms), and reading those terms.
    func postings(withPrefix prefix: [UInt8]) -> [PostingsBlocks] {
        var reader = reader(atGroup: group(before: prefix))
        var found: [PostingsBlocks] = []
        while reader.next() {
            if reader.term.starts(with: prefix) {
                found.append(reader.postings)
            } else if !reader.term.precedes(prefix) {
                break
            }
        }
        return found
    }

    /// A walk over the terms from a group on.
    func reader(atGroup group: Int = 0) -> TermReader { TermReader(self, group: group) }

    /// The last group whose first term does not come behind some bytes; the first where all do.
    private func group(before bytes: [UInt8]) -> Int {
        var (low, high) = (0, max(groupCount - 1, 0))
        while low < high {
            let middle = (low + high + 1) / 2
            if isFirst(ofGroup: middle, behind: bytes) { high = middle - 1 } else { low = middle }
        }
        return low
    }

    private func isFirst(ofGroup group: Int, behind bytes: [UInt8]) -> Bool {
        var place = Int(groups[group].terms) + 1
        let count = VariableInteger.read(terms, at: &place)
        let order = bytes.withUnsafeBytes { bytes in
            bytes.baseAddress.map { memcmp(terms + place, $0, min(count, bytes.count)) } ?? 0
        }
        return order == 0 ? count > bytes.count : order > 0
    }

    /// What would lead outside; nil when nothing would. Cost: O(terms + blocks).
    func fault(termBytes: Int, packedBytes: Int) -> String? {
        guard groups[0].terms == 0, groups[0].postings == 0, Int(groups[groupCount].terms) == termBytes,
            Int(groups[groupCount].postings) == packedBytes
        else { return "its terms do not add up to their bytes" }
        for group in 0..<groupCount {
            let (start, end) = (groups[group], groups[group + 1])
            guard start.terms <= end.terms, Int(end.terms) <= termBytes, start.postings <= end.postings,
                Int(end.postings) <= packedBytes, isSound(group, start, end)
            else { return "its terms from \(group * Self.groupSize) on lead outside" }
        }
        return nil
    }

    private func isSound(_ group: Int, _ start: TermGroup, _ end: TermGroup) -> Bool {
        var (place, packedPlace, length) = (Int(start.terms), Int(start.postings), 0)
        let (limit, packedLimit) = (Int(end.terms), Int(end.postings))
        for _ in group * Self.groupSize..<min((group + 1) * Self.groupSize, termCount) {
            guard let shared = VariableInteger.checked(terms, at: &place, end: limit), shared <= length,
                let own = VariableInteger.checked(terms, at: &place, end: limit), own <= limit - place
            else { return false }
            place += own
            length = shared + own
            guard let holders = VariableInteger.checked(terms, at: &place, end: limit),
                (1...max(passageCount, 1)).contains(holders),
                let bytes = VariableInteger.checked(terms, at: &place, end: limit),
                bytes <= packedLimit - packedPlace,
                PostingsBlocks(packed, start: packedPlace, holders: holders, passageCount: passageCount)
                    .isSound(byteCount: bytes)
            else { return false }
            packedPlace += bytes
        }
        return place == limit && packedPlace == packedLimit
    }
}

/// A walk over the terms of a dictionary, in their order.
struct TermReader {
    private let dictionary: TermDictionary
    /// The number of the term that comes next.
    private var following: Int
    private var place = 0
    private var start = 0
    private(set) var term: [UInt8] = []
    private(set) var postings: PostingsBlocks

    init(_ dictionary: TermDictionary, group: Int) {
        self.dictionary = dictionary
        following = group * TermDictionary.groupSize
        postings = PostingsBlocks(dictionary.packed, start: 0, holders: 0, passageCount: 0)
    }

    /// Moves to the next term. False where there is none.
    mutating func next() -> Bool {
        guard following < dictionary.termCount else { return false }
        let terms = dictionary.terms
        if following % TermDictionary.groupSize == 0 {
            let group = dictionary.groups[following / TermDictionary.groupSize]
            (place, start) = (Int(group.terms), Int(group.postings))
            term.removeAll(keepingCapacity: true)
        }
        let shared = VariableInteger.read(terms, at: &place)
        let own = VariableInteger.read(terms, at: &place)
        term.removeLast(term.count - shared)
        term.append(contentsOf: UnsafeBufferPointer(start: terms + place, count: own))
        place += own
        let holders = VariableInteger.read(terms, at: &place)
        let bytes = VariableInteger.read(terms, at: &place)
        postings = PostingsBlocks(
            dictionary.packed, start: start, holders: holders, passageCount: dictionary.passageCount)
        start += bytes
        following += 1
        return true
    }
}

extension [UInt8] {
    /// Whether these bytes come before others.
    func precedes(_ other: [UInt8]) -> Bool {
        let order = withUnsafeBytes { bytes in
            other.withUnsafeBytes { other in
                guard let first = bytes.baseAddress, let second = other.baseAddress else { return CInt(0) }
                return memcmp(first, second, Swift.min(bytes.count, other.count))
            }
        }
        return order == 0 ? count < other.count : order < 0
    }
}

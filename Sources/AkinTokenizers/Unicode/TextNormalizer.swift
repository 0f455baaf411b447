/// Takes normalised scalars in order, each with the place in the text it comes from.
protocol ScalarSink {
    /// - Parameter source: The index, in Unicode scalars of the text, of the scalar this one comes from.
    mutating func accept(_ scalar: UInt32, source: Int)
}

/// Hugging Face's `BertNormalizer`, a scalar at a time: clean, put spaces around ideographs, strip accents (canonical
/// decomposition, then without category Mn), lower-case. In this order, with no rule that looks at neighbours except
/// canonical ordering.
struct TextNormalizer {
    /// A part of a decomposition that waits for canonical ordering.
    private struct Part {
        var scalar: UInt32
        var combiningClass: UInt8
        /// Whether it is not the first part of its scalar.
        var isAdded: Bool
    }

    private let cleansText: Bool
    private let padsIdeographs: Bool
    private let stripsAccents: Bool
    private let lowercases: Bool
    private let table = ScalarTable.shared
    private var pending: [Part] = []
    private var pendingSources: [Int] = []
    private var lastSource = 0

    init(_ configuration: TokenizerConfiguration) {
        cleansText = configuration.cleansText
        padsIdeographs = configuration.padsIdeographs
        stripsAccents = configuration.stripsAccents
        lowercases = configuration.lowercases
    }

    mutating func push(_ scalar: UInt32, source: Int, into sink: inout some ScalarSink) {
        let properties = table[scalar]
        if cleansText {
            if properties.contains(.deleted) { return }
            if properties.contains(.space) { return pushCleaned(0x20, table[0x20], source: source, into: &sink) }
        }
        if padsIdeographs, properties.contains(.ideograph) {
            pushCleaned(0x20, table[0x20], source: source, into: &sink)
            pushCleaned(scalar, properties, source: source, into: &sink)
            return pushCleaned(0x20, table[0x20], source: source, into: &sink)
        }
        pushCleaned(scalar, properties, source: source, into: &sink)
    }

    /// Hands over what still waits; to be called at the end of the text.
    mutating func finish(into sink: inout some ScalarSink) {
        if !pending.isEmpty { handOverPending(to: &sink) }
    }

    @inline(__always)
    private mutating func pushCleaned(
        _ scalar: UInt32, _ properties: ScalarProperties, source: Int, into sink: inout some ScalarSink
    ) {
        guard stripsAccents else { return lowercase(scalar, properties, source: source, into: &sink) }
        if !properties.contains(.canonical) {
            if !pending.isEmpty { handOverPending(to: &sink) }
            lastSource = source
            if !properties.contains(.mark) { lowercase(scalar, properties, source: source, into: &sink) }
            return
        }
        var isAdded = false
        table.decompose(scalar) { part in
            let combiningClass = table.combiningClass(of: part)
            if combiningClass == 0 {
                if !pending.isEmpty { handOverPending(to: &sink) }
                if !isAdded { lastSource = source }
                strip(part, source: lastSource, into: &sink)
            } else {
                pending.append(Part(scalar: part, combiningClass: combiningClass, isAdded: isAdded))
                if !isAdded { pendingSources.append(source) }
            }
            isAdded = true
        }
    }

    /// Sorts the waiting parts by combining class (The Unicode Standard, section 3.11) and hands them over.
    ///
    /// Places are not sorted with their scalars: Hugging Face assigns the places in text order to the first parts of
    /// scalars, and every other part shares the place of the part before it.
    private mutating func handOverPending(to sink: inout some ScalarSink) {
        for index in pending.indices.dropFirst() {
            var place = index
            while place > 0, pending[place - 1].combiningClass > pending[place].combiningClass {
                pending.swapAt(place - 1, place)
                place -= 1
            }
        }
        var next = 0
        for part in pending {
            if !part.isAdded {
                lastSource = pendingSources[next]
                next += 1
            }
            strip(part.scalar, source: lastSource, into: &sink)
        }
        pending.removeAll(keepingCapacity: true)
        pendingSources.removeAll(keepingCapacity: true)
    }

    private func strip(_ scalar: UInt32, source: Int, into sink: inout some ScalarSink) {
        let properties = table[scalar]
        if !properties.contains(.mark) { lowercase(scalar, properties, source: source, into: &sink) }
    }

    @inline(__always)
    private func lowercase(
        _ scalar: UInt32, _ properties: ScalarProperties, source: Int, into sink: inout some ScalarSink
    ) {
        guard lowercases, properties.contains(.lowercases) else { return sink.accept(scalar, source: source) }
        if scalar == ScalarTable.dottedCapitalI {
            sink.accept(0x69, source: source)
            sink.accept(0x307, source: source)
        } else {
            sink.accept(table.lowercase(of: scalar), source: source)
        }
    }
}

/// Normalised text as UTF-8, with the place each byte comes from.
struct NormalizedText: ScalarSink {
    private(set) var bytes: [UInt8] = []
    /// (bytes) in Unicode scalars of the text.
    private(set) var sources: [Int] = []

    mutating func reserve(_ count: Int) {
        bytes.reserveCapacity(count)
        sources.reserveCapacity(count)
    }

    mutating func accept(_ scalar: UInt32, source: Int) {
        UTF8Cursor.encode(scalar) {
            bytes.append($0)
            sources.append(source)
        }
    }

    /// Adds bytes that all come from one place.
    mutating func append(_ added: some Collection<UInt8>, source: Int) {
        bytes.append(contentsOf: added)
        sources.append(contentsOf: repeatElement(source, count: added.count))
    }

    /// Moves the first scalar to another place.
    mutating func begin(at source: Int) {
        guard !bytes.isEmpty else { return }
        var end = 0
        _ = UTF8Cursor.next(bytes.span, at: &end)
        for index in 0..<end { sources[index] = source }
    }

    /// Adds a part of another text.
    mutating func append(_ other: NormalizedText, _ range: Range<Int>) {
        bytes.append(contentsOf: other.bytes[range])
        sources.append(contentsOf: other.sources[range])
    }
}

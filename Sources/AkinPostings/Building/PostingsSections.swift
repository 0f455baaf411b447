import AkinVectors
import Foundation

/// The sections of a file of postings while it is made.
struct PostingsSections {
    /// Ids less the first.
    var passages: [UInt32] = []
    private let lengths: [UInt32]
    private var termStarts: [UInt32] = [0]
    private var terms: [UInt8] = []
    private var firstBlocks: [UInt32] = [0]
    private var blocks: [PostingsBlock] = []
    private var bounds: [ScoreBound] = []
    private var packed: [UInt8] = []

    /// - Parameter lengths: The passages' lengths in tokens.
    init(lengths: [UInt32]) { self.lengths = lengths }

    /// Appends a term that follows all before it, with the distances and frequencies of its postings, each less one.
    mutating func append(
        term: ArraySlice<UInt8>, _ postings: (distances: [UInt32], frequencies: [UInt32])
    ) throws {
        terms.append(contentsOf: term)
        termStarts.append(UInt32(terms.count))
        var passage: UInt32 = 0
        for start in stride(from: 0, to: postings.distances.count, by: PostingsBlock.capacity) {
            let range = start..<min(start + PostingsBlock.capacity, postings.distances.count)
            let (distances, frequencies) = (Array(postings.distances[range]), Array(postings.frequencies[range]))
            let pairs = zip(distances, frequencies).map { distance, frequency in
                passage += distance + 1
                return ScoreBound(frequency: frequency + 1, length: lengths[Int(passage) - 1])
            }
            // The one block of a rare term is read in any case.
            let front = postings.distances.count > PostingsBlock.capacity ? ScoreBound.front(of: pairs) : []
            let widths = [distances, frequencies].map { PackedIntegers.width(of: $0.max() ?? 0) }
            blocks.append(
                PostingsBlock(
                    last: passage - 1, start: UInt32(packed.count), firstBound: UInt32(bounds.count),
                    distanceWidth: UInt8(widths[0]), frequencyWidth: UInt8(widths[1]),
                    countLessOne: UInt8(range.count - 1), boundCount: UInt8(front.count)))
            bounds += front
            PackedIntegers.pack(distances, width: widths[0], onto: &packed)
            PackedIntegers.pack(frequencies, width: widths[1], onto: &packed)
        }
        firstBlocks.append(UInt32(blocks.count))
        guard packed.count < Int(UInt32.max) - 1 << 20, terms.count < Int(UInt32.max) - 1 << 20 else {
            throw PostingsBuilder.tooLarge("words")
        }
    }

    /// The bytes of the whole file.
    func image(_ header: PostingsHeader, firstPassage: Int64, tokenCount: Int) -> AlignedBuffer<UInt8> {
        let width = PassageLengths.width(ofLongest: lengths.max() ?? 0)
        let lengthBytes = lengths.flatMap { length in
            (0..<width).map { UInt8(truncatingIfNeeded: length >> UInt32(8 * $0)) }
        }
        let padded = packed + [UInt8](repeating: 0, count: PackedIntegers.padding)
        let counts = [
            4 * passages.count, lengthBytes.count, 4 * termStarts.count, terms.count, 4 * firstBlocks.count,
            MemoryLayout<PostingsBlock>.stride * blocks.count, MemoryLayout<ScoreBound>.stride * bounds.count,
            padded.count,
        ]
        let (offsets, fileLength) = Postings.layout(lengths: counts)
        let image = AlignedBuffer<UInt8>(count: fileLength)
        let base = UnsafeMutableRawPointer(image.base)
        func place<Element: BitwiseCopyable>(_ section: Postings.Section, _ elements: [Element]) {
            elements.withUnsafeBytes { bytes in
                if let source = bytes.baseAddress {
                    memcpy(base + offsets[section.rawValue], source, bytes.count)
                }
            }
        }
        for section in Postings.Section.allCases {
            switch section {
            case .passages: place(section, passages)
            case .lengths: place(section, lengthBytes)
            case .termStarts: place(section, termStarts)
            case .terms: place(section, terms)
            case .firstBlocks: place(section, firstBlocks)
            case .blocks: place(section, blocks)
            case .bounds: place(section, bounds)
            case .packed: place(section, padded)
            }
        }
        let extents = Postings.Section.allCases.map { section in
            let (offset, length) = (offsets[section.rawValue], counts[section.rawValue])
            return PostingsFields.Extent(
                offset: offset, length: length,
                checksum: CRC32C.checksum(
                    UnsafeRawBufferPointer(start: base + offset, count: TemporaryFile.padded(length))))
        }
        let fields = PostingsFields(
            header: header, lengthWidth: width, passageCount: passages.count, termCount: termStarts.count - 1,
            tokenCount: tokenCount, firstPassage: firstPassage, fileLength: fileLength, extents: extents)
        fields.bytes().withUnsafeBytes { bytes in
            if let source = bytes.baseAddress { memcpy(base, source, bytes.count) }
        }
        return image
    }
}

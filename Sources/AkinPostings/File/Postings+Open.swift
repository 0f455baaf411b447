import AkinCore
import AkinVectors

extension Postings {
    /// Maps a file of postings and checks every byte of it. Cost: reading the file once.
    ///
    /// Checksums show accidental damage. Every place and number that a search follows is also checked against its
    /// bounds, so that no file can make a search read outside the mapping.
    ///
    /// - Throws: `AkinError.invalidData`, naming what is wrong, for a file that is missing, cut short, damaged or of
    ///   another format; `.inputOutput` when it cannot be read.
    package convenience init(path: String) throws {
        func fault(_ what: String) -> AkinError {
            AkinError(
                .invalidData,
                "The file of postings \(path) cannot be used: \(what). It is rebuilt from the store at the next write.")
        }
        let file = try MappedFile(path: path, fault: fault)
        try self.init(file.bytes, owner: file, fault: fault)
    }

    /// The postings in the bytes that a builder made.
    convenience init(image: AlignedBuffer<UInt8>) throws {
        try self.init(UnsafeRawBufferPointer(image.buffer), owner: image) {
            AkinError(.internalFailure, "Postings were built wrongly: \($0).")
        }
    }

    private convenience init(
        _ bytes: UnsafeRawBufferPointer, owner: AnyObject, fault: (String) -> AkinError
    ) throws {
        let fields = try PostingsFields(bytes, fault: fault)
        try Self.checkSections(fields, bytes, fault: fault)
        let tables = PostingsTables(fields, bytes)
        if let what = tables.boundsFault(
            termBytes: fields.length(of: .terms), blockCount: fields.blockCount, boundCount: fields.boundCount,
            packedBytes: fields.length(of: .packed))
        {
            throw fault(what)
        }
        self.init(
            tables: tables, header: fields.header, tokenCount: fields.tokenCount, byteCount: bytes.count, owner: owner)
    }

    /// The lengths that the header's numbers ask for, the places that the lengths ask for, and the checksums.
    private static func checkSections(
        _ fields: PostingsFields, _ bytes: UnsafeRawBufferPointer, fault: (String) -> AkinError
    ) throws {
        for section in Section.allCases {
            let length = fields.length(of: section)
            let isRight =
                switch section {
                case .passages: length == 4 * fields.passageCount
                case .lengths: length == fields.lengthWidth * fields.passageCount
                case .termStarts, .firstBlocks: length == 4 * (fields.termCount + 1)
                case .terms: length <= Int(UInt32.max)
                case .blocks: length % MemoryLayout<PostingsBlock>.stride == 0
                case .bounds: length % MemoryLayout<ScoreBound>.stride == 0
                case .packed: length >= PackedIntegers.padding
                }
            guard isRight else {
                throw fault("its section \(section.name) has \(length) bytes, which is not what its header asks for")
            }
        }
        let expected = layout(lengths: fields.extents.map(\.length))
        guard expected.fileLength == fields.fileLength, expected.offsets == fields.extents.map(\.offset) else {
            throw fault("its sections are not where they belong")
        }
        for (section, extent) in zip(Section.allCases, fields.extents) {
            let end = extent.offset + TemporaryFile.padded(extent.length)
            guard CRC32C.checksum(UnsafeRawBufferPointer(rebasing: bytes[extent.offset..<end])) == extent.checksum
            else {
                throw fault("its section \(section.name) does not match its checksum")
            }
        }
    }
}

extension PostingsFields {
    fileprivate func length(of section: Postings.Section) -> Int { extents[section.rawValue].length }
    fileprivate var blockCount: Int { length(of: .blocks) / MemoryLayout<PostingsBlock>.stride }
    fileprivate var boundCount: Int { length(of: .bounds) / MemoryLayout<ScoreBound>.stride }
}

extension PostingsTables {
    fileprivate init(_ fields: PostingsFields, _ bytes: UnsafeRawBufferPointer) {
        func section<Element>(_ section: Postings.Section, _ type: Element.Type) -> UnsafePointer<Element> {
            // Safe: the extents lie inside the bytes and begin at multiples of 64.
            (bytes.baseAddress! + fields.extents[section.rawValue].offset).assumingMemoryBound(to: type)
        }
        self.init(
            passageCount: fields.passageCount, termCount: fields.termCount, firstPassage: fields.firstPassage,
            passages: section(.passages, UInt32.self),
            lengths: PassageLengths(base: UnsafeRawPointer(section(.lengths, UInt8.self)), width: fields.lengthWidth),
            termStarts: section(.termStarts, UInt32.self), terms: section(.terms, UInt8.self),
            firstBlocks: section(.firstBlocks, UInt32.self), blocks: section(.blocks, PostingsBlock.self),
            bounds: section(.bounds, ScoreBound.self), packed: UnsafeRawPointer(section(.packed, UInt8.self)))
    }

    /// What would make a search read outside the sections or miss a passage; nil when nothing would.
    /// Cost: O(passages + terms + blocks).
    fileprivate func boundsFault(termBytes: Int, blockCount: Int, boundCount: Int, packedBytes: Int) -> String? {
        for number in 0..<max(passageCount - 1, 0) where passages[number] >= passages[number + 1] {
            return "passage \(number) does not come before the next one"
        }
        guard termStarts[0] == 0, Int(termStarts[termCount]) == termBytes, firstBlocks[0] == 0,
            Int(firstBlocks[termCount]) == blockCount
        else { return "its terms do not add up to their bytes and blocks" }
        for term in 0..<termCount
        where termStarts[term] > termStarts[term + 1] || firstBlocks[term] >= firstBlocks[term + 1] {
            return "term \(term) ends before it begins"
        }
        for term in 0..<termCount {
            let range = self.blocks(ofTerm: term)
            for number in range {
                let block = blocks[number]
                guard Int(block.last) < passageCount, block.distanceWidth <= 32, block.frequencyWidth <= 32,
                    block.count <= PostingsBlock.capacity,
                    Int(block.start) + block.byteCount + PackedIntegers.padding <= packedBytes,
                    Int(block.firstBound) + Int(block.boundCount) <= boundCount,
                    number == range.upperBound - 1 || block.count == PostingsBlock.capacity,
                    number == range.lowerBound || blocks[number - 1].last < block.last
                else { return "block \(number) of its postings leads outside" }
            }
        }
        return nil
    }
}

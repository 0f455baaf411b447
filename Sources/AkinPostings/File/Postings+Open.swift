import AkinCore
import AkinVectors

extension Postings {
    /// Maps a file of postings and checks every byte of it. Cost: reading the file once.
    ///
    /// Checksums show accidental damage. Every place and number that a search follows is also checked against its
    /// bounds, so that no file can make a search read outside the mapping.
    ///
    /// - Throws: `AkinError.incompatible` for a file of an older format; `.invalidData`, naming what is wrong, for one
    ///   that is missing, cut short, damaged or of a later format; `.inputOutput` when it cannot be read.
    package convenience init(path: String) throws {
        func fault(_ what: String) -> AkinError {
            AkinError(
                .invalidData,
                "The file of postings \(path) cannot be used: \(what). It is rebuilt from the store at the next write.")
        }
        let file = try MappedFile(path: path, fault: fault)
        try self.init(file.bytes, owner: file, fault: fault)
    }

    /// The postings in bytes that a writer made.
    convenience init(built: (bytes: UnsafeRawBufferPointer, owner: AnyObject)) throws {
        try self.init(built.bytes, owner: built.owner) {
            AkinError(.internalFailure, "Postings were built wrongly: \($0).")
        }
    }

    private convenience init(
        _ bytes: UnsafeRawBufferPointer, owner: AnyObject, fault: (String) -> AkinError
    ) throws {
        let fields = try PostingsFields(bytes, fault: fault)
        try Self.checkSections(fields, bytes, fault: fault)
        let tables = PostingsTables(fields, bytes)
        let packedBytes = fields.length(of: .postings) - PackedIntegers.padding
        if let what = tables.passages.fault
            ?? tables.terms.fault(termBytes: fields.length(of: .terms), packedBytes: packedBytes)
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
                case .passages: length % MemoryLayout<PassageRun>.stride == 0
                case .lengths: length == fields.lengthWidth * fields.passageCount
                case .postings: length >= PackedIntegers.padding && length <= Int(UInt32.max)
                case .terms: length <= Int(UInt32.max)
                case .groups:
                    length == MemoryLayout<TermGroup>.stride * (TermDictionary.groupCount(of: fields.termCount) + 1)
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
}

extension PostingsTables {
    fileprivate init(_ fields: PostingsFields, _ bytes: UnsafeRawBufferPointer) {
        func section<Element>(_ section: Postings.Section, _ type: Element.Type) -> UnsafePointer<Element> {
            // Safe: the extents lie inside the bytes and begin at multiples of 64.
            (bytes.baseAddress! + fields.extents[section.rawValue].offset).assumingMemoryBound(to: type)
        }
        self.init(
            passages: PassageNumbers(
                count: fields.passageCount, firstPassage: fields.firstPassage,
                runs: UnsafeBufferPointer(
                    start: section(.passages, PassageRun.self),
                    count: fields.length(of: .passages) / MemoryLayout<PassageRun>.stride)),
            lengths: PassageLengths(base: UnsafeRawPointer(section(.lengths, UInt8.self)), width: fields.lengthWidth),
            terms: TermDictionary(
                termCount: fields.termCount, passageCount: fields.passageCount, terms: section(.terms, UInt8.self),
                groups: section(.groups, TermGroup.self),
                packed: UnsafeRawPointer(section(.postings, UInt8.self))))
    }
}

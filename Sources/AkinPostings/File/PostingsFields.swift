import AkinCore
import AkinVectors
import Foundation

/// The header of a file of postings as it stands in the file.
struct PostingsFields: Equatable {
    /// Where a section lies, and the CRC-32C of it and the zeros up to the next one.
    struct Extent: Equatable {
        var offset: Int
        var length: Int
        var checksum: UInt32
    }

    var header: PostingsHeader
    /// Bytes of a length.
    var lengthWidth: Int
    var passageCount: Int
    var termCount: Int
    var tokenCount: Int
    var firstPassage: Int64
    var fileLength: Int
    var extents: [Extent]

    /// The header's 512 bytes.
    func bytes() -> Data {
        var writer = LittleEndianWriter()
        writer.append(contentsOf: Postings.magic)
        writer.append(Postings.formatVersion)
        writer.append(UInt32(Postings.headerLength))
        writer.append(UInt64(fileLength))
        writer.append(contentsOf: withUnsafeBytes(of: header.storeUUID.uuid) { Array($0) })
        writer.append(header.generation)
        writer.append(header.lastSequence)
        writer.append(contentsOf: header.chain)
        writer.append(header.textVersion)
        writer.append(UInt32(lengthWidth))
        writer.append(UInt64(passageCount))
        writer.append(UInt64(termCount))
        writer.append(UInt64(tokenCount))
        writer.append(firstPassage)
        for extent in extents {
            writer.append(UInt64(extent.offset))
            writer.append(UInt64(extent.length))
            writer.append(extent.checksum)
            writer.append(UInt32(0))
        }
        writer.append(contentsOf: repeatElement(0, count: Postings.headerLength - 4 - writer.data.count))
        writer.append(writer.data.withUnsafeBytes { CRC32C.checksum($0) })
        return writer.data
    }

    /// Reads a header; `fault` makes the error for a damaged one.
    ///
    /// - Throws: `AkinError.incompatible` for one of an older format.
    init(_ bytes: UnsafeRawBufferPointer, fault: (String) -> AkinError) throws {
        guard bytes.count >= Postings.headerLength else {
            throw fault("it is \(bytes.count) bytes long, shorter than its header")
        }
        var place = 0
        func next<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type) -> Value {
            defer { place += MemoryLayout<Value>.size }
            return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: type))
        }
        func take(_ count: Int) -> [UInt8] {
            defer { place += count }
            return Array(bytes[place..<place + count])
        }
        guard take(8) == Postings.magic else { throw fault("it does not begin as a file of postings does") }
        let version = next(UInt32.self)
        guard version >= Postings.formatVersion else {
            throw AkinError(
                .incompatible,
                "A file of postings has the format \(version) of an older Akin. It is built again at the next write.")
        }
        guard version == Postings.formatVersion else {
            throw fault("its format version is \(version), and this version of Akin reads \(Postings.formatVersion)")
        }
        let headerLength = next(UInt32.self)
        let covered = UnsafeRawBufferPointer(rebasing: bytes[..<(Postings.headerLength - 4)])
        let stored = bytes.loadUnaligned(fromByteOffset: Postings.headerLength - 4, as: UInt32.self).littleEndian
        guard headerLength == Postings.headerLength, CRC32C.checksum(covered) == stored else {
            throw fault("the checksum of its header does not match")
        }
        // A header that passed its checksum may still come from elsewhere, so every number is checked before use.
        guard next(UInt64.self) == UInt64(bytes.count) else {
            throw fault("it is \(bytes.count) bytes long, which is not what its header says")
        }
        fileLength = bytes.count
        let uuid = take(16).withUnsafeBytes { $0.loadUnaligned(as: uuid_t.self) }
        let (generation, lastSequence) = (next(UInt64.self), next(Int64.self))
        let chain = Data(take(32))
        header = PostingsHeader(
            storeUUID: UUID(uuid: uuid), generation: generation, lastSequence: lastSequence, chain: chain,
            textVersion: next(UInt32.self))
        let width = next(UInt32.self)
        let (passages, terms, tokens) = (next(UInt64.self), next(UInt64.self), next(UInt64.self))
        firstPassage = next(Int64.self)
        guard [1, 2, 4].contains(width), passages < UInt64(UInt32.max), terms < UInt64(UInt32.max),
            tokens < 1 << 62, firstPassage >= 0, firstPassage < 1 << 62
        else { throw fault("a number in its header is out of bounds") }
        (lengthWidth, passageCount, termCount, tokenCount) = (Int(width), Int(passages), Int(terms), Int(tokens))
        extents = []
        for section in Postings.Section.allCases {
            let (offset, length) = (next(UInt64.self), next(UInt64.self))
            guard offset <= UInt64(fileLength), length <= UInt64(fileLength) - offset else {
                throw fault("its section \(section.name) ends beyond the file")
            }
            extents.append(Extent(offset: Int(offset), length: Int(length), checksum: next(UInt32.self)))
            _ = next(UInt32.self)
        }
    }

    init(
        header: PostingsHeader, lengthWidth: Int, passageCount: Int, termCount: Int, tokenCount: Int,
        firstPassage: Int64, fileLength: Int, extents: [Extent]
    ) {
        self.header = header
        self.lengthWidth = lengthWidth
        self.passageCount = passageCount
        self.termCount = termCount
        self.tokenCount = tokenCount
        self.firstPassage = firstPassage
        self.fileLength = fileLength
        self.extents = extents
    }
}

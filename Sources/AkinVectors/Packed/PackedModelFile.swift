import AkinCore

/// A model's parameters as the kernels read them, in one file that is mapped read-only, so that they need not be made
/// again at each start.
///
/// It is a cache. A caller that opens a file gives the key of what the file must have been made from. A file with
/// another key, of another version, cut short or damaged is refused, and the caller makes its contents again. Numbers
/// are little-endian.
///
/// ```
///      0 ┌───────────────────────────────────────────────────────────┐
///        │ magic "AKINPACK"          8 bytes                         │
///      8 │ version                   u32                             │
///     12 │ sections n                u32                             │
///     16 │ file length               u64                             │
///     24 │ key                       32 bytes                        │
///     56 │ table                     n × 72 bytes:                   │
///        │    name                   48 bytes of UTF-8, zero-filled  │
///        │    element type           u32, see PackedElement          │
///        │    checksum               u32                             │
///        │    offset, length         2 × u64, in bytes               │
///        │ zeros                                                     │
///        │ CRC-32C of all before     u32, the head's last            │
///        ├──────────────────── each part starts at a multiple of 64 ─┤
///        │ section 0, zeros                                          │
///        ├───────────────────────────────────────────────────────────┤
///        │ section 1, zeros  …                                       │
///        └───────────────────────────────────────────────────────────┘
/// ```
/// The checksum of a section, with the zeros that follow it, is the CRC-32C of the CRC-32Cs of its blocks of 4 KB, and
/// is looked at when the section is asked for.
package struct PackedModelFile: Sendable {
    static let magic = Array("AKINPACK".utf8)
    static let keyLength = 32
    static let tableStart = 24 + keyLength
    static let entryLength = 72
    static let nameLength = 48
    static let blockSize = 4096
    /// More than any model needs.
    static let maximumSections = 100_000

    struct Section {
        var elementType: UInt32
        var checksum: UInt32
        var offset: Int
        var length: Int
    }

    private let file: MappedFile
    private let sections: [String: Section]

    /// Maps a file and checks its head.
    ///
    /// - Parameters:
    ///   - version: the version that the writer of the file must have given to its contents; nil takes any.
    ///   - isPrivate: whether a file that another user can have written is refused.
    ///   - key: 32 bytes that identify what the contents were made from; nil takes any file.
    /// - Throws: `AkinError.invalidData` when the file is missing, of another version or key, cut short or damaged;
    ///   `.inputOutput` when it cannot be read.
    package init(path: String, version: UInt32?, key: [UInt8]?, isPrivate: Bool = false) throws {
        func fault(_ what: String) -> AkinError {
            AkinError(.invalidData, "The packed model \(path) cannot be used: \(what).")
        }
        file = try MappedFile(path: path, isPrivate: isPrivate, fault: fault)
        let bytes = file.bytes
        func number<Value: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, _ type: Value.Type) -> Value {
            Value(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
        }
        guard bytes.count >= Self.tableStart, bytes[..<8].elementsEqual(Self.magic) else {
            throw fault("it does not begin as a packed model does")
        }
        if let version {
            let found = number(8, UInt32.self)
            guard found == version else { throw fault("its version is \(found), not \(version)") }
        }
        guard number(16, UInt64.self) == UInt64(bytes.count) else { throw fault("it was cut short") }
        guard key.map({ bytes[24..<Self.tableStart].elementsEqual($0) }) ?? true else {
            throw fault("it was made from something else")
        }
        let count = number(12, UInt32.self)
        guard count <= UInt32(Self.maximumSections), Self.headLength(sections: Int(count)) <= bytes.count else {
            throw fault("it claims \(count) sections")
        }
        let head = Self.headLength(sections: Int(count))
        guard CRC32C.checksum(UnsafeRawBufferPointer(rebasing: bytes[..<(head - 4)])) == number(head - 4, UInt32.self)
        else {
            throw fault("the checksum of its head does not match")
        }
        // A head that passed its checksum may still come from elsewhere: every section is checked against its bounds.
        var sections: [String: Section] = [:]
        for index in 0..<Int(count) {
            let entry = Self.tableStart + index * Self.entryLength
            let name = String(decoding: bytes[entry..<entry + Self.nameLength].prefix { $0 != 0 }, as: UTF8.self)
            let (offset, length) = (number(entry + 56, UInt64.self), number(entry + 64, UInt64.self))
            guard offset % UInt64(TemporaryFile.alignment) == 0, offset <= UInt64(bytes.count),
                length <= UInt64(bytes.count) - offset,
                TemporaryFile.padded(Int(length)) <= bytes.count - Int(offset)
            else { throw fault("its section \(name) ends beyond the file") }
            sections[name] = Section(
                elementType: number(entry + 48, UInt32.self), checksum: number(entry + 52, UInt32.self),
                offset: Int(offset),
                length: Int(length))
        }
        self.sections = sections
    }

    /// Whether there is a section with that name.
    package func contains(_ name: String) -> Bool { sections[name] != nil }

    /// The elements of a section in place, after its checksum was checked.
    ///
    /// - Parameter count: how many there must be; nil takes any number.
    /// - Throws: `AkinError.invalidData` when there is no such section, or it has another type or length, or is
    ///   damaged.
    package func elements<Element: PackedElement>(_ name: String, of type: Element.Type, count: Int? = nil) throws
        -> AlignedBuffer<Element>
    {
        let stride = MemoryLayout<Element>.stride
        guard let section = sections[name], section.elementType == Element.packedType, section.length % stride == 0,
            count == nil || section.length / stride == count
        else {
            throw AkinError(
                .invalidData, "A packed model has no section \(name) of the size and type that its model asks for.")
        }
        let end = section.offset + TemporaryFile.padded(section.length)
        guard Self.checksum(UnsafeRawBufferPointer(rebasing: file.bytes[section.offset..<end])) == section.checksum
        else {
            throw AkinError(.invalidData, "The section \(name) of a packed model does not match its checksum.")
        }
        return AlignedBuffer(mapped: file, offset: section.offset, count: section.length / stride)
    }

    /// A copy of a section's elements. Throws as `elements` does.
    package func array<Element: PackedElement>(_ name: String, of type: Element.Type) throws -> [Element] {
        Array(try elements(name, of: type).buffer)
    }

    static func headLength(sections: Int) -> Int { TemporaryFile.padded(tableStart + sections * entryLength + 4) }

    static func checksum(_ padded: UnsafeRawBufferPointer) -> UInt32 {
        CRC32C.blockChecksums(padded, blockSize: blockSize).map(\.littleEndian).withUnsafeBytes { CRC32C.checksum($0) }
    }
}

/// A number that sections of a packed model are made of.
package protocol PackedElement: BitwiseCopyable, Sendable {
    /// The number of the type in files.
    static var packedType: UInt32 { get }
}

extension UInt8: PackedElement { package static var packedType: UInt32 { 0 } }
extension UInt16: PackedElement { package static var packedType: UInt32 { 1 } }
extension UInt32: PackedElement { package static var packedType: UInt32 { 2 } }
extension Int32: PackedElement { package static var packedType: UInt32 { 3 } }
extension Float: PackedElement { package static var packedType: UInt32 { 4 } }
extension UInt64: PackedElement { package static var packedType: UInt32 { 5 } }
extension Double: PackedElement { package static var packedType: UInt32 { 6 } }

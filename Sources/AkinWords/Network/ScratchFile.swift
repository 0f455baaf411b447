import AkinCore
import AkinVectors
import Foundation

/// A nameless file for what does not fit in memory: written from the start to the end, then mapped. It vanishes with
/// the object or with the process.
final class ScratchFile {
    private let descriptor: CInt
    private let folder: String
    /// Bytes written.
    private(set) var count = 0
    private var mapping: UnsafeMutableRawPointer?

    /// - Parameter folder: the folder in which the bytes take disk space.
    /// - Throws: `AkinError.cannotCreate`.
    init(in folder: String) throws {
        self.folder = folder
        let path = (folder as NSString).appendingPathComponent(".akin-\(getpid())-\(UInt64.random(in: 0 ... .max))")
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw AkinError(
                .cannotCreate,
                "No temporary file can be made in \(folder): \(String(cString: strerror(errno))). Check that it exists and is writable."
            )
        }
        unlink(path)
    }

    deinit {
        if let mapping { munmap(mapping, count) }
        close(descriptor)
    }

    /// - Throws: `AkinError.inputOutput` when the disk is full or fails.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        precondition(mapping == nil)
        guard writeWhole(bytes, to: descriptor) else {
            throw AkinError(
                .inputOutput,
                "A temporary file in \(folder) cannot be written: \(String(cString: strerror(errno))). Check the free space there."
            )
        }
        count += bytes.count
    }

    /// The bytes, which may be changed in place; the part that is no longer needed may be cut off later. Writing ends
    /// with this.
    func map() throws -> UnsafeMutableRawBufferPointer {
        guard count > 0 else { return UnsafeMutableRawBufferPointer(start: nil, count: 0) }
        if mapping == nil {
            guard let raw = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), raw != MAP_FAILED
            else {
                throw AkinError(
                    .inputOutput, "A temporary file in \(folder) cannot be mapped: \(String(cString: strerror(errno)))."
                )
            }
            mapping = raw
        }
        return UnsafeMutableRawBufferPointer(start: mapping, count: count)
    }
}

import AkinCore
import AkinVectors
import Foundation

/// A nameless file for what does not fit in memory: written from the start to the end, then mapped. It vanishes with
/// the object or with the process.
@safe final class ScratchFile {
    // Safe: the mapping ends with the object, and `map` alone hands it out.
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
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw AkinError(
                .cannotCreate,
                unsafe "No temporary file can be made in \(folder): \(String(cString: strerror(errno))). Check that it exists and is writable."
            )
        }
        unsafe unlink(path)
    }

    deinit {
        if let mapping = unsafe mapping { unsafe munmap(mapping, count) }
        close(descriptor)
    }

    /// - Throws: `AkinError.inputOutput` when the disk is full or fails.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        precondition(unsafe mapping == nil)
        guard unsafe writeWhole(bytes, to: descriptor) else {
            throw AkinError(
                .inputOutput,
                unsafe "A temporary file in \(folder) cannot be written: \(String(cString: strerror(errno))). Check the free space there."
            )
        }
        count += bytes.count
    }

    /// The bytes, which may be changed in place; the part that is no longer needed may be cut off later. Writing ends
    /// with this.
    func map() throws -> UnsafeMutableRawBufferPointer {
        guard count > 0 else { return unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0) }
        if unsafe mapping == nil {
            guard let raw = unsafe mmap(nil, count, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
                unsafe raw != MAP_FAILED
            else {
                throw AkinError(
                    .inputOutput,
                    unsafe "A temporary file in \(folder) cannot be mapped: \(String(cString: strerror(errno)))."
                )
            }
            unsafe mapping = raw
        }
        return unsafe UnsafeMutableRawBufferPointer(start: mapping, count: count)
    }
}

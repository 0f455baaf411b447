package import AkinCore
import Foundation

/// A file mapped read-only for as long as this object lives.
///
/// The mapping keeps the file's bytes even when another file takes its name. The file itself must not be shortened
/// meanwhile: reading the part that was cut off would end the process.
package final class MappedFile: @unchecked Sendable {
    // Safe: the pages are read-only.
    package let base: UnsafeRawPointer
    package let count: Int

    package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    /// - Parameters:
    ///   - isPrivate: Whether a file that another user than this one and root can have written is refused.
    ///   - fault: makes the error for a file that is missing, empty, not regular or not private.
    /// - Throws: `AkinError.inputOutput` when it cannot be read.
    package init(path: String, isPrivate: Bool = false, fault: (String) -> AkinError) throws {
        let descriptor: CInt
        do {
            descriptor = try RegularFile.openForReading(path)
        } catch {
            guard case .system = error.reason else { throw fault(error.description) }
            throw AkinError(.inputOutput, "\(path) cannot be read: \(error). Check its permissions.")
        }
        defer { close(descriptor) }
        guard let status = FileStatus(ofDescriptor: descriptor) else { throw Self.unreadable(path) }
        guard status.size > 0 else { throw fault("it is empty") }
        guard !isPrivate || status.isOfThisUserAlone else { throw fault("another user can have written it") }
        count = status.size
        guard let mapping = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), mapping != MAP_FAILED else {
            throw Self.unreadable(path)
        }
        base = UnsafeRawPointer(mapping)
    }

    /// Maps an open file that is not empty.
    ///
    /// - Throws: `AkinError.inputOutput` when it cannot be read; the message names `path`.
    init(descriptor: CInt, path: String) throws {
        guard let status = FileStatus(ofDescriptor: descriptor), status.size > 0,
            let mapping = mmap(nil, status.size, PROT_READ, MAP_SHARED, descriptor, 0), mapping != MAP_FAILED
        else { throw Self.unreadable(path) }
        count = status.size
        base = UnsafeRawPointer(mapping)
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: base), count) }

    private static func unreadable(_ path: String) -> AkinError {
        AkinError(.inputOutput, "\(path) cannot be read: \(String(cString: strerror(errno))). Check its permissions.")
    }
}

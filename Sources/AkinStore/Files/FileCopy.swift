import AkinCore
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Copies a store's file, with its owner and permissions, to a name that does not exist yet.
enum FileCopy {
    private static let blockSize = 1 << 20

    /// Copies a plain file and waits until the copy is on the disk.
    ///
    /// - Throws: `AkinError(.cannotCreate)` when `target` exists; `.inputOutput` when either cannot be read or written.
    static func make(of path: String, at target: String) throws {
        func failure(_ action: String) -> AkinError {
            AkinError(
                .inputOutput,
                "\(path) cannot be copied to \(target): \(action) failed (\(unsafe String(cString: strerror(errno)))).")
        }
        let source = try RegularFile.openForReading(path, followingLinks: false)
        defer { close(source) }
        guard try StoreFile.create(target, like: FileStatus(ofDescriptor: source)) else {
            throw AkinError(.cannotCreate, "\(target) exists already.")
        }
        let copy = try RegularFile.openForWriting(target)
        defer { close(copy) }
        var block = [UInt8](repeating: 0, count: blockSize)
        while true {
            let count = unsafe read(source, &block, block.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("reading") }
            if count == 0 { break }
            var written = 0
            while written < count {
                let more = unsafe block.withUnsafeBytes {
                    unsafe write(copy, $0.baseAddress.map { unsafe $0 + written }, count - written)
                }
                guard more >= 0 || errno == EINTR else { throw failure("writing") }
                written += max(0, more)
            }
        }
        guard fsync(copy) == 0 else { throw failure("flushing") }
    }
}

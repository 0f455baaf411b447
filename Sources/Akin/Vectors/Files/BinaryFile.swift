import AkinCore
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A plain file of known size that is read in pieces, at any place.
final class BinaryFile: Sendable {
    let path: String
    /// Bytes of the file when it was opened.
    let size: Int
    private let descriptor: CInt

    /// - Throws: `AkinError(.noInput)` when there is no such file, it cannot be read, or it has no size, as a folder or
    ///   a pipe.
    init(path: String) throws {
        let descriptor: CInt
        do {
            descriptor = try RegularFile.openForReading(path)
        } catch {
            guard case .irregular = error.reason else { throw AkinError(.noInput, "\(path) cannot be read: \(error).") }
            throw AkinError(
                .noInput,
                "\(path) is not a plain file; vectors of this format are not read from folders, pipes or devices.")
        }
        self.path = path
        self.descriptor = descriptor
        size = FileStatus(ofDescriptor: descriptor)?.size ?? 0
    }

    deinit { close(descriptor) }

    /// Exactly `count` bytes from `offset` on. The caller has compared both with `size`.
    ///
    /// - Throws: `AkinError(.inputOutput)` when reading fails or the file has become shorter.
    func read(_ count: Int, at offset: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe pread(
                    descriptor, buffer.baseAddress.map { unsafe $0 + filled }, count - filled, off_t(offset + filled))
            }
            guard got >= 0 || errno == EINTR else {
                throw AkinError(.inputOutput, "\(path) cannot be read: \(unsafe String(cString: strerror(errno))).")
            }
            guard got != 0 else { throw AkinError(.inputOutput, "\(path) became shorter while it was read.") }
            filled += max(0, got)
        }
        return bytes
    }
}

package import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Opens files that must be regular ones. Anything else in their place is refused: Akin does not wait for a named pipe,
/// does not touch a device, and, where asked, does not follow a symbolic link.
package enum RegularFile {
    /// Why a file was not opened.
    package struct Refusal: Error, CustomStringConvertible {
        package enum Reason: Sendable {
            case missing
            case irregular(FileStatus.Kind)
            /// More than so many bytes.
            case large(limit: Int)
            /// The value of `errno`.
            case system(CInt)
        }

        package let reason: Reason

        package var isMissing: Bool { if case .missing = reason { true } else { false } }

        /// The reason as the second half of a sentence about the file.
        package var description: String {
            switch reason {
            case .missing: "it does not exist"
            case .irregular(let kind): "it is \(kind.rawValue), not a regular file"
            case .large(let limit): "it has more than \(limit >> 20) MB"
            case .system(let number): unsafe String(cString: strerror(number))
            }
        }
    }

    /// Opens a file for reading. The caller closes the descriptor.
    package static func openForReading(_ path: String, followingLinks: Bool = true) throws(Refusal) -> CInt {
        try open(path, O_RDONLY, followingLinks: followingLinks)
    }

    /// Opens a file for reading and writing, making it when there is none. Follows no link at the path's end. The
    /// caller closes the descriptor.
    ///
    /// - Parameter permissions: those of a new file, less the process's mask.
    package static func openForWriting(_ path: String, creating permissions: mode_t? = nil) throws(Refusal) -> CInt {
        try open(
            path, O_RDWR | (permissions == nil ? 0 : O_CREAT), followingLinks: false, permissions: permissions ?? 0)
    }

    private static func open(
        _ path: String, _ flags: CInt, followingLinks: Bool, permissions: mode_t = 0
    ) throws(Refusal) -> CInt {
        // The path is checked first, since opening alone has effects on some devices. It is checked again when open,
        // since the file may have been replaced.
        if let status = FileStatus(of: path, followingLinks: followingLinks) { try require(status) }
        let flags = flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (followingLinks ? 0 : O_NOFOLLOW)
        var descriptor: CInt
        repeat { descriptor = unsafe openFile(path, flags, permissions) } while descriptor < 0 && errno == EINTR
        guard descriptor >= 0 else {
            let reason = errno
            throw Refusal(reason: reason == ENOENT ? .missing : .system(reason))
        }
        guard let status = FileStatus(ofDescriptor: descriptor) else {
            let reason = errno
            close(descriptor)
            throw Refusal(reason: .system(reason))
        }
        do {
            try require(status)
        } catch {
            close(descriptor)
            throw error
        }
        return descriptor
    }

    private static func require(_ status: FileStatus) throws(Refusal) {
        guard status.kind == .regular else { throw Refusal(reason: .irregular(status.kind)) }
    }

    /// The file's bytes.
    package static func contents(of path: String) throws(Refusal) -> Data {
        let descriptor = try openForReading(path)
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            return try handle.readToEnd() ?? Data()
        } catch {
            throw Refusal(reason: .system(EIO))
        }
    }

    /// The file's bytes, where there are at most `most`.
    package static func contents(of path: String, atMost most: Int) throws(Refusal) -> Data {
        guard let size = FileStatus(of: path)?.size, size > most else { return try contents(of: path, limit: most) }
        throw Refusal(reason: .large(limit: most))
    }

    /// The first bytes of a file that others may have made endless, `limit` at most.
    package static func contents(of path: String, limit: Int) throws(Refusal) -> Data {
        let handle = FileHandle(fileDescriptor: try openForReading(path), closeOnDealloc: true)
        do {
            return try handle.read(upToCount: limit) ?? Data()
        } catch {
            throw Refusal(reason: .system(EIO))
        }
    }

    /// The file's bytes, mapped. The file must not be shortened while they are in use.
    package static func mappedContents(of path: String) throws(Refusal) -> Data {
        let descriptor = try openForReading(path)
        defer { close(descriptor) }
        guard let size = FileStatus(ofDescriptor: descriptor)?.size, size > 0 else { return Data() }
        guard let pages = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), unsafe pages != MAP_FAILED
        else {
            throw Refusal(reason: .system(errno))
        }
        return unsafe Data(bytesNoCopy: pages, count: size, deallocator: .unmap)
    }
}

/// `open`, under a name that is free within `RegularFile`.
private func openFile(_ path: UnsafePointer<CChar>, _ flags: CInt, _ permissions: mode_t) -> CInt {
    unsafe open(path, flags, permissions)
}

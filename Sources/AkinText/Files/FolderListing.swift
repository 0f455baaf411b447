import AkinCore
import Foundation

/// What stands in a folder, in the order of the names' bytes.
///
/// It reads the folder with the system's own calls: Foundation is several times slower, and loses names that are not
/// UTF-8.
struct FolderListing {
    struct Entry {
        let name: [UInt8]
        /// Nil for what this user may not look at, or what is gone meanwhile. Of a link it says that it is one.
        let status: FileStatus?
    }

    struct Failure: Error, CustomStringConvertible {
        let number: CInt
        var description: String { unsafe String(cString: strerror(number)) }
    }

    let entries: [Entry]

    /// - Parameter path: the folder; a link in its place is refused.
    init(_ path: String) throws(Failure) {
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(number: errno) }
        guard let folder = unsafe fdopendir(descriptor) else {
            let number = errno
            close(descriptor)
            throw Failure(number: number)
        }
        defer { unsafe closedir(folder) }
        var entries: [Entry] = []
        while true {
            errno = 0
            guard let found = unsafe readdir(folder) else { break }
            unsafe withUnsafePointer(to: &found.pointee.d_name) { characters in
                let capacity = unsafe MemoryLayout.size(ofValue: characters.pointee)
                unsafe characters.withMemoryRebound(to: CChar.self, capacity: capacity) { name in
                    let length = unsafe strlen(name)
                    let bytes = unsafe Array(UnsafeRawBufferPointer(start: name, count: length))
                    if bytes == [0x2E] || bytes == [0x2E, 0x2E] { return }
                    unsafe entries.append(Entry(name: bytes, status: FileStatus(of: name, in: descriptor)))
                }
            }
        }
        guard errno == 0 else { throw Failure(number: errno) }
        self.entries = entries.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }
}

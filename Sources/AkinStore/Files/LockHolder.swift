import AkinCore
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Finds who holds a lock file, as far as that is known.
///
/// The file names the last Akin process that wrote to it; another program's lock does not change that. So the system's
/// own list is read. Where there is none, the recorded process is named only while it lives.
package struct LockHolder: CustomStringConvertible {
    /// Nil where it is not known.
    let process: pid_t?

    init(of descriptor: CInt, recorded: pid_t?) {
        guard let file = FileStatus(ofDescriptor: descriptor) else {
            process = nil
            return
        }
        // A long list is read in pieces, and locks that end meanwhile can hide an entry from one reading. Another
        // reading shows it.
        for _ in 0..<4 {
            guard let list = Self.list() else {
                process = recorded.flatMap { kill($0, 0) == 0 || errno == EPERM ? $0 : nil }
                return
            }
            if let holder = Self.holder(of: file.identity.inode, in: list) {
                process = holder
                return
            }
        }
        process = nil
    }

    /// The system's list of locks, read to its end; reading the file in one call gives only its first page.
    private static func list() -> String? {
        guard let file = FileHandle(forReadingAtPath: "/proc/locks"), let bytes = try? file.readToEnd() else {
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads the list of `proc_locks(5)`: number, kind, strictness, access, process, device and inode, range.
    ///
    /// The device is not compared: some file systems report another one here than `stat` does. A process of another
    /// name space counts as 0.
    package static func holder(of inode: UInt64, in list: String) -> Int32? {
        for line in list.split(separator: "\n") {
            // An entry that waits has an arrow in second place.
            let fields = line.split(separator: " ")
            guard fields.count >= 6, fields[1] == "FLOCK",
                fields[5].split(separator: ":").last.flatMap({ UInt64($0) }) == inode,
                let process = pid_t(fields[4])
            else { continue }
            return process > 0 ? process : nil
        }
        return nil
    }

    package var description: String {
        guard let process else { return "another process" }
        return process == getpid() ? "this process (\(process))" : "process \(process)"
    }
}

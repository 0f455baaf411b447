import Foundation

#if canImport(Glibc)
package import Glibc
#elseif canImport(Musl)
package import Musl
#else
package import Darwin
#endif

/// The identity of the file, whatever its names.
package struct FileIdentity: Hashable, Sendable {
    package let device: UInt64
    package let inode: UInt64
}

/// What the file system says about a file: enough to see whether it is another file, or has changed.
package struct FileStatus: Equatable, Sendable {
    /// The raw value is what messages call it.
    package enum Kind: String, Sendable {
        case regular = "a regular file"
        case folder = "a folder"
        case symbolicLink = "a symbolic link"
        case pipe = "a named pipe"
        case socket = "a socket"
        case device = "a device"
    }

    package let kind: Kind
    package let identity: FileIdentity
    /// The names that the file has.
    package let links: Int
    package let size: Int
    package let owner: uid_t
    package let group: gid_t
    /// The permissions to read, write and execute it: the lowest nine bits of its mode.
    package let permissions: mode_t
    /// When its bytes last changed, in nanoseconds since 1970.
    package let modified: Int64
    /// When its bytes, names, owner or permissions last changed.
    package let changed: Int64

    /// Nil where the path leads to nothing, or may not be looked at.
    ///
    /// - Parameter followingLinks: Whether a symbolic link at the path's end stands for what it leads to.
    package init?(of path: String, followingLinks: Bool = true) {
        var status = stat()
        guard unsafe followingLinks ? stat(path, &status) == 0 : lstat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// What stands under a name in an open folder; nil where nothing does, or it may not be looked at. Links are not
    /// followed.
    package init?(of name: UnsafePointer<CChar>, in folder: CInt) {
        var status = stat()
        guard unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        self.init(status)
    }

    /// What an open descriptor leads to.
    package init?(ofDescriptor descriptor: CInt) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .folder
            case S_IFLNK: .symbolicLink
            case S_IFIFO: .pipe
            case S_IFSOCK: .socket
            default: .device
            }
        identity = FileIdentity(
            device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(truncatingIfNeeded: status.st_ino))
        links = Int(status.st_nlink)
        size = Int(status.st_size)
        (owner, group) = (status.st_uid, status.st_gid)
        permissions = status.st_mode & 0o777
        #if canImport(Darwin)
        let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
        #else
        let (modified, changed) = (status.st_mtim, status.st_ctim)
        #endif
        self.modified = Int64(modified.tv_sec) &* 1_000_000_000 &+ Int64(modified.tv_nsec)
        self.changed = Int64(changed.tv_sec) &* 1_000_000_000 &+ Int64(changed.tv_nsec)
    }

    /// Whether the last change is so long ago that a further one would get another time: clocks of file systems tick
    /// every few milliseconds, and a file written twice within one tick looks the same after both.
    package var isSettled: Bool { Date().timeIntervalSince1970 - Double(changed) * 1e-9 > 0.02 }

    /// Whether nobody but this user and root can have written the file, or can put other files into the folder.
    package var isOfThisUserAlone: Bool { (owner == geteuid() || owner == 0) && permissions & 0o022 == 0 }

    /// Gives a new file the permissions of this one, and its owner where root makes the file.
    ///
    /// To be called before anything is written into the file: whoever may not read this file must not read the new one.
    /// A user who may write another user's file makes copies that belong to the first.
    ///
    /// - Parameter permissions: other permissions than this file's.
    package func give(to descriptor: CInt, permissions given: mode_t? = nil) {
        if geteuid() == 0 {
            _ = fchown(descriptor, owner, group)
        } else if let own = FileStatus(ofDescriptor: descriptor), own.group != group {
            // Users may give files to the groups they are in.
            _ = fchown(descriptor, uid_t.max, group)
        }
        _ = fchmod(descriptor, given ?? permissions)
    }
}

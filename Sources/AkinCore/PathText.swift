import Foundation

/// Paths as text, taken apart by their bytes.
///
/// `Character` does not fit: a slash and a combining mark at the start of the next name are one character, and names
/// that differ only by normal form compare as equal, though they are different files.
extension String {
    /// The names between the slashes.
    package var pathParts: [Substring] { utf8.split(separator: UInt8(ascii: "/")).map(Substring.init) }

    /// The last name of a path; nil for a path without names.
    package var lastPathPart: String? {
        guard let end = utf8.lastIndex(where: { $0 != UInt8(ascii: "/") }).map(utf8.index(after:)) else { return nil }
        let start = utf8[..<end].lastIndex(of: UInt8(ascii: "/")).map(utf8.index(after:)) ?? startIndex
        return String(self[start..<end])
    }

    /// The path of the folder that a path's last name is in; empty where that is the working folder.
    package var pathFolder: String {
        guard let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return slash == startIndex ? "/" : String(self[..<slash])
    }

    /// What follows the last dot of a name that does not begin with it; nil where there is none.
    package var nameExtension: String? {
        guard let dot = utf8.lastIndex(of: UInt8(ascii: ".")), dot > startIndex else { return nil }
        return String(self[utf8.index(after: dot)...])
    }

    /// Whether a path begins at the root.
    package var isAbsolutePath: Bool { utf8.first == UInt8(ascii: "/") }

    /// What is left of a path after that of a folder that it is below; nil when it is not below.
    package func path(below folder: String) -> String? {
        let (path, prefix) = (utf8, folder.utf8)
        guard path.count > prefix.count, path.starts(with: prefix) else { return nil }
        var rest = path.dropFirst(prefix.count)
        if prefix.last != UInt8(ascii: "/") {
            guard rest.first == UInt8(ascii: "/") else { return nil }
            rest.removeFirst()
        }
        return rest.isEmpty ? nil : String(Substring(rest))
    }

    /// Whether a relative path is another or lies below it; everything lies below the empty path.
    package func isPath(atOrBelow other: String) -> Bool {
        guard !other.isEmpty, utf8.count > other.utf8.count else {
            return other.isEmpty || utf8.elementsEqual(other.utf8)
        }
        return utf8.starts(with: other.utf8) && utf8.dropFirst(other.utf8.count).first == UInt8(ascii: "/")
    }

    /// A path below a folder; the folder itself for the empty path.
    package func path(above relative: String) -> String {
        relative.isEmpty ? self : self == "/" ? "/" + relative : "\(self)/\(relative)"
    }
}

/// A path as the key of a set or dictionary. It is equal to another where the bytes are; to Swift canonically equivalent
/// strings are equal, to a file system they are not.
package struct PathKey: Hashable, Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    package static func == (first: PathKey, second: PathKey) -> Bool {
        first.path.utf8.elementsEqual(second.path.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        var path = path
        path.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension String {
    /// A document's source as it is shown to people: relative below the working folder, elsewhere as it is.
    package var sourceForPeople: String {
        let folder = FileManager.default.currentDirectoryPath
        return folder == "/" ? self : path(below: folder) ?? self
    }
}

/// Resolves names to what they lead to on this machine.
package enum RealPath {
    /// The absolute path of a name, symbolic links resolved in the folders that lead to it but not in the last name:
    /// where a file was found.
    ///
    /// Folders that are not there any more are kept as they are written.
    /// - Returns: nil when `..` follows such a folder, so that nobody can tell where it leads.
    package static func ofEntry(_ path: String) -> String? {
        let absolute = path.isAbsolutePath ? path : FileManager.default.currentDirectoryPath + "/" + path
        var parts = absolute.pathParts.filter { $0 != "." }
        guard let last = parts.popLast() else { return "/" }
        if last == ".." { return ofFolder(absolute) }
        var missing: [Substring] = []
        while true {
            if let folder = ofFolder("/" + parts.joined(separator: "/")) {
                return ([folder == "/" ? "" : folder] + (missing.reversed() + [last]).map(String.init)).joined(
                    separator: "/")
            }
            guard let part = parts.popLast(), part != ".." else { return nil }
            missing.append(part)
        }
    }

    /// The source of what is read from a path that was named; `-` is standard input.
    package static func source(ofInput path: String) -> String { path == "-" ? path : ofEntry(path) ?? path }

    /// The absolute path that a name leads to, all symbolic links resolved; nil when there is nothing.
    package static func ofFolder(_ path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(validatingCString: resolved)
    }

    /// Whether there is certainly nothing with that name: no file, folder or link. A name that this user may not look
    /// at counts as present.
    package static func isMissing(_ path: String) -> Bool {
        var status = stat()
        guard unsafe lstat(path, &status) != 0 else { return false }
        return errno == ENOENT || errno == ENOTDIR
    }
}

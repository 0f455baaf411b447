/// A line of an ignore file.
struct IgnorePattern: Hashable {
    /// Whether it reads what an earlier pattern leaves out: a line that begins with `!`.
    let isNegated: Bool
    /// Whether it is about folders only: a line that ends with a slash.
    let foldersOnly: Bool
    /// Whether it is compared with the path below the ignore file's folder rather than with the last name: a pattern
    /// with a slash before its end.
    let isPath: Bool
    private let glob: GlobPattern

    /// Nil for a blank line, a comment and a pattern that matches nothing.
    init?(line: ArraySlice<UInt8>) {
        guard line.first != UInt8(ascii: "#") else { return nil }
        self.init(pattern: Self.withoutTrailingSpaces(line))
    }

    init?(pattern: ArraySlice<UInt8>) {
        var pattern = pattern
        isNegated = pattern.first == UInt8(ascii: "!")
        if isNegated { pattern.removeFirst() }
        foldersOnly = pattern.last == UInt8(ascii: "/")
        if foldersOnly { pattern.removeLast() }
        isPath = pattern.contains(UInt8(ascii: "/"))
        if pattern.first == UInt8(ascii: "/") { pattern.removeFirst() }
        guard !pattern.isEmpty, let glob = GlobPattern(pattern) else { return nil }
        self.glob = glob
    }

    /// Spaces at the end do not count, unless a backslash stands before them.
    private static func withoutTrailingSpaces(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var end = line.startIndex
        var place = line.startIndex
        while place < line.endIndex {
            if line[place] == UInt8(ascii: "\\") {
                place += 2
                end = min(place, line.endIndex)
            } else {
                place += 1
                if line[place - 1] != UInt8(ascii: " ") { end = place }
            }
        }
        return line[..<end]
    }

    /// - Parameters:
    ///   - path: the absolute path of what is judged.
    ///   - base: where the part below the ignore file's folder begins in it.
    ///   - name: where its last name begins.
    func matches(_ path: [UInt8], base: Int, name: Int, isFolder: Bool) -> Bool {
        if foldersOnly, !isFolder { return false }
        let start = isPath ? base : name
        // Most patterns end here.
        if let first = glob.first, start >= path.count || path[start] != first { return false }
        if let last = glob.last, path[path.count - 1] != last { return false }
        return glob.matches(path, from: start)
    }
}

/// What patterns say about a path.
enum IgnoreVerdict {
    case ignored
    /// A pattern with `!` says that it is read.
    case kept
}

/// The patterns of an ignore file. The last one that matches counts.
struct IgnorePatterns {
    private let patterns: [IgnorePattern]

    init(_ patterns: [IgnorePattern]) { self.patterns = patterns }

    init(contents: [UInt8]) {
        let marks: [UInt8] = [0xEF, 0xBB, 0xBF]
        let lines = contents.dropFirst(contents.starts(with: marks) ? marks.count : 0)
            .split(separator: UInt8(ascii: "\n"))
        patterns = lines.compactMap { line in
            IgnorePattern(line: line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
        }
    }

    var isEmpty: Bool { patterns.isEmpty }

    /// Nil where no pattern matches.
    func verdict(_ path: [UInt8], base: Int, name: Int, isFolder: Bool) -> IgnoreVerdict? {
        for pattern in patterns.reversed() where pattern.matches(path, base: base, name: name, isFolder: isFolder) {
            return pattern.isNegated ? .kept : .ignored
        }
        return nil
    }
}

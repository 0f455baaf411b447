import AkinCore
@testable import AkinText

extension FuzzTarget {
    /// The lines of an ignore file, a NUL, and the path they judge. Each line is also a pattern of `--glob`.
    static func ignore(_ bytes: [UInt8]) {
        let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let path = [UInt8(ascii: "/")] + (parts.count > 1 ? Array(parts[1]) : []) + [UInt8(ascii: "x")]
        let name = (path.lastIndex(of: UInt8(ascii: "/")) ?? 0) + 1
        _ = IgnorePatterns(contents: Array(parts[0])).verdict(path, base: 1, name: name, isFolder: bytes.count % 2 == 0)
        let globs = parts[0].split(separator: UInt8(ascii: "\n")).prefix(20).map { String(decoding: $0, as: UTF8.self) }
        _ = try? GlobFilter(globs).verdict(path, base: 1, name: name, isFolder: false)
    }
}

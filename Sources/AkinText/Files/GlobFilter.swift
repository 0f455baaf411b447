import AkinCore

/// The patterns of `FileSelection.globs`.
struct GlobFilter {
    /// Alternatives of one pattern, at most.
    private static let mostAlternatives = 1000

    private let patterns: [IgnorePattern]
    /// Whether files are left out that no pattern matches.
    private let isLimited: Bool

    /// - Throws: `AkinError.invalidArgument` for a pattern that can match nothing.
    init(_ globs: [String]) throws {
        var patterns: [IgnorePattern] = []
        for glob in globs {
            var bytes = Array(glob.utf8)
            let isNegated = bytes.first == UInt8(ascii: "!")
            if isNegated { bytes.removeFirst() }
            guard let alternatives = Self.alternatives(of: bytes), alternatives.count <= Self.mostAlternatives else {
                throw Self.fault(glob, "its braces do not match or have too many alternatives")
            }
            for alternative in alternatives {
                // A `!` of the pattern itself is behind a backslash.
                guard let pattern = IgnorePattern(pattern: ((isNegated ? [UInt8(ascii: "!")] : []) + alternative)[...])
                else { throw Self.fault(glob, "it is empty, or a class [ or an escape \\ in it has no end") }
                patterns.append(pattern)
            }
        }
        self.patterns = patterns
        isLimited = patterns.contains { !$0.isNegated }
    }

    private static func fault(_ glob: String, _ reason: String) -> AkinError {
        AkinError(.invalidArgument, "The pattern of names '\(glob)' matches nothing: \(reason).")
    }

    /// Whether the path is read; nil where the patterns do not say.
    func verdict(_ path: [UInt8], base: Int, name: Int, isFolder: Bool) -> Bool? {
        for pattern in patterns.reversed() where pattern.matches(path, base: base, name: name, isFolder: isFolder) {
            return !pattern.isNegated
        }
        return isLimited && !isFolder ? false : nil
    }

    /// The patterns that one with `{a,b}` stands for; nil for braces that do not match.
    private static func alternatives(of pattern: [UInt8]) -> [[UInt8]]? {
        var depth = 0
        var inClass = false
        var open: Int?
        var cuts: [Int] = []
        var place = 0
        while place < pattern.count {
            switch pattern[place] {
            case UInt8(ascii: "\\"): place += 1
            case UInt8(ascii: "["): inClass = true
            case UInt8(ascii: "]"): inClass = false
            case UInt8(ascii: "{") where !inClass:
                if depth == 0 { open = place }
                depth += 1
            case UInt8(ascii: ",") where depth == 1 && !inClass: cuts.append(place)
            case UInt8(ascii: "}") where !inClass:
                guard depth > 0 else { return nil }
                depth -= 1
                guard depth == 0, let begin = open else { break }
                var all: [[UInt8]] = []
                var start = begin + 1
                for cut in cuts + [place] {
                    let one = pattern[..<begin] + pattern[start..<cut] + pattern[(place + 1)...]
                    guard let expanded = alternatives(of: Array(one)) else { return nil }
                    all += expanded
                    guard all.count <= mostAlternatives else { return nil }
                    start = cut + 1
                }
                return all
            default: break
            }
            place += 1
        }
        return depth == 0 ? [pattern] : nil
    }
}

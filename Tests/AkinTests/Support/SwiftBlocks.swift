import Foundation

/// The blocks of Swift that documentation shows.
enum SwiftBlocks {
    /// Of a Markdown page of this repository.
    static func page(_ path: String) throws -> [String] {
        blocks(of: try text(path).split(separator: "\n", omittingEmptySubsequences: false))
    }

    /// Of the comments of a source file.
    static func comments(_ path: String) throws -> [String] {
        let lines = try text(path).split(separator: "\n", omittingEmptySubsequences: false)
        return blocks(
            of: lines.map { line in
                let text = line.drop(while: \.isWhitespace)
                return text.hasPrefix("/// ") ? text.dropFirst(4) : ""
            })
    }

    /// The files below a folder of this repository whose names have that ending, in order.
    static func files(below folder: String, ending: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: repositoryRoot.appending(path: folder).path)
            .filter { $0.hasSuffix(ending) }.sorted().map { folder + "/" + $0 }
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: repositoryRoot.appending(path: path), encoding: .utf8)
    }

    private static func blocks(of lines: [Substring]) -> [String] {
        var (blocks, inside) = ([String](), false)
        for line in lines {
            if !inside, line == "```swift" {
                blocks.append("")
                inside = true
            } else if line == "```" {
                inside = false
            } else if inside {
                blocks[blocks.count - 1] += line + "\n"
            }
        }
        return blocks
    }
}

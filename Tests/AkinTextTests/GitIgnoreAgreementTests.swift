import AkinCore
import AkinTestSupport
import AkinText
import AkinVectors
import Foundation
import Testing

/// Git decides about the same trees and the same patterns.
@Suite(.timeLimit(.minutes(2))) struct GitIgnoreAgreementTests {
    /// Runs git in a folder, without the person's own configuration.
    private static func git(_ folder: String, _ arguments: [String], input: String = "") throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "-C", folder] + arguments
        process.environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder,
            "GIT_CONFIG_NOSYSTEM": "1",
        ]
        let (standardInput, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (standardInput, output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text
    }

    /// Trees and patterns made at random of few letters, so that they often meet.
    private struct Maker {
        var generator: SeededGenerator

        mutating func pick<Element>(_ from: [Element]) -> Element { from[generator.integer(below: from.count)] }

        mutating func name() -> String {
            (0...generator.integer(below: 3)).map { _ in
                pick(["a", "b", "c", "a", "b", ".", "-", "!", "#", " ", "[", "]", "*", "?", "\\", "é", "1", "B"])
            }.joined().trimmingCharacters(in: [" "])
        }

        mutating func path(_ depth: Int) -> String {
            (0...generator.integer(below: depth)).map { _ in
                let name = name()
                return ["", ".", "..", ".git"].contains(name) ? "ab" : name
            }.joined(separator: "/")
        }

        private static let classes = [
            "[ab]", "[!a]", "[^b]", "[a-c]", "[]a]", "[!]]", "[a\\]]", "[[:alpha:]]", "[[:digit:][:upper:]]", "[a-",
            "[[:nonsense:]]", "[c-a]", "[-a]", "[a-]", "[/]", "[a/]", "[*]", "[\\\\]", "[[:]", "[[a]", "[]-a]",
            "[a-\\c]",
        ]

        mutating func part() -> String {
            (0...generator.integer(below: 4)).map { _ in
                switch generator.integer(below: 12) {
                case 0, 1: "*"
                case 2: "?"
                case 3: "**"
                case 4: "\\" + pick(["a", "*", "?", "[", "\\", "!", "#", " ", "b"])
                case 5: pick(Self.classes)
                default: pick(["a", "b", "c", "ab", ".", "é", "-", "1"])
                }
            }.joined()
        }

        mutating func pattern() -> String {
            switch generator.integer(below: 40) {
            case 0:
                return pick(["", "#a", "\\#a", "\\!a", "!", "/", "//", "a//", "\\", "**", "/**", "**/", "*/", "/*"])
            default: break
            }
            let parts = (0...generator.integer(below: 3)).map { _ in
                generator.integer(below: 6) == 0 ? "**" : generator.integer(below: 2) == 0 ? part() : name()
            }
            return pick(["", "", "", "!"]) + pick(["", "", "/"]) + parts.joined(separator: "/")
                + pick(["", "", "", "/", " ", "\\ ", "  ", "\r"])
        }

        mutating func patterns(_ count: Int) -> String {
            (0..<count).map { _ in pattern() }.joined(separator: pick(["\n", "\n", "\r\n"]))
        }
    }

    @Test(arguments: 0..<24) func `patterns leave out what git ignores`(seed: UInt64) throws {
        var maker = Maker(generator: SeededGenerator(seed: seed))
        let folder = try TemporaryFolder()
        let manager = FileManager.default
        for _ in 0..<60 {
            // A name may be a folder's in one path and a file's in another: the first one counts.
            let path = folder.url.path + "/" + maker.path(4)
            try? manager.createDirectory(atPath: path.pathFolder, withIntermediateDirectories: true)
            let file = creat(path, 0o600)
            if file >= 0 { close(file) }
        }
        _ = try Self.git(folder.url.path, ["init", "-q"])
        let subfolders = try manager.subpathsOfDirectory(atPath: folder.url.path).filter {
            !$0.hasPrefix(".git") && FileStatus(of: folder.url.path + "/" + $0)?.kind == .folder
        }.sorted()
        for place in [""] + subfolders.filter({ _ in maker.generator.integer(below: 4) == 0 }) {
            let file = URL(fileURLWithPath: folder.url.path + "/" + place).appending(path: ".gitignore")
            try Data(maker.patterns(place.isEmpty ? 16 : 4).utf8).write(to: file)
        }
        try folder.write(".git/info/exclude", maker.patterns(2))
        try folder.write("global", maker.patterns(2))

        let all = try manager.subpathsOfDirectory(atPath: folder.url.path).filter {
            $0 != ".git" && !$0.hasPrefix(".git/") && FileStatus(of: folder.url.path + "/" + $0)?.kind == .regular
        }
        let excludes = folder.path("global")
        let ignored = try Self.git(
            folder.url.path,
            ["-c", "core.excludesFile=\(excludes)", "check-ignore", "--no-index", "-z", "--stdin"],
            input: all.map { $0 + "\0" }.joined()
        ).split(separator: "\0").map(String.init)
        let expected = Set(all).subtracting(ignored)

        let selection = FileSelection(includesHidden: true, gitExcludesFile: excludes)
        let found =
            expected.isEmpty
            ? []
            : try CorpusReader(paths: [folder.url.path], options: ReaderOptions(format: .text, selection: selection))
                .walk().files
        let read = Set(found.map(\.id))
        let patterns = try String(contentsOfFile: folder.path(".gitignore"), encoding: .utf8)
        #expect(
            read == expected,
            "too many \(read.subtracting(expected)), too few \(expected.subtracting(read)): \(patterns)")
    }
}

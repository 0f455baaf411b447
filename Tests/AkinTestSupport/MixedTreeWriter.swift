import AkinCore
import Foundation

/// Writes the files of a `MixedTree`.
struct MixedTreeWriter {
    typealias Fate = MixedTree.Fate

    let root: String
    private(set) var fates: [PathKey: Fate] = [:]
    private(set) var folders: [String] = []
    private(set) var count = 0

    init(root: String) { self.root = root }

    // MARK: What exists once

    /// Ignore files, hidden and generated files, links, pipes and odd names.
    mutating func addSpecialCases() throws {
        try addIgnored()
        try addLinks()
        try addNames()
    }

    private mutating func addIgnored() throws {
        folders.append("project")
        try makeFolder("project/.git")
        fates[PathKey("project/.git")] = .notRead(kind: "folder", .hidden)
        try add("project/.git/config.txt", "hidden", nil)
        try add("project/.gitignore", "*.log\n/build/\n!keep.log\n", .notRead(kind: "no extension", .hidden))
        try add("project/main.swift", "/// Starts.\nfunc main() { print(1) }\n", .documents([""]))
        try add("project/debug.log", "ignored", .notRead(kind: ".log", .ignored))
        try add("project/keep.log", "The log that is kept.", .documents([""]))
        try add("project/build/out.txt", "built", nil)
        fates[PathKey("project/build")] = .notRead(kind: "folder", .ignored)
        try add("project/sub/.akinignore", "secret-*\n!secret-plan.md\n", .notRead(kind: "no extension", .hidden))
        try add("project/sub/secret-key.txt", "ignored", .notRead(kind: ".txt", .ignored))
        try add("project/sub/secret-plan.md", "# Plan\n\nIt is read.\n", .documents([""]))
        try add("project/sub/trace.log", "ignored from above", .notRead(kind: ".log", .ignored))
        folders.append("project/sub")
        try add("project/package-lock.json", "{\"name\": \"x\"}", .notRead(kind: ".json", .generated))
        try add("project/node_modules/a/readme.md", "a library", nil)
        fates[PathKey("project/node_modules")] = .notRead(kind: "folder", .generated)
        try add("project/page.min.js", "x=1", .notRead(kind: ".js", .generated))
        try add("project/.hidden.md", "hidden", .notRead(kind: ".md", .hidden))
        try add("project/.hidden/a.md", "hidden", nil)
        fates[PathKey("project/.hidden")] = .notRead(kind: "folder", .hidden)
    }

    private mutating func addLinks() throws {
        folders.append("links")
        try add("links/target.md", "# Target\n\nThe file that links lead to.\n", .documents([""]))
        try link("links/inside.md", to: "target.md", .notRead(kind: ".md", .linkedTwice))
        try link("links/up.md", to: "../project/main.swift", .notRead(kind: ".md", .linkedTwice))
        try add("links/.store/object", "An object without an extension.", nil)
        fates[PathKey("links/.store")] = .notRead(kind: "folder", .hidden)
        try link("links/object.txt", to: ".store/object", .documents([""]))
        try link("links/folder", to: "../project", .notRead(kind: "no extension", .linkElsewhere))
        try link("links/loop", to: "..", .notRead(kind: "no extension", .linkElsewhere))
        try link("links/self.txt", to: "self.txt", .notRead(kind: ".txt", .deadLink))
        try link("links/nowhere.txt", to: "gone.txt", .notRead(kind: ".txt", .deadLink))
        let outside = root + "-outside.txt"
        try Data("Outside of the tree.".utf8).write(to: URL(fileURLWithPath: outside))
        try link("links/outside.txt", to: outside, .notRead(kind: ".txt", .linkElsewhere))
        try add("links/one.txt", "A file with two names.", .documents([""]))
        try FileManager.default.linkItem(atPath: "\(root)/links/one.txt", toPath: "\(root)/links/two.txt")
        fates[PathKey("links/two.txt")] = .documents([""])
        mkfifo("\(root)/links/pipe.txt", 0o600)
        fates[PathKey("links/pipe.txt")] = .notRead(kind: ".txt", .notAFile)
    }

    /// Names that are easily taken for something else.
    private mutating func addNames() throws {
        folders.append("names")
        for name in [
            "a b.txt", "-n.txt", "quote'\".txt", "back\\slash.txt", "line\nbreak.txt", "per%20cent.txt", "star*.txt",
            "tab\t.txt", "caf\u{E9}.txt", "cafe\u{301}.txt", "\u{65E5}\u{672C}.txt", "rows.txt#1.txt", "UPPER.TXT",
            "upper.txt", "README", "Makefile", "~.txt", "$HOME.txt", "a..b.txt",
            String(repeating: "n", count: 240) + ".txt",
        ] {
            try add("names/\(name)", "The file is called \(name.count) letters.", .documents([""]))
        }
        try add("names/tree/tree/deep.txt", "A folder of the same name.", .documents([""]))
        // Not UTF-8.
        let odd = Array("\(root)/names/".utf8) + [0xFF, 0xE9] + Array(".txt".utf8) + [0]
        odd.withUnsafeBytes { bytes in
            let descriptor = open(bytes.baseAddress!.assumingMemoryBound(to: CChar.self), O_WRONLY | O_CREAT, 0o600)
            if descriptor >= 0 { close(descriptor) }
        }
        fates[PathKey("names/" + String(decoding: odd.dropLast().suffix(6), as: UTF8.self))] = .problem([])
    }

    // MARK: What is repeated

    /// A folder with a file of each format and, in folders in it, what holds others.
    mutating func addFolder(_ number: Int) throws {
        let top = "part-\(number % 10)"
        let folder = number < 10 ? top : "\(top)/folder-\(number / 10)"
        folders.append(folder)
        for file in MixedFiles.texts(number) + MixedFiles.records(number) + MixedFiles.faults(number) {
            try add("\(folder)/\(file.name)", file.data, file.fate)
        }
        let inner = "\(folder)/papers"
        folders.append(inner)
        for file in MixedFiles.documents(number) + MixedFiles.packed(number) {
            try add("\(inner)/\(file.name)", file.data, file.fate)
        }
    }

    // MARK: Writing

    private mutating func add(_ path: String, _ text: String, _ fate: Fate?) throws {
        try add(path, Data(text.utf8), fate)
    }

    /// - Parameter fate: nil in a folder that is left out.
    private mutating func add(_ path: String, _ data: Data, _ fate: Fate?) throws {
        try makeFolder(path.pathFolder)
        // Foundation composes letters in some of its calls.
        let descriptor = open("\(root)/\(path)", O_WRONLY | O_CREAT | O_EXCL, 0o644)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteFileExists) }
        try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).write(contentsOf: data)
        count += 1
        fates[PathKey(path)] = fate
    }

    private mutating func link(_ path: String, to target: String, _ fate: Fate) throws {
        guard symlink(target, "\(root)/\(path)") == 0 else { throw CocoaError(.fileWriteUnknown) }
        count += 1
        fates[PathKey(path)] = fate
    }

    private func makeFolder(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: "\(root)/\(path)", withIntermediateDirectories: true)
    }
}

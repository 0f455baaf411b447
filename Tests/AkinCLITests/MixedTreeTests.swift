import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// A tree of every format is read whole, and alike however it is named.
///
/// `AKIN_TEST_TREE=10000` tries a tree of so many files, in all spellings from all working folders.
@Suite("A tree of every format", .serialized, .enabled(if: BuiltProgram.url("akin-reader") != nil))
struct MixedTreeTests {
    private static let wanted = ProcessInfo.processInfo.environment["AKIN_TEST_TREE"].flatMap { Int($0) }
    private static let tree = Result { try MixedTree(files: wanted ?? 90) }

    private let tree: MixedTree
    private var program: Program
    /// The store of the tree as it is indexed from the folder that holds it.
    private let store: String

    init() throws {
        tree = try Self.tree.get()
        program = try Program()
        store = program.folder.path("whole.db")
    }

    @discardableResult
    private func index(
        _ paths: [String], in folder: String? = nil, store: String, _ options: String...
    ) throws -> Program.Outcome {
        var program = program
        program.workingFolder = folder ?? tree.folder.url.path
        let outcome = try program.run(["index", "--db", store] + options + ["--"] + paths, input: Data())
        #expect(outcome.status == 0 || outcome.status == 65, "\(paths): \(outcome.errors)")
        return outcome
    }

    private func expectWhole(_ store: String, _ how: String) throws {
        let (whole, found) = (try StoreContents(of: self.store), try StoreContents(of: store))
        #expect(found == whole, "\(how): \(found.differences(from: whole))")
    }

    @Test func `each file is one document, or is named with the reason`() throws {
        let outcome = try index([tree.root], store: store, "--json")
        #expect(outcome.status == 65)
        let summary = try outcome.object()
        let ids = try program.run("export", "--db", store).lines.map { line -> PathKey in
            guard case .object(let document) = try JSONReader.value(of: Array(line.utf8)),
                case .string(let id)? = document["id"]
            else { return PathKey("") }
            return PathKey(id)
        }
        #expect(Set(ids).count == ids.count)
        let unexpected = Set(ids).subtracting(tree.ids).map(\.path).filter { !Self.isConverted($0) }
        #expect(unexpected.isEmpty, "\(unexpected.sorted().prefix(10))")
        let absent = tree.ids.subtracting(ids).map(\.path)
        #expect(absent.isEmpty, "\(absent.sorted().prefix(10))")

        var notRead: [String: Int] = [:]
        for group in try #require(summary["not_read"] as? [[String: Any]]) {
            let key = "\(group["kind"] as? String ?? "") \(group["reason"] as? String ?? "")"
            notRead[key] = group["count"] as? Int
        }
        #expect(notRead == tree.notRead)

        let problems = try #require(summary["problems"] as? [[String: Any]])
        let named = problems.compactMap { ($0["path"] as? String)?.path(below: tree.root) }
        #expect(Set(named.map(PathKey.init)) == tree.problems)
        for (name, count) in tree.programs where !ids.contains(where: { Self.isConverted($0.path) }) {
            let others = count == 1 ? " cannot" : " and \(count - 1) other"
            #expect(outcome.errors.contains("\(name) is not installed") && outcome.errors.contains(others))
        }

        let again = try index([tree.root], store: store, "--json").object()
        #expect(again["unchanged"] as? Int == ids.count && again["added"] as? Int == 0)
        #expect(again["updated"] as? Int == 0 && again["gone"] as? Int == 0 && again["left_out"] as? Int == 0)
    }

    /// What an installed program made of a file.
    private static func isConverted(_ id: String) -> Bool { id.hasSuffix(".rtf") }

    // MARK: The same store however the tree is named

    private enum Spelling: CaseIterable {
        case relative, absolute, withDots, byLink, withSlash
    }

    /// The root as it is spelled in a working folder; `up` leads from there to the folder that holds the tree.
    private func path(_ spelling: Spelling, up: String) -> String {
        let relative = up == "." ? MixedTree.name : "\(up)/\(MixedTree.name)"
        return switch spelling {
        case .relative: up == ".." ? "." : relative
        case .absolute: tree.folder.path(MixedTree.name)
        case .withDots: "./\(relative)/project/./../"
        case .byLink: tree.folder.path("link/\(MixedTree.name)")
        case .withSlash: "\(relative)//"
        }
    }

    @Test func `the working folder and the spelling of the path do not count`() throws {
        try? FileManager.default.createSymbolicLink(
            atPath: tree.folder.path("link"), withDestinationPath: tree.folder.url.path)
        try FileManager.default.createDirectory(
            atPath: tree.folder.path("else/where"), withIntermediateDirectories: true)
        try index([tree.root], store: store)
        let folders = [
            (tree.folder.url.path, "."), (tree.root, ".."), ("\(tree.root)/project/sub", "../../.."),
            (tree.folder.path("else/where"), "../.."),
        ]
        for (number, (folder, up)) in folders.enumerated() {
            for (place, spelling) in Spelling.allCases.enumerated() {
                // In each working folder and in each spelling at least once.
                guard Self.wanted != nil || place % folders.count == number else { continue }
                let other = program.folder.path("spelled.db")
                let path = path(spelling, up: up)
                try index([path], in: folder, store: other)
                try expectWhole(other, "\(path) in \(folder)")
                try index([path], in: folder, store: other)
                try index([], in: folder, store: other)
                try expectWhole(other, "\(path) in \(folder), again")
                for end in ["", "-wal", "-shm", "-lock"] { try? FileManager.default.removeItem(atPath: other + end) }
            }
        }
    }

    @Test func `one command or many, in any order and over one another, give one store`() throws {
        try index([tree.root], store: store)
        let files = tree.fates.compactMap { path, fate -> String? in
            if case .documents = fate { "\(tree.root)/\(path.path)" } else { nil }
        }.sorted()
        let folders = tree.folders.map { "\(tree.root)/\($0)" }

        let overlapping = program.folder.path("overlapping.db")
        let named = Array(folders.reversed().prefix(4)) + [tree.root] + Array(files.prefix(40)) + [folders[0]]
        let summary = try index(named, store: overlapping, "--json").object()
        try expectWhole(overlapping, "overlapping paths")
        let counts = (summary["not_read"] as? [[String: Any]] ?? []).reduce(0) { $0 + ($1["count"] as? Int ?? 0) }
        #expect(counts == tree.notRead.values.reduce(0, +))

        // A collection that nothing has been read of, brought up to date piece by piece.
        let pieces = program.folder.path("pieces.db")
        #expect(try program.run("collection", "add", tree.root, "--db", pieces).status == 0)
        for folder in folders.reversed() { try index([folder], store: pieces) }
        for start in stride(from: 0, to: files.count, by: 100) {
            try index(Array(files[start..<min(start + 100, files.count)]), store: pieces)
        }
        try index([], store: pieces)
        try expectWhole(pieces, "folders, then files")

        let single = program.folder.path("single.db")
        #expect(try program.run("collection", "add", tree.root, "--db", single).status == 0)
        for file in files.prefix(Self.wanted == nil ? 12 : 200) { try index([file], store: single) }
        try index([tree.root], store: single, "--prune")
        try expectWhole(single, "files, then the whole")

        // Files that were followed by themselves are followed with their folder from then on.
        let alone = program.folder.path("alone.db")
        let inRoot = try program.folder.write("notes/a.md", "# A\n\nThe ferry leaves.\n")
        let other = try program.folder.write("notes/b.md", "# B\n\nThe ferry returns.\n")
        for file in [inRoot, other] {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_750_000_000)], ofItemAtPath: file)
        }
        try index([inRoot], store: alone)
        try index([program.folder.path("notes")], store: alone)
        let together = program.folder.path("together.db")
        try index([program.folder.path("notes")], store: together)
        try index([inRoot], store: together)
        let difference = try StoreContents(of: alone).differences(from: StoreContents(of: together))
        #expect(difference.isEmpty, "\(difference)")
    }

    @Test func `two databases of one tree hold the same after files came, changed and went`() throws {
        let small = try MixedTree(files: 40)
        var program = program
        program.workingFolder = small.folder.url.path
        let (early, late) = (program.folder.path("early.db"), program.folder.path("late.db"))
        _ = try program.run("index", "--db", early, small.root)
        let files = small.fates.compactMap { path, fate -> String? in
            if case .documents([""]) = fate, path.path.hasSuffix(".txt") { "\(small.root)/\(path.path)" } else { nil }
        }.sorted()
        let manager = FileManager.default
        try manager.removeItem(atPath: files[0])
        try manager.moveItem(atPath: files[1], toPath: files[1] + ".md")
        try Data("It says something else now.".utf8).write(to: URL(fileURLWithPath: files[2]))
        try Data("A new file.".utf8).write(to: URL(fileURLWithPath: "\(small.root)/new.txt"))
        for path in [files[1] + ".md", files[2], "\(small.root)/new.txt"] {
            try manager.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_760_000_000)], ofItemAtPath: path)
        }
        _ = try program.run("index", "--db", early, "--prune")
        _ = try program.run("index", "--db", late, small.root)
        let differences = try StoreContents(of: early).differences(from: StoreContents(of: late))
        #expect(differences.isEmpty, "\(differences)")
    }
}

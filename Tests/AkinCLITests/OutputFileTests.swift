import AkinTestSupport
import Foundation
import Testing

@Suite("What a file that is written must not replace")
struct OutputFileTests {
    private static let text = String(repeating: "the harbour crane lifts the boat out of the water\n", count: 40)

    /// Commands that write a file of the name given.
    private static let commands: [[String]] = [
        ["words", "train", "corpus.text", "--min-count", "1", "--epochs", "1", "--dimension", "4", "--output"],
        ["words", "export", "--output"],
        ["words", "import", "vectors.vec", "--output"],
        ["cluster", "-k", "2", "--report"],
        ["words", "senses", "boat", "--html"],
    ]

    private func prepared() throws -> Program {
        let program = try Program()
        try program.indexSample(count: 30)
        try program.folder.write("corpus.text", Self.text)
        let made = try program.run("words", "export", "--output", "vectors.vec")
        #expect(made.status == 0, "\(made.errors)")
        return program
    }

    private static func name(_ stem: String, for command: [String]) -> String {
        command.last == "--report" ? "\(stem).html" : "\(stem).akin"
    }

    @Test(arguments: commands)
    func `a database is not replaced by another file`(command: [String]) throws {
        let program = try prepared()
        let name = Self.name("copy", for: command)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: program.database))
        try program.folder.write(name, bytes)
        let refused = try program.run(command + [name], input: Data())
        #expect(refused.status == 73 && refused.errors.contains("\(name) is a database"), "\(refused.errors)")
        #expect(try Data(contentsOf: program.folder.url.appending(path: name)) == bytes)
    }

    @Test(arguments: commands)
    func `a database is not replaced through a symbolic link`(command: [String]) throws {
        let program = try prepared()
        let name = Self.name("link", for: command)
        try FileManager.default.createSymbolicLink(
            atPath: program.folder.path(name), withDestinationPath: program.database)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: program.database))
        #expect(try program.run(command + [name], input: Data()).status == 73)
        #expect(try Data(contentsOf: URL(fileURLWithPath: program.database)) == bytes)
    }

    @Test(arguments: commands)
    func `a pipe or a folder is neither replaced nor waited for`(command: [String]) throws {
        let program = try prepared()
        let (pipe, folder) = (Self.name("pipe", for: command), Self.name("folder", for: command))
        #expect(mkfifo(program.folder.path(pipe), 0o600) == 0)
        try program.folder.write("\(folder)/inside", "text")
        for (name, what) in [(pipe, "is a device, pipe or socket"), (folder, "is a folder")] {
            let refused = try program.run(command + [name], input: Data())
            #expect(refused.status == 73 && refused.errors.contains(what), "\(refused.errors)")
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: program.folder.path(pipe))
        #expect(attributes[.type] as? FileAttributeType == .typeUnknown || attributes[.size] as? Int == 0)
    }

    @Test func `words are not trained into their own text, nor imported over the file they come from`() throws {
        let program = try prepared()
        try program.folder.write("own.txt", Self.text)
        let trained = try program.run("words", "train", "./own.txt", "--min-count", "1", "--output", "own.txt")
        #expect(trained.status == 73 && trained.errors.contains("one of the files that are read"), "\(trained.errors)")
        #expect(try String(contentsOf: program.folder.url.appending(path: "own.txt"), encoding: .utf8) == Self.text)
        #expect(try program.run("words", "import", "vectors.vec", "--output", "vectors.vec").status == 73)
    }

    @Test func `the words beside an array do not replace another file's text`() throws {
        let program = try prepared()
        try program.folder.write("notes.txt", Self.text)
        let refused = try program.run("words", "export", "--output", "notes.npy")
        #expect(refused.status == 73 && refused.errors.contains("notes.txt"), "\(refused.errors)")
        #expect(try String(contentsOf: program.folder.url.appending(path: "notes.txt"), encoding: .utf8) == Self.text)
        for _ in 1...2 { #expect(try program.run("words", "export", "--output", "pair.npy").status == 0) }
    }
}

import AkinCore
import AkinTestSupport
import AkinText
import Foundation
import Testing

@Suite struct CorpusReaderTests {
    @Test func `folders are read in order`() throws {
        let folder = try TemporaryFolder()
        for (name, contents) in [
            ("b.txt", "b"), ("a/z.md", "# Z"), ("a/k.jsonl", "\"1\"\n\"2\"\n"), ("A.TXT", "upper"),
            (".hidden.txt", "no"),
            (".git/config.txt", "no"),
            ("node_modules/x.js", "no"), ("picture.png", "no"), ("a/binary.txt", "x\0y"), ("empty.py", ""),
            ("ünder.txt", "u"),
        ] { try folder.write(name, contents) }
        let found = try read([folder.url.path + "/"])
        #expect(found.problems.isEmpty)
        #expect(found.records.map(\.id) == ["A.TXT", "a/k.jsonl#1", "a/k.jsonl#2", "a/z.md", "b.txt", "ünder.txt"])
        #expect(found.records[3].source == folder.url.path + "/a/z.md")
        #expect(found.summary.files == 5 && found.summary.records == 6)
        #expect(
            found.notRead
                == "3 not read: 1 .png, 1 not text, 1 empty; 1 file and 1 folder hidden, 1 folder generated")
        let plan = try CorpusReader(paths: [folder.url.path], options: ReaderOptions()).plan()
        #expect(plan.files == 7 && plan.bytes == found.bytes)
    }

    @Test func `links are not followed out of the folder`() throws {
        let outside = try TemporaryFolder()
        try outside.write("secret.txt", "secret")
        let folder = try TemporaryFolder()
        try folder.write("sub/a.txt", "a")
        let manager = FileManager.default
        try manager.createSymbolicLink(atPath: folder.path("loop"), withDestinationPath: folder.url.path)
        try manager.createSymbolicLink(atPath: folder.path("sub/up"), withDestinationPath: "..")
        try manager.createSymbolicLink(atPath: folder.path("out"), withDestinationPath: outside.url.path)
        try manager.createSymbolicLink(
            atPath: folder.path("secret.txt"), withDestinationPath: outside.path("secret.txt"))
        try manager.createSymbolicLink(atPath: folder.path("broken.txt"), withDestinationPath: "nowhere.txt")
        try manager.createSymbolicLink(atPath: folder.path("inside.txt"), withDestinationPath: "sub/a.txt")
        let found = try read([folder.url.path])
        #expect(found.records.map(\.id) == ["sub/a.txt"] && found.problems.isEmpty)
        #expect(found.notRead == "6 not read: 4 links elsewhere, 1 link to a file read, 1 link to nothing")
        // A link named itself is followed.
        #expect(try read([folder.path("secret.txt")]).records.map(\.text) == ["secret"])
    }

    @Test func `input that is not there is an error`() throws {
        let folder = try TemporaryFolder()
        try folder.write("picture.png", "x")
        for (paths, words) in [
            ([folder.path("missing.txt")], "does not exist"), ([folder.url.path], "1 not read: 1 .png"),
            ([], "name files or folders"),
            (["-"], "Standard input"),
        ] {
            let error = #expect(throws: AkinError.self) { try read(paths) }
            #expect(error?.code == .noInput)
            #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        }
    }

    @Test func `a missing path stops before anything is read`() throws {
        let folder = try TemporaryFolder()
        let present = try folder.write("a.txt", "a")
        var events = 0
        #expect(throws: AkinError.self) {
            try CorpusReader(paths: [present, folder.path("missing")]).read { _ in events += 1 }
        }
        #expect(events == 0)
    }

    @Test(
        arguments: [
            ("{\"text\":\"a\"}\n{\"text\":\"b\"}\n", nil, ["stdin#1", "stdin#2"]), ("plain\ntext", nil, ["stdin"]),
            ("text\na\nb\n", .csv, ["stdin#1", "stdin#2"]),
            ("\u{FEFF} {\"text\":\"a\"}", nil, ["stdin#1"]),
        ] as [(String, TextFormat?, [String])])
    func `the format of standard input is guessed`(contents: String, format: TextFormat?, ids: [String]) throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data(contents.utf8))
        try pipe.fileHandleForWriting.close()
        let found = try read(["-"], ReaderOptions(format: format), standardInput: pipe.fileHandleForReading)
        #expect(found.problems.isEmpty)
        #expect(found.records.map(\.id) == ids)
    }

    @Test func `a format that is given takes related and unknown files`() throws {
        let folder = try TemporaryFolder()
        for (name, contents) in [("a.json", "\"1\"\n\"2\""), ("b.data", "\"3\""), ("c.txt", "not this"), ("d.bin", "")]
        {
            try folder.write(name, contents)
        }
        #expect(try read([folder.url.path], ReaderOptions(format: .jsonl)).records.map(\.text) == ["1", "2", "3"])
        #expect(try read([folder.path("c.txt")], ReaderOptions(format: .source)).records.map(\.title) == ["c.txt"])
        #expect(try read([folder.path("b.data")]).records.map(\.text) == ["\"3\""])
    }

    @Test func `errors of the caller stop the reading`() throws {
        struct Stop: Error {}
        let folder = try TemporaryFolder()
        let path = try folder.write("a.jsonl", "\"1\"\n\"2\"\n")
        var records = 0
        #expect(throws: Stop.self) {
            try CorpusReader(paths: [path]).read { event in
                if case .record = event { records += 1 }
                throw Stop()
            }
        }
        #expect(records == 1)
    }
}

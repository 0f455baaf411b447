import AkinTestSupport
import Foundation
import Testing

/// The cache of loaded models under the program itself.
@Suite struct PackedModelProcessTests {
    private let program: Program

    init() throws { program = try Program() }

    private func model() throws -> String {
        let goldens = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "AkinTransformersTests/Goldens/bert/half")
        let model = program.folder.path("half")
        try FileManager.default.copyItem(atPath: goldens.path, toPath: model)
        Thread.sleep(forTimeInterval: 0.12)
        return model
    }

    private func packed() -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: program.folder.path("home/.cache/akin/packed"))) ?? [])
            .sorted()
    }

    @Test func `processes that start together agree`() throws {
        let model = try model()
        let running = try (0..<6).map { _ in
            try program.start(["embed", "--model", model, "--precision", "int8"], input: Data("a man\n".utf8))
        }
        let outputs = running.map { $0.output.fileHandleForReading.readDataToEndOfFile() }
        for process in running {
            process.process.waitUntilExit()
            #expect(process.process.terminationStatus == 0)
        }
        #expect(Set(outputs).count == 1 && !outputs[0].isEmpty)
        #expect(packed().count == 1)
        let again = try program.run(["embed", "--model", model, "--precision", "int8"], input: Data("a man\n".utf8))
        #expect(again.output == outputs[0] && packed().count == 1)
    }

    @Test func `a search by words loads no model`() throws {
        let model = try model()
        try program.folder.write("notes.txt", "A man plays the guitar.")
        #expect(try program.run("index", program.folder.path("notes.txt"), "--model", model).status == 0)
        try FileManager.default.removeItem(atPath: model)
        let found = try program.run("search", "guitar", "--mode", "keyword")
        #expect(found.status == 0 && found.text.contains("guitar"))
    }

    @Test func `doctor reports the cache`() throws {
        let model = try model()
        func finding() throws -> String {
            let findings =
                try JSONSerialization.jsonObject(with: try program.run("doctor", "--json").output) as? [[String: Any]]
            return try #require(findings?.first { $0["topic"] as? String == "packed models" }?["message"] as? String)
        }
        #expect(try finding().contains("none"))
        _ = try program.run(["embed", "--model", model], input: Data("a man\n".utf8))
        #expect(try finding().contains("1 file"))
        #expect(try finding().contains(program.folder.path("home/.cache/akin/packed")))
    }
}

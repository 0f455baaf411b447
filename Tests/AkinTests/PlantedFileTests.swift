import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// Pipes and devices in the place of files that are read.
@Suite struct PlantedFileTests {
    private enum Kind: String, CaseIterable {
        case pipe, device

        func plant(at path: String) throws {
            try? FileManager.default.removeItem(atPath: path)
            switch self {
            case .pipe: mkfifo(path, 0o666)
            case .device: try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/zero")
            }
        }
    }

    private static func store(_ folder: TemporaryFolder) async throws -> Database {
        let database = try await Database.open(
            at: folder.path("store.db"), mode: .create, configuration: .tiny(exactThreshold: 10))
        _ = try await database.put(SampleTexts.documents(0..<90))
        return database
    }

    @Test(arguments: Kind.allCases) private func `an index file that is none is answered around and rebuilt`(
        _ kind: Kind
    ) async throws {
        let folder = try TemporaryFolder()
        try await Self.store(folder).close()
        let index = folder.path(try #require(try folder.indexFiles().first))
        try kind.plant(at: index)
        let database = try await Database.open(
            at: folder.path("store.db"), mode: .readWrite, configuration: .tiny(exactThreshold: 10))
        let answer = try await database.search(SearchRequest("dog", mode: .semantic))
        #expect(
            answer.results.count == 10 && answer.warnings.contains { $0.message.contains("not a regular file") },
            "\(answer.warnings)")
        #expect(try await database.verify().contains { $0.message.contains("not a regular file") })
        _ = try await database.optimize()
        #expect(try await database.verify() == [])
        try await database.close()
    }

    @Test(
        arguments: [
            "config.json", "modules.json", "tokenizer.json", "model.safetensors", "sentence_bert_config.json",
            "tokenizer_config.json",
        ],
        Kind.allCases)
    private func `a model's file that is none is refused`(_ name: String, _ kind: Kind) async throws {
        let folder = try TemporaryFolder()
        let model = folder.path("model")
        try FileManager.default.copyItem(atPath: TinyModel.half.path, toPath: model)
        try kind.plant(at: model + "/" + name)
        var message = ""
        do { _ = try await Embedder.load(Database.Configuration(model: model)) } catch {
            message = "\(error)"
        }
        #expect(message.contains(name) && message.contains("not a regular file"), "\(message)")
    }

    @Test(arguments: ["vectors.npy", "vectors.fvecs"], Kind.allCases)
    private func `a file of vectors that is none is refused`(_ name: String, _ kind: Kind) throws {
        let folder = try TemporaryFolder()
        try kind.plant(at: folder.path(name))
        #expect(throws: AkinError.self) { try VectorFile(path: folder.path(name)) }
    }

    @Test(arguments: Kind.allCases) private func `a file of word vectors that is none is refused`(_ kind: Kind) throws {
        let folder = try TemporaryFolder()
        try kind.plant(at: folder.path("words.vec"))
        #expect(throws: AkinError.self) { try WordVectors(contentsOf: folder.path("words.vec")) }
    }

    @Test(arguments: [0o600, 0o640]) func `an index file can be read by those who can read the store`(_ mode: Int)
        async throws
    {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path("store.db"))
        _ = try await database.put(SampleTexts.documents(90..<200))
        _ = try await database.optimize()
        for name in try folder.indexFiles() {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path(name))
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == mode)
        }
        try await database.close()
    }
}

import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

@Suite struct BackupTests {
    @Test func `a backup beside a writer holds one moment`() async throws {
        let folder = try TemporaryFolder()
        let writer = try await Database.open(
            at: folder.path("store.db"), mode: .create, configuration: .tiny(exactThreshold: 20))
        func round(_ number: Int) -> [Document] {
            (0..<40).map { Document(id: "d\($0)", text: "round\(number)r \(SampleTexts.sentence($0))") }
        }
        _ = try await writer.put(round(0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for number in 1..<25 { _ = try await writer.put(round(number)) } }
            group.addTask {
                let reader = try await Database.open(at: folder.path("store.db"), configuration: .tiny())
                for number in 0..<8 {
                    let summary = try await reader.backup(to: folder.path("copy-\(number).db"))
                    #expect(summary.documents == 40 && summary.bytes > 0)
                }
            }
            try await group.waitForAll()
        }
        for number in 0..<8 {
            let copy = try await Database.open(
                at: folder.path("copy-\(number).db"), mode: .readWrite, configuration: .tiny(exactThreshold: 20))
            #expect(try await copy.verify() == [])
            let texts = Collected<String>()
            try await copy.export { texts.append(String($0.text.prefix { $0 != " " })) }
            #expect(Set(texts.values).count == 1)
            // It is a store of its own.
            #expect(try await copy.put([Document(id: "new", text: "the dog is in a house.")]).added == 1)
            try await copy.close()
        }
        #expect(try await writer.document(id: "new") == nil)
    }

    @Test func `nothing is overwritten and nothing half is left`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put([Document(id: "a", text: "the dog")])
        try folder.write("there.db", "mine")
        await expectRefusal(.cannotCreate, saying: "exists already") {
            try await database.backup(to: folder.path("there.db"))
        }
        #expect(try String(contentsOfFile: folder.path("there.db"), encoding: .utf8) == "mine")
        await expectRefusal(.cannotCreate, saying: "folder") {
            try await database.backup(to: folder.path("no/such/folder.db"))
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path).allSatisfy { !$0.contains("partial") })
    }
}

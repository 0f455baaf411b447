import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

@Suite struct BlankIDTests {
    @Test(arguments: ["", " ", "\n\t", "\u{3000}"])
    func `a document whose id is blank is refused, and nothing of its batch is stored`(id: String) async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .words)
        await expectRefusal(.invalidData, saying: "blank id") {
            try await database.put([Document(id: "a", text: "a dog"), Document(id: id, text: "a cat")])
        }
        #expect(try await database.information().documents == 0)
        try await database.close()
    }
}

import AkinTestSupport
import Foundation
import Testing

/// The library as another package uses it.
@Suite struct ClientPackageTests {
    /// Names the error type, metadata and filters too, which a client must be able to do by importing `Akin` alone; the
    /// names of another package's database stand beside.
    private static let program = """
        import Akin

        struct Configuration {}
        struct Filter {}

        let database = try await Database.open(at: CommandLine.arguments[1], mode: .create, configuration: .init(encoder: .words))
        let run = try await database.put([
            Document(id: "ferry", text: "The ferry leaves at nine.", metadata: ["year": 2024, "tags": ["boats", nil], "size": 1.5]),
            Document(id: "liner", text: "The ferry is a liner.", metadata: ["year": 1912, "draft": true, "place": ["name": "Cork"]]),
            Document(id: "train", text: "The train is late."),
        ])
        try await database.put(Document(id: "train", text: "The train is late."))
        print(run.added, run.encoderKind)
        let answer = try await database.search("when does the ferry go?")
        print(answer.results.count, answer.plan == .exact)
        let recent = try await database.search("ferry", filter: .field("year") >= 2020 && .field("tags").contains("boat"))
        for hit in recent.results { print(hit.id, try await database.document(id: hit.id)?.text(in: hit.range) ?? "") }
        let typed = try Database.Filter("place.name = 'Cork'")
        print(try await database.search("ferry", mode: .keyword, filter: typed && !(.id == "ferry")).results.map(\\.id))
        let clustering = database.clustering(ClusteringOptions(count: 2))
        for await step in clustering where step.fraction == 1 { _ = step.phase }
        print(try await clustering.value.clusters.map(\\.size).reduce(0, +))
        do {
            _ = try await database.search("")
        } catch let error as AkinError where error.code == .invalidArgument {
            print("refused")
        }
        try await database.delete(id: "train")
        try await database.close()

        """

    @Test(.enabled(if: ProcessInfo.processInfo.environment["AKIN_TEST_CLIENT"] != nil))
    func `a program of thirty lines searches, filters and clusters`() throws {
        let folder = try TemporaryFolder()
        try folder.write("Package.swift", ClientBuild.manifest)
        try folder.write("Sources/client/main.swift", Self.program)
        let said = try ClientBuild.run("client", of: folder.url.path, [folder.path("store.db")])
        let expected = """
            3 words
            3 true
            ferry The ferry leaves at nine.
            ["liner"]
            3
            refused

            """
        #expect(said.hasSuffix(expected), "\(said)")
    }
}

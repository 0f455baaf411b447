import AkinTestSupport
import Foundation
import Testing

/// The library as another package uses it.
@Suite struct ClientPackageTests {
    private static let manifest = """
        // swift-tools-version: 6.2
        import PackageDescription

        let package = Package(
            name: "client",
            platforms: [.macOS(.v15)],
            dependencies: [.package(name: "akin", path: "\(repositoryRoot.path)")],
            targets: [.executableTarget(name: "client", dependencies: [.product(name: "Akin", package: "akin")])]
        )

        """

    /// Names the error type, metadata and filters too, which a client must be able to do by importing `Akin` alone; the
    /// names of another package's database stand beside.
    private static let program = """
        import Akin

        struct Configuration {}
        struct Filter {}

        let database = try await Database.open(at: CommandLine.arguments[1], mode: .create, configuration: .init(encoder: .words))
        try await database.put(Document(id: "train", text: "The train is late."))
        let run = try await database.put([
            Document(id: "ferry", text: "The ferry leaves at nine.", metadata: ["year": 2024, "tags": ["boats", nil], "size": 1.5]),
            Document(id: "liner", text: "The ferry is a liner.", metadata: ["year": 1912, "draft": true, "place": ["name": "Cork"]]),
        ])
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

    /// Builds everything the first time, which takes minutes; what was built is kept for the next time.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["AKIN_TEST_CLIENT"] != nil))
    func `a program of thirty lines searches, filters and clusters`() throws {
        let folder = try TemporaryFolder()
        try folder.write("Package.swift", Self.manifest)
        try folder.write("Sources/client/main.swift", Self.program)
        let scratch = repositoryRoot.appending(path: ".build/client").path

        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "swift", "run", "-c", "release", "--package-path", folder.url.path, "--scratch-path", scratch, "client",
            folder.path("store.db"),
        ]
        let (output, errors) = (folder.path("output.txt"), folder.path("errors.txt"))
        for path in [output, errors] { try Data().write(to: URL(filePath: path)) }
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: errors)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let said = try String(contentsOfFile: output, encoding: .utf8)
        let complaints = try String(contentsOfFile: errors, encoding: .utf8)
        #expect(process.terminationStatus == 0, "\(complaints.suffix(4000))")
        let expected = """
            2 words
            3 true
            ferry The ferry leaves at nine.
            ["liner"]
            3
            refused

            """
        #expect(said.hasSuffix(expected), "\(said)")
    }
}

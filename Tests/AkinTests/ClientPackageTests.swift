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

    /// Names the error type and metadata values too, which a client must be able to do by importing `Akin` alone.
    private static let program = """
        import Akin

        let database = try await Database.open(at: CommandLine.arguments[1], mode: .create, configuration: Configuration(encoder: .words))
        _ = try await database.put([
            Document(id: "ferry", text: "The ferry leaves at nine.", metadata: ["year": .number(1999)]),
            Document(id: "train", text: "The train is late."),
        ])
        print(try await database.search(SearchRequest("when does the ferry go?")).results.map(\\.id)[0])
        do {
            _ = try await database.search(SearchRequest(""))
        } catch let error as AkinError where error.code == .invalidArgument {
            print("refused")
        }

        """

    /// Builds everything the first time, which takes minutes; what was built is kept for the next time.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["AKIN_TEST_CLIENT"] != nil))
    func aProgramOfTenLinesSearches() throws {
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
        #expect(said.hasSuffix("ferry\nrefused\n"), "\(said)")
    }
}

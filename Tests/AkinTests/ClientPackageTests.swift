import AkinTestSupport
import Foundation
import Testing

/// The library as other packages use it. Builds everything the first time, which takes minutes; what was built is kept
/// in `.build/client`, which all clients share.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["AKIN_TEST_CLIENT"] != nil))
struct ClientPackageTests {
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

        let database = try await Database.open(at: CommandLine.arguments[1], mode: .create, configuration: .init(encoder: .words))
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

    @Test
    func `a program of ten lines searches`() throws {
        let folder = try TemporaryFolder()
        try folder.write("Package.swift", Self.manifest)
        try folder.write("Sources/client/main.swift", Self.program)
        let output = try Self.run("client", of: folder.url.path, [folder.path("store.db")])
        #expect(output.hasSuffix("ferry\nrefused\n"), "\(output)")
    }

    @Test
    func `the lines of Swift in README find the ferry`() throws {
        let readme = try String(contentsOf: repositoryRoot.appending(path: "README.md"), encoding: .utf8)
        let blocks = readme.split(separator: "```").filter { $0.hasPrefix("swift\nimport Akin\n") }
        let program = try #require(blocks.first).dropFirst("swift\n".count)
        let folder = try TemporaryFolder()
        try folder.write("Package.swift", Self.manifest)
        try folder.write("Sources/client/main.swift", String(program))
        let output = try Self.run("client", of: folder.url.path, in: folder.url)
        #expect(output.contains("1 ferry "), "\(output)")
    }

    /// A program of `tools/examples` with what it is given and what it must print.
    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        let arguments: [String]
        let output: String

        var testDescription: String { name }
    }

    /// Of the arguments those that begin with `@` are paths in the test's folder.
    static let examples = [
        Example(
            name: "notes-search", arguments: ["@notes", "when does the ferry go?"],
            output: "2 added, 0 changed, 0 unchanged, 0 deleted\n1. Timetable\n"),
        Example(name: "cluster-report", arguments: ["@records.jsonl", "@report.html"], output: "12 records"),
        Example(
            name: "imported-vectors", arguments: ["@colors.db", "1", "0.5", "0"],
            output: "6 added, 0 unchanged\n1 orange "),
    ]

    @Test(arguments: examples)
    func `an example builds and prints what it promises`(example: Example) throws {
        let folder = try TemporaryFolder()
        try folder.write("notes/ferry.md", "# Timetable\n\nThe ferry leaves at nine.\n")
        try folder.write("notes/bread.md", "# Sourdough\n\nFeed the starter every evening.\n")
        let texts = ["boats on the river", "loans from the bank", "bread from the oven"]
        let records = (0..<12).map { #"{"id": "\#($0)", "text": "\#(texts[$0 % 3]), \#($0)"}"# }
        try folder.write("records.jsonl", records.joined(separator: "\n"))

        let arguments = example.arguments.map { $0.hasPrefix("@") ? folder.path(String($0.dropFirst())) : $0 }
        let output = try Self.run(
            example.name, of: repositoryRoot.appending(path: "tools/examples").path, arguments)
        #expect(output.contains(example.output), "\(output)")
        if example.name == "cluster-report" {
            let page = try String(contentsOfFile: folder.path("report.html"), encoding: .utf8)
            #expect(page.hasPrefix("<!DOCTYPE html>"))
        }
    }

    /// Builds a program of a package and runs it; what it printed.
    private static func run(
        _ program: String, of package: String, _ arguments: [String] = [], in workingFolder: URL? = nil
    ) throws -> String {
        let folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            [
                "swift", "run", "-c", "release", "--package-path", package,
                "--scratch-path", repositoryRoot.appending(path: ".build/client").path, program,
            ] + arguments
        let (output, errors) = (folder.path("output.txt"), folder.path("errors.txt"))
        for path in [output, errors] { try Data().write(to: URL(filePath: path)) }
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: errors)
        process.standardInput = FileHandle.nullDevice
        if let workingFolder { process.currentDirectoryURL = workingFolder }
        try process.run()
        process.waitUntilExit()
        let complaints = try String(contentsOfFile: errors, encoding: .utf8)
        #expect(process.terminationStatus == 0, "\(complaints.suffix(4000))")
        return try String(contentsOfFile: output, encoding: .utf8)
    }
}

import AkinTestSupport
import Foundation
import Testing

/// The programs that the documentation shows, built as other packages build them.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["AKIN_TEST_CLIENT"] != nil))
struct ClientPackageExampleTests {
    @Test
    func `the package in README builds and finds what it stored`() throws {
        let blocks = try SwiftBlocks.page("README.md")
        let manifest = try #require(blocks.first { $0.contains("import PackageDescription") })
        let program = try #require(blocks.first { $0.hasPrefix("import Akin\n") })
        let dependency = #".package(url: "…/akin", from: "0.1.0")"#
        #expect(manifest.contains(dependency))
        let folder = try TemporaryFolder()
        try folder.write(
            "Package.swift",
            manifest.replacing(dependency, with: #".package(name: "akin", path: "\#(repositoryRoot.path)")"#))
        try folder.write("Sources/notes/main.swift", program)
        let output = try ClientBuild.run("notes", of: folder.url.path, in: folder.url)
        // Which document is first depends on whether a model is installed.
        #expect(output.contains(" ferry ") && output.contains(" bread "), "\(output)")
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
        let output = try ClientBuild.run(
            example.name, of: repositoryRoot.appending(path: "tools/examples").path, arguments)
        #expect(output.contains(example.output), "\(output)")
        if example.name == "cluster-report" {
            let page = try String(contentsOfFile: folder.path("report.html"), encoding: .utf8)
            #expect(page.hasPrefix("<!DOCTYPE html>"))
        }
    }
}

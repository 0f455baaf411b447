import AkinTestSupport
import Foundation
import Testing

/// The Swift of the guides and of the reference, built as another package builds it.
@Suite struct ClientPackageGuideTests {
    /// The blocks of a page make one function, as a reader types them one after another. A block in a comment makes one
    /// by itself, for which a database is open. Whatever else a block needs it must say.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["AKIN_TEST_CLIENT"] != nil))
    func `every block of Swift in guides and comments compiles without a warning`() throws {
        let folder = try TemporaryFolder()
        var functions = 0
        func write(_ blocks: [String], parameters: String) throws {
            functions += 1
            let lines = blocks.joined().split(separator: "\n")
            let imports = Set(lines.filter { $0.hasPrefix("import ") } + ["import Akin", "import Foundation"]).sorted()
            let body = lines.filter { !$0.hasPrefix("import ") }
            let function = ["func example\(functions)(\(parameters)) async throws {"] + body + ["}", ""]
            try folder.write("Sources/client/Example\(functions).swift", (imports + function).joined(separator: "\n"))
        }
        for page in try SwiftBlocks.files(below: "Sources/Akin/Akin.docc", ending: ".md") {
            let blocks = try SwiftBlocks.page(page).filter { !$0.contains("PackageDescription") }
            if !blocks.isEmpty { try write(blocks, parameters: "") }
        }
        let pages = functions
        for file in try ["Sources/Akin", "Sources/AkinCore"].flatMap({
            try SwiftBlocks.files(below: $0, ending: ".swift")
        }) {
            for block in try SwiftBlocks.comments(file) { try write([block], parameters: "database: Database") }
        }
        #expect(pages > 5 && functions > pages + 5)
        try folder.write("Sources/client/main.swift", "print(\"built\")\n")
        try folder.write("Package.swift", ClientBuild.strictManifest)
        #expect(try ClientBuild.run("client", of: folder.url.path) == "built\n")
    }

    @Test
    func `the guide for beginners shows the manifest that README shows`() throws {
        let manifests = try ["README.md", "Sources/Akin/Akin.docc/GettingStarted.md"].map { page in
            try #require(try SwiftBlocks.page(page).first { $0.contains("import PackageDescription") })
        }
        #expect(manifests[0] == manifests[1])
    }
}

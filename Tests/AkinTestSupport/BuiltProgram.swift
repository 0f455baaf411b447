package import Foundation

/// A program of this package, as it was built beside the tests.
package enum BuiltProgram {
    /// `$AKIN_BINARY`'s folder, else that of the test bundle, else the package's build folders; nil where the program
    /// is not built.
    package static func url(_ name: String) -> URL? {
        let given = ProcessInfo.processInfo.environment["AKIN_BINARY"].map { URL(fileURLWithPath: $0) }
        if let given, given.lastPathComponent == name { return given }
        let bundles = CommandLine.arguments.filter { $0.contains(".xctest") }.map { argument -> URL in
            var url = URL(fileURLWithPath: argument)
            while url.path.contains(".xctest") { url.deleteLastPathComponent() }
            return url
        }
        let folders =
            (given.map { [$0.deletingLastPathComponent()] } ?? []) + bundles + [Bundle.main.bundleURL]
            + ["release", "debug"].map { package.appending(path: ".build/\($0)") }
        return folders.map { $0.appending(path: name) }.first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    /// The folder of the package's manifest.
    package static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
}

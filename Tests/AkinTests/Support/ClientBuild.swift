import AkinTestSupport
import Foundation
import Testing

/// Packages that depend on this one. Builds everything the first time, which takes minutes; what was built is kept in
/// `.build/client`, which all of them share.
enum ClientBuild {
    /// A package of one program, `client`, in `Sources/client`.
    static let manifest = manifest(settings: "")
    /// The same, in which a warning is an error.
    static let strictManifest = manifest(settings: ", swiftSettings: [.treatAllWarnings(as: .error)]")

    private static func manifest(settings: String) -> String {
        """
        // swift-tools-version: 6.2
        import PackageDescription

        let package = Package(
            name: "client",
            platforms: [.macOS(.v15)],
            dependencies: [.package(name: "akin", path: "\(repositoryRoot.path)")],
            targets: [
                .executableTarget(
                    name: "client", dependencies: [.product(name: "Akin", package: "akin")]\(settings))
            ]
        )

        """
    }

    /// Builds a program of a package and runs it; what it printed.
    static func run(
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

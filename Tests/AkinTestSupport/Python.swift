package import Foundation

/// The system's Python, whose standard library is an oracle for formats that it reads too.
package enum Python {
    private static let path = "/usr/bin/python3"

    package static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// What a script writes to its standard output; it finds `input` in the file named by its argument.
    package static func run(_ script: String, input: Data = Data()) throws -> Data {
        let folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = ["-I", "-c", script, try folder.write("input", input)]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return data
    }
}

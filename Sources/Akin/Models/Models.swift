import AkinTransformers
import AkinCore
import Foundation

/// The encoder models on this machine: folders in the Hugging Face layout below `Models.folder`, or anywhere else by
/// path.
public enum Models {
    /// Where `fetch` puts models: `$AKIN_MODELS`, else `$XDG_CACHE_HOME/akin/models`, else `~/.cache/akin/models`. A
    /// relative `$AKIN_MODELS` is a folder below the working folder, as every path that a user names; other variables
    /// count only if absolute.
    public static var folder: String {
        if let own = ProcessInfo.processInfo.environment["AKIN_MODELS"], !own.isEmpty { return own }
        return cacheFolder + "/models"
    }

    /// Where loaded models are kept ready for the next process: `$XDG_CACHE_HOME/akin/packed`, else
    /// `~/.cache/akin/packed`. May be removed at any time.
    public static var packedFolder: String { cacheFolder + "/packed" }

    static var packed: PackedModelCache { PackedModelCache(folder: URL(filePath: packedFolder)) }

    /// The XDG Base Directory Specification has relative paths ignored: what is cached must not depend on the working
    /// folder, in which others may have put a folder of that name.
    private static var cacheFolder: String {
        let environment = ProcessInfo.processInfo.environment
        if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return cache + "/akin" }
        return homeFolder(environment["HOME"]) + "/.cache/akin"
    }

    /// `$HOME` where it is an absolute path, else what the system knows of this user.
    private static func homeFolder(_ variable: String?) -> String {
        if let variable, variable.hasPrefix("/") { return variable }
        guard let entry = unsafe getpwuid(geteuid()), let folder = unsafe entry.pointee.pw_dir else { return "" }
        return unsafe String(cString: folder)
    }

    /// The models below `folder`, by name, as their configuration files describe them. A folder that is no model is
    /// left out; whether a model can be loaded is not tried.
    public static func installed() throws -> [InstalledModel] {
        installedFolders().compactMap { try? describe($0) }
    }

    /// One model, by name or folder, after it was loaded once.
    public static func information(_ nameOrFolder: String) throws -> InstalledModel {
        let folder = try locate(nameOrFolder)
        _ = try encoder(at: folder, precision: .fp32, cache: nil)
        return try describe(folder)
    }

    /// The folder of a model: a path with a slash or an existing folder is taken as it is, anything else is looked up
    /// among the installed ones.
    static func locate(_ nameOrFolder: String) throws -> URL {
        let asPath = URL(filePath: (nameOrFolder as NSString).expandingTildeInPath)
        if ModelFolder.holdsNetwork(asPath) { return asPath }
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

    /// The best installed model, or nil when there is none: the one Akin fetches by name, else the first by name.
    static func preferred() -> URL? {
        let folders = installedFolders()
        return folders.first { $0.lastPathComponent == ModelSource.miniLM.name } ?? folders.first
    }

    /// The best installed model that is a network, not a static model; nil when there is none.
    static func preferredNetwork() -> URL? {
        let folders = installedFolders().filter { !StaticModel.isFolder($0) }
        return folders.first { $0.lastPathComponent == ModelSource.miniLM.name } ?? folders.first
    }

    private static func installedFolders() -> [URL] {
        let root = URL(filePath: folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        return names.sorted().filter { $0.utf8.first != UInt8(ascii: ".") }.map { root.appending(path: $0) }.filter(
            ModelFolder.holdsNetwork)
    }

    private static func describe(_ folder: URL) throws -> InstalledModel {
        let model = try ModelDescription(folder: folder)
        return InstalledModel(
            name: folder.lastPathComponent, path: folder.path, dimension: model.dimension, layers: model.layers,
            maximumTokens: model.maximumTokens ?? 0, vocabularySize: model.vocabularySize, pooling: model.pooling,
            bytes: model.bytes)
    }
}

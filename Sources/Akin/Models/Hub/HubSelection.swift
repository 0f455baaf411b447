import AkinCore

/// Which files of a repository a model is made of. Everything else stays where it is: weights in formats that may hold
/// programs, weights for other runtimes, programs, pictures.
struct HubSelection {
    /// Settings and vocabularies of a network and its tokenizer, read as text.
    private static let texts = [
        "config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json",
        "vocab.txt", "vocab.json", "merges.txt", "sentence_bert_config.json", "sentence_roberta_config.json",
        "sentence_distilbert_config.json", "sentence_camembert_config.json", "sentence_albert_config.json",
        "sentence_xlm-roberta_config.json", "sentence_xlnet_config.json",
    ]
    static let modules = "modules.json"
    static let weights = "model.safetensors"
    static let index = "model.safetensors.index.json"
    private static let prompts = "config_sentence_transformers.json"

    let listing: HubListing
    /// What errors call the model.
    let name: String

    /// The files that say what the model is, once its `modules.json` has come where it has one.
    ///
    /// - Parameter modules: the folders of its modules, the network's first.
    func settings(_ modules: [String]) -> [String] {
        let network = modules.first ?? ""
        let wanted =
            [Self.modules, Self.prompts] + (Self.texts + [Self.index]).map { Self.path($0, in: network) }
            + modules.dropFirst().filter { !$0.isEmpty }.map { Self.path("config.json", in: $0) }
        return wanted.filter { listing.files[$0] != nil }
    }

    /// The files of weights, once the settings have come.
    ///
    /// - Parameter shards: the files that the index of weights names, nil where there is none.
    /// - Throws: `AkinError(.noModel)` where the network's weights are not in the safetensors format.
    func weights(_ modules: [String], shards: Set<String>?) throws -> [String] {
        let network = modules.first ?? ""
        let single = Self.path(Self.weights, in: network)
        var files: [String]
        if listing.files[single] != nil {
            files = [single]
        } else if let shards, !shards.isEmpty {
            files = try shards.sorted().map { shard in
                let path = Self.path(shard, in: network)
                guard HubListing.isInside(shard), !shard.contains("/"), shard.hasSuffix(".safetensors") else {
                    throw AkinError(
                        .invalidData,
                        "\(name): its index of weights names the file '\(shard)', which is none of weights in the same folder."
                    )
                }
                guard listing.files[path] != nil else {
                    throw AkinError(.invalidData, "\(name): its index names the file \(shard), which it does not have.")
                }
                return path
            }
        } else {
            throw AkinError(
                .noModel,
                "\(name) has no weights in the safetensors format, and no other is read. Name a revision that has them, such as "
                    + "refs/pr/1, where the hub has converted them, or choose another model.")
        }
        files += modules.dropFirst().filter { !$0.isEmpty }.map { Self.path(Self.weights, in: $0) }.filter {
            listing.files[$0] != nil
        }
        return files
    }

    static func path(_ name: String, in folder: String) -> String { folder.isEmpty ? name : "\(folder)/\(name)" }
}

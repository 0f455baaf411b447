import AkinCore

/// What the "pair" of a `TemplateProcessing` puts around and between two texts, by the names of the special tokens.
struct PairTemplate: Sendable, Hashable, Codable {
    private(set) var before: [String] = []
    private(set) var between: [String] = []
    private(set) var after: [String] = []
    /// Whether the second text has a type of its own.
    private(set) var hasSecondSegment = false

    /// `<s>` A `</s>` `</s>` B `</s>`
    static func roberta(_ classToken: String, _ separator: String) -> PairTemplate {
        PairTemplate(
            before: [classToken], between: [separator, separator], after: [separator], hasSecondSegment: false)
    }

    private init(before: [String], between: [String], after: [String], hasSecondSegment: Bool) {
        (self.before, self.between, self.after) = (before, between, after)
        self.hasSecondSegment = hasSecondSegment
    }

    /// Reads the pieces of a template; nil for anything but a first text, a second text and special tokens.
    init?(_ value: JSONValue?) {
        guard case .array(let pieces)? = value else { return nil }
        var texts: [String] = []
        for piece in pieces {
            guard case .object(let members) = piece else { return nil }
            if case .object(let text)? = members["Sequence"], case .string(let name)? = text["id"] {
                texts.append(name)
                if texts.count == 2 { hasSecondSegment = (text["type_id"]?.number ?? 0) != 0 }
            } else if case .object(let token)? = members["SpecialToken"], case .string(let name)? = token["id"] {
                switch texts.count {
                case 0: before.append(name)
                case 1: between.append(name)
                default: after.append(name)
                }
            } else {
                return nil
            }
        }
        guard texts == ["A", "B"] else { return nil }
    }
}

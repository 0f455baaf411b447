import AkinCore
import AkinText

/// The fields that examples are read from. Where none is named, the first of the usual names that a record has, in any
/// case of letters.
package struct ExampleFields: Hashable, Sendable {
    /// The text, or the first of two.
    package var text: String?
    /// The second text.
    package var pair: String?
    /// The class, or the score of two texts.
    package var label: String?

    package init(text: String? = nil, pair: String? = nil, label: String? = nil) {
        self.text = text
        self.pair = pair
        self.label = label
    }

    static let usualTexts = RecordMapper.defaultTextFields
    static let usualPairs = [
        ("text_a", "text_b"), ("sentence1", "sentence2"), ("text1", "text2"), ("question1", "question2"),
        ("s1", "s2"), ("premise", "hypothesis"), ("query", "document"), ("first", "second"),
    ]
    static let usualIDs = ["id", "path", "file", "filename", "doc_id", "document"]
    static let usualLabels = ["label", "class", "category", "intent", "target"]
    static let usualScores = ["score", "similarity", "similarity_score", "rating"]
}

/// One record, from which an example is read.
struct ExampleRecord {
    let fields: [String: JSONValue]
    let line: Int
    let file: FieldRecords

    func fault(_ message: String) -> AkinError { file.fault(line, message) }

    /// The names of the two texts, of which the second may be missing.
    func textKeys(_ names: ExampleFields) throws -> (text: String, pair: String?) {
        if names.text == nil, names.pair == nil {
            for (first, second) in ExampleFields.usualPairs {
                if let first = fields.key(named: [first]), let second = fields.key(named: [second]) {
                    return (first, second)
                }
            }
        }
        if let text = names.text ?? fields.key(named: ExampleFields.usualTexts) { return (text, names.pair) }
        throw fault("the record has no text field; it has \(fields.listOfNames); name the field")
    }

    /// The name of the label's field.
    func labelKey(_ name: String?, usual: [String]) throws -> String {
        if let key = name ?? fields.key(named: usual) { return key }
        if let empty = usual.first(where: { fields[$0] == .null }) {
            throw fault("the field '\(empty)' is null, and every example needs one")
        }
        throw fault("the record has no field '\(usual[0])'; it has \(fields.listOfNames); name the field")
    }

    /// What a record calls a text: a text or a whole number.
    func id(_ name: String?) throws -> String {
        guard let key = name ?? fields.key(named: ExampleFields.usualIDs) else {
            throw fault("the record has no field 'id'; it has \(fields.listOfNames); name the field")
        }
        let value = try value(key)
        let id: String? = if case .string(let text) = value { text } else { value.wholeNumberText }
        guard let id, id.hasVisibleText else { throw fault("the field '\(key)' names no text") }
        return id
    }

    /// A text that is there and holds something.
    func text(_ key: String) throws -> String {
        let value = try value(key)
        guard case .string(let text) = value else {
            throw fault("the field '\(key)' holds no text; write it in quotes, or name another field")
        }
        guard text.hasVisibleText else { throw fault("the field '\(key)' is empty; leave the record out") }
        guard !text.utf8.contains(0) else { throw fault("the field '\(key)' holds a NUL character; remove it") }
        return text
    }

    /// The name of a class: a text, a whole number, or true or false.
    func label(_ key: String) throws -> String {
        let value = try value(key)
        let name: String? =
            switch value {
            case .string(let text): String(text.trimmingWhiteSpace)
            case .bool(let flag): flag ? "true" : "false"
            default: value.wholeNumberText
            }
        guard let name else {
            throw fault("the label is neither a text nor a whole number; a class is one of those")
        }
        guard !name.isEmpty else { throw fault("the label is empty; leave the record out or give it one") }
        guard !name.utf8.contains(0) else { throw fault("the label holds a NUL character; remove it") }
        return name
    }

    /// A finite number.
    func score(_ key: String) throws -> Double {
        let value = try value(key)
        let number: Double? =
            if case .string(let text) = value { Double(text.trimmingWhiteSpace) } else { value.number }
        guard let number, number.isFinite else {
            throw fault("the score '\(value.scalarText ?? "")' is no finite number; leave the record out or mend it")
        }
        return number
    }

    private func value(_ key: String) throws -> JSONValue {
        guard let value = fields[key], value != .null else {
            throw fault("the record has no field '\(key)'; it has \(fields.listOfNames)")
        }
        return value
    }
}

extension String {
    /// Without white space at both ends.
    var trimmingWhiteSpace: Substring {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return self[first...last]
    }
}

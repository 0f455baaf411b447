import AkinCore

/// Makes texts of records: finds the fields, checks them and reports what is wrong.
package struct RecordMapper {
    /// The fields in which the text is looked for, in this order and in any letter case, if no field is named.
    package static let defaultTextFields = ["text", "content", "body", "document", "passage", "sentence"]
    /// The fields in which the title is looked for, in this order and in any letter case, if no field is named.
    package static let defaultTitleFields = ["title", "name", "headline"]

    /// An object under this name is the record's metadata, as exports write it.
    private static let metadataField = "metadata"
    /// A text under this name beside a metadata object is the record's source, as exports write it.
    private static let sourceField = "source"

    let options: ReaderOptions
    let file: SourceFile
    /// The columns of a file whose values come without types.
    struct Columns {
        let names: [String]
        let types: ColumnTypes
    }

    /// The types of the columns; nil where values come with types.
    var columns: Columns?
    /// The field that holds the text if neither an option nor a default name says so.
    var onlyField: String?

    /// - Parameters:
    ///   - number: the record's number in its file, from 1; nil when the file is one record.
    ///   - line: where the record begins.
    func event(for value: JSONValue, number: Int?, line: Int?) -> ReadEvent {
        let suffix = number.map { "#\($0)" } ?? ""
        do throws(Refusal) {
            let found = try fields(of: value)
            return .record(
                TextRecord(
                    id: found.id ?? file.id + suffix, hasOwnID: found.id != nil, title: found.title, text: found.text,
                    metadata: found.metadata, source: found.source ?? file.source + suffix, line: line,
                    blocks: found.source == nil ? line.map { Self.blocks(of: found.text, line: $0) } ?? [] : []))
        } catch {
            return .problem(
                RecordProblem(
                    path: file.path, line: line, message: error.message, remedy: error.remedy,
                    lacksText: error.lacksText))
        }
    }

    /// A record's text stands on the line where the record begins.
    private static func blocks(of text: String, line: Int) -> [TextBlock] {
        [TextBlock(kind: .tableRow, lines: line...line, range: 0..<text.unicodeScalars.count)]
    }

    private struct Refusal: Error {
        let message: String
        var remedy: Remedy? = nil
        var lacksText = false
    }

    private struct Found {
        var id: String?
        var title: String?
        var text: String
        var source: String?
        var metadata: [String: JSONValue] = [:]
    }

    private func fields(of value: JSONValue) throws(Refusal) -> Found {
        switch value {
        case .string(let text):
            try check(text, named: "the text")
            guard text.hasVisibleText else { throw Refusal(message: "the text is empty; leave the record out") }
            return Found(text: text)
        case .object(let fields):
            return try mapped(fields)
        default:
            throw Refusal(
                message: "the record is \(value.kindName), where an object with a text field, or a string, is needed",
                lacksText: true)
        }
    }

    private func mapped(_ fields: [String: JSONValue]) throws(Refusal) -> Found {
        let idKey = options.idField ?? fields.key(named: ["id"]) ?? nameableID(in: fields)
        let titleKey = options.titleField ?? fields.key(named: Self.defaultTitleFields)
        let title = titleKey.flatMap { fields[$0]?.scalarText }.flatMap { $0.hasVisibleText ? $0 : nil }
        if let title { try check(title, named: "the title") }

        guard let textKey = options.textField ?? fields.key(named: Self.defaultTextFields) ?? onlyField else {
            throw Refusal(
                message: "the record has no text field; it has \(fields.listOfNames)", remedy: .give(.textField),
                lacksText: true)
        }
        guard let textValue = fields[textKey], textValue != .null else {
            throw Refusal(
                message: "the record has no field '\(textKey)'; it has \(fields.listOfNames)",
                remedy: .giveAnother(.textField), lacksText: true)
        }
        guard case .string(let text) = textValue else {
            throw Refusal(
                message: "the field '\(textKey)' is \(textValue.kindName), where a text in quotes is needed",
                remedy: .giveAnother(.textField), lacksText: true)
        }
        try check(text, named: "the field '\(textKey)'")
        guard text.hasVisibleText || title != nil else {
            throw Refusal(
                message: "the field '\(textKey)' is empty and there is no title; leave the record out or give it a text"
            )
        }

        var found = Found(id: try id(in: fields, key: idKey), title: title, text: text)
        let usedKeys = [idKey, textKey, title == nil ? nil : titleKey]
        if case .object? = fields[Self.metadataField], case .string(let source)? = fields[Self.sourceField],
            !usedKeys.contains(Self.sourceField)
        {
            try check(source, named: "the field '\(Self.sourceField)'")
            found.source = source
        }
        if let wanted = options.metadataFields {
            for name in wanted {
                if let value = fields[name], value != .null { found.metadata[name] = value }
            }
        } else {
            for (name, value) in fields
            where !usedKeys.contains(name) && !(name == Self.sourceField && found.source != nil) {
                if name == Self.metadataField, case .object(let inner) = value {
                    for member in inner.keys {
                        guard let own = fields.index(forKey: member),
                            fields[own].key.differsByNormalFormOnly(from: member)
                        else { continue }
                        throw Refusal(message: JSONReader.clashMessage(member))
                    }
                    found.metadata.merge(inner) { own, _ in own }
                } else if value != .null {
                    found.metadata[name] = value
                }
            }
        }
        if let columns { found.metadata = columns.typed(found.metadata) }
        for (name, value) in found.metadata where value.holdsNUL || name.holdsNUL {
            throw Refusal(message: "the field '\(name.replacing("\0", with: "\\0"))' holds a NUL character; remove it")
        }
        return found
    }

    private func id(in fields: [String: JSONValue], key: String?) throws(Refusal) -> String? {
        guard let key else { return nil }
        guard let value = fields[key], value != .null else {
            guard options.idField != nil else { return nil }
            throw Refusal(
                message: "the record has no field '\(key)' for its id; it has \(fields.listOfNames)",
                remedy: .giveAnother(.idField))
        }
        switch value {
        case .string(let text):
            guard text.hasVisibleText else {
                throw Refusal(
                    message: "the id field '\(key)' is empty, and each record needs an id of its own",
                    remedy: .giveAnother(.idField))
            }
            try check(text, named: "the id field '\(key)'")
            return text
        case .number, .numeral:
            guard let text = value.wholeNumberText else {
                throw Refusal(
                    message:
                        "the id field '\(key)' is a number that is not whole or too large to be exact; write it in quotes"
                )
            }
            return text
        default:
            throw Refusal(
                message: "the id field '\(key)' is \(value.kindName), where text or a whole number is needed",
                remedy: .giveAnother(.idField))
        }
    }

    /// The field `_id` that BEIR's corpora and many exports have, where it can be an id; MongoDB's objects are metadata
    /// like others.
    private func nameableID(in fields: [String: JSONValue]) -> String? {
        fields.key(named: ["_id"]).flatMap { key in
            switch fields[key] {
            case .string?, .number?: key
            default: nil
            }
        }
    }

    private func check(_ text: String, named name: String) throws(Refusal) {
        if text.holdsNUL { throw Refusal(message: "\(name) holds a NUL character; remove it") }
    }

    /// Whether a field of a record becomes metadata, judged by its name.
    func keepsAsMetadata(_ name: String) -> Bool {
        if let wanted = options.metadataFields { return wanted.contains(name) }
        let others = ["id"] + Self.defaultTextFields.prefix(1) + Self.defaultTitleFields.prefix(1)
        let named = [options.idField, options.textField, options.titleField, onlyField].compactMap { $0 }
        return !named.contains(name) && !others.contains(name.lowercased())
    }
}

extension RecordMapper.Columns {
    /// Metadata with the types of its columns; empty cells are no values.
    func typed(_ metadata: [String: JSONValue]) -> [String: JSONValue] {
        var typed: [String: JSONValue] = [:]
        for (column, name) in names.enumerated() {
            guard case .string(let text)? = metadata[name] else { continue }
            typed[name] = types.value(text, column: column)
        }
        return typed
    }
}

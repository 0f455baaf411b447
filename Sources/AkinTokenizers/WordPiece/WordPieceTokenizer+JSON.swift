import AkinCore
package import Foundation

extension WordPieceTokenizer: Tokenizer {
    /// The tokenizer of a static model, which needs no `[CLS]` and `[SEP]`.
    init(_ sections: TokenizerSections) throws {
        let file = try TokenizerFile(sections)
        try self.init(file.configuration, file.entries, file: sections.file, needsFrame: false)
    }

    /// Reads the bytes of a `tokenizer.json`, of a static model too.
    ///
    /// - Parameter name: What errors call the bytes.
    package init(json: Data, name: String) throws { try self.init(TokenizerSections(Array(json), file: name)) }

    /// The same tokenizer with more words in its vocabulary, which it then keeps whole where it took them apart before.
    /// Their ids follow the highest one, in the order given.
    ///
    /// - Parameter words: As the tokenizer leaves them after normalisation, without punctuation; none of them is in the
    ///   vocabulary.
    package func adding(words: [String]) throws -> WordPieceTokenizer {
        var entries = VocabularyEntries()
        vocabulary.forEach { entries.append($1, id: $0) }
        for (place, word) in words.enumerated() { entries.append(word.utf8, id: Int32(vocabularySize + place)) }
        return try WordPieceTokenizer(
            configuration, entries, file: "the vocabulary with the texts' own words", needsFrame: false)
    }

    package func plainTokens(_ text: String, maximumTokens: Int?) -> PlainTokens {
        let encoding = framed(text, maximumTokens: maximumTokens.map { $0 + 2 })
        let inner = encoding.ids.dropFirst().dropLast()
        return PlainTokens(
            ids: encoding.unknownCount > 0 ? inner.filter { $0 != unknownID } : Array(inner),
            unknown: encoding.unknownCount,
            truncated: encoding.truncated)
    }

    package func placedTokens(_ text: String) -> (ids: [Int32], ranges: [Range<Int>]) {
        let encoding = framed(text, maximumTokens: nil)
        return (Array(encoding.ids.dropFirst().dropLast()), Array(encoding.ranges.dropFirst().dropLast()))
    }

    package var json: Data {
        var fields: [String] = ["\"version\":\"1.0\"", "\"truncation\":null", "\"padding\":null"]
        let added = configuration.addedTokens.map { token in
            "{\"id\":\(token.id),\"content\":\(Self.quoted(token.content)),\"single_word\":\(token.singleWord),"
                + "\"lstrip\":\(token.stripsLeft),\"rstrip\":\(token.stripsRight),\"normalized\":\(token.normalized),\"special\":true}"
        }
        fields.append("\"added_tokens\":[\(added.joined(separator: ","))]")
        fields.append(
            "\"normalizer\":{\"type\":\"BertNormalizer\",\"clean_text\":\(configuration.cleansText),"
                + "\"handle_chinese_chars\":\(configuration.padsIdeographs),\"strip_accents\":\(configuration.stripsAccents),"
                + "\"lowercase\":\(configuration.lowercases)}")
        fields.append("\"pre_tokenizer\":{\"type\":\"BertPreTokenizer\"}")
        fields.append("\"post_processor\":null")
        fields.append(
            "\"decoder\":{\"type\":\"WordPiece\",\"prefix\":\(Self.quoted(configuration.continuingPrefix)),\"cleanup\":true}"
        )
        var entries: [String] = []
        entries.reserveCapacity(vocabulary.count)
        vocabulary.forEach { id, token in entries.append("\(Self.quoted(String(decoding: token, as: UTF8.self))):\(id)")
        }
        fields.append(
            "\"model\":{\"type\":\"WordPiece\",\"unk_token\":\(Self.quoted(configuration.unknownToken)),"
                + "\"continuing_subword_prefix\":\(Self.quoted(configuration.continuingPrefix)),"
                + "\"max_input_chars_per_word\":\(configuration.maximumWordScalars),\"vocab\":{\(entries.joined(separator: ","))}}"
        )
        return Data("{\(fields.joined(separator: ","))}".utf8)
    }

    /// A JSON string.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

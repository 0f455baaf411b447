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

    /// The same tokenizer with more words in its vocabulary, which are then whole tokens and no longer divided. Their
    /// ids follow the highest one, in the order given.
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

    package var frameTokens: (before: [Int32], after: [Int32]) {
        hasFrame ? ([classID], [separatorID]) : ([], [])
    }

    package var pairFrame: PairFrame? { hasFrame ? frameOfPairs : nil }

    package func placedTokens(_ text: String) -> (ids: [Int32], ranges: [Range<Int>]) {
        let encoding = framed(text, maximumTokens: nil)
        return (Array(encoding.ids.dropFirst().dropLast()), Array(encoding.ranges.dropFirst().dropLast()))
    }

    package var json: Data {
        var json = JSONWriter(escaping: .required)
        json.syntax(#"{"version":"1.0","truncation":null,"padding":null,"added_tokens":"#)
        json.array(configuration.addedTokens) { $0.write($1) }
        json.syntax(#","normalizer":{"type":"BertNormalizer","clean_text":"#)
        json.bool(configuration.cleansText)
        json.syntax(#","handle_chinese_chars":"#)
        json.bool(configuration.padsIdeographs)
        json.syntax(#","strip_accents":"#)
        json.bool(configuration.stripsAccents)
        json.syntax(#","lowercase":"#)
        json.bool(configuration.lowercases)
        json.syntax(#"},"pre_tokenizer":{"type":"BertPreTokenizer"},"post_processor":null,"#)
        json.syntax(#""decoder":{"type":"WordPiece","prefix":"#)
        json.string(configuration.continuingPrefix)
        json.syntax(#","cleanup":true},"model":{"type":"WordPiece","unk_token":"#)
        json.string(configuration.unknownToken)
        json.syntax(#","continuing_subword_prefix":"#)
        json.string(configuration.continuingPrefix)
        json.syntax(#","max_input_chars_per_word":"#)
        json.integer(configuration.maximumWordScalars)
        json.syntax(#","vocab":{"#)
        var isFirst = true
        vocabulary.forEach { id, token in
            if !isFirst { json.syntax(",") }
            isFirst = false
            json.string(String(decoding: token, as: UTF8.self))
            json.syntax(":")
            json.integer(Int(id))
        }
        json.syntax("}}}")
        return Data(json.bytes)
    }
}

extension JSONWriter {
    fileprivate mutating func write(_ token: AddedToken) {
        syntax(#"{"id":"#)
        integer(Int(token.id))
        syntax(#","content":"#)
        string(token.content)
        syntax(#","single_word":"#)
        bool(token.singleWord)
        syntax(#","lstrip":"#)
        bool(token.stripsLeft)
        syntax(#","rstrip":"#)
        bool(token.stripsRight)
        syntax(#","normalized":"#)
        bool(token.normalized)
        syntax(#","special":true}"#)
    }
}

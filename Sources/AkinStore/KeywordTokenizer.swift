package import AkinCore
import Foundation
import GRDB

/// FTS5's own tokenizer, with the options of the store's keyword index: the terms that it makes of a text are those
/// that the index has.
struct KeywordTokenizer {
    private let tokenizer: any FTS5Tokenizer

    /// As the definition of `passage_search` in `v001_initial.sql` names them.
    private static let options = ["porter", "unicode61"]
    /// Bytes of a term that FTS5 keeps (`FTS5_MAX_TOKEN_SIZE`).
    static let longestTerm = 32_768

    /// The tokenizer belongs to the connection, and lives no longer than what it is made in.
    init(_ database: Database) throws {
        tokenizer = try database.makeTokenizer(FTS5TokenizerDescriptor(components: Self.options))
    }

    /// Replaces a list by the terms of a text.
    func tokenize(_ text: UnsafeRawBufferPointer, into list: inout TermList) throws {
        list.removeAll()
        guard text.count > 0 else { return }
        let code = unsafe withUnsafeMutablePointer(to: &list) { list in
            unsafe tokenizer.tokenize(
                context: UnsafeMutableRawPointer(list), tokenization: .document,
                pText: text.baseAddress?.assumingMemoryBound(to: CChar.self), nText: CInt(text.count)
            ) { context, _, term, count, _, _ in
                let bytes = unsafe UnsafeRawBufferPointer(
                    start: term, count: min(Int(count), KeywordTokenizer.longestTerm))
                unsafe context?.assumingMemoryBound(to: TermList.self).pointee.append(bytes)
                return 0
            }
        }
        guard code == 0 else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }
}

extension StoreReader {
    /// The terms by which the keyword index knows the words of each text.
    package func keywordTerms(of texts: [String]) throws -> [TermList] {
        let tokenizer = try keywordTokenizer()
        return try texts.map { text in
            var (text, list) = (text, TermList())
            try text.withUTF8 { try unsafe tokenizer.tokenize(UnsafeRawBufferPointer($0), into: &list) }
            return list
        }
    }

    /// Calls `body` with each passage after one, in ascending order, and the terms that the keyword index has of it.
    /// Cost: reads and tokenizes their texts.
    package func forEachKeywordText(
        afterPassage: Int64 = 0, _ body: (_ passage: Int64, _ terms: TermList) throws -> Void
    ) throws {
        let tokenizer = try keywordTokenizer()
        var list = TermList()
        let statement = try database.makeStatement(
            sql: "SELECT id, CAST(text AS BLOB) FROM passage_search_text WHERE id > ? ORDER BY id")
        let cursor = try Row.fetchCursor(statement, arguments: [afterPassage])
        while let row = try cursor.next() {
            try row.withUnsafeData(atIndex: 1) { data in
                guard let data else { return list.removeAll() }
                try unsafe data.withUnsafeBytes { try unsafe tokenizer.tokenize($0, into: &list) }
            }
            try body(try row.decode(atIndex: 0), list)
        }
    }
}

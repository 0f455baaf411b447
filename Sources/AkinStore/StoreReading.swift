package import AkinCore
package import Foundation

/// What the query layer asks of a store for one question, within one snapshot: the seam between the two.
///
/// `StoreReader` answers over SQLite. Another store answers the same questions in its own way, and the query layer
/// gives the same results over it. Row ids grow in the order in which rows were stored, and are never used again.
package protocol StoreReading: AnyObject {
    // MARK: What there is

    func spaces() throws -> [VectorSpace]
    func space(id: Int64) throws -> VectorSpace?
    func setting(_ key: String) throws -> String?
    func passageCount() throws -> Int
    func vectorCount(space: Int64) throws -> Int
    func holdsText() throws -> Bool
    func holdsPassages() throws -> Bool
    /// The bytes of a space's word-vector model; nil where it has none.
    func wordModel(space: Int64) throws -> Data?

    // MARK: The change log

    func lastChange() throws -> (sequence: Int64, chain: Data)
    func chain(at sequence: Int64) throws -> Data?
    func changes(after sequence: Int64) throws -> [ChangeRow]

    // MARK: Documents and passages

    func document(id: String) throws -> StoredDocument?
    func documentRowID(passage: Int64) throws -> Int64?
    func documentRowIDs(passages: [Int64]) throws -> [Int64: Int64]
    func passages(documentRowID: Int64) throws -> [StoredPassage]
    func passages(documentRowID: Int64, ordinals: ClosedRange<Int>) throws -> [StoredPassage]
    func passagesWithDocuments(ids: [Int64]) throws -> [(passage: StoredPassage, document: StoredDocument)]

    // MARK: Labels

    func labellings() throws -> [Labelling]
    func annotations(document: Int64) throws -> [(labelling: Int64, annotations: [Annotation])]

    // MARK: Vectors

    func vector(space: Int64, passage: Int64) throws -> [Float]?
    func vectors(space: Int64, passages: [Int64]) throws -> [[Float]?]
    func passagesWithVector(space: Int64, limit: Int) throws -> [Int64]
    func requireVectors(ofSpace space: Int64) throws
    func forEachVector(
        space: Int64, afterPassage: Int64, _ body: (_ passage: Int64, _ bytes: UnsafeRawBufferPointer) throws -> Void
    ) throws

    // MARK: Keywords

    func keywordSearch(matchExpression: String, limit: Int) throws -> [(passage: Int64, score: Double)]
    func keywordSearch(
        matchExpression: String, limit: Int, isAllowed: (Int64) throws -> Bool
    ) throws -> [(passage: Int64, score: Double)]
    func keywordScores(matchExpression: String, passages: [Int64]) throws -> [Int64: Double]
    func passages(matchExpression: String) throws -> RowSet
    func keywordOccurrences(matchExpression: String) throws -> (passages: [Int64], counts: [UInt32])
    func documents(matchExpression: String, titleHolds holds: (String) throws -> Bool) throws -> RowSet
    func keywordTokens(of text: String) throws -> [String]
    func keywordTerms(of texts: [String]) throws -> [TermList]
    func forEachKeywordText(afterPassage: Int64, _ body: (_ passage: Int64, _ terms: TermList) throws -> Void) throws

    // MARK: Filters

    func documents(matching filter: DocumentFilter) throws -> RowSet
    func document(_ rowID: Int64, meets filter: DocumentFilter) throws -> Bool
    func passages(ofDocuments documents: RowSet) throws -> RowSet
    func estimate(_ filter: DocumentFilter, sampleSize: Int) throws -> (sampled: Int, matching: Int)
    func valueKinds(ofKey key: String) throws -> (texts: Bool, numbers: Bool)
    func metadataKeys(limit: Int) throws -> [String]
}

extension StoreReader: StoreReading {}

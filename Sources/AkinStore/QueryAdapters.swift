package import Foundation

/// Query adapters are kept as two settings a space: a record that is read for every question, and the matrix, which
/// is read where the record is new. Programs that know nothing of them leave them alone.
extension VectorSpace {
    /// The setting that holds the record of a space's query adapter.
    package static func adapterKey(space: Int64) -> String { "query_adapter_\(space)" }

    /// The setting that holds its matrix, in base 64.
    package static func adapterMatrixKey(space: Int64) -> String { adapterKey(space: space) + "_matrix" }
}

extension StoreReading {
    /// The record of a space's query adapter; nil where it has none.
    package func queryAdapterRecord(space: Int64) throws -> String? {
        try setting(VectorSpace.adapterKey(space: space))
    }

    /// The bytes of a space's query adapter; nil where it has none, or one that is not written in base 64.
    package func queryAdapterMatrix(space: Int64) throws -> Data? {
        try setting(VectorSpace.adapterMatrixKey(space: space)).flatMap { Data(base64Encoded: $0) }
    }
}

extension StoreWriter {
    /// Stores the query adapter of a space in place of an earlier one.
    package func saveQueryAdapter(space: Int64, record: String, matrix: Data) throws {
        guard try spacesByID()[space] != nil else { throw noSpace(space) }
        try setSetting(VectorSpace.adapterKey(space: space), record)
        try setSetting(VectorSpace.adapterMatrixKey(space: space), matrix.base64EncodedString())
    }

    /// Deletes the query adapter of a space, if it has one.
    package func deleteQueryAdapter(space: Int64) throws {
        try setSetting(VectorSpace.adapterKey(space: space), nil)
        try setSetting(VectorSpace.adapterMatrixKey(space: space), nil)
    }
}

import AkinCore
import AkinStore
import AkinVectors
import Crypto
import Foundation
import Synchronization

/// An adapter as a store has it.
struct StoredQueryAdapter: Sendable {
    let adaptation: QueryAdaptation
    let adapter: QueryAdapter
}

/// The query adapters of one open database, decoded at first use.
final class QueryAdapterCache: Sendable {
    private let known = Mutex<[Int64: (record: String, adapter: StoredQueryAdapter)]>([:])

    /// The adapter of a space that has this record.
    func adapter(of space: Int64, record: String, decode: () throws -> StoredQueryAdapter) rethrows
        -> StoredQueryAdapter
    {
        if let known = known.withLock({ $0[space] }), known.record == record { return known.adapter }
        let adapter = try decode()
        known.withLock { $0[space] = (record, adapter) }
        return adapter
    }
}

extension Database {
    /// What a space's adapter was learnt from; nil where there is none. Throws `.invalidData` for a damaged record.
    func adaptation(of space: VectorSpace, reader: any StoreReading) throws -> QueryAdaptation? {
        try reader.queryAdapterRecord(space: space.id).map { try Self.adaptation(of: space, record: $0) }
    }

    private static func adaptation(of space: VectorSpace, record: String) throws -> QueryAdaptation {
        guard let adaptation = try? JSONDecoder().decode(QueryAdaptation.self, from: Data(record.utf8)) else {
            throw damagedAdapter(space, "cannot be read")
        }
        return adaptation
    }

    /// The adapter of a space; nil where there is none. It is decoded once: later questions read its record alone.
    ///
    /// Throws `.invalidData` for a damaged one.
    func queryAdapter(of space: VectorSpace, reader: any StoreReading) throws -> StoredQueryAdapter? {
        guard let record = try reader.queryAdapterRecord(space: space.id) else { return nil }
        return try adapters.adapter(of: space.id, record: record) {
            let adaptation = try Self.adaptation(of: space, record: record)
            guard let bytes = try reader.queryAdapterMatrix(space: space.id) else {
                throw Self.damagedAdapter(space, "has no matrix")
            }
            guard bytes.count == space.dimension * space.dimension * VectorElement.f32.byteCount,
                SHA256.hash(data: bytes).hexadecimal == adaptation.digest
            else { throw Self.damagedAdapter(space, "is not the matrix it should be") }
            return StoredQueryAdapter(
                adaptation: adaptation, adapter: QueryAdapter(matrix: try Matrix(square: space.dimension, bytes, space))
            )
        }
    }

    fileprivate static func damagedAdapter(_ space: VectorSpace, _ what: String) -> AkinError {
        AkinError(
            .invalidData,
            "The store is damaged: the query adapter of \(space.encoderName) \(what).", remedy: .removeAdaptation)
    }
}

extension StoreWriter {
    /// Stores a query adapter in place of an earlier one.
    func save(_ adapter: QueryAdapter, as adaptation: QueryAdaptation, space: Int64) throws {
        let bytes = adapter.bytes
        var adaptation = adaptation
        adaptation.digest = SHA256.hash(data: bytes).hexadecimal
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try saveQueryAdapter(
            space: space, record: String(decoding: encoder.encode(adaptation), as: UTF8.self), matrix: bytes)
    }
}

extension QueryAdapter {
    /// The elements row by row, as little-endian floats.
    fileprivate var bytes: Data {
        var data = Data(capacity: matrix.rows * matrix.columns * VectorElement.f32.byteCount)
        for row in 0..<matrix.rows {
            for value in matrix.row(row) {
                let bits = value.bitPattern
                data.append(contentsOf: [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: bits >> $0) })
            }
        }
        return data
    }
}

extension Matrix {
    /// The matrix that `QueryAdapter.bytes` wrote.
    fileprivate init(square dimension: Int, _ data: Data, _ space: VectorSpace) throws {
        self.init(rows: dimension, columns: dimension)
        let width = dimension * VectorElement.f32.byteCount
        unsafe data.withUnsafeBytes { bytes in
            for row in 0..<dimension {
                unsafe setRow(
                    row, decoding: UnsafeRawBufferPointer(rebasing: bytes[row * width..<(row + 1) * width]), as: .f32)
            }
        }
        guard (0..<dimension).allSatisfy({ largestMagnitude(row: $0).isFinite }) else {
            throw Database.damagedAdapter(space, "holds a component that is not a finite number")
        }
    }
}

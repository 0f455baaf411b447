import AkinCore
import AkinStore
import AkinVectors
import Crypto
import Foundation
import Synchronization

/// The query adapters of one open database, decoded at first use.
final class QueryAdapterCache: Sendable {
    private let known = Mutex<[Int64: (record: String, adapter: QueryAdapter)]>([:])

    /// The adapter of a space that has this record.
    func adapter(of space: Int64, record: String, decode: () throws -> QueryAdapter) rethrows -> QueryAdapter {
        if let known = known.withLock({ $0[space] }), known.record == record { return known.adapter }
        let adapter = try decode()
        known.withLock { $0[space] = (record, adapter) }
        return adapter
    }
}

extension Database {
    /// What is known of a space's query adapter; nil where it has none.
    func adaptation(of space: VectorSpace, reader: any StoreReading) throws -> QueryAdaptation? {
        guard let record = try reader.queryAdapterRecord(space: space.id) else { return nil }
        guard let adaptation = try? JSONDecoder().decode(QueryAdaptation.self, from: Data(record.utf8)) else {
            throw Self.damagedAdapter(space, "cannot be read")
        }
        return adaptation
    }

    /// A space's query adapter; nil where it has none.
    ///
    /// - Complexity: a look-up; at first use also base 64 and SHA-256 over the matrix.
    func queryAdapter(of space: VectorSpace, reader: any StoreReading) throws -> QueryAdapter? {
        guard let adaptation = try adaptation(of: space, reader: reader),
            let record = try reader.queryAdapterRecord(space: space.id)
        else { return nil }
        return try adapters.adapter(of: space.id, record: record) {
            guard let bytes = try reader.queryAdapterMatrix(space: space.id) else {
                throw Self.damagedAdapter(space, "has no matrix")
            }
            guard bytes.count == space.dimension * space.dimension * VectorElement.f32.byteCount,
                bytes.hexDigest == adaptation.digest
            else { throw Self.damagedAdapter(space, "is not the matrix it should be") }
            return QueryAdapter(matrix: try Matrix(square: space.dimension, bytes, space))
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
        adaptation.digest = bytes.hexDigest
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

extension Data {
    /// SHA-256, in hexadecimal.
    fileprivate var hexDigest: String {
        SHA256.hash(data: self).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

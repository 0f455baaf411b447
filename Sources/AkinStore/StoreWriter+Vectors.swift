import AkinCore
import Foundation
import GRDB

extension StoreWriter {
    /// Gives a space of encoded vectors the element type f16, and each of its vectors the nearest that fits.
    ///
    /// Each vector is logged as one that is set anew. Returns how many there are.
    ///
    /// - Complexity: O(n) in the vectors, each read and written once.
    package func narrowVectors(ofSpace id: Int64) throws -> Int {
        guard let space = try spacesByID()[id] else { throw noSpace(id) }
        guard !space.isImported, space.element == .f32 else { return 0 }
        let keys = VectorKey.all(of: id)
        let (kept, narrow) = (try layout(ofSpace: id), VectorElement.f16)
        try change {
            try execute("UPDATE vector_space SET element_type = ? WHERE id = ?", [narrow.rawValue, id])
            try execute(RowChecksum.vectorSpace.sealing(where: "id = ?"), [id])
        }
        knownSpaces = nil
        forgetLayout(ofSpace: id)
        var count = 0
        var last = keys.lowerBound
        let sql = """
            SELECT v.id, v.data, p.text FROM vector AS v JOIN passage AS p ON p.id = v.passage
            WHERE v.id > ? AND v.id <= ? ORDER BY v.id LIMIT 1
            """
        while let row = try firstRow(sql, [last, keys.upperBound]) {
            last = try row.decode(atIndex: 0)
            let passage = VectorKey.passage(last)
            let (bytes, text): (Data, String) = try (row.decode(atIndex: 1), row.decode(atIndex: 2))
            guard bytes.count == kept.byteCount else {
                throw wrongSize(bytes.count, kept, space: id, passage: passage)
            }
            let data = VectorBytes.data(narrow.rounded(VectorBytes.vector(bytes, as: kept.element)), as: narrow)
            try change {
                try execute("UPDATE vector SET data = ? WHERE id = ?", [data, last])
                try execute(RowChecksum.vector.sealing(where: "id = ?"), [last])
                try log(.vector, passage: passage, space: id, vector: data, textHash: ChangeChain.textHash(text))
            }
            count += 1
        }
        return count
    }
}

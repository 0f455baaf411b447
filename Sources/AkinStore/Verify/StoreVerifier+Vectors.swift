import AkinCore
import GRDB

extension StoreVerifier {
    /// Checks that each vector is the one that was stored, and that its passage and space are there.
    func vectors() throws {
        let spaces = Dictionary(
            try reader.spaces(includingAltered: true).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var kind = Kind("vectors")
        defer { kind.report(to: found) }
        for space in spaces.values.sorted(by: { $0.id < $1.id })
        where space.element == nil || DistanceMetric(rawValue: space.metric) == nil {
            kind.add(
                .space(space.id), .unknown,
                "Space \(space.id) holds \(space.elementType) under \(space.metric), which this Akin does not know; its vectors are unchecked."
            )
        }
        let cursor = try Row.fetchCursor(
            reader.database,
            sql: """
                SELECT v.space, v.passage, v.data, p.id, v.checksum <> akin_checksum(v.id, v.data)
                FROM vector AS v LEFT JOIN passage AS p ON p.id = v.passage ORDER BY v.id
                """)
        while let row = try cursor.next() {
            let (space, passage): (Int64, Int64) = try (row.decode(atIndex: 0), row.decode(atIndex: 1))
            let name = "The vector of passage \(passage) in space \(space)"
            let vector = StoreFinding.Subject.vector(passage: passage, space: space)
            if row.hasNull(atIndex: 3) {
                kind.add(vector, .dangling, "\(name) belongs to a passage that does not exist.")
            }
            if try row.decode(Bool?.self, atIndex: 4) == true {
                found.altered.insert(passage)
                kind.add(vector, .altered, "\(name) does not match its checksum: it was altered.")
                continue
            }
            guard let known = spaces[space] else {
                kind.add(vector, .dangling, "\(name) belongs to a space that does not exist.")
                continue
            }
            try row.withUnsafeData(atIndex: 2) { data in
                guard let element = known.element, DistanceMetric(rawValue: known.metric) != nil else { return }
                let size = known.dimension * element.byteCount
                guard let data, data.count == size else {
                    return kind.add(vector, .invalid, "\(name) has \(data?.count ?? 0) bytes instead of \(size).")
                }
                if let fault = VectorBytes.fault(VectorBytes.vector(data, as: element), in: known) {
                    kind.add(vector, .invalid, "\(name) \(fault.reason).")
                }
            }
        }
    }
}

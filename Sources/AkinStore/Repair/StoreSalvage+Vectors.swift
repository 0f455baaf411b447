import AkinCore
import Foundation
import GRDB

extension StoreSalvage {
    /// Reports spaces that do not match their checksums, and drops those that contradict their vectors.
    mutating func checkSpaces() throws {
        let altered = try Int64.fetchAll(
            target, sql: "SELECT id FROM vector_space WHERE \(RowChecksum.vectorSpace.isAltered) ORDER BY id")
        for space in try StoreReader(target).spaces(includingAltered: true) {
            let keys = VectorKey.all(of: space.id)
            // The length of most vectors, since some may be damaged.
            let size = try Int.fetchOne(
                target,
                sql:
                    "SELECT length(data) FROM vector WHERE id BETWEEN ? AND ? GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
                arguments: [keys.lowerBound, keys.upperBound])
            let isOfSize = space.element.map { size == nil || space.dimension * $0.byteCount == size } ?? false
            let remedy = Remedy.anyOf([.reencode(with: nil), .importVectors])
            let isPossible = try isOfSize && DistanceMetric(rawValue: space.metric) != nil && isOfItsKind(space)
            guard altered.contains(space.id) || !isPossible else { continue }
            if isPossible {
                losses.append(
                    Note("What made the vectors in space \(space.id) may have been altered.", remedy: remedy))
            } else {
                try target.execute(sql: "DELETE FROM vector_space WHERE id = ?", arguments: [space.id])
                losses.append(
                    Note("What made the vectors in space \(space.id) was altered, so they are gone.", remedy: remedy)
                )
            }
        }
    }

    /// Whether what a space is said to be agrees with what stands beside it: word vectors have a model in the store,
    /// imported ones no encoder.
    private func isOfItsKind(_ space: VectorSpace) throws -> Bool {
        let hasModel =
            try Bool.fetchOne(
                target, sql: "SELECT EXISTS (SELECT 1 FROM word_model WHERE space = ?)", arguments: [space.id]) ?? false
        let isImported = space.fingerprint == "external-\(space.elementType)"
        return switch space.kind {
        case VectorSpace.importedKind: isImported && !hasModel
        case "bert": !isImported && !hasModel
        default: space.isOfWords && hasModel && !isImported
        }
    }

    /// Drops vectors without a passage or space, and those that cannot be what was stored. An encoder makes its vectors
    /// again.
    mutating func checkVectors() throws {
        let reader = StoreReader(target)
        let spaces = Dictionary(
            try reader.spaces(includingAltered: true).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var (dropped, importedLost): ([Int64], Int) = ([], 0)
        let cursor = try Row.fetchCursor(
            target,
            sql: """
                SELECT v.id, v.space, v.passage, v.data, p.id, v.checksum <> akin_checksum(v.id, v.data)
                FROM vector AS v LEFT JOIN passage AS p ON p.id = v.passage
                """)
        while let row = try cursor.next() {
            let (key, space, passage): (Int64, Int64, Int64) = (row[0], row[1], row[2])
            let known = spaces[space]
            var isSound = known != nil && !row.hasNull(atIndex: 4) && Bool.fromDatabaseValue(row[5]) != true
            if let known, isSound, let element = known.element {
                let data: Data = row[3]
                isSound =
                    data.count == known.dimension * element.byteCount
                    && VectorBytes.fault(VectorBytes.vector(data, as: element), in: known) == nil
            }
            if let known, !known.isImported, altered.contains(passage) { isSound = false }
            guard !isSound else { continue }
            dropped.append(key)
            if known?.isImported == true { importedLost += 1 }
        }
        for key in dropped { try target.execute(sql: "DELETE FROM vector WHERE id = ?", arguments: [key]) }
        for space in spaces.values where space.isImported {
            let keys = VectorKey.all(of: space.id)
            let had = try Int.fetchOne(
                target,
                sql:
                    "SELECT count(*) FROM passage WHERE id NOT IN (SELECT passage FROM vector WHERE id BETWEEN ? AND ?)",
                arguments: [keys.lowerBound, keys.upperBound])
            if let had, had > 0 {
                losses.append(Note("\(had) passages have lost their imported vectors.", remedy: .importVectors))
            }
        }
        if importedLost > 0 {
            losses.append(
                Note("\(importedLost) imported vectors are damaged and gone.", remedy: .importVectors))
        }
    }
}

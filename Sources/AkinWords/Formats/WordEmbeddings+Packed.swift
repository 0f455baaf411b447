import AkinCore
import AkinVectors

/// Akin's own file of word vectors: a packed file whose sections are the words' bytes, where each begins, and the
/// vectors, which stay in the file until they are used; counts and n-grams where there are any.
extension WordEmbeddings {
    private static let version: UInt32 = 1
    /// The name that distinguishes these files from other packed ones.
    private static let key = Array("AKIN WORD VECTORS".utf8) + [UInt8](repeating: 0, count: 15)

    func writePacked(to path: String) throws {
        var writer = PackedModelWriter()
        var (bytes, ends) = ([UInt8](), [UInt32]())
        for index in 0..<count {
            bytes += table.bytes(at: index)
            guard let end = UInt32(exactly: bytes.count) else {
                throw AkinError(.invalidData, "The words are longer than 4 GB.")
            }
            ends.append(end)
        }
        writer.append("words", bytes)
        writer.append("ends", ends)
        writer.append("shape", [UInt32(count), UInt32(dimension)])
        vectors.write(to: &writer, as: "vectors")
        if let counts {
            writer.append(
                "counts", counts.flatMap { [UInt32(truncatingIfNeeded: $0), UInt32(truncatingIfNeeded: $0 >> 32)] })
        }
        if let subwords {
            let hashing = subwords.hashing
            writer.append(
                "hashing",
                [
                    UInt32(hashing.lengths.lowerBound), UInt32(hashing.lengths.upperBound), UInt32(hashing.bucketCount),
                    hashing.includesWhole ? 1 : 0,
                ])
            writer.append("buckets", subwords.buckets ?? (0..<UInt32(hashing.bucketCount)).map { $0 })
            subwords.rows.matrix().write(to: &writer, as: "bucket vectors")
        }
        try writer.publish(to: path, version: Self.version, key: Self.key)
    }

    /// - Throws: `AkinError(.invalidData)` when the file is not one of these or is damaged.
    init(packed path: String) throws {
        func fault(_ what: String) -> AkinError {
            AkinError(.invalidData, "\(path) is not an intact file of word vectors: \(what).")
        }
        let file = try PackedModelFile(path: path, version: Self.version, key: Self.key)
        let shape = try file.array("shape", of: UInt32.self)
        guard shape.count == 2, shape[1] > 0, shape[1] <= 1 << 16 else { throw fault("its shape is \(shape)") }
        let (count, dimension) = (Int(shape[0]), Int(shape[1]))
        let bytes = try file.array("words", of: UInt8.self)
        let ends = try file.array("ends", of: UInt32.self)
        guard ends.count == count else { throw fault("it has \(ends.count) words in place of \(count)") }
        var table = WordTable()
        var start = 0
        for (index, end) in ends.enumerated() {
            guard end >= start, end <= bytes.count, table.insert(bytes[start..<Int(end)]) == index else {
                throw fault("word \(index) is out of place or there twice")
            }
            start = Int(end)
        }
        let vectors = try Matrix(file, "vectors", rows: count, columns: dimension)
        var counts: [Int]?
        if file.contains("counts") {
            let halves = try file.array("counts", of: UInt32.self)
            guard halves.count == 2 * count else { throw fault("it has \(halves.count / 2) counts") }
            counts = (0..<count).map { Int(halves[2 * $0]) | Int(halves[2 * $0 + 1] & 0x7FFF_FFFF) << 32 }
        }
        var subwords: SubwordVectors?
        if file.contains("hashing") {
            let hashing = try file.array("hashing", of: UInt32.self)
            let buckets = try file.array("buckets", of: UInt32.self)
            guard hashing.count == 4, hashing[0] >= 1, hashing[0] <= hashing[1], hashing[1] <= 100,
                hashing[2] <= Int32.max,
                buckets.allSatisfy({ $0 < hashing[2] }), zip(buckets, buckets.dropFirst()).allSatisfy({ $0 < $1 })
            else { throw fault("its n-grams are out of order") }
            let rows = try Matrix(file, "bucket vectors", rows: buckets.count, columns: dimension)
            subwords = SubwordVectors(
                hashing: SubwordHashing(
                    lengths: Int(hashing[0])...Int(hashing[1]), bucketCount: Int(hashing[2]),
                    includesWhole: hashing[3] != 0),
                buckets: buckets, rows: .matrix(rows))
        }
        self.init(table: table, vectors: vectors, counts: counts, subwords: subwords)
    }
}

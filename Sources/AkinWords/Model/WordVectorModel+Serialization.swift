import AkinCore
import AkinVectors
import Crypto
package import Foundation

/// The bytes of a model, all little-endian:
///
///     magic "AKINWORD" · version u32 · method u32 · dimension u32 · words u32 · total u64 · SIF parameter f64
///     n-gram lengths u32 u32 · bucket count u32 · used buckets u32
///     count of each word u64 · byte length of each word u32 · bytes of the words, UTF-8
///     used buckets u32 · component f32 · word rows f32 · bucket rows f32
///     SHA-256 of all that
extension WordVectorModel {
    private static let magic = Array("AKINWORD".utf8)
    private static let version: UInt32 = 1
    private static let methods: [Method] = [.skipGramSubword, .ppmiSVD]

    /// The model as bytes; equal models give equal bytes. Size: about 4 · dimension bytes for each word and used
    /// bucket.
    package func serialized() -> Data {
        var bytes = LittleEndianWriter()
        bytes.append(contentsOf: Self.magic)
        bytes.append(Self.version)
        bytes.append(UInt32(Self.methods.firstIndex(of: method) ?? 0))
        bytes.append(UInt32(dimension))
        bytes.append(UInt32(vocabulary.count))
        bytes.append(UInt64(vocabulary.total))
        bytes.append(sifParameter.bitPattern)
        bytes.append(UInt32(hashing.lengths.lowerBound))
        bytes.append(UInt32(hashing.lengths.upperBound))
        bytes.append(UInt32(hashing.bucketCount))
        bytes.append(UInt32(buckets.count))
        for count in vocabulary.counts { bytes.append(UInt64(count)) }
        for index in 0..<vocabulary.count { bytes.append(UInt32(vocabulary.table.bytes(at: index).count)) }
        for index in 0..<vocabulary.count { bytes.append(contentsOf: vocabulary.table.bytes(at: index)) }
        for bucket in buckets { bytes.append(bucket) }
        for value in component { bytes.append(value.bitPattern) }
        bytes.append(wordVectors)
        bytes.append(bucketVectors)
        let digest = SHA256.hash(data: bytes.data)
        bytes.append(contentsOf: Array(digest))
        return bytes.data
    }

    /// Reads what `serialized()` wrote.
    ///
    /// - Throws: `AkinError(.incompatible)` for a newer version, `AkinError(.invalidData)` for anything else that no
    ///   model serialises to.
    package init(serialized data: Data) throws {
        let digestLength = 32
        guard data.count > Self.magic.count + digestLength, data.starts(with: Self.magic) else {
            throw Self.invalid("the bytes do not start like one")
        }
        var reader = LittleEndianReader(data.dropLast(digestLength))
        reader.skip(Self.magic.count)
        let version = try reader.uint32()
        guard version == Self.version else {
            throw AkinError(
                .incompatible,
                "The word-vector model has format version \(version), but this Akin reads version \(Self.version); train the model again."
            )
        }
        guard data.suffix(digestLength).elementsEqual(SHA256.hash(data: data.dropLast(digestLength))) else {
            throw Self.invalid("its checksum does not fit its contents")
        }

        let methodNumber = Int(try reader.uint32())
        guard Self.methods.indices.contains(methodNumber) else {
            throw Self.invalid("its method number is \(methodNumber)")
        }
        let dimension = Int(try reader.uint32())
        guard (1...4096).contains(dimension) else { throw Self.invalid("its dimension is \(dimension)") }
        let words = Int(try reader.uint32())
        let total = try reader.uint64()
        let sifParameter = Double(bitPattern: try reader.uint64())
        guard sifParameter > 0, sifParameter.isFinite else {
            throw Self.invalid("its SIF parameter is \(sifParameter)")
        }
        let (shortest, longest) = (Int(try reader.uint32()), Int(try reader.uint32()))
        guard shortest >= 1, shortest <= longest else {
            throw Self.invalid("its n-gram lengths are \(shortest) to \(longest)")
        }
        let bucketCount = try reader.uint32()
        guard bucketCount <= Int32.max else { throw Self.invalid("its bucket count is \(bucketCount)") }
        let usedBuckets = Int(try reader.uint32())

        vocabulary = try Self.vocabulary(words: words, total: total, from: &reader)
        let buckets = try reader.array(of: usedBuckets) { try $0.uint32() }
        guard buckets.allSatisfy({ $0 < bucketCount }), zip(buckets, buckets.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw Self.invalid("its n-gram buckets are not ascending numbers below \(bucketCount)")
        }
        component = try reader.array(of: dimension) { Float(bitPattern: try $0.uint32()) }
        let length = component.reduce(Float(0)) { $0 + $1 * $1 }
        guard length == 0 || abs(length - 1) < 1e-3 else {
            throw Self.invalid("its principal component is not of unit length")
        }
        wordVectors = try reader.matrix(rows: words, columns: dimension)
        bucketVectors = try reader.matrix(rows: usedBuckets, columns: dimension)
        guard wordVectors.largestMagnitude <= 1e10, bucketVectors.largestMagnitude <= 1e10 else {
            throw Self.invalid("it holds components that are not numbers or exceed 1e10")
        }
        guard reader.remaining == 0 else { throw Self.invalid("\(reader.remaining) bytes follow its end") }
        method = Self.methods[methodNumber]
        hashing = SubwordHashing(lengths: shortest...longest, bucketCount: Int(bucketCount))
        self.buckets = buckets
        self.sifParameter = sifParameter
    }

    private static func vocabulary(words: Int, total: UInt64, from reader: inout LittleEndianReader) throws
        -> WordVocabulary
    {
        guard words > 0, total < 1 << 53 else { throw invalid("it counts \(words) words in a corpus of \(total)") }
        let counts = try reader.array(of: words) { try $0.uint64() }
        var rest = total
        for (index, count) in counts.enumerated() {
            guard count > 0, count <= rest, index == 0 || count <= counts[index - 1] else {
                throw invalid("the count \(count) of word \(index) does not fit the others")
            }
            rest -= count
        }
        let lengths = try reader.array(of: words) { Int(try $0.uint32()) }
        var table = WordTable()
        for (index, length) in lengths.enumerated() {
            let word = try reader.bytes(length)
            guard !word.isEmpty, String(validating: word, as: UTF8.self) != nil else {
                throw invalid("word \(index) is not text")
            }
            guard table.insert(word) == index else { throw invalid("word \(index) occurs twice") }
        }
        return WordVocabulary(table: table, counts: counts.map { Int($0) }, total: Int(total))
    }

    private static func invalid(_ reason: String) -> AkinError {
        AkinError(.invalidData, "The bytes are not an intact word-vector model: \(reason). Train the model again.")
    }
}

extension Matrix {
    /// max |x|, or infinity when an element is not a number.
    fileprivate var largestMagnitude: Float {
        let count = rows * columns
        return unsafe withUnsafePointer { base in
            unsafe UnsafeBufferPointer(start: base, count: count).reduce(0) {
                $1.isNaN ? .infinity : Swift.max($0, abs($1))
            }
        }
    }
}

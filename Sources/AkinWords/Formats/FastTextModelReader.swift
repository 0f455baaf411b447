import AkinCore
import AkinVectors

/// Reads fastText's models, `.bin` and `.ftz` (versions 11 and 12 of its format), as far as word vectors need them.
///
/// ```
///   magic 793712314, version                              Int32 each
///   dim ws epoch minCount neg wordNgrams loss model       Int32 each
///   bucket minn maxn lrUpdateRate                         Int32 each;  t: Double
///   entries, words, labels: Int32;  tokens, pruned: Int64
///   entry: bytes of the word, 0, count Int64, type Int8    entries times
///   pruned pairs (n-gram, row): Int32 each                 where pruned > 0
///   is quantised: Bool
///   rows, columns: Int64;  floats                          the input matrix, or, quantised:
///   has norms: Bool;  rows, columns: Int64;  n: Int32;  n codes;  quantiser;  with norms: a code a row, quantiser
///   quantiser: dim, codes a row, length of a code, length of the last: Int32 each;  256·dim floats
/// ```
/// The output matrix after it is not read.
struct FastTextModelReader {
    static let magic: Int32 = 793_712_314
    /// No useful model has longer n-grams and codes, and a small file with them would take hours or much memory.
    private static let longestNgram = 64
    private static let longestCode = 256

    private let file: WordVectorFile
    private var place = 0

    init(file: WordVectorFile) { self.file = file }

    private struct Arguments {
        var dimension = 0
        var bucketCount = 0
        var shortest = 0
        var longest = 0
    }

    static func read(_ file: WordVectorFile) throws -> ReadVectors {
        var reader = FastTextModelReader(file: file)
        return try reader.read()
    }

    private mutating func read() throws -> ReadVectors {
        guard try int32() == Int(Self.magic) else { throw file.fault("it does not begin as a model of fastText") }
        let version = try int32()
        guard version == 11 || version == 12 else {
            throw file.fault("its version of fastText's format is \(version), and 11 and 12 are read")
        }
        let arguments = try arguments()
        let entries = try int32()
        let words = try int32()
        _ = try (int32(), int64())
        let pruned = try int64()
        guard entries >= 0, words > 0, words <= entries, entries <= (file.bytes.count - place) / 10 else {
            throw file.fault("it claims \(words) words among \(entries) entries")
        }
        let (table, counts) = try dictionary(entries: entries, words: words)
        let buckets = try keptBuckets(pruned, arguments)
        let isQuantized = try flag()
        let rows = try isQuantized ? quantizedRows() : denseRows()
        let ngramRows = rows.count - words
        guard rows.dimension == arguments.dimension,
            ngramRows == (buckets?.count ?? arguments.bucketCount) || arguments.longest == 0,
            ngramRows >= 0
        else {
            throw file.fault(
                "its matrix of \(rows.count) rows and \(rows.dimension) columns does not fit \(words) words, \(arguments.bucketCount) "
                    + "buckets and \(arguments.dimension) components")
        }
        return try joined(table, counts, rows, buckets, arguments)
    }

    /// Each word as the mean of its own row and of those of its n-grams.
    private func joined(
        _ table: WordTable, _ counts: [Int], _ rows: StoredRows, _ buckets: [Int32: Int]?, _ arguments: Arguments
    ) throws -> ReadVectors {
        let hasSubwords = arguments.longest > 0 && rows.count > table.count
        let hashing = SubwordHashing(
            lengths: max(1, arguments.shortest)...max(1, arguments.shortest, arguments.longest),
            bucketCount: hasSubwords ? arguments.bucketCount : 0, includesWhole: true)
        func row(of bucket: UInt32) -> Int? {
            guard let buckets else { return table.count + Int(bucket) }
            return buckets[Int32(bitPattern: bucket)].map { table.count + $0 }
        }
        var vectors = Matrix(rows: table.count, columns: rows.dimension)
        var (sum, numbers) = ([Float](repeating: 0, count: rows.dimension), [Int]())
        for word in 0..<table.count {
            numbers = [word]
            let bytes = table.bytes(at: word)
            // To fastText the end of a sentence is not a word with letters.
            if !bytes.elementsEqual(Self.sentenceEnd) {
                hashing.forEachBucket(of: bytes) { if let row = row(of: $0) { numbers.append(row) } }
            }
            for component in sum.indices { sum[component] = 0 }
            for number in numbers { rows.add(number, scale: 1, to: &sum) }
            for component in sum.indices { sum[component] *= 1 / Float(numbers.count) }
            vectors.setRow(word, sum)
            guard vectors.largestMagnitude(row: word).isFinite else {
                throw file.fault("the vector of word \(word + 1) is not finite")
            }
        }
        var subwords: SubwordVectors?
        if hasSubwords {
            let order = buckets?.map { (bucket: UInt32(bitPattern: $0), row: table.count + $1) }.sorted {
                $0.bucket < $1.bucket
            }
            let ngrams = order.map { rows.gathered($0.map(\.row)) } ?? rows.suffix(from: table.count)
            subwords = SubwordVectors(hashing: hashing, buckets: order?.map(\.bucket), rows: ngrams)
        }
        return try ReadVectors(file, WordEmbeddings(table: table, vectors: vectors, counts: counts, subwords: subwords))
    }

    private static let sentenceEnd = Array("</s>".utf8)
}

extension FastTextModelReader {
    // MARK: Parts

    private mutating func arguments() throws -> Arguments {
        var arguments = Arguments()
        arguments.dimension = try int32()
        for _ in 0..<7 { _ = try int32() }
        arguments.bucketCount = try int32()
        arguments.shortest = try int32()
        arguments.longest = try int32()
        _ = try (int32(), int64())
        guard (1...WordVectorFile.mostComponents).contains(arguments.dimension), arguments.bucketCount >= 0,
            arguments.shortest >= 0,
            (0...Self.longestNgram).contains(arguments.longest)
        else { throw file.fault("its settings are out of range") }
        // Without buckets there is nothing to hash into.
        if arguments.bucketCount == 0 { arguments.longest = 0 }
        return arguments
    }

    private mutating func dictionary(entries: Int, words: Int) throws -> (WordTable, [Int]) {
        var table = WordTable()
        var counts: [Int] = []
        for entry in 0..<entries {
            let limit = min(file.bytes.count, place + WordVectorFile.longestWord)
            guard let end = file.bytes.firstIndex(of: 0, in: place..<limit) else {
                throw file.fault("it ends within its dictionary")
            }
            let word = file.bytes[place..<end]
            place = end + 1
            let count = try int64()
            let isWord = try byte() == 0
            guard isWord == (entry < words), count >= 0 else {
                throw file.fault("entry \(entry + 1) of its dictionary is out of place")
            }
            guard isWord else { continue }
            guard table.insertNew(word) else {
                throw file.fault("entry \(entry + 1) of its dictionary occurs twice")
            }
            counts.append(count)
        }
        return (table, counts)
    }

    /// The n-grams that were kept when the model was made smaller, and their rows after the words; nil when all were.
    private mutating func keptBuckets(_ pruned: Int, _ arguments: Arguments) throws -> [Int32: Int]? {
        guard pruned >= 0 else { return nil }
        guard pruned <= (file.bytes.count - place) / 8, pruned <= arguments.bucketCount else {
            throw file.fault("it claims \(pruned) n-grams that were kept")
        }
        var buckets: [Int32: Int] = [:]
        for _ in 0..<pruned {
            let (bucket, row) = (try int32(), try int32())
            guard (0..<arguments.bucketCount).contains(bucket), (0..<pruned).contains(row),
                buckets[Int32(bucket)] == nil
            else {
                throw file.fault("its list of n-grams is out of order")
            }
            buckets[Int32(bucket)] = row
        }
        return buckets
    }

    private mutating func denseRows() throws -> StoredRows {
        let (rows, columns) = (try int64(), try int64())
        guard rows >= 0, (1...WordVectorFile.mostComponents).contains(columns),
            rows <= (file.bytes.count - place) / 4 / columns
        else {
            throw file.fault(
                "its matrix of \(rows) rows and \(columns) columns is longer than the file; was it cut short?")
        }
        return .mapped(MappedFloats(file.bytes, offset: place, rows: rows, columns: columns))
    }

    private mutating func quantizedRows() throws -> StoredRows {
        let hasNorms = try flag()
        let (rows, columns, codeCount) = (try int64(), try int64(), try int32())
        guard rows > 0, (1...WordVectorFile.mostComponents).contains(columns), codeCount >= 0,
            codeCount <= file.bytes.count - place
        else {
            throw file.fault(
                "its quantised matrix of \(rows) rows and \(columns) columns is longer than the file; was it cut short?"
            )
        }
        let codes = file.bytes[place..<place + codeCount]
        place += codeCount
        let (codeLength, codesPerRow, centroids) = try quantizer(dimension: columns)
        let (needed, overflow) = rows.multipliedReportingOverflow(by: codesPerRow)
        guard !overflow, codeCount == needed else {
            throw file.fault("it has \(codeCount) codes for \(rows) rows of \(codesPerRow)")
        }
        var (normCodes, norms) = ([UInt8](), [Float]())
        if hasNorms {
            guard rows <= file.bytes.count - place else { throw file.fault("it ends within its norms") }
            normCodes = file.bytes[place..<place + rows]
            place += rows
            norms = try quantizer(dimension: 1).centroids
        }
        return .quantized(
            ProductQuantizedRows(
                count: rows, dimension: columns, codeLength: codeLength, codes: codes, centroids: centroids,
                normCodes: normCodes,
                norms: norms))
    }

    private mutating func quantizer(dimension: Int) throws -> (codeLength: Int, codesPerRow: Int, centroids: [Float]) {
        let (columns, codesPerRow, length, last) = (try int32(), try int32(), try int32(), try int32())
        guard columns == dimension, (1...Self.longestCode).contains(length),
            codesPerRow == (dimension + length - 1) / length,
            last == dimension - (codesPerRow - 1) * length
        else {
            throw file.fault("its quantiser of \(columns) components in \(codesPerRow) parts does not fit \(dimension)")
        }
        guard 1024 * dimension <= file.bytes.count - place else { throw file.fault("it ends within its centroids") }
        let centroids = (0..<256 * dimension).map { file.bytes.float(at: place + 4 * $0) }
        place += 1024 * dimension
        guard centroids.allSatisfy(\.isFinite) else { throw file.fault("a centroid is not a finite number") }
        return (length, codesPerRow, centroids)
    }

    // MARK: Numbers

    private mutating func byte() throws -> UInt8 {
        guard place < file.bytes.count else { throw file.fault("it ends too early; was it cut short?") }
        defer { place += 1 }
        return file.bytes[place]
    }

    private mutating func flag() throws -> Bool { try byte() != 0 }

    private mutating func int32() throws -> Int { Int(try integer(Int32.self)) }

    private mutating func int64() throws -> Int { Int(try integer(Int64.self)) }

    private mutating func integer<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type) throws -> Value {
        guard MemoryLayout<Value>.size <= file.bytes.count - place else {
            throw file.fault("it ends too early; was it cut short?")
        }
        defer { place += MemoryLayout<Value>.size }
        return file.bytes.integer(at: place, type)
    }
}

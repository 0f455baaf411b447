import AkinCore
import AkinTokenizers
import AkinVectors
import Crypto
import Foundation

/// The vectors that a teacher gives each token of its vocabulary alone, kept among the packed models: they take seconds
/// to make, and every distillation from the same teacher begins with them.
///
/// The key covers what they depend on: the model's fingerprint (weights, tokenizer, pooling), the precision and the set
/// of kernels.
struct PackedVocabularyRows {
    /// The version of the vectors. It is raised whenever older ones would differ from ones made now.
    static let version: UInt32 = 0x5601

    private let cache: PackedModelCache
    private let file: URL
    private let folder: String
    private let key: [UInt8]
    private let shape: (rows: Int, columns: Int)

    init(_ teacher: any DistillationTeacher, vocabularySize: Int, cache: PackedModelCache) {
        self.cache = cache
        folder = teacher.folder.path
        let kind = "\(teacher.precision.rawValue)-\(Kernels.active.name)"
        file = cache.file(for: teacher.folder, name: teacher.identity.name, kind: kind + "-vocabulary")
        shape = (vocabularySize, teacher.identity.dimension)
        key = Array(SHA256.hash(data: Data("\(teacher.identity.fingerprint) \(kind) \(shape)".utf8)))
    }

    /// The vectors, shape (tokens, dimension); nil where there are none, or they do not fit or are damaged.
    func read() -> Matrix? {
        guard let packed = cache.packed(file, version: Self.version, key: key) else { return nil }
        return try? Matrix(packed, "rows", rows: shape.rows, columns: shape.columns)
    }

    func publish(_ rows: Matrix) {
        guard let origin = try? JSONEncoder().encode(PackedModelCache.Origin(folder: folder)) else { return }
        var writer = PackedModelWriter()
        writer.append(PackedModelCache.originSection, Array(origin))
        rows.write(to: &writer, as: "rows")
        cache.publish(writer, to: file, version: Self.version, key: key)
    }
}

import AkinTokenizers
import AkinTraining
import AkinTransformers
import AkinVectors
import Crypto
import Foundation

/// What decides a run of training, so that it goes on from its own checkpoint alone.
struct RunKey {
    private var hash = SHA256()

    /// The model it starts from, the names of its outputs and its settings; the number of threads decides nothing.
    init(_ encoder: BERTEncoder, labels: [String], _ settings: TrainingSettings, options: String = "") {
        var settings = settings
        settings.threads = 0
        hash.update(data: Data("\(encoder.identity.fingerprint)\n\(settings)\n\(labels)\n\(options)\n".utf8))
    }

    /// Pre-training: the values it starts from, the texts and how they are read. Settings are added to it.
    init(_ model: TrainingModel, _ tokenizer: WordPieceTokenizer, _ corpus: TokenCorpus, reading: String) {
        hash.update(data: Data("\(reading)\n".utf8))
        hash.update(data: tokenizer.fingerprintBytes)
        unsafe hash.update(bufferPointer: UnsafeRawBufferPointer(model.parameters.values.buffer))
        unsafe corpus.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
    }

    /// The key of a run with these settings; the number of threads decides nothing.
    func adding(_ settings: TrainingSettings) -> RunKey {
        var (key, settings) = (self, settings)
        settings.threads = 0
        key.hash.update(data: Data("\(settings)\n".utf8))
        return key
    }

    /// Adds an example, as the network reads it.
    mutating func add(_ ids: [Int32], _ targets: [Int32]) { hash.update(data: Data("\(ids) \(targets)\n".utf8)) }

    var bytes: [UInt8] { Array(hash.finalize()) }
}

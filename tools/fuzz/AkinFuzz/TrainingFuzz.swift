import AkinCore
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation

/// What training reads and writes: checkpoints, and folders of models with heads.
enum TrainingFuzz {
    private static let key = [UInt8](repeating: 7, count: 32)

    /// A run of a network so small that a checkpoint has some kilobytes.
    private static func smallRun() throws -> TrainingRun<ClassificationHead> {
        let configuration = try file(
            "config.json",
            Data(
                #"{"model_type":"bert","hidden_size":4,"num_hidden_layers":1,"num_attention_heads":1,"intermediate_size":4,"max_position_embeddings":8,"type_vocab_size":2,"vocab_size":16,"hidden_act":"gelu"}"#
                    .utf8))
        let model = TrainingModel(
            shape: try BERTConfiguration(file: URL(filePath: configuration)),
            task: .sequenceClassification(outputs: 2), seed: 1)
        var settings = TrainingSettings()
        settings.batchSize = 2
        let pass = BERTPass(model, lengths: [4, 4, 4, 4], longest: 4, settings)
        let head = try model.classificationHead(pass, capacity: 2)
        return TrainingRun(model, pass, head, settings, exampleCount: 4) { examples, _ in
            var batch = Batch()
            for example in examples { batch.append([Int32(example), 5, 6, 7]) }
            return (batch, .classes(examples.map { Int32($0 % 2) }))
        }
    }

    private static let whole: Data = {
        let run = try! smallRun()
        _ = run.makeStep()
        let path = try! file("checkpoint", Data())
        try! run.writeCheckpoint(to: path, key: key)
        return try! Data(contentsOf: URL(filePath: path))
    }()

    /// Edits of a checkpoint, three bytes each for place and value; where the first byte is odd, the checksums are made
    /// to fit. A run either refuses it or goes on.
    static func checkpoint(_ data: Data) throws {
        guard let first = data.first else { return }
        var bytes = [UInt8](whole)
        let edits = [UInt8](data.dropFirst())
        for place in stride(from: 0, to: edits.count - 2, by: 3) {
            bytes[(Int(edits[place]) << 8 | Int(edits[place + 1])) % bytes.count] = edits[place + 2]
        }
        if first % 4 == 2 { bytes.removeLast(min(edits.count * 7, bytes.count)) }
        let path = try file("checkpoint", first % 2 == 1 ? mended(bytes) : Data(bytes))
        let run = try smallRun()
        do {
            guard try run.resume(from: path, key: key) else { return }
            while !run.isFinished { _ = run.makeStep() }
            run.finish()
        } catch {
            precondition((error as? AkinError)?.description.contains("\n") == false)
        }
    }

    /// The checksums of `TrainingCheckpoint`.
    private static func mended(_ bytes: [UInt8]) -> Data {
        var file = ChecksummedBytes(bytes: bytes)
        let rowsEnd = 72 + 4 * file.number(at: 60, count: 4)
        guard rowsEnd + 8 <= file.count else { return Data(bytes) }
        let curveEnd = rowsEnd + 4 + file.number(at: rowsEnd, count: 4)
        guard curveEnd + 4 <= file.count else { return Data(bytes) }
        file.set(file.checksum(of: 0..<curveEnd), at: curveEnd)
        let (start, size) = ((curveEnd + 4 + 63) / 64 * 64, 4 * (file.number(at: 64, count: 5) & 0xFFFF))
        let padded = (size + 63) / 64 * 64
        guard start + 3 * padded + 12 <= file.count else { return Data(file.bytes) }
        for part in 0..<3 {
            file.set(
                file.checksum(of: start + part * padded..<start + part * padded + size),
                at: start + 3 * padded + 4 * part)
        }
        return Data(file.bytes)
    }

    private static let folders = ["classify-two", "tag-iob", "answer", "mask-tied", "next-sentence", "regress-one"]

    /// The settings of a model with a head that the first byte names, or the labels of a classifier over vectors, to
    /// what loads models with heads.
    static func headFolder(_ data: Data) throws {
        guard let first = data.first, let heads = ProcessInfo.processInfo.environment["AKIN_FUZZ_HEADS"] else { return }
        let name = folders[Int(first) % folders.count]
        let folder = scratch.appending(path: name)
        if !FileManager.default.fileExists(atPath: folder.path) {
            try FileManager.default.copyItem(at: URL(filePath: heads).appending(path: name), to: folder)
            var tensors = SafetensorsWriter()
            tensors.append("weight", [Float](repeating: 0.5, count: 8), shape: [2, 4])
            tensors.append("bias", [Float](repeating: 0, count: 2), shape: [2])
            try tensors.contents().write(to: folder.appending(path: "akin_classifier.safetensors"))
        }
        try data.dropFirst().write(to: folder.appending(path: "akin_classifier.json"))
        let config = folder.appending(path: "config.json")
        let kept = try Data(contentsOf: config)
        defer { try! kept.write(to: config) }
        try data.dropFirst().write(to: config)
        let loads: [() throws -> Void] = [
            { _ = try BERTTaskModel<SequenceClassificationHead>(folder: folder) },
            { _ = try BERTTaskModel<AkinTransformers.TokenClassificationHead>(folder: folder) },
            { _ = try BERTTaskModel<QuestionAnsweringHead>(folder: folder) },
            { _ = try BERTTaskModel<MaskedWordsHead>(folder: folder) },
            { _ = try FrozenClassifier(folder: folder) },
            { _ = try TrainingModel(folder: folder, task: .sequenceClassification(outputs: 2), seed: 1) },
        ]
        for load in loads {
            do { try load() } catch { precondition((error as? AkinError)?.description.contains("\n") == false) }
        }
    }
}

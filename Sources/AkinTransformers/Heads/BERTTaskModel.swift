import AkinTokenizers
package import AkinCore
import AkinVectors
package import Foundation
import Synchronization

/// A BERT network with a head: a model folder on disk, sequences of tokens in, the head's outputs out.
///
/// Immutable apart from its pool of scratch memory; any number of threads may use one model.
package final class BERTTaskModel<Head: BERTHead>: Sendable {
    /// How people know the model.
    package let name: String
    package let task: BERTTask
    package let head: Head
    package let headConfiguration: HeadConfiguration
    package let tokenizer: Head.TextTokenizer
    private let parts: BERTParts

    /// Loads the model in a Hugging Face folder.
    ///
    /// Throws `.noModel` when a file is missing, `.invalidData` when one is malformed or does not fit the others,
    /// `.incompatible` when the model has no such head. Cost: as that of an encoder, and a pass over the head.
    ///
    /// - Parameter cache: Where the loaded network is kept for the next time; nil keeps nothing.
    package init(folder: URL, precision: EncodingPrecision = .fp32, cache: PackedModelCache? = nil) throws {
        let configuration = try HeadConfiguration(file: folder.appending(path: "config.json"))
        let network = try BERTConfiguration(file: configuration.file)
        let parameters = try ParameterReader(
            SafetensorsCheckpoint(folder: folder), epsilon: network.layerNormEpsilon)
        // Before the network is loaded: whoever names the wrong kind of model hears it at once.
        task = try BERTTask.of(configuration, parameters, family: network.family, wanted: Head.tasks)
        guard Head.isOver(network.family) else {
            throw AkinError(
                .incompatible,
                "\(configuration.file.path): heads for \(task.name) are known over BERT networks alone, and \"model_type\" is "
                    + "another; choose another model.")
        }
        parts = try BERTParts.load(folder, precision: precision, cache: cache, pools: false)
        tokenizer = try Head.tokenizer(parts.tokenizer, files: folder.path)
        headConfiguration = configuration
        head = try Head(
            HeadSource(
                task: task, labels: configuration.labels, head: parameters.outsideNetwork, network: parameters,
                configuration: network, maskID: (parts.tokenizer as? WordPieceTokenizer)?.maskID))
        name = ModelName.of(folder: folder, originalName: network.originalName)
    }

    package var maximumTokens: Int { parts.maximumTokens }

    /// What the head's outputs of each sequence become, in the order of the sequences; `transform` gets a sequence's
    /// number and its output, on whichever thread computed it.
    ///
    /// Throws `.invalidData` when an output is not finite, and as the network does.
    package func map<Result: Sendable>(
        _ sequences: [TokenSequence], threads: Int, _ transform: @Sendable (Int, Head.Output) throws -> Result
    ) throws -> [Result] {
        let batches = parts.engine.batches(lengths: sequences.map(\.ids.count), threads: threads)
        let results = Mutex([Result?](repeating: nil, count: sequences.count))
        try Parallel.forEach(batches.count, threads: threads) { place in
            let batch = batches[place]
            let chosen = batch.map { sequences[$0] }
            let outputs = try self.parts.engine.network.withHiddenStates(of: chosen) { states, rows in
                self.head.outputs(states, rows: rows, of: chosen)
            }
            for (index, output) in zip(batch, outputs) {
                guard Head.isFinite(output) else {
                    throw AkinError(
                        .invalidData,
                        "The model \(self.name) gives scores that are not finite; its weights are damaged, so fetch or train it again."
                    )
                }
                let result = try transform(index, output)
                results.withLock { $0[index] = result }
            }
        }
        return results.withLock { $0.compactMap { $0 } }
    }
}

package import AkinVectors
package import Foundation

/// A BERT network: token ids to the last hidden state of each token, in single precision, its linear layers over OpenBLAS.
///
/// One sequence is one pass with products of its own, alone or in bulk, so that its result depends on nothing else (see `LinearLayer`).
package struct BERTNetwork: Sendable {
    package let configuration: BERTConfiguration
    package let weights: BERTWeights
    let workspaces: WorkspacePool<BERTWorkspace>

    /// Receives every intermediate by the name of the module of Hugging Face's implementation that makes it, in the order of computation:
    /// `embeddings`, `encoder.layer.N.attention.self`, `.attention.output`, `.intermediate` and `.output`; shapes (tokens, size).
    package typealias Probe = (_ name: String, _ values: Matrix) -> Void

    /// Reads the network in a Hugging Face folder (`config.json` and the weights beside it).
    package init(folder: URL) throws {
        let configuration = try BERTConfiguration(file: folder.appending(path: "config.json"))
        let checkpoint = try SafetensorsCheckpoint(folder: folder)
        try self.init(BERTWeights(checkpoint, configuration: configuration), configuration)
    }

    /// Throws `.noModel` when this machine's OpenBLAS computes wrongly.
    init(_ weights: BERTWeights, _ configuration: BERTConfiguration) throws {
        try ProductCheck.requireWorkingBLAS()
        self.configuration = configuration
        self.weights = weights
        workspaces = WorkspacePool { BERTWorkspace(capacity: $0, configuration: configuration) }
    }

    /// The last hidden state of each token. Shape: (tokens, hidden size). Throws as `forward` does.
    package func hiddenStates(_ ids: [Int32], probe: Probe? = nil) throws -> Matrix {
        try workspaces.withWorkspace(length: ids.count) { workspace in
            try forward(ids, in: &workspace, probe: probe)
            return workspace.hidden.gathered(Array(ids.indices))
        }
    }
}

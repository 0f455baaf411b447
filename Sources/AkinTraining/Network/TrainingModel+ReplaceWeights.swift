import AkinCore
package import Foundation

extension TrainingModel {
    /// Puts the parameters in the place of a network's weights, in whatever files and formats the folder has those.
    ///
    /// Throws what Foundation does when a file cannot be deleted or written.
    ///
    /// - Parameters:
    ///   - copy: a copy of a whole model.
    ///   - network: where its network is below it; empty for the folder itself.
    package func replaceWeights(in copy: URL, network: String) throws {
        let folder = network.isEmpty ? copy : copy.appending(path: network)
        let files = FileManager.default
        for place in Set([copy, folder]) {
            for name in try files.contentsOfDirectory(atPath: place.path) where Self.holdsWeights(name) {
                try files.removeItem(at: place.appending(path: name))
            }
        }
        try writeTensors(to: folder)
    }

    /// Whether a file holds a network's weights or says where they are, or a folder holds a network in the format of
    /// another program.
    private static func holdsWeights(_ name: String) -> Bool {
        ["onnx", "openvino"].contains(name)
            || [".safetensors", ".safetensors.index.json", ".bin", ".bin.index.json", ".h5", ".msgpack", ".ot"]
                .contains { name.hasSuffix($0) }
    }
}

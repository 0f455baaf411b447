import AkinCore
package import Foundation

/// All tensors of a model folder: `model.safetensors`, or the shards that `model.safetensors.index.json` lists.
package struct SafetensorsCheckpoint: Sendable {
    /// The files, in the order of their names.
    package let files: [SafetensorsFile]
    /// Tensor name → index of its file.
    private let fileOfTensor: [String: Int]

    /// Opens the model in a folder.
    ///
    /// Throws `.noModel` when there is none and `.invalidData` when a file is malformed or the index and the shards
    /// disagree.
    package init(folder: URL) throws {
        let single = folder.appending(path: "model.safetensors")
        let index = folder.appending(path: "model.safetensors.index.json")
        if FileManager.default.fileExists(atPath: single.path) {
            let file = try SafetensorsFile(path: single.path)
            files = [file]
            fileOfTensor = file.tensors.mapValues { _ in 0 }
        } else if FileManager.default.fileExists(atPath: index.path) {
            (files, fileOfTensor) = try Self.shards(of: index, in: folder)
        } else {
            throw AkinError(
                .noModel,
                "There is no model.safetensors in \(folder.path); fetch the model with its weights in the safetensors format "
                    + "(a pytorch_model.bin alone is not read).")
        }
    }

    /// The names of all tensors.
    package var names: some Collection<String> { fileOfTensor.keys }

    /// The file that holds a tensor, and the tensor's place in it.
    package func locate(_ name: String) -> (file: SafetensorsFile, tensor: SafetensorsFile.Tensor)? {
        guard let index = fileOfTensor[name], let tensor = files[index].tensors[name] else { return nil }
        return (files[index], tensor)
    }

    /// The paths of every file that decides which tensors a folder has, whether it is there or not.
    static func candidates(in folder: URL) throws -> [String] {
        let single = folder.appending(path: "model.safetensors").path
        let index = folder.appending(path: "model.safetensors.index.json")
        guard !FileManager.default.fileExists(atPath: single), FileManager.default.fileExists(atPath: index.path) else {
            return [single, index.path]
        }
        return [single, index.path] + Set(try map(of: index).values).sorted().map { folder.appending(path: $0).path }
    }

    /// Tensor name → name of its file.
    private static func map(of index: URL) throws -> [String: String] {
        do {
            let settings = try ModelSettings(index)
            return try settings.required("weight_map", settings.texts)
        } catch {
            throw AkinError(
                .invalidData,
                "\(index.path) does not hold a \"weight_map\" from tensors to files; fetch the model again.",
                cause: error)
        }
    }

    private static func shards(of index: URL, in folder: URL) throws -> ([SafetensorsFile], [String: Int]) {
        let map = try map(of: index)
        let names = Set(map.values).sorted()
        for name in names
        where name.isEmpty || name.utf8.contains(UInt8(ascii: "/")) || name.utf8.first == UInt8(ascii: ".") {
            throw AkinError(
                .invalidData,
                "\(index.path) names the shard \"\(name)\", which is not a file of the model's own folder.")
        }
        let files = try names.map { try SafetensorsFile(path: folder.appending(path: $0).path) }
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        var fileOfTensor: [String: Int] = [:]
        for (tensor, name) in map {
            guard let place = places[name], files[place].tensors[tensor] != nil else {
                throw AkinError(
                    .invalidData,
                    "\(index.path) says that the tensor \"\(tensor)\" is in \(name), but it is not; fetch the model again."
                )
            }
            fileOfTensor[tensor] = place
        }
        return (files, fileOfTensor)
    }
}

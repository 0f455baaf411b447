import AkinTokenizers
import AkinCore
import Crypto
package import Foundation

/// A static model as a `model2vec` folder, and as the bytes that a store keeps.
extension StaticModel {
    /// Whether a folder holds a static model. The configuration of a BERT model says how many layers it has; a static
    /// model has none.
    package static func isFolder(_ folder: URL) -> Bool {
        guard let fields = try? ModelSettings(folder.appending(path: "config.json")).fields else { return false }
        return fields["model_type"] == .string("model2vec")
            || (fields["num_hidden_layers"] == nil && fields["normalize"] != nil)
    }

    /// Reads a `model2vec` folder: `config.json`, `model.safetensors`, `tokenizer.json` with a BERT or a Unigram
    /// tokenizer.
    ///
    /// - Throws: `AkinError`: `.noModel` for a missing file, `.invalidData` for one that is malformed or does not fit
    ///   the others.
    package init(folder: URL) throws {
        let settings = try Settings(folder: folder)
        let tokenizer = try Self.tokenizer(folder: folder)
        let tensors = folder.appending(path: "model.safetensors")
        guard FileManager.default.fileExists(atPath: tensors.path) else {
            throw AkinError(
                .noModel, "There is no model.safetensors in \(folder.path); get the model again with all its files.")
        }
        try self.init(try SafetensorsFile(path: tensors.path), tokenizer: tokenizer, settings: settings)
    }

    private static func tokenizer(folder: URL) throws -> any Tokenizer {
        let name = "tokenizer.json"
        return try TokenizerReader.read(
            json: try contents(name, of: folder), name: folder.appending(path: name).path)
    }

    static func contents(_ name: String, of folder: URL) throws -> Data {
        let file = folder.appending(path: name)
        do {
            return try RegularFile.contents(of: file.path, atMost: JSONFile.largest)
        } catch {
            throw AkinError(
                .noModel,
                "The model file \(file.path) cannot be read: \(error); get the model again with all its files.")
        }
    }

    /// The sizes of a folder's model, by its `config.json` and the header of its tensors; where there is no such
    /// header, by `config.json` and the tokenizer, with a dimension of 0 where that is not given. The tensors
    /// themselves are not read.
    static func shape(folder: URL) throws -> (dimension: Int, tokens: Int, maximumTokens: Int?) {
        let settings = try Settings(folder: folder)
        let tensors = (try? SafetensorsFile(path: folder.appending(path: "model.safetensors").path))?.tensors
        if let table = tensors?["embeddings"], table.shape.count == 2 {
            // Where several tokens share a row, the mapping has an element for each.
            let tokens = tensors?["mapping"]?.elementCount ?? table.shape[0]
            return (table.shape[1], tokens, settings.maximumTokens)
        }
        let dimension = settings.dimension ?? 0
        return (dimension, try tokenizer(folder: folder).vocabularySize, settings.maximumTokens)
    }

    /// Refuses a folder that holds a model of another kind, such as the one that is distilled.
    ///
    /// - Throws: `AkinError(.cannotCreate)`.
    package static func requireReplaceable(folder: URL) throws {
        let names = ["config.json", "model.safetensors", "tokenizer.json"]
        guard names.contains(where: { FileManager.default.fileExists(atPath: folder.appending(path: $0).path) }),
            !isFolder(folder)
        else {
            return
        }
        throw AkinError(
            .cannotCreate, "\(folder.path) holds another model and was left as it is: choose another folder.")
    }

    /// Writes a `model2vec` folder, which is made when it is not there. The teacher's place on this machine is left
    /// out.
    ///
    /// - Throws: `AkinError(.cannotCreate)` when it cannot be written, or holds another model.
    package func write(folder: URL) throws {
        try Self.requireReplaceable(folder: folder)
        var teacher = teacher
        teacher?.path = ""
        let settings = Settings(normalizes: normalizes, maximumTokens: maximumTokens, teacher: teacher)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try tensors(halfPrecision: false).contents().write(
                to: folder.appending(path: "model.safetensors"), options: .atomic)
            try tokenizer.json.write(to: folder.appending(path: "tokenizer.json"), options: .atomic)
            try settings.json(dimension: dimension).write(to: folder.appending(path: "config.json"), options: .atomic)
        } catch {
            throw AkinError(
                .cannotCreate, "The model cannot be written to \(folder.path); see that there is room.", cause: error)
        }
    }

    private static let storedTokenizer = "tokenizer.json"
    private static let storedSettings = "config.json"

    /// The whole model as one safetensors file, tokenizer and settings in it as bytes; rows in half precision.
    package func serialized() throws -> Data {
        var writer = tensors(halfPrecision: true)
        writer.append(Self.storedTokenizer, bytes: tokenizer.json)
        let settings = Settings(normalizes: normalizes, maximumTokens: maximumTokens, teacher: teacher)
        writer.append(Self.storedSettings, bytes: settings.json(dimension: dimension))
        return writer.contents()
    }

    /// Reads what `serialized()` wrote.
    ///
    /// - Throws: `AkinError(.invalidData)` for anything else.
    package init(serialized data: Data) throws {
        let name = "the stored static model"
        let file = try SafetensorsFile(contents: data, name: name)
        guard let tokenizer = file.tensors[Self.storedTokenizer], let settings = file.tensors[Self.storedSettings]
        else {
            throw AkinError(.invalidData, "There is no tokenizer in \(name); distil it again.")
        }
        try self.init(
            file, tokenizer: try TokenizerReader.read(json: Data(file.bytes(of: tokenizer)), name: name),
            settings: try Settings(json: Data(file.bytes(of: settings)), name: name))
    }

    /// The identity of the vectors: SHA-256 of the serialised model, in hexadecimal.
    package static func fingerprint(_ serialized: Data) -> String {
        SHA256.hash(data: serialized).hexadecimal
    }
}

import AkinCore
import AkinTransformers
import AkinVectors
package import Foundation

/// A linear classifier over an encoder's vectors.
///
/// A folder of one is the encoder's own folder with two files more: `akin_classifier.json` with the labels, and
/// `akin_classifier.safetensors` with the weights (labels, dimension) and biases. Programs that know nothing of them
/// read the encoder.
package struct FrozenClassifier: Sendable {
    package let labels: [String]
    package let regression: LogisticRegression

    package init(labels: [String], regression: LogisticRegression) {
        precondition(regression.biases.count == labels.count)
        (self.labels, self.regression) = (labels, regression)
    }

    private static let settings = "akin_classifier.json"
    private static let tensors = "akin_classifier.safetensors"

    /// Whether a folder holds one.
    package static func isFolder(_ folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: settings).path)
    }

    /// Reads the classifier in a folder. Throws `.invalidData` when a file is damaged or the two do not fit together.
    package init(folder: URL) throws {
        let file = folder.appending(path: Self.settings)
        func wrong(_ what: String) -> AkinError { AkinError(.invalidData, "\(file.path) \(what); train it again.") }
        guard let json = try? JSONValue(json: Array(RegularFile.contents(of: file.path))),
            case .object(let fields) = json, case .array(let values) = fields["labels"] ?? .null
        else { throw wrong("holds no list of labels") }
        labels = try values.map { value in
            guard case .string(let label) = value else { throw wrong("has a label that is no text") }
            return label
        }
        let tensors = try SafetensorsFile(path: folder.appending(path: Self.tensors).path)
        guard let weight = tensors.tensors["weight"], let bias = tensors.tensors["bias"], weight.shape.count == 2,
            weight.shape[0] == labels.count
        else { throw wrong("does not fit the weights beside it") }
        let biases = try tensors.matrix(bias, shape: [labels.count])
        regression = LogisticRegression(
            weights: try tensors.matrix(weight, shape: weight.shape), biases: Array(biases.row(0)))
        guard regression.biases.allSatisfy(\.isFinite),
            (0..<labels.count).allSatisfy({ row in
                regression.weights.row(row).allSatisfy(\.isFinite)
            })
        else { throw wrong("has weights beside it that are not finite") }
    }

    /// Writes the encoder's folder with the classifier's files as a new folder. Nothing stands there before all of it
    /// does.
    ///
    /// Throws `.cannotCreate` where something is there already or the folder cannot be made, `.inputOutput` when a file
    /// cannot be written.
    ///
    /// - Parameter change: what is done to the copy of the encoder before it appears.
    package func write(to folder: URL, encoder: URL, change: (_ copy: URL) throws -> Void = { _ in }) throws {
        try ModelFolderWriter.write(to: folder) { staging in
            try ModelFolderWriter.copyContents(of: encoder, to: staging)
            try change(staging)
            var json = JSONWriter(escaping: .required)
            json.object(["labels": .array(labels.map { .string($0) })])
            json.newline()
            try Data(json.bytes).write(to: staging.appending(path: Self.settings))
            var tensors = SafetensorsWriter()
            tensors.append("weight", regression.weights)
            tensors.append("bias", regression.biases, shape: [labels.count])
            try tensors.contents().write(to: staging.appending(path: Self.tensors))
        }
    }
}

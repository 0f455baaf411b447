import AkinCore
import AkinVectors
import Foundation

/// The `config.json` of a `Dense` module of a sentence transformer.
struct DenseConfiguration: Sendable {
    enum Function: String, Sendable {
        case identity = "torch.nn.modules.linear.Identity"
        case tanh = "torch.nn.modules.activation.Tanh"
        case relu = "torch.nn.modules.activation.ReLU"
    }

    let folder: URL
    let inputs: Int
    let outputs: Int
    let hasBias: Bool
    let function: Function

    /// What modules call the vector of a text.
    private static let vector = "sentence_embedding"

    init(folder: URL) throws {
        let file = folder.appending(path: "config.json")
        let settings = try ModelSettings(file)
        inputs = try settings.required("in_features", settings.whole)
        outputs = try settings.required("out_features", settings.whole)
        hasBias = try settings.flag("bias") != false
        guard inputs > 0, outputs > 0 else {
            throw AkinError(
                .invalidData,
                "\(file.path): a layer of \(inputs) × \(outputs) is impossible; fetch the model again."
            )
        }
        let input = try settings.text("module_input_name") ?? Self.vector
        let output = try settings.text("module_output_name") ?? input
        guard try settings.flag("use_residual") != true, input == Self.vector, output == Self.vector else {
            throw AkinError(
                .incompatible,
                "\(file.path): a Dense module with a residual, or of something other than the text's vector, cannot be computed; choose "
                    + "another model.")
        }
        let name = try settings.text("activation_function") ?? Function.tanh.rawValue
        guard let function = Function(rawValue: name) else {
            throw AkinError(
                .incompatible,
                "\(file.path): \"activation_function\" is \"\(name)\"; only Identity, Tanh and ReLU can be computed, so choose "
                    + "another model.")
        }
        self.folder = folder
        self.function = function
    }
}

/// A `Dense` module of a sentence transformer: one more linear layer after pooling, y = activation(x·Wᵀ + b).
struct DenseLayer: Sendable {
    let weight: Matrix  // (outputs, inputs)
    let bias: [Float]  // (outputs)
    let function: DenseConfiguration.Function
    let files: [SafetensorsFile]

    /// Reads `model.safetensors` of the module's folder.
    init(_ configuration: DenseConfiguration) throws {
        let folder = configuration.folder
        let checkpoint = try SafetensorsCheckpoint(folder: folder)
        func matrix(_ name: String, shape: [Int]) throws -> Matrix {
            guard let (file, tensor) = checkpoint.locate(name) else {
                throw AkinError(
                    .invalidData,
                    "\(folder.path)/model.safetensors lacks the tensor \"\(name)\"; fetch the model again.")
            }
            return try file.matrix(tensor, shape: shape)
        }
        function = configuration.function
        weight = try matrix("linear.weight", shape: [configuration.outputs, configuration.inputs])
        bias =
            configuration.hasBias
            ? try matrix("linear.bias", shape: [configuration.outputs]).row(0)
            : [Float](repeating: 0, count: configuration.outputs)
        files = checkpoint.files
    }

    func apply(_ vector: [Float]) -> [Float] {
        zip(weight.products(with: vector), bias).map { product, bias in
            let sum = product + bias
            switch function {
            case .identity: return sum
            case .tanh: return Float(Foundation.tanh(Double(sum)))
            case .relu: return max(0, sum)
            }
        }
    }
}

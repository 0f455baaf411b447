import AkinCore
import AkinVectors
import Foundation

/// A `Dense` module of a sentence transformer: one more linear layer after pooling, y = activation(x·Wᵀ + b).
struct DenseLayer: Sendable {
    enum Function: String, Sendable {
        case identity = "torch.nn.modules.linear.Identity"
        case tanh = "torch.nn.modules.activation.Tanh"
        case relu = "torch.nn.modules.activation.ReLU"
    }

    let weight: Matrix  // (outputs, inputs)
    let bias: [Float]  // (outputs)
    let function: Function
    let files: [SafetensorsFile]

    /// Reads `config.json` and `model.safetensors` of the module's folder.
    init(folder: URL) throws {
        struct Fields: Decodable {
            let in_features: Int
            let out_features: Int
            let bias: Bool?
            let activation_function: String?
        }
        let file = folder.appending(path: "config.json")
        let fields = try ModelJSON.read(Fields.self, from: file)
        guard fields.in_features > 0, fields.out_features > 0 else {
            throw AkinError(
                .invalidData,
                "\(file.path): a layer of \(fields.in_features) × \(fields.out_features) cannot be; fetch the model again."
            )
        }
        let name = fields.activation_function ?? Function.tanh.rawValue
        guard let function = Function(rawValue: name) else {
            throw AkinError(
                .incompatible,
                "\(file.path): \"activation_function\" is \"\(name)\"; only Identity, Tanh and ReLU can be computed, so choose "
                    + "another model.")
        }
        let checkpoint = try SafetensorsCheckpoint(folder: folder)
        func matrix(_ name: String, shape: [Int]) throws -> Matrix {
            guard let (file, tensor) = checkpoint.locate(name) else {
                throw AkinError(
                    .invalidData,
                    "\(folder.path)/model.safetensors lacks the tensor \"\(name)\"; fetch the model again.")
            }
            return try file.matrix(tensor, shape: shape)
        }
        self.function = function
        weight = try matrix("linear.weight", shape: [fields.out_features, fields.in_features])
        bias =
            fields.bias == false
            ? [Float](repeating: 0, count: fields.out_features)
            : try matrix("linear.bias", shape: [fields.out_features]).row(0)
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

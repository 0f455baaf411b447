import AkinTokenizers
import AkinCore
import AkinVectors
import Foundation

/// The tensors and settings of a static model, as `model2vec` names them, checked.
///
///     embeddings  (rows, dimension)  F32, F16, BF16 or I8
///     mapping     (tokens)           I32 or I64: the row of each token; optional
///     weights     (tokens)           F32, F16, BF16 or F64: what each token counts; optional
///     projection  (dimension, teacher's dimension)  F32: Akin's own, where the model was distilled here; optional
extension StaticModel {
    /// The settings beside the tensors.
    struct Settings {
        var normalizes = false
        /// The default of `model2vec` where nothing is given.
        var maximumTokens: Int? = 512
        var teacher: Teacher?
        /// What the file says about the vectors' components. Where the tensors differ, they count.
        private(set) var dimension: Int?

        private static let dimensionKey = "hidden_dim"
        private static let teacherKey = "akin_teacher"

        init(normalizes: Bool, maximumTokens: Int?, teacher: Teacher?) {
            (self.normalizes, self.maximumTokens, self.teacher) = (normalizes, maximumTokens, teacher)
        }

        init(folder: URL) throws {
            let name = "config.json"
            try self.init(
                json: try StaticModel.contents(name, of: folder), name: folder.appending(path: name).path)
        }

        init(json: Data, name: String) throws {
            guard case .object(let fields) = try JSONFile.value(Array(json), name: name) else {
                throw AkinError(.invalidData, "\(name) is not a JSON object; get the model again.")
            }
            normalizes = fields["normalize"] == .bool(true)
            switch fields["max_length"] {
            case nil: break
            case .null?: maximumTokens = nil
            case let value?:
                guard let whole = value.wholeNumber, whole > 0 else {
                    throw AkinError(
                        .invalidData,
                        "\(name): \"max_length\" is \(value.scalarText ?? "a list"), which is no number of tokens.")
                }
                maximumTokens = whole
            }
            dimension = fields[Self.dimensionKey]?.wholeNumber
            teacher = fields[Self.teacherKey].flatMap(Teacher.init)
        }

        func json(dimension: Int) -> Data {
            var fields: [String: JSONValue] = [
                "model_type": .string("model2vec"), "architectures": .array([.string("StaticModel")]),
                "normalize": .bool(normalizes),
                Self.dimensionKey: .number(Double(dimension)),
                "max_length": maximumTokens.map { .number(Double($0)) } ?? .null,
            ]
            if let teacher { fields[Self.teacherKey] = teacher.json }
            var json = JSONWriter(escaping: .required)
            json.object(fields)
            return Data(json.bytes)
        }
    }

    init(_ file: SafetensorsFile, tokenizer: any Tokenizer, settings: Settings) throws {
        func invalid(_ problem: String) -> AkinError {
            AkinError(.invalidData, "\(file.path): \(problem); get the model again.")
        }
        guard let table = file.tensors["embeddings"], table.shape.count == 2, table.elementCount > 0 else {
            throw invalid("there is no tensor \"embeddings\" of rows and columns, which a static model is made of")
        }
        guard table.shape[1] <= 65_536 else { throw invalid("its vectors have \(table.shape[1]) components") }
        embeddings = try file.numbers(table, rows: table.shape[0], columns: table.shape[1])
        let tokens = tokenizer.vocabularySize
        let rows = table.shape[0]
        if let tensor = file.tensors["mapping"] {
            let mapping = try file.integers(tensor)
            guard mapping.count >= tokens, mapping.allSatisfy({ (0..<rows).contains($0) }) else {
                throw invalid(
                    "its mapping of \(mapping.count) tokens does not fit \(tokens) tokens and \(rows) vectors")
            }
            self.mapping = mapping.map(Int32.init)
        } else {
            guard rows >= tokens else {
                throw invalid("it has \(rows) vectors for the \(tokens) tokens of its tokenizer")
            }
            mapping = nil
        }
        if let tensor = file.tensors["weights"] {
            let weights = try file.numbers(tensor, rows: 1, columns: tensor.elementCount)
            guard weights.columns >= tokens else {
                throw invalid("it has \(weights.columns) weights for \(tokens) tokens")
            }
            guard weights.isFinite else { throw invalid("its weights are not all numbers") }
            self.weights = weights.row(0)
        } else {
            weights = nil
        }
        if let tensor = file.tensors["projection"] {
            guard tensor.shape.count == 2, tensor.shape[0] == table.shape[1] else {
                throw invalid("its projection has the shape \(tensor.shape)")
            }
            let projection = try file.numbers(tensor, rows: tensor.shape[0], columns: tensor.shape[1])
            guard projection.isFinite else { throw invalid("its projection is not all numbers") }
            self.projection = projection
        } else {
            projection = nil
        }
        guard embeddings.isFinite else { throw invalid("its vectors are not all numbers") }
        self.tokenizer = tokenizer
        normalizes = settings.normalizes
        maximumTokens = settings.maximumTokens
        teacher = settings.teacher
    }

    /// - Parameter halfPrecision: Rows of 2 bytes a component; vectors keep a cosine of .9999999 to those of 4.
    func tensors(halfPrecision: Bool) -> SafetensorsWriter {
        var writer = SafetensorsWriter()
        writer.append("embeddings", embeddings, halfPrecision: halfPrecision)
        if let mapping { writer.append("mapping", mapping) }
        if let weights { writer.append("weights", weights, shape: [weights.count]) }
        if let projection { writer.append("projection", projection) }
        return writer
    }
}

extension StaticModel.Teacher {
    /// nil where a field is missing.
    fileprivate init?(_ json: JSONValue) {
        guard case .object(let fields) = json, case .string(let name)? = fields["name"],
            case .string(let fingerprint)? = fields["fingerprint"], case .string(let path)? = fields["path"],
            case .string(let precision)? = fields["precision"]
        else { return nil }
        self.init(name: name, fingerprint: fingerprint, path: path, precision: precision)
    }

    fileprivate var json: JSONValue {
        .object([
            "name": .string(name), "fingerprint": .string(fingerprint), "path": .string(path),
            "precision": .string(precision),
        ])
    }
}

extension SafetensorsFile {
    /// A tensor of floats or signed bytes as a matrix.
    fileprivate func numbers(_ tensor: Tensor, rows: Int, columns: Int) throws -> Matrix {
        switch tensor.elementType {
        case "I8":
            var matrix = Matrix(rows: rows, columns: columns)
            let bytes = bytes(of: tensor)
            for row in 0..<rows {
                let first = bytes.startIndex + row * columns
                matrix.setRow(row, bytes[first..<first + columns].map { Float(Int8(bitPattern: $0)) })
            }
            return matrix
        case "F64":
            let values = integers64(tensor).map { Float(Double(bitPattern: UInt64(bitPattern: $0))) }
            var matrix = Matrix(rows: rows, columns: columns)
            for row in 0..<rows { matrix.setRow(row, values[row * columns..<(row + 1) * columns]) }
            return matrix
        default:
            let matrix = try matrix(tensor, shape: tensor.shape)
            guard matrix.rows == rows, matrix.columns == columns else {
                throw AkinError(
                    .invalidData,
                    "\(path): the tensor \"\(tensor.name)\" has the shape \(tensor.shape); get the model again.")
            }
            return matrix
        }
    }

    fileprivate func integers(_ tensor: Tensor) throws -> [Int] {
        switch tensor.elementType {
        case "I64": return integers64(tensor).map { Int($0) }
        case "I32":
            let bytes = bytes(of: tensor)
            return stride(from: bytes.startIndex, to: bytes.endIndex, by: 4).map { first in
                Int(
                    Int32(
                        truncatingIfNeeded: bytes[first..<first + 4].reversed().reduce(UInt32(0)) {
                            $0 << 8 | UInt32($1)
                        }))
            }
        default:
            throw AkinError(
                .invalidData,
                "\(path): the tensor \"\(tensor.name)\" has elements of type \(tensor.elementType), not I32 or I64; get the model again."
            )
        }
    }

    private func integers64(_ tensor: Tensor) -> [Int64] {
        let bytes = bytes(of: tensor)
        return stride(from: bytes.startIndex, to: bytes.endIndex, by: 8).map { first in
            Int64(bitPattern: bytes[first..<first + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        }
    }
}

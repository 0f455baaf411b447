import AkinCore
package import AkinVectors
package import Foundation

/// One safetensors file, mapped read-only: tensors are read in place or decoded to floats on demand.
///
/// The format, by https://github.com/huggingface/safetensors (section "Format"):
///
///     ┌──────────────┬───────────────────────────────────────────────┬───────────────────────────────┐
///     │ 8 bytes      │ N bytes                                       │ the rest                      │
///     │ N, UInt64 LE │ JSON: name → {dtype, shape, data_offsets}     │ tensor bytes, without holes   │
///     └──────────────┴───────────────────────────────────────────────┴───────────────────────────────┘
///
/// Everything the header claims is checked at opening against the file's real size, so that no later read can leave the
/// mapping. The file must not be cut short while it is open: reading a mapped page that no longer exists ends the
/// process, as with every mapped file.
package struct SafetensorsFile: Sendable {
    /// Where one tensor lies and how it is written.
    package struct Tensor: Sendable, Codable {
        package let name: String
        package let elementType: String
        package let shape: [Int]
        /// Offsets from the start of the file.
        let bytes: Range<Int>

        package var elementCount: Int { shape.reduce(1, *) }
    }

    /// The file's path, for messages.
    package let path: String
    package let tensors: [String: Tensor]
    /// The whole file.
    package let contents: Data

    /// Maps a file and checks its header.
    ///
    /// Throws `.noInput` when the file cannot be opened and `.invalidData`, naming file and tensor, when it is not a
    /// whole and sound file.
    package init(path: String) throws {
        self.path = path
        contents = try Self.mapped(path)
        tensors = try SafetensorsHeader(contents, path: path).tensors
    }

    /// Reads a file that is in memory; `name` is what errors call it.
    package init(contents: Data, name: String) throws {
        path = name
        self.contents = contents
        tensors = try SafetensorsHeader(contents, path: name).tensors
    }

    /// The bytes of a tensor.
    package func bytes(of tensor: Tensor) -> Data {
        contents[contents.startIndex + tensor.bytes.lowerBound..<contents.startIndex + tensor.bytes.upperBound]
    }

    /// Maps a file in which one tensor's place is known from an earlier reading of its header.
    ///
    /// Throws `.noInput` when the file cannot be opened and `.invalidData` when the tensor does not fit into it.
    init(path: String, holding tensor: Tensor) throws {
        self.path = path
        contents = try Self.mapped(path)
        tensors = [tensor.name: tensor]
        guard tensor.bytes.lowerBound >= 0, tensor.bytes.upperBound <= contents.count,
            SafetensorsHeader.size(of: tensor.elementType, shape: tensor.shape) == tensor.bytes.count
        else {
            throw AkinError(
                .invalidData, "The tensor \"\(tensor.name)\" does not fit into \(path); fetch the model again.")
        }
    }

    private static func mapped(_ path: String) throws -> Data {
        do {
            return try RegularFile.mappedContents(of: path)
        } catch {
            throw AkinError(
                .noInput, "The model file \(path) cannot be read: \(error). Check that it exists and is readable.")
        }
    }
}

extension SafetensorsFile {
    /// Decodes a tensor of the given shape to a matrix of floats; a vector of length n becomes (1, n).
    ///
    /// Throws `.invalidData` when the tensor's shape or element type is another. Cost: one pass over its bytes.
    package func matrix(_ tensor: Tensor, shape: [Int]) throws -> Matrix {
        let format = try floatFormat(of: tensor, shape: shape)
        let (rows, columns) = shape.count == 2 ? (shape[0], shape[1]) : (1, tensor.elementCount)
        return unsafe contents.withUnsafeBytes { file in
            unsafe Matrix(
                rows: rows, columns: columns, decoding: UnsafeRawBufferPointer(rebasing: file[tensor.bytes]), as: format
            )
        }
    }

    /// Decodes one row of a two-dimensional tensor into a row of `target`.
    ///
    /// The caller has checked the shape with `floatFormat(of:shape:)`; a row out of bounds is a programming error.
    package func decodeRow(
        _ row: Int, of tensor: Tensor, as format: FloatFormat, into target: inout Matrix, row targetRow: Int
    ) {
        precondition(tensor.shape.count == 2 && row >= 0 && row < tensor.shape[0])
        let rowBytes = tensor.shape[1] * format.bytesPerElement
        let start = tensor.bytes.lowerBound + row * rowBytes
        unsafe contents.withUnsafeBytes { file in
            unsafe target.setRow(
                targetRow, decoding: UnsafeRawBufferPointer(rebasing: file[start..<start + rowBytes]), as: format)
        }
    }

    /// How a tensor's floats are written, after checking that it has the given shape.
    package func floatFormat(of tensor: Tensor, shape: [Int]) throws -> FloatFormat {
        guard tensor.shape == shape else {
            throw AkinError(
                .invalidData,
                "The tensor \"\(tensor.name)\" in \(path) has the shape \(tensor.shape), but config.json asks for \(shape); "
                    + "the two files belong to different models, so fetch the model again.")
        }
        switch tensor.elementType {
        case "F32": return .float32
        case "F16": return .float16
        case "BF16": return .bfloat16
        default:
            throw AkinError(
                .invalidData,
                "The tensor \"\(tensor.name)\" in \(path) has elements of type \(tensor.elementType); only F32, F16 and BF16 are read, "
                    + "so fetch the model in one of these.")
        }
    }
}

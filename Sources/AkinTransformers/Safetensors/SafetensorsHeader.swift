import AkinCore
import AkinTokenizers
import Foundation

/// The checked table of contents of a safetensors file.
struct SafetensorsHeader {
    let tensors: [String: SafetensorsFile.Tensor]

    /// The largest header the format's reference implementation reads, in bytes.
    private static let largestHeader = 100_000_000

    /// Bytes per element of each type of the format.
    private static let elementBytes = [
        "BOOL": 1, "U8": 1, "I8": 1, "F8_E5M2": 1, "F8_E4M3": 1, "I16": 2, "U16": 2, "F16": 2, "BF16": 2,
        "I32": 4, "U32": 4, "F32": 4, "F64": 8, "I64": 8, "U64": 8,
    ]

    init(_ contents: Data, path: String) throws {
        func failure(_ problem: String, cause: (any Error)? = nil) -> AkinError {
            AkinError(
                .invalidData, "\(path) is not a sound safetensors file: \(problem); fetch the model again.",
                cause: cause)
        }
        guard contents.count >= 8 else {
            throw failure("it has \(contents.count) bytes, fewer than its 8-byte header length")
        }
        let claimed = contents.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard claimed <= UInt64(Self.largestHeader) else { throw failure("it claims a header of \(claimed) bytes") }
        let headerLength = Int(claimed)
        guard headerLength <= contents.count - 8 else {
            throw failure(
                "it is cut short: its header has \(headerLength) bytes, but only \(contents.count - 8) are there")
        }
        let dataStart = 8 + headerLength
        let header = contents.subdata(in: 8..<dataStart)
        guard header.first == UInt8(ascii: "{") else { throw failure("its header does not begin with {") }

        let members: [(name: String, value: JSONValue)]
        do {
            members = try JSONFile.read(Array(header), name: "the header") { reader throws(JSONSyntaxError) in
                try Self.members(&reader)
            }
        } catch {
            throw failure("its header is not the JSON the format asks for", cause: error)
        }

        var tensors: [String: SafetensorsFile.Tensor] = [:]
        // All but `__metadata__`, which is free text.
        for (name, value) in members where name != "__metadata__" {
            guard let entry = Entry(value) else {
                throw failure("its header is not the JSON the format asks for, at the tensor \"\(name)\"")
            }
            guard tensors[name] == nil else { throw failure("the tensor \"\(name)\" is listed twice") }
            guard let elementBytes = Self.elementBytes[entry.dtype] else {
                throw failure("the tensor \"\(name)\" has the unknown element type \"\(entry.dtype)\"")
            }
            guard let size = Self.product(entry.shape, elementBytes) else {
                throw failure("the tensor \"\(name)\" has the impossible shape \(entry.shape)")
            }
            guard entry.data_offsets.count == 2, let begin = entry.data_offsets.first,
                let end = entry.data_offsets.last, begin >= 0,
                begin <= end, end - begin == size
            else {
                throw failure(
                    "the tensor \"\(name)\" needs \(size) bytes, but its data_offsets are \(entry.data_offsets)")
            }
            guard end <= contents.count - dataStart else {
                throw failure(
                    "it is cut short: the tensor \"\(name)\" ends at byte \(end) of the data, but only "
                        + "\(contents.count - dataStart) are there")
            }
            tensors[name] = SafetensorsFile.Tensor(
                name: name, elementType: entry.dtype, shape: entry.shape, bytes: dataStart + begin..<dataStart + end)
        }

        var position = dataStart
        for tensor in tensors.values.sorted(by: {
            ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
        }) {
            guard tensor.bytes.lowerBound >= position else {
                throw failure("the tensor \"\(tensor.name)\" overlaps another")
            }
            guard tensor.bytes.lowerBound == position else {
                throw failure("there is a hole before the tensor \"\(tensor.name)\"")
            }
            position = tensor.bytes.upperBound
        }
        guard position == contents.count else {
            throw failure("\(contents.count - position) bytes follow its last tensor")
        }
        self.tensors = tensors
    }

    /// The members of the object, in the order they are in.
    private static func members(_ reader: inout JSONReader) throws(JSONSyntaxError) -> [(
        name: String, value: JSONValue
    )] {
        var members: [(String, JSONValue)] = []
        var hasMember = try reader.beginObject()
        while hasMember {
            members.append((try reader.memberName(), try reader.value()))
            hasMember = try reader.nextMember()
        }
        return members
    }

    /// The bytes of a tensor; nil for an unknown type or an impossible shape.
    static func size(of elementType: String, shape: [Int]) -> Int? {
        elementBytes[elementType].flatMap { product(shape, $0) }
    }

    /// shape[0] · shape[1] · … · elementBytes, or nil when a factor is negative or the product overflows.
    private static func product(_ shape: [Int], _ elementBytes: Int) -> Int? {
        var result = elementBytes
        for extent in shape {
            guard extent >= 0 else { return nil }
            let (partial, overflow) = result.multipliedReportingOverflow(by: extent)
            guard !overflow else { return nil }
            result = partial
        }
        return result
    }

    /// One tensor's line of the JSON, under the format's own names; nil where it is not that.
    private struct Entry {
        let dtype: String
        let shape: [Int]
        let data_offsets: [Int]

        init?(_ value: JSONValue) {
            guard case .object(let members) = value, case .string(let dtype)? = members["dtype"],
                let shape = Self.wholes(members["shape"]), let offsets = Self.wholes(members["data_offsets"])
            else { return nil }
            (self.dtype, self.shape, data_offsets) = (dtype, shape, offsets)
        }

        private static func wholes(_ value: JSONValue?) -> [Int]? {
            guard case .array(let elements)? = value else { return nil }
            let numbers = elements.compactMap(\.wholeNumber)
            return numbers.count == elements.count ? numbers : nil
        }
    }
}

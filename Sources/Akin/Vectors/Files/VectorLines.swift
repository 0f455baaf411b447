import AkinCore
import AkinText
import Foundation

/// Vectors as JSON lines: `{"id", "vector", "title", "text", "source", "metadata"}`, of which only the vector is
/// needed, or the bare array. Other fields are kept as metadata, except `passage`, which exports of vectors write.
struct VectorLines {
    /// An array of 4,096 numbers takes about 80 KB.
    private static let longestLine = 16 << 20

    private let lines: JSONLines
    private let path: String
    /// The source that a record gets that names none itself.
    private let source: String
    private let idPrefix: String
    /// Lines given out, bad ones included: the number of the next record without an id.
    private var number = 0
    private(set) var bytesRead = 0

    init(_ handle: FileHandle, path: String, idPrefix: String) throws {
        lines = try JSONLines(handle, path: path, lineLimit: Self.longestLine)
        self.path = path
        source = RealPath.source(ofInput: path)
        self.idPrefix = idPrefix
    }

    /// What is wrong with a record, as a sentence without its end.
    private struct Refusal: Error { let reason: String }

    mutating func next() throws -> VectorFile.Entry? {
        let following = try lines.next()
        bytesRead += lines.takeProgress() ?? 0
        guard let (line, content) = following else { return nil }
        defer { number += 1 }
        switch content {
        case .problem(let reason): return .problem(InputProblem(path: path, line: line, message: reason))
        case .value(let value):
            do throws(Refusal) { return .record(try record(of: value), place: "the vector", line: line) } catch {
                return .problem(InputProblem(path: path, line: line, message: error.reason))
            }
        }
    }

    private func record(of value: JSONValue) throws(Refusal) -> VectorRecord {
        var record = VectorRecord(id: idPrefix + String(number), vector: [], source: source)
        guard case .object(var fields) = value else {
            record.vector = try Self.vector(value)
            return record
        }
        guard let vector = fields.removeValue(forKey: "vector") else {
            throw Refusal(reason: "the record has no field 'vector'")
        }
        record.vector = try Self.vector(vector)
        if let id = fields.removeValue(forKey: "id"), id != .null { record.id = try Self.id(id) }
        record.title = try Self.text(fields.removeValue(forKey: "title"), named: "title").flatMap {
            $0.isEmpty ? nil : $0
        }
        record.text = try Self.text(fields.removeValue(forKey: "text"), named: "text") ?? ""
        if case .object(let metadata)? = fields["metadata"] {
            fields["metadata"] = nil
            record.metadata = metadata
            record.source = try Self.text(fields.removeValue(forKey: "source"), named: "source") ?? source
        }
        fields["passage"] = nil
        record.metadata.merge(fields.filter { $0.value != .null }) { own, _ in own }
        return record
    }

    private static func vector(_ value: JSONValue) throws(Refusal) -> [Float] {
        guard case .array(let elements) = value else { throw Refusal(reason: "the vector is not an array of numbers") }
        var vector: [Float] = []
        vector.reserveCapacity(elements.count)
        for (place, element) in elements.enumerated() {
            guard let number = element.number else {
                throw Refusal(reason: "component \(place) of the vector is not a number")
            }
            vector.append(Float(number))
        }
        return vector
    }

    private static func id(_ value: JSONValue) throws(Refusal) -> String {
        switch value {
        case .string(let text) where !text.isEmpty: return text
        case .number, .numeral:
            guard let text = value.wholeNumberText else { fallthrough }
            return text
        default: throw Refusal(reason: "the id is not a text or a whole number")
        }
    }

    private static func text(_ value: JSONValue?, named name: String) throws(Refusal) -> String? {
        switch value {
        case nil, .null?: return nil
        case .string(let text)?: return text
        default: throw Refusal(reason: "the field '\(name)' is not a text")
        }
    }
}

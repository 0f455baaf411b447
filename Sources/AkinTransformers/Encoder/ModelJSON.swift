import AkinCore
import Foundation

/// Reads the small JSON files of a model folder, with errors that name file and field.
enum ModelJSON {
    /// Decodes a file that must be there.
    static func read<Value: Decodable>(_ type: Value.Type, from file: URL) throws -> Value {
        let data: Data
        do {
            data = try RegularFile.contents(of: file.path)
        } catch {
            throw AkinError(
                .noModel,
                "The model file \(file.path) cannot be read: \(error); fetch the model again with all its files.")
        }
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch let error as DecodingError {
            throw AkinError(.invalidData, "\(file.path): \(complaint(error)); fetch the model again.")
        }
    }

    /// Decodes a file, or returns nil when there is none.
    static func readIfPresent<Value: Decodable>(_ type: Value.Type, from file: URL) throws -> Value? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        return try read(type, from: file)
    }

    private static func complaint(_ error: DecodingError) -> String {
        func field(_ path: [any CodingKey]) -> String { path.map(\.stringValue).joined(separator: ".") }
        switch error {
        case .keyNotFound(let key, let context): return "the field \"\(field(context.codingPath + [key]))\" is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "the field \"\(field(context.codingPath))\" has the wrong type (\(context.debugDescription))"
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            return "the field \"\(field(context.codingPath))\" cannot be read (\(context.debugDescription))"
        default: return "it is not the JSON a model needs (\(error))"
        }
    }
}

import AkinCore
import AkinTokenizers
import Foundation

/// The fields of a small JSON file of a model folder, with errors that name the file and the field.
///
/// A field that is missing or null is nil; one of another type than was asked for is an error.
struct ModelSettings {
    let fields: [String: JSONValue]
    /// What errors call the object.
    private let name: String

    /// Reads a file that must be there and hold an object.
    ///
    /// - Throws: `AkinError`: `.noModel` when it cannot be read, `.invalidData` when it is not that.
    init(_ file: URL) throws { try self.init(try Self.value(of: file), name: file.path) }

    /// As `init(_:)`; nil when there is no such file.
    static func ifPresent(_ file: URL) throws -> ModelSettings? {
        FileManager.default.fileExists(atPath: file.path) ? try ModelSettings(file) : nil
    }

    /// The modules that a folder of a sentence transformer lists in `modules.json`; nil when there is no such file.
    static func modules(of folder: URL) throws -> [ModelSettings]? {
        let file = folder.appending(path: "modules.json")
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        guard case .array(let modules) = try value(of: file) else {
            throw fault(file.path, "an array was expected")
        }
        return try modules.enumerated().map { try ModelSettings($1, name: "\(file.path), module \($0)") }
    }

    private init(_ value: JSONValue, name: String) throws {
        guard case .object(let fields) = value else { throw Self.fault(name, "an object was expected") }
        (self.fields, self.name) = (fields, name)
    }

    private static func value(of file: URL) throws -> JSONValue {
        let contents: Data
        do {
            contents = try RegularFile.contents(of: file.path, atMost: JSONFile.largest)
        } catch {
            throw AkinError(
                .noModel,
                "The model file \(file.path) cannot be read: \(error); fetch the model again with all its files.")
        }
        return try JSONFile.value(Array(contents), name: file.path)
    }

    /// An error that says what is wrong with the file.
    func fault(_ problem: String) -> AkinError { Self.fault(name, problem) }

    /// An error that says which values of a field can be computed.
    func unsupported(_ field: String, _ value: String, known: String) -> AkinError {
        AkinError(
            .incompatible,
            "\(name): \"\(field)\" is \"\(value)\", but only \(known) can be computed; choose another model.")
    }

    private static func fault(_ name: String, _ problem: String) -> AkinError {
        AkinError(.invalidData, "\(name): \(problem); fetch the model again.")
    }
}

extension ModelSettings {
    func text(_ field: String) throws -> String? {
        try read(field, "a text") { if case .string(let text) = $0 { text } else { nil } }
    }

    func flag(_ field: String) throws -> Bool? {
        try read(field, "true or false") { if case .bool(let flag) = $0 { flag } else { nil } }
    }

    func whole(_ field: String) throws -> Int? { try read(field, "a whole number", \.wholeNumber) }

    func number(_ field: String) throws -> Double? { try read(field, "a number", \.number) }

    /// An object, whatever its members are.
    func members(_ field: String) throws -> [String: JSONValue]? {
        try read(field, "an object") { if case .object(let members) = $0 { members } else { nil } }
    }

    /// An object whose fields are read like those of the file.
    func section(_ field: String) throws -> ModelSettings? {
        try members(field).map { try ModelSettings(.object($0), name: "\(name): \"\(field)\"") }
    }

    /// The first of several names of a field that is there, else the first.
    func firstGiven(_ names: [String]) -> String {
        names.first { fields[$0] != nil && fields[$0] != .null } ?? names[0]
    }

    /// Refuses a field that is there with another value.
    ///
    /// - Throws: `AkinError(.incompatible)`.
    func require(_ field: String, _ value: JSONValue) throws {
        guard let given = fields[field], given != .null, given != value,
            given.number == nil || given.number != value.number
        else { return }
        throw unsupported(
            field, given.scalarText ?? "not a single value", known: value.scalarText.map { "\"\($0)\"" } ?? "null")
    }

    /// A list of texts.
    func list(_ field: String) throws -> [String]? {
        try read(field, "a list of texts") { value in
            guard case .array(let elements) = value else { return nil }
            let texts = elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
            return texts.count == elements.count ? texts : nil
        }
    }

    /// An object of texts, without those that are null.
    func texts(_ field: String) throws -> [String: String]? {
        guard let members = try members(field) else { return nil }
        let texts = try ModelSettings(.object(members), name: "\(name): \"\(field)\"")
        return try Dictionary(uniqueKeysWithValues: members.keys.map { ($0, try texts.text($0)) }).compactMapValues(
            \.self)
    }

    /// The value of a field that must be there.
    ///
    /// - Parameter read: One of the methods above.
    func required<Value>(_ field: String, _ read: (String) throws -> Value?) throws -> Value {
        guard let value = try read(field) else { throw Self.fault(name, "the field \"\(field)\" is missing") }
        return value
    }

    private func read<Value>(_ field: String, _ kind: String, _ convert: (JSONValue) -> Value?) throws -> Value? {
        guard let value = fields[field], value != .null else { return nil }
        guard let converted = convert(value) else {
            throw Self.fault(name, "the field \"\(field)\" has the wrong type: \(kind) was expected")
        }
        return converted
    }
}

extension JSONValue {
    /// The value of a number without a fraction that an `Int` can hold, however it is written; nil for everything else.
    var wholeNumber: Int? { wholeNumberText.map { Int($0) } ?? number.flatMap { Int(exactly: $0) } }
}

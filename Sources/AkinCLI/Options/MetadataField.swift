import AkinCore
import ArgumentParser

/// The value of `--metadata`: `name=value`, or `name:=JSON`.
struct MetadataField: ExpressibleByArgument {
    let name: String
    let value: JSONValue

    /// Text unless it is spelt as JSON spells numbers, `true`, `false` or `null`: `01234` and `+49` keep their digits.
    init(name: String, text: String) {
        self.name = name
        value =
            switch text {
            case "true": .bool(true)
            case "false": .bool(false)
            case "null": .null
            default: JSONValue(bareText: text) ?? .string("")
            }
    }

    private init(name: String, value: JSONValue) {
        self.name = name
        self.value = value
    }

    init?(argument: String) {
        guard let equals = argument.utf8.firstIndex(of: UInt8(ascii: "=")), equals > argument.startIndex else {
            return nil
        }
        let text = String(argument[argument.utf8.index(after: equals)...])
        let name = argument[..<equals]
        guard name.utf8.last == UInt8(ascii: ":") else {
            self.init(name: String(name), text: text)
            return
        }
        let key = String(decoding: name.utf8.dropLast(), as: UTF8.self)
        guard !key.isEmpty, let value = try? JSONValue(json: Array(text.utf8)) else { return nil }
        self.init(name: key, value: value)
    }
}

import AkinCore
import AkinText
import AkinVectors
import Foundation
import Testing

/// The reader of JSON against Foundation's, seen through `.jsonl` files.
@Suite struct JSONLinesAgreementTests {
    private static let pieces = [
        "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"text\"", "\"\\u00e9\"", "\"\\ud83d\\ude00\"",
        "\"\\n\\t\\\\\\/\"", "\\",
        "true", "false", "null", "0",
        "-0", "-1", "12", "01", "1.5", "1.", ".5", "-", "1e3", "1E-2", "1e", "12345678901234567", "\"é漢😀\"", " ", "\t",
        "tru", "+1",
        "\"x\": 1",
    ]

    /// A JSON value at random, most often well formed, sometimes with a piece added, lost or replaced.
    private func text(_ generator: inout SeededGenerator) -> String {
        func value(_ depth: Int) -> [String] {
            switch generator.integer(below: depth > 3 ? 6 : 9) {
            case 0: return ["null"]
            case 1: return [["true", "false"][generator.integer(below: 2)]]
            case 2:
                return [
                    ["0", "-0", "-17", "1.25", "1e-3", "123456789012345", "-1234567890123456789", "2.5E+4"][
                        generator.integer(below: 8)]
                ]
            case 3...5:
                return [
                    "\""
                        + ["", "a", "é漢😀", "\\u00e9", "\\ud83d\\ude00", "\\\"\\\\\\/\\b\\f\\n\\r\\t", "key"][
                            generator.integer(below: 7)]
                        + "\""
                ]
            case 6, 7:
                let members = (0..<generator.integer(below: 4)).map { ["\"k\($0)\"", ":"] + value(depth + 1) }
                return ["{"] + members.joined(separator: [","]) + ["}"]
            default:
                return ["["] + (0..<generator.integer(below: 4)).map { _ in value(depth + 1) }.joined(separator: [","])
                    + ["]"]
            }
        }
        var tokens = ["["] + value(0) + ["]"]
        for _ in 0..<[0, 0, 1, 2][generator.integer(below: 4)] {
            let place = generator.integer(below: tokens.count)
            switch generator.integer(below: 3) {
            case 0: tokens.remove(at: place)
            case 1: tokens[place] = Self.pieces[generator.integer(below: Self.pieces.count)]
            default: tokens.insert(Self.pieces[generator.integer(below: Self.pieces.count)], at: place)
            }
            if tokens.isEmpty { tokens = ["null"] }
        }
        return tokens.joined(separator: generator.integer(below: 2) == 0 ? "" : " ")
    }

    @Test(arguments: 0..<20)
    func `random lines are read as Foundation reads them`(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let values = (0..<200).map { _ in text(&generator) }
        let lines = values.map { "{\"text\":\"t\",\"value\":\($0)}" }
        let found = try read(file: "a.jsonl", lines.joined(separator: "\n"))
        let byLine = Dictionary(uniqueKeysWithValues: found.records.map { ($0.line ?? 0, $0.metadata["value"]) })
        for (index, line) in lines.enumerated() {
            // Foundation lets a comma stand before a closing bracket, which RFC 8259 does not.
            if line.contains(/,\s*[\]}]/) {
                #expect(!byLine.keys.contains(index + 1), "\(line)")
                continue
            }
            let expected = try? JSONDecoder().decode([String: JSONValue].self, from: Data(line.utf8))
            let isRecord = byLine.keys.contains(index + 1)
            guard let expected, case .string = expected["text"] else {
                #expect(!isRecord, "\(line)")
                continue
            }
            #expect(isRecord, "\(line)")
            // Null is not metadata.
            if let value = expected["value"], value != .null {
                #expect(byLine[index + 1].map { $0.map(Self.asFoundation) } == value, "\(line)")
            }
        }
    }

    /// The value with doubles for numbers whose digits are kept.
    private static func asFoundation(_ value: JSONValue) -> JSONValue {
        switch value {
        case .numeral: value.number.map { .number($0) } ?? value
        case .array(let elements): .array(elements.map(asFoundation))
        case .object(let members): .object(members.mapValues(asFoundation))
        case .null, .bool, .number, .string: value
        }
    }
}

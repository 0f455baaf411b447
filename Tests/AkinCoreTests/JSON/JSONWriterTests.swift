import AkinCore
import Foundation
import Testing

@Suite struct JSONWriterTests {
    private static let pieces = [
        "a", "Z", "10", "9", "é", "e\u{301}", "漢", "😀", "\u{FFFD}", "\"", "\\", "/", "\n", "\r", "\t", "\u{8}", "\u{C}",
        "\u{0}", "\u{1B}", "\u{7F}", "\u{85}", "\u{202E}", "\u{2028}", "\u{FEFF}", "\u{E0041}", " ", "",
    ]
    private static let numbers: [Double] = [
        0, -0.0, 1, -17, 1.5, 0.1, 1e-7, 1e16, 1e22, .leastNonzeroMagnitude, 9_007_199_254_740_991,
        9_007_199_254_740_992, 1 / 3,
    ]

    private struct Generator {
        var state: UInt64

        mutating func below(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }

        mutating func text() -> String {
            (0..<below(5)).map { _ in pieces[below(pieces.count)] }.joined()
        }

        mutating func value(_ depth: Int) -> JSONValue {
            switch below(depth > 3 ? 5 : 8) {
            case 0: .null
            case 1: .bool(below(2) == 0)
            case 2: .number(numbers[below(numbers.count)])
            case 3, 4: .string(text())
            case 5: .array((0..<below(4)).map { _ in value(depth + 1) })
            default: .object(object(depth + 1))
            }
        }

        mutating func object(_ depth: Int) -> [String: JSONValue] {
            Dictionary((0..<below(6)).map { _ in (text(), value(depth)) }) { $1 }
        }
    }

    /// Stored metadata is compared by its bytes, which Foundation wrote in earlier versions.
    @Test(arguments: 0..<40)
    func `required escapes, numbers and the order of keys are those that Foundation writes`(seed: Int) throws {
        var generator = Generator(state: UInt64(seed))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for _ in 0..<50 {
            let members = generator.object(0)
            var json = JSONWriter(escaping: .required)
            json.object(members)
            #expect(json.text == String(decoding: try encoder.encode(JSONValue.object(members)), as: UTF8.self))
        }
    }

    @Test(arguments: 0..<20)
    func `what is written with hidden characters escaped is read as the same value on one line`(seed: Int) throws {
        var generator = Generator(state: UInt64(seed) + 100)
        for _ in 0..<50 {
            let members = generator.object(0)
            var (hidden, json) = (JSONWriter(escaping: .hidden), JSONWriter(escaping: .required))
            hidden.object(members)
            json.object(members)
            #expect(hidden.text.unicodeScalars.allSatisfy { !VisibleText.isHidden($0) })
            let read = try JSONValue(json: hidden.bytes)
            #expect(read == (try JSONValue(json: json.bytes)))
            // As escapes of JSON that is written already, so of strings.
            var again = JSONWriter(escaping: .hidden)
            again.json(json.text)
            #expect(again.text.unicodeScalars.allSatisfy { !VisibleText.isHidden($0) })
            #expect(try JSONValue(json: again.bytes) == read)
        }
    }

    @Test func `JSON that is written already keeps its white space and quotes`() {
        var json = JSONWriter(escaping: .hidden)
        json.json("{\n\t\"a\": \"\\n\u{7F}\u{202E}\"\r\n}")
        #expect(json.text == "{\n\t\"a\": \"\\n\\u007f\\u202e\"\r\n}")
    }

    @Test func `control characters of output are written with their numbers`() {
        var json = JSONWriter(escaping: .hidden)
        json.string("\u{8}\u{C}\u{1B}\n")
        #expect(json.text == #""\u0008\u000c\u001b\n""#)
    }

    @Test func `what JSON cannot hold is null, and floats are as short as they can be`() {
        var json = JSONWriter(escaping: .required)
        json.number(.infinity)
        json.string(nil)
        json.vector([1, 0.1, -2.5e-8, .nan][...])
        #expect(json.text == "nullnull[1.0,0.1,-2.5e-08,null]")
    }
}

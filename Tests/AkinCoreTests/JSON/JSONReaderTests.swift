import AkinCore
import Testing

@Suite struct JSONReaderTests {
    private func value(_ text: String) throws(JSONSyntaxError) -> JSONValue {
        try JSONReader.value(of: Array(text.utf8))
    }

    @Test(
        arguments: [
            ("12", .number(12)), ("-3.25", .number(-3.25)), ("0", .number(0)), ("-0", .numeral("-0")),
            ("1.50", .numeral("1.50")), ("1e3", .numeral("1e3")), ("9007199254740993", .numeral("9007199254740993")),
            ("0.1000000000000000055", .numeral("0.1000000000000000055")),
            ("123456789012345", .number(123_456_789_012_345)),
        ] as [(String, JSONValue)])
    func `a number that a double would change keeps its digits`(text: String, expected: JSONValue) throws {
        #expect(try value(text) == expected)
        var json = JSONWriter(escaping: .required)
        json.value(expected)
        #expect(json.text == text)
    }

    @Test(arguments: [
        ("01", 0, "may not begin with 0"), ("+1", 0, "a JSON value was expected"), ("1.", 2, "ends early"),
        ("1.x", 2, "after the decimal point"), ("1e+x", 3, "in the exponent"), ("[1,]", 3, "a JSON value was expected"),
        (#"{"a":1,}"#, 7, "a member name in quotes"), ("[1 2]", 3, "a comma or ]"), (#"{"a" 1}"#, 5, "a colon"),
        (#"{"a":1 "b":2}"#, 7, "a comma or }"), ("1 2", 2, "goes on after the end"), (#""\x""#, 2, "unknown escape"),
        (#""\ud800""#, 7, "surrogate pair"), (#""\u00g0""#, 5, "four hexadecimal digits"), ("nul", 0, "a JSON value"),
        ("1e999", 0, "beyond the range"), ("\"a\nb\"", 2, "a control character"), ("", 0, "ends early"),
    ])
    func `what is wrong is reported with its place`(text: String, offset: Int, message: String) throws {
        let error = try #require(throws: JSONSyntaxError.self) { try value(text) }
        #expect(error.offset == offset, "\(error)")
        #expect(error.message.contains(message), "\(error)")
    }

    @Test func `arrays and objects nest as deep as the limit and no deeper`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: #"[{"a":"#, count: depth / 2) + "1" + String(repeating: "}]", count: depth / 2)
        }
        #expect(try value(nested(JSONReader.maximumDepth)) != .null)
        let error = try #require(throws: JSONSyntaxError.self) { try value(nested(JSONReader.maximumDepth + 2)) }
        #expect(error.message.contains("nested more than 512 deep"))
        // What was left again does not count.
        #expect(try value("[" + String(repeating: "[],{},", count: 600) + "0]") != .null)
    }

    @Test func `an object is read member by member, and what is not looked at is gone over`() throws {
        var reader = JSONReader(
            Array(#" { "vocab" : {"a":3, "\u00e9\ud83d\ude00":4}, "x": [1, {"y": []}] , "z":[]} "#.utf8))
        var (tokens, names): ([String: Int32], [String]) = ([:], [])
        var hasMember = try reader.beginObject()
        while hasMember {
            let name = try reader.memberName()
            names.append(name)
            if name == "vocab" {
                var hasToken = try reader.beginObject()
                while hasToken {
                    var token: [UInt8] = []
                    try reader.memberName(into: &token)
                    tokens[String(decoding: token, as: UTF8.self)] = try reader.identifier()
                    hasToken = try reader.nextMember()
                }
            } else {
                _ = try reader.value()
            }
            hasMember = try reader.nextMember()
        }
        try reader.end()
        #expect(tokens == ["a": 3, "é😀": 4] && names == ["vocab", "x", "z"])
    }

    @Test(arguments: ["-1", "1.0", "1e2", "2147483648", "01", #""1""#, "99999999999999999999"])
    func `an identifier is a whole number that 32 bits hold`(text: String) {
        var reader = JSONReader(Array(text.utf8))
        #expect(throws: JSONSyntaxError.self) { try reader.identifier() }
    }

    @Test func `names in two normal forms are noticed, and of equal names the last counts`() throws {
        var reader = JSONReader(Array("[{\"\u{E9}\":1,\"e\u{301}\":2},{\"a\":1,\"a\":2}]".utf8))
        let value = try reader.onlyValue()
        #expect(reader.clashingName?.utf8.elementsEqual("e\u{301}".utf8) == true)
        guard case .array(let objects) = value else { return #expect(Bool(false)) as Void }
        #expect(objects[1] == .object(["a": .number(2)]))
    }

    @Test func `an id is “id”, else “_id”, and null is none`() {
        let both: [String: JSONValue] = ["id": .numeral("1.50"), "_id": .string("b")]
        #expect(both.recordID == .numeral("1.50"))
        #expect(["id": .null, "_id": .string("b")].recordID == .string("b"))
        #expect(["id": .null].recordID == nil)
    }
}

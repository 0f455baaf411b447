import AkinCore
import Testing

@Suite struct NULCharacterTests {
    @Test(
        arguments: [
            (.string("a\0"), true), (.array([.null, .string("\0")]), true), (.object(["\0": .null]), true),
            (.object(["a": .object(["b": .string("\0")])]), true), (.object(["a": .numeral("1.50")]), false),
        ] as [(JSONValue, Bool)])
    func `a NUL is found in texts and names at any depth`(value: JSONValue, expected: Bool) {
        #expect(value.holdsNUL == expected)
    }

    @Test func `the first text with a NUL is named`() {
        #expect([("id", "a"), ("title", "b\0"), ("text", "\0")].nameOfTextWithNUL == "title")
        #expect([("id", "a")].nameOfTextWithNUL == nil)
    }
}

import AkinText
import Foundation
import Testing

struct ConverterTests {
    @Test func `A command is split at spaces and not within quotes`() throws {
        let converter = try FileConverter(command: #"sed -n "s/a b/c/p"  '{}'"#)
        #expect(converter.words == ["sed", "-n", "s/a b/c/p", "{}"])
        #expect(converter.arguments(for: "/x y") == ["-n", "s/a b/c/p", "/x y"])
    }

    @Test func `what a program writes in no known character set is read by a guess that is told`() throws {
        let latin = try #require("Die Fähre fährt über den Fluß und kommt später zurück.".data(using: .isoLatin1))
        let found = try reading("a.ferry", latin, converters: ["ferry": "cat {}"])
        #expect(found.text == "Die Fähre fährt über den Fluß und kommt später zurück.")
        #expect(found.guesses == ["/a.ferry windows-1252"])
    }
}

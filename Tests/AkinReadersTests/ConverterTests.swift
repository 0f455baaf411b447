import AkinText
import Testing

struct ConverterTests {
    @Test func `A command is split at spaces and not within quotes`() throws {
        let converter = try FileConverter(command: #"sed -n "s/a b/c/p"  '{}'"#)
        #expect(converter.words == ["sed", "-n", "s/a b/c/p", "{}"])
        #expect(converter.arguments(for: "/x y") == ["-n", "s/a b/c/p", "/x y"])
    }
}

import AkinCore
import Foundation
import Testing

@Suite struct NoteTests {
    private let note = Note("There is no index file.", remedy: .optimize)

    @Test func `a note is a text in JSON, in the words of a Swift program`() throws {
        let json = try JSONEncoder().encode([note, "Nothing was deleted."])
        let texts = try JSONDecoder().decode([String].self, from: json)
        #expect(texts == ["There is no index file. Call `Database.optimize()`.", "Nothing was deleted."])
        #expect(try JSONDecoder().decode([Note].self, from: json).map(\.message) == texts)
    }

    @Test func `a program encodes notes in its own words`() throws {
        let encoder = JSONEncoder()
        encoder.userInfo[.remediableText] =
            { value in "\(value.message) \(value.remedy == .optimize ? "Click *Optimize*." : "")" } as RemediableText
        let texts = try JSONDecoder().decode([String].self, from: encoder.encode([note]))
        #expect(texts == ["There is no index file. Click *Optimize*."])
    }
}

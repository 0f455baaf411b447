import AkinCore
import AkinTestSupport
import Foundation
import Testing

@Suite struct RemedyTests {
    @Test(arguments: Remedy.samples)
    func `a remedy is a sentence for a Swift program`(remedy: Remedy) {
        let words = remedy.description
        #expect(words.hasSuffix(".") && words.first?.isUppercase == true)
        #expect(!words.contains("--") && !words.contains("akin "))
    }

    @Test func `every case and every parameter has words of its own`() {
        let remedies = Set(Remedy.samples)
        #expect(remedies.count > 60)
        #expect(Set(Remedy.Parameter.allCases.map(\.swiftSpelling)).count == Remedy.Parameter.allCases.count)
        #expect(Set(remedies.map(\.description)).count == remedies.count)
    }

    @Test func `alternatives and steps are one sentence`() {
        #expect(
            Remedy.mendStore.description
                == "Call `Database.verify()` to see what is damaged, then call `Database.repair(at:)` to save what can be "
                + "read, or restore a backup.")
    }

    @Test func `an error says what is wrong, what to do and what caused it`() {
        let cause = CocoaError(.fileNoSuchFile)
        let error = AkinError(.notFound, "There is nothing.", remedy: .optimize, cause: cause)
        #expect(error.description.hasPrefix("There is nothing. Call `Database.optimize()`. ("))
        #expect(AkinError(.notFound, "There is nothing.").description == "There is nothing.")
    }

    @Test func `what is no sentence is followed by a semicolon`() {
        let note = Note("the record has no text field", remedy: .give(.textField))
        #expect(note.description == "the record has no text field; give a field in `IndexingOptions.textField`")
    }
}

/// A text in which one place of a word is marked, and the sense of the word there.
package struct SenseExample: Hashable, Sendable {
    package var text: String
    /// Where the word stands, in Unicode scalars of the text.
    package var place: Range<Int>
    /// The word as dictionaries have it, in lower case.
    package var word: String
    package var sense: String

    package init(text: String, place: Range<Int>, word: String, sense: String) {
        self.text = text
        self.place = place
        self.word = word
        self.sense = sense
    }
}

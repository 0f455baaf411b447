/// An occurrence of a word, besides its contextual vector.
package struct SenseItem: Sendable {
    /// The document's id, and the passage.
    package var id: String
    package var passage: Int64
    /// In Unicode scalars of the document's text.
    package var range: Range<Int>
    package var sentence: String
    /// In Unicode scalars of the sentence.
    package var word: Range<Int>
    /// The words to name senses by, in their order: lower-cased, without stop words and the word itself.
    package var tokens: [String]

    package init(
        id: String, passage: Int64, range: Range<Int>, sentence: String, word: Range<Int>, tokens: [String]
    ) {
        self.id = id
        self.passage = passage
        self.range = range
        self.sentence = sentence
        self.word = word
        self.tokens = tokens
    }
}

/// The words of a sentence with a tag each, such as B-PER for the first word of a person's name. As read, tags are IOB2:
/// B- begins an entity, I- goes on in it, O is outside.
package struct TaggedSentence: Hashable, Sendable {
    package var words: [String]
    /// (words)
    package var tags: [String]

    package init(words: [String], tags: [String]) {
        precondition(words.count == tags.count)
        self.words = words
        self.tags = tags
    }
}

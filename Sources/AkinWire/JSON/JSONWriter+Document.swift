package import Akin
package import AkinCore

extension JSONWriter {
    /// A document as `akin get --json` and `akin export` write it and `akin index` reads it again.
    package mutating func document(_ document: Document) {
        begin(id: document.id, title: document.title)
        syntax(",\"text\":")
        string(document.text)
        syntax(",\"source\":")
        string(document.source)
        syntax(",\"metadata\":")
        object(document.metadata)
        syntax("}")
    }

    /// A part of a document as `akin get --lines` and `--page` write it: a document with the part's text, and where that
    /// stands.
    package mutating func excerpt(_ excerpt: DocumentExcerpt, of document: Document) {
        begin(id: document.id, title: document.title)
        syntax(",\"text\":")
        string(excerpt.text)
        syntax(",\"source\":")
        string(document.source)
        syntax(",\"range\":")
        range(excerpt.range)
        syntax(",\"lines\":")
        if let lines = excerpt.lines { self.lines(lines) } else { syntax("null") }
        syntax(",\"metadata\":")
        object(document.metadata)
        syntax("}")
    }

    /// A document with its vector, as `akin import` reads it again: without the members that a record of a vector alone
    /// does not have.
    package mutating func record(_ record: VectorRecord) {
        begin(id: record.id, title: record.title)
        if !record.text.isEmpty {
            syntax(",\"text\":")
            string(record.text)
        }
        if !record.text.isEmpty || record.title != nil || !record.metadata.isEmpty {
            syntax(",\"source\":")
            string(record.source)
            syntax(",\"metadata\":")
            object(record.metadata)
        }
        syntax(",\"vector\":")
        vector(record.vector[...])
        syntax("}")
    }

    /// The members that both begin with.
    private mutating func begin(id: String, title: String?) {
        syntax("{\"id\":")
        string(id)
        if let title {
            syntax(",\"title\":")
            string(title)
        }
    }
}

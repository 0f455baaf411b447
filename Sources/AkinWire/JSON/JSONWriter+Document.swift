package import Akin
package import AkinCore

extension JSONWriter {
    /// A document as `akin get --json` and `akin export` write it and `akin index` reads it again.
    package mutating func document(_ document: Document) {
        syntax("{\"id\":")
        string(document.id)
        if let title = document.title {
            syntax(",\"title\":")
            string(title)
        }
        syntax(",\"text\":")
        string(document.text)
        syntax(",\"source\":")
        string(document.source)
        syntax(",\"metadata\":")
        object(document.metadata)
        syntax("}")
    }

    /// A document with its vector, as `akin import` reads it again: without the members that a record of a vector alone
    /// does not have.
    package mutating func record(_ record: VectorRecord) {
        syntax("{\"id\":")
        string(record.id)
        if let title = record.title {
            syntax(",\"title\":")
            string(title)
        }
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
}

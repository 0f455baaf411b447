import Akin
import AkinCore

extension JSONBytes {
    /// A document as `akin get --json` and `akin export` write it and `akin index` reads it again.
    mutating func document(_ document: Document) {
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
}

package import Akin
package import AkinCore

extension JSONWriter {
    /// `{"id", "question", "model", "elapsed_ms", "truncated", "results": [{"rank", "index", "id", "score", "text"}]}`: how
    /// well passages answer a question. An `index` is a passage's place among those given, from 0; a passage that was given
    /// without an id has none, and one that there was no time for has the score null.
    ///
    /// - Parameters:
    ///   - shown: The passages that are written, best first.
    ///   - id: The question's own; nil where it has none to be written.
    package mutating func ranking(
        _ ranking: Reranker.Ranking, shown: [Reranker.Ranking.Passage], _ passages: [(id: JSONValue?, text: String)],
        question: String, id: JSONValue?, model: String
    ) {
        syntax("{")
        if let id {
            syntax("\"id\":")
            value(id)
            syntax(",")
        }
        syntax("\"question\":")
        string(question)
        syntax(",\"model\":")
        string(model)
        syntax(",\"elapsed_ms\":")
        milliseconds(ranking.elapsedMilliseconds)
        syntax(",\"truncated\":")
        integer(ranking.truncatedCount)
        syntax(",\"results\":")
        array(Array(shown.enumerated())) { json, entry in
            let passage = passages[entry.element.index]
            json.syntax("{\"rank\":")
            json.integer(entry.offset + 1)
            json.syntax(",\"index\":")
            json.integer(entry.element.index)
            if let id = passage.id {
                json.syntax(",\"id\":")
                json.value(id)
            }
            json.syntax(",\"score\":")
            json.number(entry.element.score)
            json.syntax(",\"text\":")
            json.string(passage.text)
            json.syntax("}")
        }
        syntax("}")
    }
}

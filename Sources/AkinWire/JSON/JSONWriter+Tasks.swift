package import Akin
package import AkinCore

/// What models with heads say of a text, as other programs read it; `id` is that of the JSON line that the text came in.
extension JSONWriter {
    /// `{"id", "labels": [{"label", "score"}], "truncated"}`; with a threshold `"label"` before the labels, which is null
    /// where none reaches it.
    package mutating func classification(
        _ classification: Classification, threshold: Double? = nil, id: JSONValue? = nil
    ) {
        object(id: id)
        if let threshold {
            syntax("\"label\":")
            if let label = classification.label(threshold: threshold) { string(label) } else { syntax("null") }
            syntax(",")
        }
        syntax("\"labels\":")
        array(classification.labels) { $0.label($1) }
        syntax(",\"truncated\":")
        bool(classification.isTruncated)
        syntax("}")
    }

    /// `{"id", "entities": [{"label", "text", "range", "score"}]}`
    package mutating func entities(_ entities: [Entity], id: JSONValue? = nil) {
        object(id: id)
        syntax("\"entities\":")
        array(entities) { $0.entity($1) }
        syntax("}")
    }

    /// `{"question", "answers": [{"text", "range", "score"}], "no_answer_score"}`; no answers where that score is
    /// higher.
    package mutating func answers(_ found: ExtractedAnswers, question: String) {
        syntax("{\"question\":")
        string(question)
        syntax(",\"answers\":")
        array(found.best == nil ? [] : found.candidates) { json, answer in
            json.syntax("{")
            json.members(of: answer, range: answer.range)
            json.syntax("}")
        }
        syntax(",\"no_answer_score\":")
        number(found.noAnswerScore)
        syntax("}")
    }

    /// `{"question", "answers": [{"text", "range", "score", "id", "title", "source", "passage"}]}`; ranges count in the
    /// document's text. A passage has its text, range and place.
    package mutating func answers(_ answers: [PassageAnswer], question: String) {
        syntax("{\"question\":")
        string(question)
        syntax(",\"answers\":")
        array(answers) { json, found in
            json.syntax("{")
            json.members(of: found.answer, range: found.range)
            json.syntax(",\"id\":")
            json.string(found.passage.id)
            json.syntax(",\"title\":")
            json.string(found.passage.title)
            json.syntax(",\"source\":")
            json.string(found.passage.source)
            json.syntax(",\"passage\":{\"text\":")
            json.string(found.passage.text)
            json.syntax(",\"range\":")
            json.range(found.passage.range)
            json.place(found.passage.place)
            json.syntax("}}")
        }
        syntax("}")
    }

    /// `{"id", "masks": [[{"word", "probability"}]]}`
    package mutating func predictions(_ masks: [[WordPrediction]], id: JSONValue? = nil) {
        object(id: id)
        syntax("\"masks\":")
        array(masks) { json, words in
            json.array(words) { json, word in
                json.syntax("{\"word\":")
                json.string(word.word)
                json.syntax(",\"probability\":")
                json.number(word.probability)
                json.syntax("}")
            }
        }
        syntax("}")
    }

    /// Begins an object, with the id of what it is about where there is one.
    private mutating func object(id: JSONValue?) {
        syntax("{")
        guard let id else { return }
        syntax("\"id\":")
        value(id)
        syntax(",")
    }

    private mutating func members(of answer: Answer, range: Range<Int>) {
        syntax("\"text\":")
        string(answer.text)
        syntax(",\"range\":")
        self.range(range)
        syntax(",\"score\":")
        number(answer.score)
    }
}

extension JSONWriter {
    /// `{FIELD: [{"label", "score"}]}`, and `{FIELD: [{"label", "text", "range", "score"}]}` of entities.
    package mutating func labels(_ labels: [DocumentLabels]) {
        syntax("{")
        for (place, found) in labels.enumerated() {
            if place > 0 { syntax(",") }
            string(found.field)
            syntax(":")
            if found.entities.isEmpty {
                array(found.labels) { $0.label($1) }
            } else {
                array(found.entities) { $0.entity($1) }
            }
        }
        syntax("}")
    }

    private mutating func label(_ label: ScoredLabel) {
        syntax("{\"label\":")
        string(label.label)
        syntax(",\"score\":")
        number(label.score)
        syntax("}")
    }

    private mutating func entity(_ entity: Entity) {
        syntax("{\"label\":")
        string(entity.label)
        syntax(",\"text\":")
        string(entity.text)
        syntax(",\"range\":")
        range(entity.range)
        syntax(",\"score\":")
        number(entity.score)
        syntax("}")
    }
}

/// Finds the entities that a sentence's tags stand for.
enum SpanExtraction {
    /// Whatever the scheme: an entity begins at B- and S-, and where a tag cannot go on in what is before it; it ends
    /// where the next cannot go on in it. The rules of CoNLL's `conlleval` and of seqeval's default mode.
    static func lenient(_ tags: [TagParts]) -> [TaggedSpan] {
        var spans: [TaggedSpan] = []
        var start = 0
        var previous = TagParts.outside
        for (place, tag) in (tags + [.outside]).enumerated() {
            if ends(previous, before: tag) { spans.append(TaggedSpan(type: previous.type, words: start..<place)) }
            if begins(tag, after: previous) { start = place }
            previous = tag
        }
        return spans
    }

    /// By IOBES and BILOU to the letter: an entity is one S-, or a B-, any number of I-, and an E-, all of one type; other
    /// tags stand for none.
    static func strict(_ tags: [TagParts]) -> [TaggedSpan] {
        var spans: [TaggedSpan] = []
        var start: Int?
        for (place, tag) in tags.enumerated() {
            let goesOn = start.map { tags[$0].type == tag.type } ?? false
            switch tag.place {
            case .single:
                spans.append(TaggedSpan(type: tag.type, words: place..<place + 1))
                start = nil
            case .begin: start = place
            case .inside: if !goesOn { start = nil }
            case .end:
                if let begin = start, goesOn { spans.append(TaggedSpan(type: tag.type, words: begin..<place + 1)) }
                start = nil
            case .outside: start = nil
            }
        }
        return spans
    }

    /// The tags of entities that do not overlap, as IOB2.
    static func iob2(_ spans: [TaggedSpan], count: Int) -> [String] {
        var tags = [String](repeating: "O", count: count)
        for span in spans {
            for word in span.words { tags[word] = "I-" + span.type }
            tags[span.words.lowerBound] = "B-" + span.type
        }
        return tags
    }

    private static func ends(_ previous: TagParts, before tag: TagParts) -> Bool {
        switch previous.place {
        case .outside: false
        case .end, .single: true
        case .begin, .inside: [.begin, .single, .outside].contains(tag.place) || previous.type != tag.type
        }
    }

    private static func begins(_ tag: TagParts, after previous: TagParts) -> Bool {
        switch tag.place {
        case .outside: false
        case .begin, .single: true
        case .inside, .end:
            [.outside, .end, .single].contains(previous.place) || previous.type != tag.type
        }
    }
}

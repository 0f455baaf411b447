package import Akin
package import AkinCore

extension JSONWriter {
    /// A response in the shape that other programs rely on.
    ///
    /// - Parameters:
    ///   - id: the query's own id, given in answers to `--queries`.
    ///   - explained: whether the explanation is part of it.
    ///   - wording: the wording of remedies in warnings; nil takes that of a Swift program.
    package mutating func response(
        _ response: SearchResponse, id: JSONValue? = nil, explained: Bool, wording: RemediableText? = nil
    ) {
        syntax("{")
        if let id {
            syntax("\"id\":")
            value(id)
            syntax(",")
        }
        syntax("\"query\":")
        string(response.query)
        syntax(",\"mode\":")
        string(response.mode.rawValue)
        syntax(",\"plan\":")
        string(response.plan?.rawValue ?? "none")
        syntax(",\"elapsed_ms\":")
        milliseconds(response.elapsedMilliseconds)
        syntax(",\"results\":")
        array(response.results) { $0.result($1, explained: explained, isReranked: response.rerank != nil) }
        if let rerank = response.rerank {
            syntax(",\"rerank\":")
            report(rerank)
        }
        if let fits = response.fits { syntax(fits ? ",\"fits\":true" : ",\"fits\":false") }
        if explained {
            syntax(",\"distances\":")
            integer(response.distances)
            if let filter = response.filter {
                syntax(",\"filter\":")
                report(filter)
            }
            syntax(",\"explanation\":")
            array(response.explanation) { $0.string($1.description) }
        }
        if !response.warnings.isEmpty {
            syntax(",\"warnings\":")
            array(response.warnings) { $0.string(wording?($1) ?? $1.fullMessage) }
        }
        syntax("}")
    }

    /// What stands in the place of a response to a question that cannot be asked: its `error`.
    package mutating func refusal(of query: String, id: JSONValue, because error: AkinError) {
        syntax("{\"id\":")
        value(id)
        syntax(",\"query\":")
        string(query)
        syntax(",\"error\":")
        string(error.message)
        syntax("}")
    }

    /// A half-open range: `[from, to]`.
    package mutating func range(_ range: Range<Int>) {
        array([range.lowerBound, range.upperBound]) { $0.integer($1) }
    }

    /// Where a passage stands in its file, as the members `lines`, `page` and `headings` of an object.
    mutating func place(_ place: PassagePlace?) {
        syntax(",\"lines\":")
        if let lines = place?.lines { self.lines(lines) } else { syntax("null") }
        syntax(",\"page\":")
        if let page = place?.page { integer(page) } else { syntax("null") }
        syntax(",\"headings\":")
        array(place?.headings ?? []) { $0.string($1) }
    }

    /// First and last line, both counted: `[from, to]`.
    package mutating func lines(_ lines: ClosedRange<Int>) {
        array([lines.lowerBound, lines.upperBound]) { $0.integer($1) }
    }

    /// To the microsecond.
    mutating func milliseconds(_ value: Double) { number((value * 1000).rounded() / 1000) }

    private mutating func report(_ filter: FilterReport) {
        syntax("{\"expression\":")
        string(filter.expression)
        syntax(",\"estimate\":")
        number(filter.estimate)
        syntax(",\"sampled\":")
        integer(filter.sampled)
        syntax(",\"documents\":")
        number(filter.documents.map(Double.init))
        syntax(",\"passages\":")
        number(filter.passages.map(Double.init))
        syntax(",\"cache\":")
        string(filter.cache.rawValue)
        syntax(",\"checked\":")
        integer(filter.checked)
        syntax(",\"elapsed_ms\":")
        milliseconds(filter.elapsedMilliseconds)
        syntax("}")
    }

    private mutating func report(_ rerank: RerankingReport) {
        syntax("{\"model\":")
        string(rerank.model)
        syntax(",\"candidates\":")
        integer(rerank.candidates)
        syntax(",\"scored\":")
        integer(rerank.scored)
        syntax(",\"elapsed_ms\":")
        milliseconds(rerank.elapsedMilliseconds)
        syntax(",\"budget_ms\":")
        number(rerank.budgetMilliseconds)
        syntax("}")
    }

    private mutating func result(_ result: SearchResult, explained: Bool, isReranked: Bool) {
        syntax("{\"rank\":")
        integer(result.rank)
        syntax(",\"id\":")
        string(result.id)
        syntax(",\"passage\":")
        integer(Int(result.passage))
        syntax(",\"score\":")
        number(result.score)
        syntax(",\"title\":")
        string(result.title)
        syntax(",\"text\":")
        string(result.text)
        syntax(",\"source\":")
        string(result.source)
        syntax(",\"range\":")
        range(result.range)
        place(result.place)
        syntax(",\"match\":{\"range\":")
        range(result.match.range)
        place(result.match.place)
        syntax("},\"snippet\":")
        snippet(result.snippet())
        syntax(",\"scores\":{\"semantic\":")
        number(result.scores.semantic)
        syntax(",\"keyword\":")
        number(result.scores.keyword)
        if isReranked {
            syntax(",\"rerank\":")
            number(result.scores.rerank)
        }
        syntax("},\"encoder\":")
        string(result.encoder)
        syntax(",\"metadata\":")
        object(result.metadata)
        if let labels = result.labels, !labels.isEmpty {
            syntax(",\"labels\":")
            self.labels(labels)
        }
        if let alike = result.alike, !alike.isEmpty {
            syntax(",\"alike\":")
            array(alike) { $0.alike($1) }
        }
        if explained, let fusion = result.fusion {
            syntax(",\"explanation\":{\"semantic\":")
            part(fusion.semantic)
            syntax(",\"keyword\":")
            part(fusion.keyword)
            syntax("}")
        }
        if let highlights = result.highlights {
            syntax(",\"highlights\":")
            array(highlights) { json, highlight in
                json.syntax("{\"range\":")
                json.range(highlight.range)
                json.syntax(",\"word\":")
                json.string(highlight.word)
                json.syntax(",\"score\":")
                json.number(highlight.score)
                json.syntax("}")
            }
        }
        syntax("}")
    }

    private mutating func snippet(_ snippet: SearchResult.Snippet) {
        syntax("{\"text\":")
        string(snippet.text)
        syntax(",\"range\":")
        range(snippet.range)
        syntax(",\"marks\":")
        array(snippet.marks) { $0.range($1) }
        syntax("}")
    }

    private mutating func alike(_ alike: SearchResult.Alike) {
        syntax("{\"id\":")
        string(alike.id)
        syntax(",\"passage\":")
        integer(Int(alike.passage))
        syntax(",\"source\":")
        string(alike.source)
        place(alike.place)
        syntax("}")
    }

    private mutating func part(_ part: SearchResult.FusionParts.Part) {
        syntax("{\"rank\":")
        if let rank = part.rank { integer(rank) } else { syntax("null") }
        syntax(",\"score\":")
        number(part.score)
        syntax(",\"share\":")
        number(part.share)
        syntax("}")
    }
}

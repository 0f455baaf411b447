import Akin
import AkinCore
import AkinWire
import Foundation
import Testing

/// The shapes that other programs rely on, byte by byte.
@Suite struct ResponseShapeTests {
    private static let result = #"""
        {"rank":1,"id":"a","passage":7,"score":0.25,"title":"A \"title\"","text":"one\ntwo\u202e","source":"",\#
        "range":[0,8],"lines":null,"page":null,"headings":[],"match":{"range":[2,6],"lines":null,"page":null,"headings":[]},\#
        "snippet":{"text":"e\ntw","range":[2,6],"marks":[]},\#
        "scores":{"semantic":0.5,"keyword":null},"encoder":"minilm","metadata":{"b":[1,null],"c":{"d":true}}}
        """#

    private func response(_ more: String = "") throws -> SearchResponse {
        let json = #"""
            {"query":"q","mode":"hybrid","plan":"exact","elapsed_ms":1.23456,"results":[\#(Self.result)],"distances":3,\#
            "explanation":[],"warnings":[]\#(more)}
            """#
        return try JSONDecoder().decode(SearchResponse.self, from: Data(json.utf8))
    }

    private func written(_ write: (inout JSONWriter) throws -> Void) rethrows -> String {
        var json = JSONWriter(escaping: .hidden)
        try write(&json)
        return json.text
    }

    @Test func `an answer has no more than was asked for`() throws {
        let response = try response()
        let expected = #"{"query":"q","mode":"hybrid","plan":"exact","elapsed_ms":1.235,"results":[\#(Self.result)]}"#
        #expect(written { $0.response(response, explained: false) } == expected)
        let identified = written { $0.response(response, id: .numeral("1.50"), explained: false) }
        #expect(identified == #"{"id":1.50,"# + expected.dropFirst())
    }

    @Test func `an answer that a cross-encoder ranked again has its scores and its report`() throws {
        var response = try response()
        #expect(!written { $0.response(response, explained: true) }.contains("rerank"))
        let report = #"{"model":"judge","candidates":50,"scored":1,"elapsed_ms":2.5,"budget_ms":300}"#
        response.rerank = try JSONDecoder().decode(RerankingReport.self, from: Data(report.utf8))
        let unscored = written { $0.response(response, explained: false) }
        #expect(unscored.contains(#""scores":{"semantic":0.5,"keyword":null,"rerank":null}"#))
        response.results[0].scores.rerank = 0.75
        let scored = written { $0.response(response, explained: false) }
        #expect(scored.contains(#""scores":{"semantic":0.5,"keyword":null,"rerank":0.75}"#))
        #expect(scored.hasSuffix(#"],"rerank":\#(report)}"#))
    }

    @Test func `a result says where its passage stands`() throws {
        var response = try response()
        response.results[0].place = PassagePlace(lines: 3...9, page: 12, headings: ["A \"b\"", "C"])
        response.results[0].match.place = PassagePlace(lines: 4...4)
        let text = written { $0.response(response, explained: false) }
        #expect(
            text.contains(
                #""range":[0,8],"lines":[3,9],"page":12,"headings":["A \"b\"","C"],"match":{"range":[2,6],"lines":[4,4],"#
            ))
        let again = try JSONDecoder().decode(SearchResult.self, from: JSONEncoder().encode(response.results[0]))
        #expect(again.place == response.results[0].place)
    }

    @Test func `a part of a document says its lines`() {
        let document = Document(id: "a", text: "one\ntwo", source: "s")
        var excerpt = DocumentExcerpt(text: "two", range: 4..<7, lines: 2...2, isLineByLine: true)
        let known = written { $0.excerpt(excerpt, of: document) }
        #expect(known == #"{"id":"a","text":"two","source":"s","range":[4,7],"lines":[2,2],"metadata":{}}"#)
        excerpt.lines = nil
        #expect(written { $0.excerpt(excerpt, of: document) }.contains(#""lines":null"#))
    }

    @Test func `an answer says what it shows of a passage, what is alike, and what fits`() throws {
        var response = try response(#","fits":false"#)
        var result = response.results[0]
        (result.match.range, result.range) = (10..<40, 10..<40)
        result.text = "A ferry leaves. The tide turns"
        result.marks = [SearchResult.Mark(range: 2..<7, term: "ferri", weight: 2)]
        result.alike = [
            SearchResult.Alike(id: "b", passage: 8, source: "/b", place: PassagePlace(lines: 2...3))
        ]
        result.fusion = SearchResult.FusionParts()
        result.fusion?.semantic = SearchResult.FusionParts.Part(rank: 2, score: 0.5, share: 0.25)
        response.results = [result]
        let text = written { $0.response(response, explained: false) }
        #expect(
            text.contains(#""snippet":{"text":"A ferry leaves. The tide turns","range":[10,40],"marks":[[2,7]]},"#))
        #expect(
            text.contains(
                #","alike":[{"id":"b","passage":8,"source":"/b","lines":[2,3],"page":null,"headings":[]}]}],"fits":false}"#
            ))
        let explained = written { $0.response(response, explained: true) }
        #expect(
            explained.contains(
                #""explanation":{"semantic":{"rank":2,"score":0.5,"share":0.25},"keyword":{"rank":null,"score":null,"share":0}}"#
            ), "\(explained)")
    }

    @Test func `an answer that is explained has warnings and the plan of its filter`() throws {
        let filter = #"""
            ,"filter":{"expression":"year > 2000","estimate":0.5,"sampled":10,"documents":4,"cache":"miss","checked":0,\#
            "elapsedMilliseconds":0.5}
            """#
        var response = try response(filter)
        response.results = []
        response.warnings = ["a warning"]
        response.explanation = [
            .vectorScan(.all(.few(atMost: 9)), distances: 3),
            .fusion(.reciprocalRank, semanticWeight: 0.5, semantic: 2, keyword: 1),
        ]
        let expected = #"""
            {"query":"q","mode":"hybrid","plan":"exact","elapsed_ms":1.235,"results":[],"distances":3,"filter":\#
            {"expression":"year > 2000","estimate":0.5,"sampled":10,"documents":4,"passages":null,"cache":"miss",\#
            "checked":0,"elapsed_ms":0.5},"explanation":["vectors: exact scan (there are at most 9), 3 distances",\#
            "fusion: reciprocal rank, k = 60, meaning : words = 0.5 : 0.5, of 2 by meaning and 1 by words"],\#
            "warnings":["a warning"]}
            """#
        #expect(written { $0.response(response, explained: true) } == expected)
    }

    @Test func `documents and vectors leave out what they do not have`() {
        let document = Document(id: "a", text: "t", source: "s", metadata: ["n": .numeral("1e3")])
        #expect(
            written { $0.document(document) }
                == #"{"id":"a","text":"t","source":"s","metadata":{"n":1e3}}"#)
        var titled = document
        titled.title = "T"
        #expect(written { $0.document(titled) }.hasPrefix(#"{"id":"a","title":"T","text":"t""#))
        #expect(
            written { $0.record(VectorRecord(id: "v", vector: [1, -0.5])) } == #"{"id":"v","vector":[1.0,-0.5]}"#)
        #expect(
            written { $0.record(VectorRecord(id: "v", vector: [2], text: "t", metadata: ["y": .number(1)])) }
                == #"{"id":"v","text":"t","source":"","metadata":{"y":1},"vector":[2.0]}"#)
    }

    private struct Summary: Encodable {
        var repeatedIDs = 1
        var elapsedMilliseconds = 2.5
        var path = "a/b\u{7F}"
        var qps = 3
    }

    @Test func `names of properties are in snake case, times in milliseconds, slashes as they are`() throws {
        let text = try written { try $0.encodable(Summary()) }
        #expect(text == #"{"elapsed_ms":2.5,"path":"a/b\u007f","qps":3,"repeated_ids":1}"#)
    }
}

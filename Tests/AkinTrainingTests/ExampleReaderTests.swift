import AkinTestSupport
import AkinText
import AkinTraining
import Foundation
import Testing

@Suite struct ExampleReaderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `Pairs have a score, under its usual names or as a label`() throws {
        let expected = [
            ScoredPair(first: "a", second: "b", score: 4.5), ScoredPair(first: "c", second: "d", score: 0),
        ]
        let csv = try folder.write("a.csv", "sentence1,sentence2,score\na,b,4.5\nc,d,0\n")
        #expect(try ScoredPairReader().read([csv]) == expected)
        let lines = try folder.write(
            "a.jsonl", #"{"text_a":"a","text_b":"b","label":4.5}"# + "\n" + #"{"text_a":"c","text_b":"d","label":0}"#)
        #expect(try ScoredPairReader().read([lines]) == expected)
    }

    @Test(arguments: [
        ("nan.csv", "text_a,text_b,score\na,b,NaN\n", "nan.csv:2: the score 'NaN' is no finite number"),
        ("infinite.csv", "text_a,text_b,score\na,b,-inf\n", "no finite number"),
        ("word.csv", "text_a,text_b,score\na,b,high\n", "the score 'high' is no finite number"),
        ("equal.csv", "text_a,text_b,score\na,b,1\nc,d,1\n", "All pairs of"),
        ("single.csv", "text,score\na,1\n", "no second text"), ("none.csv", "text_a,text_b,score\n", "holds no pairs"),
        ("blank.csv", "text_a,text_b,score\na,,1\n", "the field 'text_b' is empty"),
    ])
    func `Bad pairs are one clear line`(name: String, contents: String, message: String) throws {
        let path = try folder.write(name, contents)
        let found = messageOfError { _ = try ScoredPairReader().read([path]) }
        #expect(found.contains(message), "\(found)")
    }

    private static let squad = """
        {"version": "2.0", "data": [{"title": "t", "paragraphs": [{"context": "Zoë 🚲 rides to Köln, to Köln.", "qas": [
         {"id": "1", "question": "Where to?", "answers": [{"text": "Köln", "answer_start": 15}, {"text": "Köln", "answer_start": 15}]},
         {"id": 2, "question": "Who?", "answers": [{"text": "Zoë", "answer_start": 3}]},
         {"id": "3", "question": "Why?", "is_impossible": true, "answers": [], "plausible_answers": [{"text": "x", "answer_start": 0}]}
        ]}]}]}
        """

    @Test func `Answers of SQuAD stand at their scalars, or at the nearest place with their letters`() throws {
        let examples = try QuestionReader().read([folder.write("dev.json", Self.squad)])
        #expect(examples.map(\.id) == ["1", "2", "3"])
        #expect(examples[0].answers == [.init(text: "Köln", range: 15..<19)])
        #expect(examples[1].answers == [.init(text: "Zoë", range: 0..<3)])
        #expect(examples[2].isImpossible && !examples[1].isImpossible)
        for example in examples {
            for answer in example.answers {
                let scalars = Array(example.context.unicodeScalars)[answer.range]
                #expect(String(String.UnicodeScalarView(scalars)) == answer.text)
            }
        }
    }

    @Test func `Questions are read from JSON lines too`() throws {
        let lines = [
            #"{"question": "q", "context": "one two one", "answer": "one", "start": 8}"#,
            #"{"question": "q", "context": "one two one", "answer": "two"}"#,
            #"{"id": "none", "question": "q", "context": "one", "answer": null}"#,
        ]
        let examples = try QuestionReader().read([folder.write("a.jsonl", lines.joined(separator: "\n"))])
        #expect(examples.map { $0.answers.map(\.range) } == [[8..<11], [4..<7], []])
        #expect(examples.map(\.id) == ["1", "2", "none"])
    }

    @Test(arguments: [
        (
            "a.json", squad.replacing("rides to Köln, to Köln", with: "rides"),
            "'Köln' of the question 1 is not in its context"
        ),
        ("b.json", "{\"version\": 1}", "no member \"data\""), ("c.json", "{\"data\": [", "broken JSON at byte"),
        ("d.json", "{\"data\": []}", "holds no questions"), ("e.json", "", "broken JSON"),
        (
            "f.jsonl", #"{"question": "q", "context": "one", "answer": "two"}"#,
            "f.jsonl:1: the answer 'two' is not in the context"
        ),
        ("g.jsonl", #"{"question": "q", "context": "one"}"#, "No question of"),
        ("h.jsonl", #"{"context": "one", "answer": "one"}"#, "no field 'question'"),
    ])
    func `Bad questions are one clear line`(name: String, contents: String, message: String) throws {
        let path = try folder.write(name, contents)
        let found = messageOfError { _ = try QuestionReader().read([path]) }
        #expect(found.contains(message), "\(found)")
    }

    @Test func `Documents of a corpus end at blank lines; records are documents`() throws {
        let text = try folder.write("a.txt", "\u{FEFF}one\ntwo\r\n\n \nthree")
        let records = try folder.write("b.jsonl", "{\"text\": \"four\\n\\nfive\"}\n{\"text\": \"six\"}\n")
        var documents: [[String]] = []
        try CorpusDocuments(paths: [text, records]).forEach { documents.append($0) }
        #expect(documents == [["one", "two"], ["three"], ["four", "five"], ["six"]])
        let empty = try folder.write("c.txt", "\n \n")
        #expect(messageOfError { try CorpusDocuments(paths: [empty]).forEach { _ in } }.contains("holds no text"))
    }

    @Test func `The texts of a folder are documents, and a bad one is named`() throws {
        try folder.write("notes/a.md", "# Ferries\n\nThey cross.\n")
        try folder.write("notes/more/b.jsonl", "{\"text\": \"one\\ntwo\"}\n")
        try folder.write("notes/picture.png", Data([0x89, 0]))
        let corpus = CorpusDocuments(paths: [folder.path("notes")])
        var documents: [[String]] = []
        var bytes = 0
        try corpus.forEach {
            bytes += $0
        } _: {
            documents.append($0)
        }
        #expect(documents == [["# Ferries", "They cross."], ["one", "two"]])
        #expect(bytes == corpus.byteCount && bytes > 0)
        try folder.write("notes/c.txt", Data("größer".utf8) + [0xE4])
        #expect(messageOfError { try corpus.forEach { _ in } }.contains("notes/c.txt"))
    }

    @Test func `A corpus without blank lines is cut into documents`() throws {
        let text = try folder.write("a.txt", (0..<25_000).map { "line \($0)\n" }.joined())
        var counts: [Int] = []
        try CorpusDocuments(paths: [text]).forEach { counts.append($0.count) }
        #expect(counts == [10_000, 10_000, 5_000])
    }

    @Test func `Judged documents come with their question, best first`() throws {
        let corpus = try folder.write(
            "corpus.jsonl",
            """
            {"_id": "d1", "title": "Ferries", "text": "They cross."}
            {"_id": "d2", "title": "", "text": "Bridges."}
            {"_id": "d3", "text": "Not judged."}
            {"_id": "d4", "text": ""}
            """)
        let queries = try folder.write("queries.jsonl", "{\"_id\": \"q1\", \"text\": \"how to cross\"}\n")
        let judgements = try folder.write(
            "qrels.tsv", "query-id\tcorpus-id\tscore\nq1\td2\t1\nq1\td1\t2\nq1\tgone\t1\n")
        let (pairs, problems) = try JudgedPairReader(corpus: corpus, queries: queries, judgements: judgements).read()
        #expect(problems.map(\.line) == [4])
        #expect(
            pairs == [
                JudgedPair(question: "how to cross", document: "Ferries\nThey cross.", relevance: 2),
                JudgedPair(question: "how to cross", document: "Bridges.", relevance: 1),
            ])
        let others = try folder.write("others.jsonl", "{\"_id\": \"x\", \"text\": \"y\"}\n")
        let reader = JudgedPairReader(corpus: others, queries: queries, judgements: judgements)
        #expect(messageOfError { _ = try reader.read() }.contains("check that their ids agree"))
    }
}

import AkinTestSupport
import AkinTraining
import Foundation
import Testing

@Suite struct LabelledTextReaderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func read(_ name: String, _ contents: String, _ fields: ExampleFields = ExampleFields()) throws
        -> [LabelledText]
    {
        try LabelledTextReader(fields: fields).read([folder.write(name, contents)])
    }

    @Test func `CSV, TSV, JSON lines and a JSON array give the same examples`() throws {
        let expected = [
            LabelledText(text: "good, very good", label: "fine, really"), LabelledText(text: "bad", label: "1"),
        ]
        #expect(try read("a.csv", "label,text\n\"fine, really\",\"good, very good\"\n1,bad\n") == expected)
        #expect(try read("a.tsv", "text\tlabel\ngood, very good\tfine, really\nbad\t1\n") == expected)
        let lines = [
            #"{"text": "good, very good", "label": "fine, really"}"#, #"{"text": "bad", "label": 1, "other": null}"#,
        ]
        #expect(try read("a.jsonl", "\u{FEFF}" + lines.joined(separator: "\n\n")) == expected)
        #expect(try read("a.json", "[\(lines.joined(separator: ",\n"))]") == expected)
        #expect(try read("b.json", lines.joined(separator: "\n")) == expected)
    }

    @Test func `Fields are found by their usual names, or are named`() throws {
        #expect(
            try read("a.csv", "Sentence,CATEGORY\na,x\nb,y\n")
                == [LabelledText(text: "a", label: "x"), LabelledText(text: "b", label: "y")])
        #expect(
            try read("b.csv", "text_a,text_b,label\na,b,x\nc,d,y\n")
                == [LabelledText(text: "a", pair: "b", label: "x"), LabelledText(text: "c", pair: "d", label: "y")])
        #expect(
            try read("c.csv", "u,v,w\na,x,1\nb,y,2\n", ExampleFields(text: "u", label: "v"))
                == [LabelledText(text: "a", label: "x"), LabelledText(text: "b", label: "y")])
        #expect(
            try read("d.csv", "u,v,w\na,x,1\nb,y,2\n", ExampleFields(text: "u", pair: "v", label: "w")).map(\.pair)
                == ["x", "y"])
        #expect(
            messageOfError { _ = try read("e.csv", "u,v\na,x\n") }.contains("e.csv:2: the record has no text field"))
        let missing = messageOfError { _ = try read("f.csv", "text,v\na,x\n") }
        #expect(missing.contains("no field 'label'; it has text, v"))
        #expect(
            messageOfError { _ = try read("g.csv", "text,v\na,x\n", ExampleFields(label: "no")) }.contains(
                "no field 'no'"))
    }

    @Test func `A folder of classes gives the files of each folder its name`() throws {
        try folder.write("classes/pos/1.txt", "good")
        try folder.write("classes/pos/2", "fine")
        try folder.write("classes/neg/1.txt", "bad")
        try folder.write("classes/notes.txt", "not of a class")
        let examples = try LabelledTextReader().read([folder.path("classes")])
        #expect(
            examples == [
                LabelledText(text: "bad", label: "neg"), LabelledText(text: "good", label: "pos"),
                LabelledText(text: "fine", label: "pos"),
            ])
        try folder.write("flat/1.txt", "good")
        #expect(
            messageOfError { _ = try LabelledTextReader().read([folder.path("flat")]) }.contains("holds no folders"))
        try folder.write("classes/neg/2.txt", Data("größer".utf8) + [0xE4])
        #expect(messageOfError { _ = try LabelledTextReader().read([folder.path("classes")]) }.contains("neg/2.txt"))
    }

    @Test(arguments: [
        ("one-class.csv", "text,label\na,x\nb,x\n", "All examples of"), ("empty.csv", "", "holds no examples"),
        ("header.csv", "text,label\n", "holds no examples"),
        ("blank.csv", "text,label\na,x\n\"  \",y\n", "blank.csv:3: the field 'text' is empty"),
        ("unlabelled.csv", "text,label\na,x\nb,\n", "unlabelled.csv:3: the label is empty"),
        ("comma.csv", "text,label\na,x,y\n", "comma.csv:2: the row has 3 fields where the header names 2"),
        ("open.csv", "text,label\n\"a,x\n", "open.csv:2: a quote that opens in this row is never closed"),
        ("fraction.jsonl", #"{"text": "a", "label": 0.5}"#, "neither a text nor a whole number"),
        ("list.jsonl", #"{"text": "a", "label": ["x"]}"#, "neither a text nor a whole number"),
        ("number.jsonl", #"{"text": 5, "label": "x"}"#, "holds no text"),
        ("string.jsonl", #""text""#, "string.jsonl:1: the record is text, where an object"),
        ("broken.jsonl", #"{"text": "a", "#, "broken.jsonl:1: broken JSON"),
        ("nul.jsonl", #"{"text": "a\u0000", "label": "x"}"#, "NUL"),
        ("notes.txt", "text", "not a file of records by its name"),
    ])
    func `Bad data is one clear line`(name: String, contents: String, message: String) throws {
        let found = messageOfError { _ = try read(name, contents) }
        #expect(found.contains(message), "\(found)")
    }

    @Test func `Mixed encodings are reported with their place`() throws {
        let latin = Data("text,label\ngrün,x\n".utf8) + Data([0x67, 0x72, 0xFC, 0x6E, 0x2C, 0x79, 0x0A])
        try folder.write("mixed.csv", latin)
        let message = messageOfError { _ = try LabelledTextReader().read([folder.path("mixed.csv")]) }
        #expect(message.contains("mixed.csv:3: the row is not valid UTF-8 at byte 21"), "\(message)")
        try folder.write("wide.csv", "text,label\na,x\n".data(using: .utf16) ?? Data())
        #expect(messageOfError { _ = try LabelledTextReader().read([folder.path("wide.csv")]) }.contains("UTF-16"))
    }

    @Test func `Texts in folders that declare no character set are read by a guess, which is counted`() throws {
        let latin = try #require("Die Fähre fährt über den Fluß und kommt später zurück.".data(using: .isoLatin1))
        try folder.write("sets/a/1.txt", latin)
        try folder.write("sets/b/1.txt", "Das Haus ist größer.")
        let reader = LabelledTextReader()
        #expect(try reader.read([folder.path("sets")]).map(\.text).first?.hasPrefix("Die Fähre") == true)
        #expect(reader.guesses.sentence == "1 file read as windows-1252 (a guess)")
        let corpus = CorpusDocuments(paths: [folder.path("sets")])
        for _ in 0..<2 { try corpus.forEach { _ in } }
        #expect(corpus.guesses.sentence == "1 file read as windows-1252 (a guess)")
    }

    @Test func `More labels than a head is made for are refused before all are read`() throws {
        let rows = (0...LabelSet.maximumCount).map { "text,id-\($0)\n" }.joined()
        let message = messageOfError { _ = try read("ids.csv", "text,label\n" + rows + "\"open") }
        #expect(message.contains("more than 10000 different labels"), "\(message)")
    }

    @Test func `Links are followed, pipes and missing files are refused`() throws {
        let real = try folder.write("real.csv", "text,label\na,x\nb,y\n")
        try FileManager.default.createSymbolicLink(atPath: folder.path("link.csv"), withDestinationPath: real)
        #expect(try LabelledTextReader().read([folder.path("link.csv")]).count == 2)
        #expect(mkfifo(folder.path("pipe.csv"), 0o600) == 0)
        #expect(
            messageOfError { _ = try LabelledTextReader().read([folder.path("pipe.csv")]) }.contains("a named pipe"))
        #expect(
            messageOfError { _ = try LabelledTextReader().read([folder.path("none.csv")]) }.contains("does not exist"))
    }

    @Test func `Labels have an order of their own: numbers by value, names by their bytes`() throws {
        #expect(try LabelSet(["10", "9", "2", "9"], of: "x").names == ["2", "9", "10"])
        #expect(try LabelSet(["b", "a", "Z", "10"], of: "x").names == ["10", "Z", "a", "b"])
        let labels = try LabelSet(["b", "a"], of: "x")
        #expect(labels.index(of: "b") == 1 && labels.index(of: "c") == nil)
    }
}

import AkinTestSupport
import AkinTraining
import Foundation
import Testing

/// Labels that stand apart from their texts.
@Suite struct LabelFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("mail/a.txt", "good")
        try folder.write("mail/old/b.txt", "bad")
        try folder.write("mail/c.txt", "unlabelled")
    }

    private func labels(_ contents: String, _ name: String = "labels.csv") throws -> LabelFile {
        try LabelFile(path: folder.write(name, contents))
    }

    @Test(arguments: [
        ("labels.csv", "id,label\nold/b.txt,no\na.txt,yes\nz.txt,no\n"),
        ("labels.tsv", "file\tclass\nold/b.txt\tno\na.txt\tyes\nz.txt\tno\n"),
        (
            "labels.jsonl",
            #"{"id": "old/b.txt", "label": "no"}"# + "\n" + #"{"id": "a.txt", "label": "yes"}"# + "\n"
                + #"{"id": "z.txt", "label": "no"}"#
        ),
        ("mail/labels.csv", "id,label\nold/b.txt,no\na.txt,yes\nz.txt,no\n"),
    ])
    func `files of a folder are found by their place in it`(name: String, contents: String) throws {
        let joined = try LabelledTextReader().read([folder.path("mail")], labels: labels(contents, name))
        #expect(
            joined.examples == [LabelledText(text: "good", label: "yes"), LabelledText(text: "bad", label: "no")])
        #expect(joined.unlabelledCount == 1 && joined.missing == ["z.txt"])
    }

    @Test func `files are found by their path, and records by their id`() throws {
        let paths = "path,label\n\(folder.path("mail/a.txt")),yes\n\(folder.path("mail/old/b.txt")),no\n"
        let joined = try LabelledTextReader().read([folder.path("mail")], labels: labels(paths))
        #expect(joined.examples.map(\.label) == ["yes", "no"] && joined.missing.isEmpty)

        let texts = try folder.write("texts.jsonl", #"{"id": 7, "text": "x"}"# + "\n" + #"{"id": 8, "text": "y"}"#)
        let records = try LabelledTextReader().read([texts], labels: labels("id,label\n8,b\n7,a\n"))
        #expect(records.examples == [LabelledText(text: "x", label: "a"), LabelledText(text: "y", label: "b")])

        let named = try folder.write("named.csv", "key,body\nk1,x\nk2,y\n")
        let file = try LabelFile(
            path: folder.write("kinds.csv", "key,kind\nk2,b\nk1,a\n"), idField: "key", labelField: "kind")
        #expect(
            try LabelledTextReader().read([named], labels: file, idField: "key").examples
                == [LabelledText(text: "x", label: "a"), LabelledText(text: "y", label: "b")])
    }

    @Test(arguments: [
        ("id,label\na.txt,yes\na.txt,no\n", "labels.csv:3: 'a.txt' has the label 'no' here and 'yes' in line 2"),
        ("id,label\na.txt,yes\n,no\n", "labels.csv:3: the field 'id' names no text"),
        ("id,label\na.txt,\n", "labels.csv:2: the label is empty"), ("id,label\n", "holds no labels"),
        ("name,label\na.txt,yes\n", "the record has no field 'id'; it has label, name"),
        ("id,kind\na.txt,yes\n", "the record has no field 'label'"),
        ("id,label\nx,yes\ny,no\n", "has no text that"),
    ])
    func `labels that cannot be joined are refused in one line`(contents: String, message: String) throws {
        let found = messageOfError {
            _ = try LabelledTextReader().read([folder.path("mail")], labels: labels(contents))
        }
        #expect(found.contains(message) && !found.contains("\n"), "\(found)")
    }

    @Test func `an id and a path that lead to one text must agree`() throws {
        let both = "id,label\na.txt,yes\n\(folder.path("mail/a.txt")),no\n"
        #expect(
            messageOfError { _ = try LabelledTextReader().read([folder.path("mail")], labels: labels(both)) }
                .contains("labels.csv:3:"))
        let texts = try folder.write("twice.csv", "id,text\n1,x\n1,y\n")
        #expect(
            messageOfError { _ = try LabelledTextReader().read([texts], labels: labels("id,label\n1,a\n")) }
                .contains("have the id '1'"))
    }
}

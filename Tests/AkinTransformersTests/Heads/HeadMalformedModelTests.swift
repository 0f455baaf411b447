import AkinCore
import AkinTransformers
import AkinVectors
import Foundation
import Testing

/// Models that do not have what they are asked for.
@Suite struct HeadMalformedModelTests {
    /// A copy of a golden model with another `config.json`.
    private func model(_ name: String, edit: (inout [String: Any]) -> Void = { _ in }) throws -> URL {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: UUID().uuidString)
        try FileManager.default.copyItem(at: HeadGoldens.folder(name), to: folder)
        let file = folder.appending(path: "config.json")
        var fields =
            try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        edit(&fields)
        try JSONSerialization.data(withJSONObject: fields).write(to: file)
        return folder
    }

    private func message<Head: BERTHead>(_ head: Head.Type, _ folder: URL, _ code: AkinError.Code) -> String {
        do {
            _ = try BERTTaskModel<Head>(folder: folder)
            return "none"
        } catch let error as AkinError {
            #expect(error.code == code)
            #expect(!error.message.contains("\n"))
            return error.message
        } catch {
            return "\(error)"
        }
    }

    @Test func `a model for another task is named as such`() {
        let tagger = message(SequenceClassificationHead.self, HeadGoldens.folder("tag-iob"), .incompatible)
        #expect(tagger.hasSuffix("this is a model for token classification, not for sequence classification."))
        let reader = message(MaskedWordsHead.self, HeadGoldens.folder("answer"), .incompatible)
        #expect(reader.hasSuffix("this is a model for question answering, not for masked words."))
    }

    @Test func `an encoder has no head`() {
        let found = message(SequenceClassificationHead.self, BERTGolden.folder("half"), .incompatible)
        #expect(found.contains("has no head for sequence classification"))
    }

    @Test func `a head that the file lacks is named`() throws {
        let folder = try model("tag-iob") { $0["architectures"] = ["BertForQuestionAnswering"] }
        #expect(message(QuestionAnsweringHead.self, folder, .invalidData).contains("\"qa_outputs.weight\""))
    }

    @Test(arguments: ["classify-two", "classify-twelve"])
    func `labels that do not fit the weights are counted`(name: String) throws {
        let folder = try model(name) {
            $0["id2label"] = ["0": "a", "1": "b", "2": "c"]
            $0["label2id"] = nil
        }
        let rows = name == "classify-two" ? 2 : 12
        let found = message(SequenceClassificationHead.self, folder, .invalidData)
        #expect(found.contains("names 3 labels, but \"classifier.weight\""))
        #expect(found.contains("has \(rows) rows"))
    }

    @Test(arguments: [["0": "a", "2": "b"], ["0": "a", "00": "b"], ["zero": "a", "1": "b"], ["-1": "a", "0": "b"]])
    func `labels with gaps in their numbers are refused`(labels: [String: String]) throws {
        let folder = try model("classify-two") { $0["id2label"] = labels }
        #expect(message(SequenceClassificationHead.self, folder, .invalidData).contains("\"id2label\""))
    }

    @Test func `an unknown problem type is refused`() throws {
        let folder = try model("classify-two") { $0["problem_type"] = "ranking" }
        #expect(message(SequenceClassificationHead.self, folder, .incompatible).contains("\"ranking\""))
    }

    @Test func `labels come from label2id, and without both from their number`() throws {
        let named = try model("classify-two") {
            $0["id2label"] = nil
            $0["label2id"] = ["bad": 1, "good": 0]
        }
        #expect(try BERTTaskModel<SequenceClassificationHead>(folder: named).head.labels == ["good", "bad"])
        let numbered = try model("classify-twelve") {
            $0["id2label"] = nil
            $0["label2id"] = nil
            $0["num_labels"] = 12
        }
        #expect(try BERTTaskModel<SequenceClassificationHead>(folder: numbered).head.labels[10] == "LABEL_10")
    }

    @Test func `without architectures the tensors tell the task`() throws {
        func task<Head: BERTHead>(_ name: String, _ head: Head.Type) throws -> BERTTask {
            try BERTTaskModel<Head>(folder: model(name) { $0["architectures"] = nil }).task
        }
        #expect(try task("classify-two", SequenceClassificationHead.self) == .sequenceClassification)
        #expect(try task("tag-iob", TokenClassificationHead.self) == .tokenClassification)
        #expect(try task("answer", QuestionAnsweringHead.self) == .questionAnswering)
        #expect(try task("mask-tied", MaskedWordsHead.self) == .maskedWords)
        #expect(try task("next-sentence", SequenceClassificationHead.self) == .nextSentence)
        let folder = try model("tag-iob") { $0["architectures"] = nil }
        #expect(message(SequenceClassificationHead.self, folder, .incompatible).contains("token classification"))
    }

    @Test func `a network of one segment reads no pairs`() throws {
        // BERTGolden's models have two segments in their files; a configuration of one does not fit them.
        let folder = try model("classify-two") { $0["type_vocab_size"] = 1 }
        #expect(message(SequenceClassificationHead.self, folder, .invalidData).contains("token_type_embeddings"))
    }

    @Test(arguments: ["classify-two", "mask-untied"])
    func `weights that are not finite are reported`(name: String) throws {
        let folder = try model(name)
        let file = folder.appending(path: "model.safetensors")
        var bytes = try Data(contentsOf: file)
        let start = 8 + bytes.prefix(8).enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
        let header = try #require(
            try JSONSerialization.jsonObject(with: bytes[8..<start]) as? [String: [String: Any]])
        let tensor = name == "classify-two" ? "classifier.bias" : "cls.predictions.bias"
        let offset = start + (try #require(header[tensor]?["data_offsets"] as? [Int]))[0]
        bytes.replaceSubrange(offset..<offset + 4, with: [0, 0, 0xC0, 0x7F])
        try bytes.write(to: file)
        #expect(throws: AkinError.self) {
            if name == "classify-two" {
                _ = try BERTTaskModel<SequenceClassificationHead>(folder: folder).map(
                    [TokenSequence([2, 3])], threads: 1
                ) { $1 }
            } else {
                let model = try BERTTaskModel<MaskedWordsHead>(folder: folder)
                _ = try model.map([TokenSequence([2, 4, 3])], threads: 1) { try model.head.scores($1) }
            }
        }
    }
}

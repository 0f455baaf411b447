import AkinCore
import AkinTestSupport
import AkinTraining
import AkinVectors
import Foundation
import Testing

/// Files as they come from elsewhere: cut, with bytes changed, doubled and swapped.
@Suite struct DamagedInputTests {
    private static let samples: [(name: String, contents: String)] = [
        ("a.csv", "text,label\n\"good, \"\"very\"\" good\",x\r\nbäd,y\n"),
        ("b.tsv", "label\ttext\nx\ta b\ny\t\"c\td\"\n"),
        ("c.jsonl", "{\"text\": \"a\\u00e4\", \"label\": 1}\n{\"text\": \"b\", \"label\": \"y\"}\n"),
        ("d.json", "[{\"text\": \"a\", \"label\": true}, {\"text\": \"b\", \"label\": false}]"),
        ("e.csv", "text_a,text_b,score\na,b,1.5\nc,d,-2e1\n"),
        ("f.conll", "-DOCSTART- O\n\nEU B-ORG\nof I-ORG\nx\tO\n\n# c\nü S-LOC\n"),
        (
            "g.json",
            "{\"data\":[{\"paragraphs\":[{\"context\":\"one twö\",\"qas\":[{\"id\":\"1\",\"question\":\"q\","
                + "\"answers\":[{\"text\":\"twö\",\"answer_start\":4}]},{\"id\":2,\"question\":\"r\",\"is_impossible\":true}]}]}]}"
        ),
        ("h.jsonl", "{\"question\":\"q\",\"context\":\"one two\",\"answer\":\"two\",\"start\":4}\n"),
        ("i.txt", "one\ntwo ünd\n\nthree\n"),
    ]

    private func damage(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0...generator.integer(below: 3) where !bytes.isEmpty {
            let place = generator.integer(below: bytes.count)
            switch generator.integer(below: 5) {
            case 0: bytes[place] = UInt8(generator.integer(below: 256))
            case 1: bytes.remove(at: place)
            case 2: bytes.removeSubrange(place...)
            case 3:
                bytes.insert(
                    contentsOf: bytes[place..<min(bytes.count, place + 9)], at: generator.integer(below: place + 1))
            default: bytes.insert(Array(",\"\t\n{}[]:\0-\u{FEFF}".utf8)[generator.integer(below: 13)], at: place)
            }
        }
        return bytes
    }

    @Test(arguments: samples.indices) func `Whatever a file holds, it is read or refused in one line`(sample: Int)
        throws
    {
        let folder = try TemporaryFolder()
        let (name, contents) = Self.samples[sample]
        let path = folder.path(name)
        var generator = SeededGenerator(seed: UInt64(sample))
        var (read, refused) = (0, 0)
        for round in 0..<600 {
            let bytes = round == 0 ? Array(contents.utf8) : damage(Array(contents.utf8), &generator)
            try Data(bytes).write(to: URL(filePath: path))
            let readers: [() throws -> Void] = [
                { _ = try LabelledTextReader().read([path]) }, { _ = try ScoredPairReader().read([path]) },
                { _ = try CoNLLReader().read([path]) }, { _ = try QuestionReader().read([path]) },
                { try CorpusDocuments(paths: [path]).forEach { _ in } },
            ]
            for reader in readers {
                do {
                    try reader()
                    read += 1
                } catch {
                    let message = try #require(error as? AkinError, "\(error)").description
                    #expect(!message.contains("\n") && !message.isEmpty, "\(message.debugDescription)")
                    refused += 1
                }
            }
        }
        #expect(read > 0 && refused > 0)
    }
}

import AkinTestSupport
import Foundation

/// Small corpora made up here, with topics that share no words.
enum SampleCorpus {
    private static let topics: [(name: String, words: [String])] = [
        (
            "harbour",
            ["ferry", "harbour", "tide", "anchor", "captain", "deck", "sailor", "wharf", "cargo", "lighthouse"]
        ),
        ("kitchen", ["bread", "oven", "flour", "butter", "recipe", "spoon", "onion", "kettle", "pastry", "pepper"]),
        ("garden", ["rose", "hedge", "spade", "soil", "seedling", "compost", "tulip", "bee", "orchard", "watering"]),
        (
            "observatory",
            ["telescope", "planet", "comet", "orbit", "galaxy", "eclipse", "astronomer", "nebula", "moon", "meteor"]
        ),
    ]

    /// JSON lines with ids `topic-number`, a title and a text each: the same ones at every call.
    static func lines(count: Int) -> String {
        var state: UInt64 = 7
        func next(below bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var lines = ""
        for number in 0..<count {
            let topic = topics[number % topics.count]
            let words = (0..<12).map { _ in topic.words[next(below: topic.words.count)] }
            lines +=
                #"{"id": "\#(topic.name)-\#(number)", "title": "Note \#(number)", "text": "A note about \#(words.joined(separator: " "))."#
            lines += #"", "topic": "\#(topic.name)", "number": \#(number)}"# + "\n"
        }
        return lines
    }
}

extension Program {
    /// Indexes a sample corpus into the default database and checks that all of it went in.
    @discardableResult
    func indexSample(count: Int = 200) throws -> Outcome {
        try folder.write("corpus.jsonl", SampleCorpus.lines(count: count))
        return try run("index", "corpus.jsonl", "--json")
    }
}

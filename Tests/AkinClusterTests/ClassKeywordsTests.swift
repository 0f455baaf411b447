import AkinCluster
import Foundation
import Testing

@Suite struct ClassKeywordsTests {
    @Test func `weights are tf · log(1 + A ÷ f)`() {
        let keywords = ClassKeywords(
            documents: [["apple", "pear", "apple"], ["pear", "stone"], ["stone", "iron"]], classes: [0, 0, 1],
            classCount: 2
        ).keywords
        // Class 0 has 5 words, class 1 has 2: A = 3.5.
        let apple = 2 * log(1 + 3.5 / 2)
        let pear = 2 * log(1 + 3.5 / 2)
        let stone = log(1 + 3.5 / 2)
        #expect(keywords[0].map(\.term) == ["apple", "pear", "stone"])
        for (keyword, weight) in zip(keywords[0], [apple, pear, stone]) { #expect(abs(keyword.score - weight) < 1e-12) }
        #expect(keywords[1].map(\.term) == ["iron", "stone"])
        #expect(abs((keywords[1].first?.score ?? 0) - log(1 + 3.5)) < 1e-12)
    }

    @Test(arguments: [
        ("program", "programming"), ("study", "studies"), ("computer", "computing"), ("bank", "banks"),
        ("机器", "机器人"),
    ])
    func `forms of one word take one place`(first: String, second: String) {
        let documents = [[first, second], [second, first], [first, "zebra"]]
        let terms = ClassKeywords(documents: documents, classes: [0, 0, 0], classCount: 1).keywords[0].map(\.term)
        #expect(terms.contains("zebra"))
        #expect(terms.filter { $0 != "zebra" }.count == 1)
    }

    @Test(arguments: [("internet", "interview"), ("car", "cat"), ("paris", "park")])
    func `different words keep their places`(first: String, second: String) {
        let documents = [[first], [second]]
        #expect(ClassKeywords(documents: documents, classes: [0, 0], classCount: 1).keywords[0].count == 2)
    }

    @Test func `words that stand together become a phrase`() {
        let documents = [
            ["neural", "network", "training"], ["deep", "neural", "network"], ["neural", "network"],
            ["bread", "butter"],
        ]
        let keywords = ClassKeywords(documents: documents, classes: [0, 0, 0, 1], classCount: 2).keywords
        #expect(keywords[0].first?.term == "neural network")
        #expect(!keywords[0].contains { $0.term == "neural" || $0.term == "network" })
    }

    @Test func `overlapping pairs of unspaced script join to one run`() {
        let documents = [["机器", "器学", "学习"], ["机器", "器学"], ["机器", "器学", "很好"], ["面包"]]
        let keywords = ClassKeywords(documents: documents, classes: [0, 0, 0, 1], classCount: 2).keywords
        #expect(keywords[0].first?.term == "机器学")
    }

    @Test func `a word of one document does not name a class of many`() {
        let documents = [["common", "odd", "odd", "odd"], ["common"], ["common"], ["common"], ["other"]]
        let keywords = ClassKeywords(documents: documents, classes: [0, 0, 0, 0, 1], classCount: 2).keywords
        #expect(keywords[0].map(\.term) == ["common"])
    }

    @Test func `documents without words leave a class without keywords`() {
        #expect(ClassKeywords(documents: [[], []], classes: [0, 1], classCount: 2).keywords == [[], []])
    }
}

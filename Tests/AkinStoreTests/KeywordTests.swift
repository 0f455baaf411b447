import AkinCore
import AkinStore
import Foundation
import Testing

/// The full-text index.
@Suite struct KeywordTests {
    func search(_ fixture: StoreFixture, _ expression: String, limit: Int = 10) throws -> [Int64] {
        try fixture.store.read { try $0.keywordSearch(matchExpression: expression, limit: limit).map(\.passage) }
    }

    @Test func `stems are found, the best first, also after changes`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "the cats were running in the long corridor of the old house")
        try fixture.put("b", "cats and cats")
        try fixture.put("c", "nothing here")
        let (a, b) = (try fixture.passageIDs("a")[0], try fixture.passageIDs("b")[0])
        #expect(try search(fixture, "cat") == [b, a])
        #expect(try search(fixture, "cat", limit: 1) == [b])
        #expect(try search(fixture, "runs") == [a])
        try fixture.put("a", "dogs")
        #expect(try search(fixture, "cat") == [b])
        #expect(try search(fixture, "dog") == fixture.passageIDs("a"))
        _ = try fixture.store.write { try $0.delete(id: "b") }
        #expect(try search(fixture, "cat") == [])
        #expect(try fixture.store.verify() == [])
    }

    @Test func `equal scores are ordered by passage`() throws {
        let fixture = try StoreFixture()
        for number in 0..<5 { try fixture.put("d\(number)", "same words") }
        let results = try fixture.store.read { try $0.keywordSearch(matchExpression: "words", limit: 10) }
        #expect(results.map(\.passage) == results.map(\.passage).sorted())
        #expect(Set(results.map(\.score)).count == 1)
    }

    @Test func `Chinese words of two characters are found by the search text`() throws {
        let fixture = try StoreFixture()
        try fixture.store.write { writer in
            _ = try writer.put(.test("zh", ["我喜欢机器学习"], searchText: "我喜 喜欢 欢机 机器 器学 学习"))
            _ = try writer.put(.test("zh2", ["今天下雨"], searchText: "今天 天下 下雨"))
        }
        let id = try fixture.passageIDs("zh")
        #expect(try search(fixture, "机器") == id)
        #expect(try search(fixture, "\"学习\"") == id)
        #expect(try search(fixture, "雨天") == [])
        #expect(try fixture.store.read { try $0.passage(id: id[0])?.text } == "我喜欢机器学习")
        _ = try fixture.store.write { try $0.delete(id: "zh") }
        #expect(try search(fixture, "机器") == [])
        #expect(try fixture.store.verify() == [])
    }

    @Test func `scores of given passages are those of the search`() throws {
        let fixture = try StoreFixture()
        for number in 0..<30 {
            try fixture.put("d\(number)", String(repeating: "apple ", count: number % 4) + "pear \(number)")
        }
        let all = try fixture.store.read { try $0.keywordSearch(matchExpression: "apple OR pear", limit: 100) }
        #expect(all.count == 30 && all.map(\.score) == all.map(\.score).sorted(by: >))
        let asked = [all[3].passage, all[20].passage, 999]
        let scores = try fixture.store.read { try $0.keywordScores(matchExpression: "apple OR pear", passages: asked) }
        #expect(scores == [all[3].passage: all[3].score, all[20].passage: all[20].score])
        #expect(try fixture.store.read { try $0.keywordScores(matchExpression: "absent", passages: asked) } == [:])
        #expect(try fixture.store.read { try $0.keywordScores(matchExpression: "apple", passages: []) } == [:])
    }

    @Test func `phrases are counted in each passage`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "the old house, the old house and an older house")
        try fixture.put("b", "house old")
        try fixture.put("c", "old old old")
        func counts(_ expression: String) throws -> [Int64: UInt32] {
            let found = try fixture.store.read { try $0.keywordOccurrences(matchExpression: expression) }
            #expect(found.passages == found.passages.sorted())
            return Dictionary(uniqueKeysWithValues: zip(found.passages, found.counts))
        }
        let (a, b, c) = (
            try fixture.passageIDs("a")[0], try fixture.passageIDs("b")[0], try fixture.passageIDs("c")[0]
        )
        #expect(try counts("\"old houses\"") == [a: 2])
        #expect(try counts("\"old old\"") == [c: 2])
        #expect(try counts("\"house ol\"*") == [b: 1])
        #expect(try counts("\"old\" OR \"house old\"") == [a: 2, b: 2, c: 3])
        #expect(try counts("\"absent house\"") == [:])
        try fixture.put("a", "gone")
        #expect(try counts("\"old houses\"") == [:])
    }

    @Test(arguments: ["AND", "\"open", "(a", "nosuchcolumn : a"])
    func `malformed expressions are reported as invalid arguments`(expression: String) throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        #expect(errorCode { try search(fixture, expression) } == .invalidArgument)
    }
}

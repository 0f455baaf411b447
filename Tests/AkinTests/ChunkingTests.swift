import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

@Suite struct ChunkingTests {
    private static let texts: [String: String] = [
        "english":
            "The dog is in the house. The cat is on the tree! Is a man with you? The river bank is red, the money bank is blue.\n\nA new "
            + "paragraph is small. You play the guitar.",
        "chinese": "我在北京大学读书。河边有一只大狗！银行在哪里？红色的房子很小，蓝色的树很大。他在河边弹吉他。",
        "thai": "สุนัขอยู่ในบ้าน แมวอยู่บนต้นไม้ ผู้ชายคนหนึ่งเดินไปที่ธนาคารริมแม่น้ำ และเด็กเล่นกีตาร์อยู่ในบ้านหลังใหม่",
        "arabic": "الكلب في البيت. القطة على الشجرة؟ الرجل يمشي إلى البنك، والطفل يعزف على الجيتار في البيت الجديد.",
        "hindi": "कुत्ता घर में है। बिल्ली पेड़ पर है। एक आदमी नदी के किनारे चल रहा है। बच्चा गिटार बजा रहा है।",
        "emoji": "A dog 🐕‍🦺 and a family 👨‍👩‍👧‍👦 walk. 🇨🇭🇨🇳 flags! 👍🏽👍🏿 e\u{301}e\u{301}e\u{301} a cat 🐈‍⬛ is on the tree 🌳.",
        "breaks":
            "the dog\r\nthe cat\r\n\r\nthe tree\u{85}the house\u{2028}the river\tthe bank   \n\n\n  the man \u{A0} the child \r the money",
        "oneWord": String(repeating: "donaudampfschifffahrt", count: 12),
        "blanks": "  \n\n the dog \n\n  ",
        "code":
            "func walk(_ dog: Dog) -> [River] {\n    return bank.filter { $0.isRed && !$0.isBlue }.map(\\.money)\n}\n",
    ]

    private static let settings: [(tokens: Int?, overlap: Int?)] = [
        (nil, nil), (0, nil), (8, 0), (8, 4), (16, 3), (30, 15),
    ]

    @Test(arguments: [Database.Configuration.tiny(), .words], settings.indices)
    func `every text comes back as it was put`(_ configuration: Database.Configuration, _ setting: Int) async throws {
        let (tokens, overlap) = Self.settings[setting]
        let folder = try TemporaryFolder()
        let documents = Self.texts.map {
            Document(id: $0.key, title: $0.key.count > 6 ? "the " + $0.key : nil, text: $0.value)
        }
        let file = try folder.write("texts.jsonl", try documents.jsonLines())
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: configuration)
        let summary = try await database.index(
            paths: [file], options: IndexingOptions(chunkTokens: tokens, chunkOverlap: overlap))
        #expect(summary.added == documents.count && summary.problemCount == 0)
        if tokens == 8 { #expect(summary.passages > documents.count * 3) }
        if tokens == 0 { #expect(summary.passages == documents.count) }
        for document in documents {
            let stored = try #require(try await database.document(id: document.id))
            // Bytes, because == takes different scalars for equal where Unicode calls them canonically equivalent.
            #expect(Array(stored.text.utf8) == Array(document.text.utf8), "\(document.id)")
        }
        #expect(try await database.verify() == [])
    }

    @Test(arguments: [0, 8, 16]) func `ranges of passages point into the document`(_ tokens: Int) async throws {
        let folder = try TemporaryFolder()
        let documents = Self.texts.map { Document(id: $0.key, text: $0.value) }
        let file = try folder.write("texts.jsonl", try documents.jsonLines())
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let summary = try await database.index(
            paths: [file], options: IndexingOptions(chunkTokens: tokens, chunkOverlap: tokens / 2))
        let all = try await database.search(SearchRequest("the dog", count: 10_000, mode: .semantic, unique: false))
            .results
        #expect(all.count == summary.passages)
        for document in documents {
            let scalars = Array(document.text.unicodeScalars)
            var end = 0
            for passage in all.filter({ $0.id == document.id }).sorted(by: { $0.range.upperBound < $1.range.upperBound }
            ) {
                try #require(passage.range.lowerBound <= end && passage.range.upperBound <= scalars.count)
                #expect(passage.text == String(document.text(in: passage.range)))
                #expect(Array(passage.text.unicodeScalars) == Array(scalars[passage.range]))
                end = passage.range.upperBound
            }
            #expect(end == scalars.count)
        }
    }

    @Test(arguments: [Database.Configuration.tiny(), .words])
    func `other settings cut the documents again and are remembered`(
        _ configuration: Database.Configuration
    ) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "texts.jsonl", try [Document(id: "1", text: Self.texts["english"] ?? "")].jsonLines())
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: configuration)
        _ = try await database.index(paths: [file], options: IndexingOptions(chunkTokens: 24))
        let first = try await database.information()
        #expect(first.chunkTokens == 24 && first.chunkOverlap == 3)

        let finer = try await database.index(paths: [file], options: IndexingOptions(chunkTokens: 8, chunkOverlap: 2))
        let second = try await database.information()
        #expect(finer.updated == 1)
        #expect(second.passages > first.passages)
        #expect(second.chunkTokens == 8 && second.chunkOverlap == 2)
        #expect(second.spaces.map(\.vectors) == [second.passages])

        let same = try await database.index(paths: [file])
        #expect(same.unchanged == 1)
        #expect(try await database.information().passages == second.passages)
        #expect(try await database.verify() == [])
    }

    @Test func `a whole document is cut for the encoder but kept and found by its last word`() async throws {
        let folder = try TemporaryFolder()
        let text = (0..<30).map(SampleTexts.sentence).joined(separator: " ") + " zebra"
        let file = try folder.write("long.jsonl", try [Document(id: "1", text: text)].jsonLines())
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let summary = try await database.index(paths: [file], options: IndexingOptions(chunkTokens: 0))
        #expect(summary.passages == 1 && summary.truncated == 1)
        let found = try await database.search(SearchRequest("zebra", mode: .keyword)).results
        #expect(found.map(\.text) == [text])
    }

    @Test(arguments: [(7, nil), (-1, nil), (16, 16), (16, -1), (16, 40)] as [(Int, Int?)])
    func `settings out of range are refused`(_ tokens: Int, _ overlap: Int?) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("a.txt", "the dog")
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        await expectRefusal(.invalidArgument, saying: "`IndexingOptions.chunk") {
            try await database.index(
                paths: [file], options: IndexingOptions(chunkTokens: tokens, chunkOverlap: overlap))
        }
        #expect(try await database.information().documents == 0)
    }
}

import AkinWords
import AkinCore
import AkinTestSupport
import AkinVectors
import Foundation
import Testing

/// The files that `tools/goldens_words.py` made with gensim and fastText, and what those read from them.
enum WordGoldens {
    struct Read: Decodable {
        var words: [String]
        var vectors: [String: [Float]]
    }

    struct Questions: Decodable {
        struct Pair: Decodable {
            var word: String
            var score: Double

            init(from decoder: any Decoder) throws {
                var container = try decoder.unkeyedContainer()
                (word, score) = (try container.decode(String.self), try container.decode(Double.self))
            }
        }

        var neighbors: [Pair]
        var add: [Pair]
        var mul: [Pair]
        var similarity: Double
        var odd: String
    }

    struct Word2Vec: Decodable {
        var files: [String: Read]
        var questions: Questions
    }

    struct FastText: Decodable {
        var words: [String]
        /// With five digits each, as the program prints them.
        var printed: [String: [Float]]?
        var exact: [String: [Float]]?
    }

    static func path(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "Goldens/words/\(name)"
        ).path
    }

    static func word2Vec() throws -> Word2Vec {
        try JSONDecoder().decode(Word2Vec.self, from: Data(contentsOf: URL(filePath: path("word2vec.json"))))
    }

    static func fastText() throws -> [String: FastText] {
        try JSONDecoder().decode([String: FastText].self, from: Data(contentsOf: URL(filePath: path("fasttext.json"))))
    }
}

@Suite struct WordVectorFormatTests {
    static func words(_ embeddings: WordEmbeddings) -> [String] { (0..<embeddings.count).map(embeddings.word(at:)) }

    @Test(arguments: ["gensim.bin", "gensim.vec", "glove.txt"])
    func `files of gensim are read as gensim reads them`(name: String) throws {
        let expected = try #require(try WordGoldens.word2Vec().files[name])
        let read = try WordEmbeddings.read(WordGoldens.path(name))
        #expect(Self.words(read.embeddings) == expected.words && read.duplicates == 0)
        for word in expected.words { #expect(read.embeddings.vector(of: word) == expected.vectors[word]) }
    }

    @Test(arguments: ["fasttext.bin", "fasttext.ftz", "fasttext.vec"])
    func `files of fastText are read as fastText reads them`(name: String) throws {
        let expected = try #require(try WordGoldens.fastText()[name])
        let embeddings = try WordEmbeddings.read(WordGoldens.path(name)).embeddings
        #expect(Set(Self.words(embeddings)) == Set(expected.words))
        for (word, vector) in expected.printed ?? [:] {
            let found = embeddings.vector(of: word) ?? [Float](repeating: 0, count: embeddings.dimension)
            // Words without any n-gram have no vector here and zeros there.
            for (a, b) in zip(found, vector) { #expect(abs(a - b) <= 1e-4 * abs(b) + 1e-6, "\(word)") }
        }
        for (word, vector) in expected.exact ?? [:] where word != "</s>" {
            let found = try #require(embeddings.vector(of: word))
            for (a, b) in zip(found, vector) { #expect(abs(a - b) <= 1e-6 * max(1, abs(b)), "\(word)") }
        }
    }

    @Test(arguments: [WordVectorFileFormat.akin, .word2vecText, .word2vecBinary, .glove, .fasttextVec])
    func `what is written reads back to the last bit`(format: WordVectorFileFormat) throws {
        let folder = try TemporaryFolder()
        let original = try WordEmbeddings.read(WordGoldens.path("gensim.bin")).embeddings
        try original.write(to: folder.path("file"), format: format)
        for given in [nil, format] {
            let again = try WordEmbeddings.read(folder.path("file"), format: given).embeddings
            #expect(Self.words(again) == Self.words(original))
            for row in 0..<original.count { #expect(again.vectors.row(row) == original.vectors.row(row)) }
        }
    }

    @Test(arguments: ["fasttext.bin", "fasttext.ftz"])
    func `n-grams stay in Akin's own format`(name: String) throws {
        let folder = try TemporaryFolder()
        let original = try WordEmbeddings.read(WordGoldens.path(name)).embeddings
        try original.write(to: folder.path("file.akin"), format: .akin)
        let again = try WordEmbeddings.read(folder.path("file.akin")).embeddings
        #expect(again.counts == original.counts && again.subwords != nil)
        for word in Self.words(original) { #expect(again.vector(of: word) == original.vector(of: word)) }
        for word in ["harbors", "straßen"] {
            let (a, b) = (try #require(again.vector(of: word)), try #require(original.vector(of: word)))
            #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-6 }, "\(word)")
        }
    }

    @Test func `words of GloVe may hold spaces`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("glove.txt", "the 0.5 -1e-3\n. . . 1.5 2.25\nat name@domain.com 3 4\n")
        let embeddings = try WordEmbeddings.read(path).embeddings
        #expect(Self.words(embeddings) == ["the", ". . .", "at name@domain.com"])
        #expect(embeddings.vector(of: ". . .") == [1.5, 2.25])
        try embeddings.write(to: folder.path("again.txt"), format: .glove)
        #expect(Self.words(try WordEmbeddings.read(folder.path("again.txt")).embeddings) == Self.words(embeddings))
        #expect { try embeddings.write(to: folder.path("bad.bin"), format: .word2vecBinary) } throws: {
            ($0 as? AkinError)?.code == .invalidData
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("bad.bin")))
    }

    @Test func `the first of a repeated word counts`() throws {
        let folder = try TemporaryFolder()
        let read = try WordEmbeddings.read(try folder.write("a.vec", "3 2\na 1 2\nb 3 4\na 5 6\n"))
        #expect(read.duplicates == 1 && Self.words(read.embeddings) == ["a", "b"])
        #expect(read.embeddings.vector(of: "a") == [1, 2] && read.embeddings.vectors.rows == 2)
    }

    @Test(
        arguments: [
            "0.1", "-1e-3", "123456.789", "3.4028235e38", "1.17549435e-38", "1e-45", "0.30000000000000004", "+7",
            "9007199254740993",
            "123456789012345678901234567890", ".5", "5.", "1e-400",
        ])
    func `numbers are those of the standard library`(text: String) throws {
        let folder = try TemporaryFolder()
        let embeddings = try WordEmbeddings.read(try folder.write("a.vec", "1 1\nw \(text)\n")).embeddings
        #expect(embeddings.vector(of: "w") == [Float(try #require(Double(text.hasSuffix(".") ? text + "0" : text)))])
    }

    static let malformed: [(String, String)] = [
        ("empty", ""), ("no number", "3 2\na 1 x\nb 1 2\nc 1 2\n"), ("NaN", "1 2\na nan 1\n"),
        ("infinity", "1 2\na 1 inf\n"),
        ("too large", "1 1\na 1e39\n"), ("too few components", "2 3\na 1 2 3\nb 1 2\n"),
        ("too few words", "3 2\na 1 2\nb 1 2\n"),
        ("too many words", "1 2\na 1 2\nb 1 2\n"), ("no words", "0 5\n"), ("no components", "5 0\na\n"),
        ("words beyond the file", "1000000000 2\na 1 2\n"), ("components beyond all", "1 1000000\na 1\n"),
        ("overflow", "9223372036854775807 9223372036854775807\na 1\n"), ("one word a line", "hello\nworld\n"),
    ]

    @Test(arguments: malformed)
    func `malformed text is refused`(name: String, text: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("bad.vec", text)
        for format in [nil, WordVectorFileFormat.word2vecText] {
            #expect { try WordEmbeddings.read(path, format: format) } throws: {
                ([.invalidData, .noInput] as [AkinError.Code]).contains(($0 as? AkinError)?.code ?? .internalFailure)
            }
        }
    }

    @Test func `words that are not text are refused`() throws {
        let folder = try TemporaryFolder()
        for bytes in [Data("1 1\n".utf8) + [0xFF, 0x20, 0x31, 0x0A], Data("1 1\n".utf8) + [0xC3, 0x20, 0, 0, 0, 0]] {
            #expect { try WordEmbeddings.read(try folder.write("bad.bin", bytes)) } throws: {
                ($0 as? AkinError)?.code == .invalidData
            }
        }
    }

    /// Every file, cut at every place and with every byte changed, is read or refused; it never ends the program.
    @Test(arguments: ["gensim.bin", "gensim.vec", "fasttext.bin", "fasttext.ftz"])
    func `damaged files are read or refused`(name: String) throws {
        let folder = try TemporaryFolder()
        let intact = try Data(contentsOf: URL(filePath: WordGoldens.path(name)))
        let path = folder.path("damaged")
        var refused = 0
        let places = Array(stride(from: 0, to: intact.count, by: max(1, intact.count / 400)))
        for place in places {
            try intact.prefix(place).write(to: URL(filePath: path))
            do { _ = try WordEmbeddings.read(path) } catch {
                #expect(error is AkinError)
                refused += 1
            }
            for bits in [0xFF, 0x80, 0x01] as [UInt8] {
                var damaged = intact
                damaged[place] ^= bits
                try damaged.write(to: URL(filePath: path))
                do { _ = try WordEmbeddings.read(path) } catch { #expect(error is AkinError) }
            }
        }
        #expect(refused > places.count / 4)
    }

    @Test func `damage to Akin's own file is noticed`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("file.akin")
        try WordEmbeddings.read(WordGoldens.path("fasttext.bin")).embeddings.write(to: path, format: .akin)
        let intact = try Data(contentsOf: URL(filePath: path))
        for place in stride(from: 8, to: intact.count, by: 97) {
            var damaged = intact
            damaged[place] ^= 1
            try damaged.write(to: URL(filePath: path))
            #expect { try WordEmbeddings.read(path) } throws: { ($0 as? AkinError)?.code == .invalidData }
        }
    }
}

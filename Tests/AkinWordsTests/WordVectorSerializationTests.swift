import AkinWords
import AkinCore
import AkinVectors
import Crypto
import Foundation
import Testing

@Suite struct WordVectorSerializationTests {
    static func bytes(_ method: WordModelOptions.Method) throws -> Data {
        var options = WordModelOptions()
        options.method = method
        (options.training.dimension, options.training.epochs) = (4, 2)
        let texts = SyntheticCorpus.texts(count: 24)
        return try WordVectorModel.train(corpus: { body in for text in texts { try body(text) } }, options: options)
            .serialized()
    }

    @Test(arguments: WordModelOptions.Method.allCases)
    func `a round trip keeps everything`(method: WordModelOptions.Method) throws {
        let data = try Self.bytes(method)
        let model = try WordVectorModel(serialized: data)
        #expect(model.method == method)
        #expect(model.serialized() == data)
        #expect(model.neighbors(of: "car", count: 3).count == 3)
        // A slice whose indices do not start at 0
        #expect(try WordVectorModel(serialized: (Data([9, 9]) + data).dropFirst(2)).serialized() == data)
    }

    @Test(arguments: WordModelOptions.Method.allCases)
    func `every truncation is refused`(method: WordModelOptions.Method) throws {
        let data = try Self.bytes(method)
        for length in 0..<data.count {
            let error = #expect(throws: AkinError.self) { try WordVectorModel(serialized: data.prefix(length)) }
            #expect(error?.code == .invalidData)
        }
    }

    @Test func `every flipped byte is refused`() throws {
        let data = try Self.bytes(.skipGramSubword)
        for index in data.indices {
            var damaged = data
            damaged[index] ^= 1 << (index % 8)
            #expect(throws: AkinError.self) { try WordVectorModel(serialized: damaged) }
        }
    }

    /// Bytes that were altered on purpose and carry a fitting checksum: an error, or a model that can be used.
    @Test(arguments: WordModelOptions.Method.allCases)
    func `hostile bytes with a fitting checksum are harmless`(method: WordModelOptions.Method) throws {
        let data = try Self.bytes(method).dropLast(32)
        var random = SeededGenerator(seed: 5)
        for round in 0..<2 * data.count {
            var body = Data(data)
            if round < 400 {
                // Every header field and the first counts, as small, huge and negative numbers
                let value = [0, 1, 0xFF, 0x7F][round % 4] as UInt8
                for offset in 0..<4 where 8 + round / 4 + offset < body.count { body[8 + round / 4 + offset] = value }
            } else {
                body[random.integer(below: body.count)] = UInt8(random.integer(below: 256))
            }
            if round % 5 == 4 { body = body.prefix(random.integer(below: body.count)) }
            do {
                let model = try WordVectorModel(serialized: body + Data(SHA256.hash(data: body)))
                let row = try WordVectorEncoder(model: model, name: "x").encode(["the car"], role: .query, threads: 1)
                    .vectors.row(0)
                #expect(row.allSatisfy { $0.isFinite })
            } catch let error as AkinError {
                #expect(error.code == .invalidData || error.code == .incompatible)
            }
        }
    }

    @Test func `a newer version is refused as such`() throws {
        var body = try Self.bytes(.ppmiSVD).dropLast(32)
        body[body.startIndex + 8] = 2
        let error = #expect(throws: AkinError.self) {
            try WordVectorModel(serialized: body + Data(SHA256.hash(data: body)))
        }
        #expect(error?.code == .incompatible)
    }
}

import AkinCore
import AkinVectors

/// Reads word2vec's binary: a line with the number of words and of components, then each word, a space, and its
/// components as little-endian floats; a line's end may follow each.
struct BinaryVectorReader {
    let file: WordVectorFile

    func read() throws -> ReadVectors {
        let bytes = file.bytes
        guard let header = WordVectorHeader(file) else {
            throw file.fault("it does not begin with the number of words and components")
        }
        try header.check(file) { 4 * $0 + 2 }
        var vectors = Matrix(rows: header.count, columns: header.dimension)
        var table = WordTable()
        var (place, duplicates) = (header.end, 0)
        for index in 0..<header.count {
            while place < bytes.count, bytes[place] == 0x0A { place += 1 }
            let limit = min(bytes.count, place + WordVectorFile.longestWord)
            guard let space = bytes.firstIndex(of: 0x20, in: place..<limit),
                4 * header.dimension <= bytes.count - space - 1
            else {
                throw file.fault("it ends within word \(index + 1) of \(header.count); was it cut short?")
            }
            if table.insertNew(bytes[place..<space]) {
                let largest = bytes.copyFloats(at: space + 1, into: &vectors, row: table.count - 1)
                guard largest.isFinite else {
                    throw file.fault("a component of word \(index + 1) is not a finite number")
                }
            } else {
                duplicates += 1
            }
            place = space + 1 + 4 * header.dimension
        }
        guard (place..<bytes.count).allSatisfy({ bytes[$0] == 0x0A }) else {
            throw file.fault("\(bytes.count - place) bytes follow its last word")
        }
        if duplicates > 0 { vectors = vectors.gathered(Array(0..<table.count)) }
        return try ReadVectors(file, WordEmbeddings(table: table, vectors: vectors), duplicates: duplicates)
    }
}

package import AkinCore
import AkinVectors
import Foundation

extension WordEmbeddings {
    /// Writes a file under a temporary name and renames it when it is complete.
    ///
    /// Text holds each component in the shortest form that reads back as the same float.
    ///
    /// - Throws: `AkinError(.invalidArgument)` for a format that is only read, `.invalidData` for a word that the
    ///   format cannot hold, `.cannotCreate` or `.inputOutput` when the disk refuses.
    package func write(to path: String, format: WordVectorFileFormat) throws {
        switch format {
        case .akin: try writePacked(to: path)
        case .word2vecText, .fasttextVec: try writeText(to: path, header: true)
        case .glove: try writeText(to: path, header: false)
        case .word2vecBinary: try writeBinary(to: path)
        case .npy: try writeNPY(to: path)
        case .fasttextModel:
            throw AkinError(
                .invalidArgument,
                "fastText's models are read, not written; choose akin, which keeps the n-grams, or fasttext-vec.")
        }
    }

    private func writeText(to path: String, header: Bool) throws {
        let file = try BufferedFile(besides: path)
        if header { try file.write("\(count) \(dimension)\n".utf8) }
        for index in 0..<count {
            // GloVe's words may hold spaces: the components are counted from the end of the line.
            try file.write(try writable(index, spaces: !header, path))
            for component in vectors.row(index) { try file.write(" \(component)".utf8) }
            try file.write([0x0A])
        }
        try file.publish()
    }

    private func writeBinary(to path: String) throws {
        let file = try BufferedFile(besides: path)
        try file.write("\(count) \(dimension)\n".utf8)
        for index in 0..<count {
            try file.write(try writable(index, spaces: false, path))
            try file.write([0x20])
            try file.write(floats: vectors, row: index)
            try file.write([0x0A])
        }
        try file.publish()
    }

    /// Writes NumPy's array file, version 1.0, of `<f4`, and beside it a `.txt` file with the words, a line each.
    ///
    /// - Throws: `AkinError(.cannotCreate)` where there is a `.txt` file of that name without an array: it is
    ///   somebody's text.
    private func writeNPY(to path: String) throws {
        let words = (path as NSString).deletingPathExtension + ".txt"
        let files = FileManager.default
        guard files.fileExists(atPath: path) || !files.fileExists(atPath: words) else {
            throw AkinError(
                .cannotCreate,
                "The words of \(path) would be written to \(words), which exists already: choose another name.")
        }
        let list = try BufferedFile(besides: words)
        for index in 0..<count {
            guard !bytes(at: index).contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }) else {
                throw AkinError(
                    .invalidData, "The word \"\(word(at: index))\" holds a line's end and cannot stand in a list.")
            }
            try list.write(bytes(at: index))
            try list.write([0x0A])
        }
        let array = try BufferedFile(besides: path)
        try array.write(NPYArray.header(rows: count, dimension: dimension, element: .f32))
        for index in 0..<count { try array.write(floats: vectors, row: index) }
        try list.publish()
        try array.publish()
    }

    private func writable(_ index: Int, spaces: Bool, _ path: String) throws -> ArraySlice<UInt8> {
        let word = table.bytes(at: index)
        let fault = word.first { ($0 == 0x20 && !spaces) || ($0 >= 0x09 && $0 <= 0x0D) || $0 == 0 }
        guard fault == nil, !word.isEmpty else {
            throw AkinError(
                .invalidData,
                "The word \"\(table.text(at: index))\" cannot stand in \(path): words of this format hold no white space. Write an .akin "
                    + "file, or a .npy file with a list of words.")
        }
        return word
    }
}

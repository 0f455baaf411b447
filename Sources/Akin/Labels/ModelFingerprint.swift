import AkinCore
import Crypto
import Foundation

/// Tells a model folder from others, wherever it lies.
///
/// Weights are too large to be read whenever a document is put: of large files only samples are taken. Training changes
/// all weights, so models that differ differ there too.
enum ModelFingerprint {
    /// Files up to this size are read whole, in bytes.
    private static let smallFile = 4 << 20
    private static let samples = 64
    private static let sampleBytes = 32 << 10

    /// SHA-256, in hexadecimal, over names, sizes and contents of the JSON, text and weight files in a folder.
    static func of(_ folder: URL) throws -> String {
        var hash = SHA256()
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { ["json", "txt", "safetensors"].contains(URL(filePath: $0).pathExtension) }
        for name in files.sorted() {
            let path = folder.appending(path: name).path
            let file = FileHandle(fileDescriptor: try RegularFile.openForReading(path), closeOnDealloc: true)
            let size = try file.seekToEnd()
            hash.update(data: Data("\(name) \(size)\n".utf8))
            let isSmall = size <= smallFile
            let count = isSmall ? 1 : samples
            for sample in 0..<count {
                let last = size - UInt64(isSmall ? Int(size) : sampleBytes)
                try file.seek(toOffset: count > 1 ? last / UInt64(count - 1) * UInt64(sample) : 0)
                hash.update(data: try file.read(upToCount: isSmall ? Int(size) : sampleBytes) ?? Data())
            }
        }
        return hash.finalize().hexadecimal
    }
}

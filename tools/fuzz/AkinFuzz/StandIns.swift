import Foundation

/// Stands in for the facade's function, from which the reader of vector files gets a file's size.
enum Database {
    static func bytesOnDisk(_ path: String) -> Int { ((try? Data(contentsOf: URL(filePath: path)))?.count) ?? 0 }
}

/// The numbers in SQLite's header that programs know their files by (https://www.sqlite.org/fileformat2.html, section
/// 1.3).
package struct SQLiteHeader {
    package static let length = 100
    /// What every SQLite file begins with.
    package static let mark = Array("SQLite format 3\0".utf8)

    /// Bytes 60–63, big-endian: a store's format.
    package let userVersion: Int
    /// Bytes 68–71, big-endian.
    package let applicationID: Int32

    /// - Parameter bytes: the first of a file; nil for fewer than a header has, or those of another kind of file.
    package init?(_ bytes: some Collection<UInt8>) {
        let header = Array(bytes.prefix(Self.length))
        guard header.count == Self.length, header.starts(with: Self.mark) else { return nil }
        func number(at place: Int) -> UInt32 { header[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) } }
        userVersion = Int(number(at: 60))
        applicationID = Int32(bitPattern: number(at: 68))
    }
}

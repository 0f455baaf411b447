/// The status and the headers of an HTTP response.
struct HTTPHead: Sendable {
    let status: Int
    /// By name in lower case; of a header that comes twice, the last.
    private let headers: [String: String]

    subscript(_ name: String) -> String? { headers[name] }

    /// The length of what follows, as the server says it; nil where it does not.
    var length: Int? { headers["content-length"].flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil } }

    /// The place of the first byte of a part (`Content-Range: bytes 100-199/200`); nil where it is no part.
    var firstByte: Int? {
        guard status == 206, let range = headers["content-range"], range.hasPrefix("bytes ") else { return nil }
        return Int(range.dropFirst(6).prefix { $0 != "-" })
    }

    var isRedirect: Bool { [301, 302, 303, 307, 308].contains(status) }

    init(status: Int, headers: [String: String]) {
        self.status = status
        self.headers = headers
    }
}

/// Finds the head at the start of a response that comes in pieces.
struct HTTPHeadReader {
    /// More bytes than any head has.
    private static let longest = 256 << 10

    private var bytes: [UInt8] = []

    enum Fault: Error { case malformed }

    /// Takes the next piece. Interim responses (`100 Continue`) are passed over.
    ///
    /// - Returns: the head and the beginning of the body, once the head is whole.
    mutating func add(_ piece: [UInt8]) throws(Fault) -> (head: HTTPHead, rest: [UInt8])? {
        bytes += piece
        while let end = Self.end(of: bytes) {
            let head = try Self.head(bytes[..<end])
            bytes.removeFirst(end)
            guard (100..<200).contains(head.status) else { return (head, bytes) }
        }
        guard bytes.count <= Self.longest else { throw .malformed }
        return nil
    }

    /// Where the empty line ends that ends a head.
    private static func end(of bytes: [UInt8]) -> Int? {
        let newline = UInt8(ascii: "\n")
        var place = 0
        while let next = bytes[place...].firstIndex(of: newline) {
            if next + 1 < bytes.count, bytes[next + 1] == newline { return next + 2 }
            if next + 2 < bytes.count, bytes[next + 1] == UInt8(ascii: "\r"), bytes[next + 2] == newline {
                return next + 3
            }
            place = next + 1
        }
        return nil
    }

    private static func head(_ bytes: ArraySlice<UInt8>) throws(Fault) -> HTTPHead {
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        let first = lines.first?.split(separator: " ") ?? []
        guard first.count >= 2, first[0].hasPrefix("HTTP/"), first[1].utf8.count == 3, let status = Int(first[1]),
            (100..<600).contains(status)
        else { throw .malformed }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...]
            headers[line[..<colon].lowercased()] = String(value.trimmingPrefix { $0 == " " })
        }
        return HTTPHead(status: status, headers: headers)
    }
}

/// A part of a mail: a text, a file, or parts in it (RFC 2046).
struct MailPart {
    static let maximumDepth = 20
    static let maximumParts = 1000

    let header: MailHeader
    /// The type in lower case, such as `text/html`.
    private(set) var type: String
    /// The parts of a multipart part.
    private(set) var parts: [MailPart] = []
    /// The bytes of any other part, decoded.
    private(set) var content: [UInt8] = []

    /// Whether parts of the part were left out: there are too many, or they are nested too deep.
    private(set) var isCut = false

    /// Whether a multipart part in it has no end: the mail was cut off, and parts may be missing.
    private(set) var isUnfinished = false

    private let parameters: [String: String]

    var characterSet: String? { parameters["charset"] }
    /// Whether lines were broken to be sent and are to be joined again (RFC 3676).
    var isFlowed: Bool { parameters["format"]?.lowercased() == "flowed" }
    /// Whether the space before a broken line's end is no space (RFC 3676).
    var dropsSpace: Bool { parameters["delsp"]?.lowercased() == "yes" }

    /// The name of the file that the part is; nil for a text of the mail itself.
    var fileName: String? {
        header.parameterized("content-disposition")?.parameters["filename"] ?? parameters["name"]
    }

    var isAttachment: Bool {
        header.parameterized("content-disposition")?.value == "attachment"
            || (fileName != nil && !type.hasPrefix("multipart/"))
    }

    init(_ bytes: ArraySlice<UInt8>, defaultType: String = "text/plain") {
        var left = Self.maximumParts
        self.init(bytes, defaultType: defaultType, depth: 0, left: &left)
    }

    private init(_ bytes: ArraySlice<UInt8>, defaultType: String, depth: Int, left: inout Int) {
        var start = bytes.startIndex
        header = MailHeader(bytes, body: &start)
        let stated = header.parameterized("content-type")
        let type = stated.map { $0.value.contains("/") ? $0.value : "text/plain" } ?? defaultType
        parameters = stated?.parameters ?? [:]
        let body = bytes[start...]
        guard type.hasPrefix("multipart/") else {
            self.type = type
            content = TransferDecoding.decoded(body, header.text("content-transfer-encoding"))
            return
        }
        var found: (parts: [ArraySlice<UInt8>], isWhole: Bool) = ([], true)
        if let boundary = parameters["boundary"], !boundary.isEmpty {
            found = Self.split(body, at: Array("--\(boundary)".utf8))
        }
        // A boundary that is missing, or another than the head says, shows in the body.
        if found.parts.isEmpty, let mark = Self.likelyMark(in: body) { found = Self.split(body, at: mark) }
        guard !found.parts.isEmpty else {
            // What says that it has parts and has none is a text.
            self.type = "text/plain"
            content = TransferDecoding.decoded(body, header.text("content-transfer-encoding"))
            return
        }
        self.type = type
        isUnfinished = !found.isWhole
        guard depth < Self.maximumDepth else {
            isCut = true
            return
        }
        for part in found.parts {
            guard left > 0 else {
                isCut = true
                break
            }
            left -= 1
            let inner = MailPart(
                part, defaultType: type == "multipart/digest" ? "message/rfc822" : "text/plain", depth: depth + 1,
                left: &left)
            isCut = isCut || inner.isCut
            isUnfinished = isUnfinished || inner.isUnfinished
            parts.append(inner)
        }
    }

    /// What stands between lines that begin with a mark, up to the one that ends with two hyphens.
    private static func split(
        _ bytes: ArraySlice<UInt8>, at mark: [UInt8]
    ) -> (parts: [ArraySlice<UInt8>], isWhole: Bool) {
        var parts: [ArraySlice<UInt8>] = []
        var begin: Int?
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let end = bytes[place...].firstIndex(of: 0x0A) ?? bytes.endIndex
            let line = bytes[place..<end]
            if line.starts(with: mark), isRestOfMark(line.dropFirst(mark.count)) {
                if let begin { parts.append(bytes[begin..<max(begin, place)]) }
                begin = min(end + 1, bytes.endIndex)
                if line.dropFirst(mark.count).starts(with: [0x2D, 0x2D]) { return (parts, true) }
            }
            place = min(end, bytes.endIndex - 1) + 1
        }
        // A mail that was cut off.
        if let begin, begin < bytes.endIndex { parts.append(bytes[begin...]) }
        return (parts, false)
    }

    /// The first line that begins with two hyphens and has a part's head after it, without its end.
    private static func likelyMark(in bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let end = bytes[place...].firstIndex(of: 0x0A) ?? bytes.endIndex
            let line = bytes[place..<end].filter { $0 != 0x0D }
            if line.count > 2, line.count <= 76, line.starts(with: [0x2D, 0x2D]), end < bytes.endIndex {
                var body = end + 1
                if MailHeader(bytes[(end + 1)...], body: &body).has("content-type") { return line }
            }
            place = min(end, bytes.endIndex - 1) + 1
        }
        return nil
    }

    private static func isRestOfMark(_ rest: ArraySlice<UInt8>) -> Bool {
        let rest = rest.starts(with: [0x2D, 0x2D]) ? rest.dropFirst(2) : rest
        return rest.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    }
}

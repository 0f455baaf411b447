import AkinCore
import AkinText
import Foundation

/// A mail: its text is a document with the subject as title, and each file that came with it is a document of its own,
/// read by the reader of its kind.
struct MailReader {
    /// The largest mail.
    static let limit = 256 << 20

    private let readers: DocumentReaders

    init(_ readers: DocumentReaders) { self.readers = readers }

    func read(_ file: FileToRead, _ emit: (ReadEvent) throws -> Void) throws {
        let data = try Data(contentsOf: URL(filePath: file.path), options: .alwaysMapped)
        guard data.count <= Self.limit else { throw FileRefusal("is larger than a mail of \(Self.limit >> 20) MiB") }
        try read([UInt8](data), file, emit)
    }

    /// - Throws: `FileRefusal` for what is no mail.
    func read(_ bytes: [UInt8], _ file: FileToRead, _ emit: (ReadEvent) throws -> Void) throws {
        let mail = MailPart(bytes[...])
        guard ["from", "subject", "date", "to", "received", "message-id"].contains(where: mail.header.has) else {
            throw FileRefusal("is no mail: it has neither a sender nor a subject nor a date")
        }
        var text = DocumentText()
        var attached: [MailPart] = []
        var guesses: Set<String> = []
        try add(mail, to: &text, attached: &attached, guesses: &guesses)
        let isEncrypted = Self.isEncrypted(mail)
        attached.removeAll { Self.isSeal($0.type) || isEncrypted }
        var record = text.record(file, title: mail.header.text("subject"))
        for name in ["from", "to", "cc"] {
            if let value = mail.header.text(name) { record.metadata[name] = .string(value) }
        }
        if let date = mail.header.text("date") { record.metadata["date"] = .string(MailDate.iso8601(date) ?? date) }
        guard record.title != nil || !record.text.isEmpty || !attached.isEmpty else {
            throw FileRefusal("holds neither a subject nor a text")
        }
        if record.title == nil, record.text.isEmpty { record.title = "(no subject)" }
        for set in guesses.sorted() { try emit(.guess(path: file.source, characterSet: set)) }
        try emit(.record(record))
        if isEncrypted { try emit(.note("\(file.source): its text is encrypted and was not read")) }
        if mail.isUnfinished {
            try emit(.note("\(file.source): its end is missing, and with it perhaps some of what was attached"))
        }
        if mail.isCut {
            let message =
                "has more than \(MailPart.maximumParts) parts, or parts nested deeper than \(MailPart.maximumDepth); "
                + "the others were not read"
            try emit(.problem(RecordProblem(path: file.source, message: message)))
        }
        try readAttached(attached, file, emit)
    }

    /// - Parameter guesses: gets the character sets that parts without one were taken for.
    private func add(
        _ part: MailPart, to text: inout DocumentText, attached: inout [MailPart], guesses: inout Set<String>
    ) throws {
        func content() -> String {
            let content = DeclaredText(part.content, label: part.characterSet)
            if let guess = content.guess { guesses.insert(guess) }
            return content.text
        }
        switch part.type {
        case "multipart/alternative":
            // One text in several forms: the plain one, unless it is empty.
            let plain = part.parts.filter { $0.type == "text/plain" && !$0.content.allSatisfy { $0 <= 0x20 } }
            let chosen = plain.last ?? part.parts.last { !$0.isAttachment }
            if let chosen { try add(chosen, to: &text, attached: &attached, guesses: &guesses) }
            for other in part.parts where other.type.hasPrefix("multipart/") && chosen?.type == "text/plain" {
                // Pictures of the other form and, at times, what is attached.
                attached += other.parts.filter(\.isAttachment)
            }
        case let type where type.hasPrefix("multipart/"):
            for inner in part.parts { try add(inner, to: &text, attached: &attached, guesses: &guesses) }
        case _ where part.isAttachment || part.type == "message/rfc822": attached.append(part)
        case "text/html":
            if let record = try MarkupPart.record(
                of: Data(content().utf8), name: "mail.html", .html, guesses: &guesses)
            {
                text.add(Self.withIntroductions(record))
            }
        case let type where type.hasPrefix("text/"):
            MailText.add(content(), isFlowed: part.isFlowed, dropsSpace: part.dropsSpace, to: &text)
        default: attached.append(part)
        }
    }

    /// An HTML text in which lines such as "On Monday Anna wrote:" belong to the quotation after them.
    private static func withIntroductions(_ record: TextRecord) -> TextRecord {
        var record = record
        let scalars = Array(record.text.unicodeScalars)
        for (place, block) in record.blocks.enumerated().dropLast()
        where block.kind == .paragraph && record.blocks[place + 1].kind == .quote
            && block.range.count < 200 && scalars[block.range].last == ":"
        {
            record.blocks[place].kind = .quote
        }
        return record
    }

    /// Whether nobody but who has a key reads the mail (RFC 3156, RFC 8551).
    private static func isEncrypted(_ mail: MailPart) -> Bool {
        mail.type == "multipart/encrypted"
            || ["application/pkcs7-mime", "application/x-pkcs7-mime"].contains(mail.type)
                && mail.header.parameterized("content-type")?.parameters["smime-type"] != "signed-data"
    }

    /// Whether a part proves who has written a mail, and has nothing to read.
    private static func isSeal(_ type: String) -> Bool {
        ["application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"].contains(type)
    }

    private func readAttached(
        _ parts: [MailPart], _ file: FileToRead, _ emit: (ReadEvent) throws -> Void
    ) throws {
        var members = MemberReading(readers: readers, file: file)
        var names: Set<String> = []
        for (place, part) in parts.enumerated() {
            let given = part.fileName?.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init)
            let name = Self.unused(
                given.map { $0.replacing("\0", with: "") }
                    ?? "part-\(place + 1).\(Self.extensionName(of: part.type) ?? "bin")", &names)
            try members.read(name: name, emit) { path in
                try readers.budget.takeFile()
                try Scratch.write(Data(part.content), to: path)
            }
        }
        try members.finish(emit)
    }

    /// A name that no other file of the mail has: the second `a.txt` is `a-2.txt`.
    private static func unused(_ name: String, _ names: inout Set<String>) -> String {
        var unused = name
        var number = 1
        while !names.insert(unused).inserted {
            number += 1
            let ending = name.nameExtension.map { ".\($0)" } ?? ""
            unused = "\(name.dropLast(ending.count))-\(number)\(ending)"
        }
        return unused
    }

    /// The extension of the files of a type, for parts without a name.
    private static func extensionName(of type: String) -> String? {
        switch type {
        case "message/rfc822": "eml"
        case "application/pdf": "pdf"
        case "text/html": "html"
        case "text/csv": "csv"
        case "text/markdown": "md"
        case let type where type.hasPrefix("text/"): "txt"
        default: nil
        }
    }
}

import AkinText

/// The fields at the head of a mail or of a part of one (RFC 5322, RFC 2045), decoded as RFC 2047 and RFC 2231 say.
struct MailHeader {
    /// A value such as `text/plain; charset=utf-8` in its parts, the value in lower case.
    struct Parameterized {
        var value: String
        var parameters: [String: String]
    }

    private static let maximumFields = 1000
    /// Bytes of one field; the rest of a longer one is left out.
    private static let maximumBytes = 1 << 16

    private var fields: [(name: String, value: [UInt8])] = []

    /// Reads lines up to the first empty one.
    ///
    /// - Parameter body: gets where what follows begins.
    init(_ bytes: ArraySlice<UInt8>, body: inout Int) {
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let end = bytes[place...].firstIndex(of: 0x0A) ?? bytes.endIndex
            var line = bytes[place..<end]
            if line.last == 0x0D { line.removeLast() }
            let next = min(end + 1, bytes.endIndex)
            if line.isEmpty {
                place = next
                break
            }
            if line.first == 0x20 || line.first == 0x09 {
                if let last = fields.indices.last, fields[last].value.count < Self.maximumBytes {
                    fields[last].value += line.prefix(Self.maximumBytes)
                }
            } else if let colon = line.firstIndex(of: 0x3A), Self.isName(line[..<colon]) {
                guard fields.count < Self.maximumFields else { break }
                fields.append(
                    (
                        String(decoding: line[..<colon], as: UTF8.self).lowercased(),
                        [UInt8](line[(colon + 1)...].prefix(Self.maximumBytes))
                    ))
            } else if fields.isEmpty, !line.starts(with: Array("From ".utf8)) {
                // No head at all: everything is body.
                break
            }
            place = next
        }
        body = place
    }

    /// Names are of visible ASCII letters.
    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy { (0x21...0x7E).contains($0) }
    }

    var isEmpty: Bool { fields.isEmpty }

    func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

    private func raw(_ name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }

    /// The text of a field, its encoded words decoded; nil where there is none or it is empty.
    func text(_ name: String) -> String? {
        guard let raw = raw(name) else { return nil }
        let text = EncodedWords.decoded(DeclaredText.text(of: raw, label: nil)).collapsed
        let line = text.replacing("\n", with: " ").replacing("\0", with: "")
        return line.isEmpty ? nil : line
    }

    /// A field with parameters.
    func parameterized(_ name: String) -> Parameterized? {
        guard let raw = raw(name) else { return nil }
        let parts = Self.split(DeclaredText.text(of: raw, label: nil))
        guard let value = parts.first?.trimmed.lowercased(), !value.isEmpty else { return nil }
        var parameters: [String: String] = [:]
        var pieces: [String: [(number: Int, text: String, isEncoded: Bool)]] = [:]
        for part in parts.dropFirst() {
            guard let equals = part.firstIndex(of: "=") else { continue }
            let name = part[..<equals].trimmed.lowercased()
            let value = Self.unquoted(part[part.index(after: equals)...].trimmed)
            let steps = name.split(separator: "*", omittingEmptySubsequences: false)
            if steps.count == 1 {
                parameters[name] = EncodedWords.decoded(value)
            } else {
                // `name*`, `name*0`, `name*0*`: pieces of a long value, and those with a character set.
                pieces[String(steps[0]), default: []].append(
                    (Int(steps[1]) ?? 0, value, steps.last?.isEmpty == true))
            }
        }
        for (name, list) in pieces { parameters[name] = Self.joined(list.sorted { $0.number < $1.number }) }
        return Parameterized(value: value, parameters: parameters)
    }

    private static func joined(_ pieces: [(number: Int, text: String, isEncoded: Bool)]) -> String {
        var bytes: [UInt8] = []
        var label: String?
        for (place, piece) in pieces.enumerated() {
            guard piece.isEncoded else {
                bytes += piece.text.utf8
                continue
            }
            var text = piece.text[...]
            if place == 0 {
                let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
                if parts.count == 3 { (label, text) = (String(parts[0]), parts[2]) }
            }
            bytes += TransferDecoding.percent(Array(text.utf8))
        }
        return DeclaredText.text(of: bytes, label: label)
    }

    /// Parts of a value between semicolons that are not within quotes.
    private static func split(_ text: String) -> [String] {
        var parts = [""]
        var (isQuoted, isEscaped) = (false, false)
        for scalar in text.unicodeScalars {
            if isEscaped {
                isEscaped = false
            } else if scalar == "\\", isQuoted {
                isEscaped = true
            } else if scalar == "\"" {
                isQuoted.toggle()
            } else if scalar == ";", !isQuoted {
                parts.append("")
                continue
            }
            parts[parts.count - 1].unicodeScalars.append(scalar)
        }
        return parts
    }

    private static func unquoted(_ text: String) -> String {
        guard text.utf8.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
        return String(text.dropFirst().dropLast()).replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
    }
}

import AkinCore
import Foundation

/// Text that a terminal opens when it is clicked: the sequence OSC 8, which terminals without it leave out.
enum Hyperlink {
    /// Whether links are written: on a terminal that knows sequences. `FORCE_HYPERLINK`, as other programs have it,
    /// turns them off by 0, and on by anything else. They are no colour, so `NO_COLOR` does not concern them.
    static let isUsed: Bool = {
        let environment = ProcessInfo.processInfo.environment
        if let forced = environment["FORCE_HYPERLINK"], !forced.isEmpty { return forced != "0" }
        return Terminal.isTerminal(.output) && environment["TERM"] != "dumb"
    }()

    /// - Parameter address: of `file` or `https`, as `address(ofFile:)` makes it.
    static func linked(_ text: String, to address: String) -> String {
        "\u{1B}" + opening + address + end + text + "\u{1B}" + opening + end
    }

    private static let opening = "]8;;"
    private static let end = "\u{1B}\\"

    /// The address of a file on this machine. The host's name lets a terminal tell it from files of other machines that
    /// it shows.
    static func address(ofFile path: String) -> String { "file://" + host + encoded(path) }

    private static let host: String = {
        var name = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&name, name.count - 1) == 0 else { return "" }
        return encoded(String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }()

    /// The bytes that an address can hold are kept, all others written as `%XX` (RFC 3986).
    private static func encoded(_ path: String) -> String {
        var address = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                address.append(Character(Unicode.Scalar(byte)))
            default:
                let isPlain = "-._~/".utf8.contains(byte)
                address += isPlain ? String(Unicode.Scalar(byte)) : "%" + [byte].hexadecimal.uppercased()
            }
        }
        return address
    }

    /// Whether what follows an escape character is one of the sequences that begin or end a link.
    static func isSequence(_ part: some StringProtocol) -> Bool {
        guard part.hasPrefix(opening) else { return false }
        let address = part.dropFirst(opening.count)
        return address.isEmpty
            || address.hasPrefix("file://") && address.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}

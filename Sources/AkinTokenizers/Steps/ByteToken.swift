/// How vocabularies write the token of a byte that no other token holds: `<0x0A>`.
enum ByteToken {
    static func text(_ byte: UInt8) -> String {
        "<0x\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))>"
    }
}

/// The dictionary in a NumPy array file's header: a Python literal with the keys `descr`, `fortran_order` and `shape`,
/// in any order.
struct NPYFields {
    let type: String
    let isFortranOrder: Bool
    let shape: [Int]

    struct Fault: Error {
        /// A sentence without its end.
        let reason: String
    }

    init(_ bytes: [UInt8]) throws(Fault) {
        var scanner = Scanner(bytes)
        var (type, order, shape): (String?, Bool?, [Int]?)
        try scanner.require("{")
        while !scanner.take("}") {
            let key = try scanner.quoted()
            try scanner.require(":")
            switch key {
            case "descr":
                guard !scanner.isAt("[") else { throw Fault(reason: "it is of an array of records, not of numbers") }
                type = try scanner.quoted()
            case "fortran_order": order = try scanner.truth()
            case "shape": shape = try scanner.tuple()
            default: throw Fault(reason: "it has the unknown key '\(key)'")
            }
            if !scanner.take(",") {
                try scanner.require("}")
                break
            }
        }
        guard scanner.isAtEnd else { throw Fault(reason: "something follows its closing brace") }
        guard let type else { throw Fault(reason: "it has no 'descr'") }
        guard let order else { throw Fault(reason: "it has no 'fortran_order'") }
        guard let shape else { throw Fault(reason: "it has no 'shape'") }
        (self.type, isFortranOrder, self.shape) = (type, order, shape)
    }

    /// Reads the few kinds of Python literals that a header has.
    private struct Scanner {
        private let bytes: [UInt8]
        private var index = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool {
            mutating get {
                skipSpace()
                return index == bytes.count
            }
        }

        mutating func isAt(_ character: Unicode.Scalar) -> Bool {
            skipSpace()
            return index < bytes.count && bytes[index] == UInt8(ascii: character)
        }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard isAt(character) else { return false }
            index += 1
            return true
        }

        mutating func require(_ character: Unicode.Scalar) throws(Fault) {
            guard take(character) else {
                throw Fault(reason: "'\(character)' was expected at byte \(index) of its dictionary")
            }
        }

        /// A text in either kind of quotes, without escapes.
        mutating func quoted() throws(Fault) -> String {
            skipSpace()
            guard index < bytes.count, [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(bytes[index]) else {
                throw Fault(reason: "a text in quotes was expected at byte \(index) of its dictionary")
            }
            let rest = bytes[(index + 1)...]
            guard let end = rest.firstIndex(of: bytes[index]),
                let text = String(validating: rest[..<end], as: UTF8.self)
            else {
                throw Fault(reason: "the text at byte \(index) of its dictionary has no end")
            }
            index = end + 1
            return text
        }

        mutating func truth() throws(Fault) -> Bool {
            skipSpace()
            for (word, value) in [("True", true), ("False", false)] where bytes[index...].starts(with: word.utf8) {
                index += word.utf8.count
                return value
            }
            throw Fault(reason: "True or False was expected at byte \(index) of its dictionary")
        }

        /// Whole numbers between parentheses; Python 2 ended long ones with L.
        mutating func tuple() throws(Fault) -> [Int] {
            try require("(")
            var numbers: [Int] = []
            while !take(")") {
                skipSpace()
                let digits = bytes[index...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
                guard let number = Int(String(decoding: digits, as: UTF8.self)) else {
                    throw Fault(
                        reason: "a whole number that fits 64 bits was expected at byte \(index) of its dictionary")
                }
                numbers.append(number)
                index = digits.endIndex
                _ = take("L")
                if !take(",") {
                    try require(")")
                    break
                }
            }
            return numbers
        }

        private mutating func skipSpace() {
            while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
        }
    }
}

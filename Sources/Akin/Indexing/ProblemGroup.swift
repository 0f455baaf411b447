import AkinCore

/// Problems of one sort: their messages differ by names and numbers only.
public struct ProblemGroup: Sendable, Codable {
    /// The first of them.
    public let first: InputProblem
    /// How many there are.
    public internal(set) var count: Int
}

/// Sorts problems, so that a fault that repeats is reported once.
struct ProblemSorts: Sendable {
    private static let mostGroups = 1000

    private var places: [String: Int] = [:]

    init() {}

    /// Counts a problem in the group of its sort. Further sorts than a thousand are not kept.
    mutating func add(_ problem: InputProblem, to groups: inout [ProblemGroup]) {
        let sort = Self.sort(of: problem.message)
        if let place = places[sort] {
            groups[place].count += 1
        } else if groups.count < Self.mostGroups {
            places[sort] = groups.count
            groups.append(ProblemGroup(first: problem, count: 1))
        }
    }

    /// The message up to what says more (a semicolon or a bracket), without what stands in quotes and without digits.
    private static func sort(of message: String) -> String {
        var sort: [UInt8] = []
        var quote: UInt8?
        var previous: UInt8 = 0x20
        for byte in message.utf8 {
            defer { previous = byte }
            if let end = quote {
                if byte == end { quote = nil }
                continue
            }
            switch byte {
            case UInt8(ascii: ";"), UInt8(ascii: "("): return String(decoding: sort, as: UTF8.self)
            case UInt8(ascii: "'") where previous == UInt8(ascii: " "), UInt8(ascii: "\""): quote = byte
            case 0x30...0x39: continue
            default: sort.append(byte)
            }
        }
        return String(decoding: sort, as: UTF8.self)
    }
}

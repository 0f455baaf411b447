import Akin
import AkinCore

/// One step of a trial. What it does follows from its numbers alone, so that the checking process knows what the
/// working process did.
enum Operation: Sendable, CustomStringConvertible {
    case put([TrialDocument])
    case delete(Int)
    case deleteGroup(Int)
    case optimize
    case backup
    case reopen
    case search(String)

    /// The kinds of step that a sequence has most of.
    enum Mix: String, Sendable, CaseIterable {
        case everyday, optimizing, backingUp
    }

    /// The steps of a seed.
    static func sequence(seed: UInt64, count: Int, mix: Mix) -> [Operation] {
        var random = TrialRandom(seed)
        return (0..<count).map { step in next(step, mix, seed, &random) }
    }

    private static func next(_ step: Int, _ mix: Mix, _ seed: UInt64, _ random: inout TrialRandom) -> Operation {
        switch mix {
        case .optimizing where random.chance(40): return .optimize
        case .backingUp where random.chance(50): return .backup
        default: break
        }
        switch random.below(100) {
        case 0..<58:
            let count = random.chance(15) ? 40 : 1 + random.below(8)
            return .put((0..<count).map { place in TrialDocument(&random, version: "\(seed)x\(step)x\(place)") })
        case 58..<72: return .delete(random.below(TrialDocument.ids))
        case 72..<76: return .deleteGroup(random.below(TrialDocument.groups))
        case 76..<83: return .optimize
        case 83..<87: return .backup
        case 87..<92: return .reopen
        default: return .search(TrialDocument.sentence(&random))
        }
    }

    var description: String {
        switch self {
        case .put(let documents):
            "put " + documents.map { "\($0.id) (\($0.text.count) characters)" }.joined(separator: ", ")
        case .delete(let number): "delete \(TrialDocument.id(number))"
        case .deleteGroup(let group): "delete where group = \(group)"
        case .optimize: "optimize"
        case .backup: "backup"
        case .reopen: "close and open"
        case .search(let query): "search \(query)"
        }
    }
}

/// A document of a trial: it holds a word that no other document and no other version of it has.
struct TrialDocument: Sendable, Equatable {
    /// The number of ids.
    static let ids = 90
    static let groups = 7
    static let adjectives = ["big", "small", "red", "blue", "new"]
    static let nouns = ["man", "woman", "child", "dog", "cat", "bank", "river", "money", "tree", "house", "guitar"]
    static let verbs = ["walking to", "playing with", "in", "on"]

    let id: String
    let word: String
    let title: String?
    let text: String
    let group: Int
    let language: String
    let weight: Double

    init(_ random: inout TrialRandom, version: String) {
        id = Self.id(random.below(Self.ids))
        word = "w\(version)"
        title = random.chance(30) ? "the \(Self.nouns[random.below(Self.nouns.count)])" : nil
        let sentences = random.chance(10) ? 40 : 1 + random.below(3)
        text = ([word] + (0..<sentences).map { _ in Self.sentence(&random) }).joined(separator: " ")
        group = random.below(Self.groups)
        language = ["en", "zh", "de"][random.below(3)]
        weight = Double(random.below(100)) / 10
    }

    static func id(_ number: Int) -> String { "d\(number)" }

    static func sentence(_ random: inout TrialRandom) -> String {
        func pick(_ words: [String]) -> String { words[random.below(words.count)] }
        return "the \(pick(adjectives)) \(pick(nouns)) is \(pick(verbs)) a \(pick(adjectives)) \(pick(nouns))."
    }

    var document: Document {
        Document(
            id: id, title: title, text: text, source: "trial",
            metadata: ["group": .number(Double(group)), "lang": .string(language), "weight": .number(weight)])
    }
}

/// What a store must hold: documents by id.
struct Expectation: Sendable, Equatable {
    var documents: [String: TrialDocument] = [:]

    mutating func apply(_ operation: Operation) {
        switch operation {
        case .put(let put): for document in put { documents[document.id] = document }
        case .delete(let number): documents[TrialDocument.id(number)] = nil
        case .deleteGroup(let group): documents = documents.filter { $0.value.group != group }
        case .optimize, .backup, .reopen, .search: break
        }
    }

    /// The states that a sequence goes through, beginning with this one.
    func states(after operations: [Operation]) -> [Expectation] {
        var states = [self]
        for operation in operations {
            var next = states[states.count - 1]
            next.apply(operation)
            states.append(next)
        }
        return states
    }
}

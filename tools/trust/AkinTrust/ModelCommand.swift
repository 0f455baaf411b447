import Akin
import AkinCore
import ArgumentParser
import Foundation

/// Long random programs against a model in memory: after each step the store answers as the model says.
struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Run random programs against a model in memory; shrink what fails.")

    @OptionGroup var trial: TrialOptions
    @Option(help: "How many programs, of seeds that follow each other.") var programs = 20
    @Option(help: "Steps of a program.") var steps = 120

    func run() async throws {
        let folder = try TrialFolder(trial.folder)
        let embedder = try await Embedder.load(Database.Configuration(model: trial.model, threads: 1))
        var checks = 0
        for program in 0..<programs {
            let seed = trial.seed &+ UInt64(program)
            let steps = ModelStep.program(seed: seed, count: self.steps)
            do {
                checks += try await run(steps, seed, folder, embedder)
            } catch {
                say("seed \(seed) fails: \(error)")
                let least = try await shrink(steps, seed, folder, embedder)
                for step in least.steps { say("  \(step)") }
                throw TrialFailure(
                    "seed \(seed), shrunk from \(steps.count) to \(least.steps.count) steps: \(least.failure)")
            }
        }
        say(
            "\(programs) programs of \(steps) steps, seeds \(trial.seed)–\(trial.seed &+ UInt64(programs) - 1): \(checks) answers, 0 wrong"
        )
    }

    private func run(_ steps: [ModelStep], _ seed: UInt64, _ folder: TrialFolder, _ embedder: Embedder) async throws
        -> Int
    {
        let store = try folder.fresh("model") + "/trial.db"
        // Small and large stores: every vector compared, and a graph.
        let configuration = Database.Configuration.trial(trial, threshold: seed.isMultiple(of: 2) ? 25 : 20_000)
        var model = StoreModel(path: store, configuration: configuration, embedder: embedder)
        for (number, step) in steps.enumerated() {
            do {
                try await model.perform(step)
            } catch {
                throw TrialFailure("step \(number), \(step): \(error)")
            }
        }
        try await model.finish()
        return model.checks
    }

    /// Leaves out what is not needed for a failure: halves, quarters, … single steps (Zeller and Hildebrandt 2002,
    /// ddmin).
    private func shrink(
        _ steps: [ModelStep], _ seed: UInt64, _ folder: TrialFolder, _ embedder: Embedder
    ) async throws -> (steps: [ModelStep], failure: String) {
        var (least, failure) = (steps, "")
        var size = max(1, steps.count / 2)
        while true {
            var (start, progressed) = (0, false)
            while start < least.count {
                let shorter = Array(least[..<start] + least[min(least.count, start + size)...])
                do {
                    _ = try await run(shorter, seed, folder, embedder)
                    start += size
                } catch {
                    (least, failure, progressed) = (shorter, "\(error)", true)
                }
            }
            if size == 1 && !progressed { return (least, failure) }
            if !progressed { size /= 2 }
        }
    }
}

/// A step of a random program: a change, or a question.
enum ModelStep: Sendable, CustomStringConvertible {
    case change(Operation)
    case word(String)
    case meaning(String, count: Int)
    case filtered(FilterCase, SearchMode, String)
    case checkBackup
    case verify
    case compareAll

    static func program(seed: UInt64, count: Int) -> [ModelStep] {
        var random = TrialRandom(seed)
        let changes = Operation.sequence(seed: seed, count: count, mix: .everyday)
        return changes.map { change in
            switch random.below(100) {
            case 0..<50: .change(change)
            case 50..<60: .word((TrialDocument.nouns + TrialDocument.adjectives)[random.below(16)])
            case 60..<72: .meaning(TrialDocument.sentence(&random), count: 1 + random.below(12))
            case 72..<88:
                .filtered(
                    FilterCase(&random), [SearchMode.semantic, .keyword, .hybrid][random.below(3)],
                    TrialDocument.sentence(&random))
            case 88..<91: .checkBackup
            case 91..<95: .verify
            default: .compareAll
            }
        }
    }

    var description: String {
        switch self {
        case .change(let operation): operation.description
        case .word(let word): "word \(word)"
        case .meaning(let text, let count): "meaning \(text), \(count)"
        case .filtered(let filter, let mode, let text): "\(mode) where \(filter.text): \(text)"
        case .checkBackup: "backup and compare"
        case .verify: "verify"
        case .compareAll: "compare all"
        }
    }
}

/// A filter and what it means.
struct FilterCase: Sendable {
    let text: String
    let admits: @Sendable (TrialDocument) -> Bool

    init(_ random: inout TrialRandom) {
        self = Self.make(&random, depth: 2)
    }

    private init(_ text: String, _ admits: @escaping @Sendable (TrialDocument) -> Bool) {
        self.text = text
        self.admits = admits
    }

    private static func make(_ random: inout TrialRandom, depth: Int) -> FilterCase {
        let (group, language, weight) = (
            random.below(TrialDocument.groups), ["en", "zh", "de"][random.below(3)], Double(random.below(100)) / 10
        )
        switch random.below(depth > 0 ? 9 : 6) {
        case 0: return FilterCase("group = \(group)") { $0.group == group }
        case 1: return FilterCase("lang = \"\(language)\"") { $0.language == language }
        case 2: return FilterCase("weight >= \(weight)") { $0.weight >= weight }
        case 3: return FilterCase("group in (\(group), 1)") { $0.group == group || $0.group == 1 }
        case 4: return FilterCase("weight between 2 and \(weight)") { $0.weight >= 2 && $0.weight <= weight }
        case 5: return FilterCase("id starts with \"d\(group)\"") { $0.id.hasPrefix("d\(group)") }
        case 6:
            let (left, right) = (make(&random, depth: depth - 1), make(&random, depth: depth - 1))
            return FilterCase("(\(left.text)) and (\(right.text))") { left.admits($0) && right.admits($0) }
        case 7:
            let (left, right) = (make(&random, depth: depth - 1), make(&random, depth: depth - 1))
            return FilterCase("(\(left.text)) or (\(right.text))") { left.admits($0) || right.admits($0) }
        default:
            let inner = make(&random, depth: depth - 1)
            return FilterCase("not (\(inner.text))") { !inner.admits($0) }
        }
    }
}

import AkinCore
import AkinTraining
import Foundation

/// How many tokens of a step are computed at a time, by the memory that a run may take.
struct TrainingBudget {
    /// nil computes each step at once.
    let tokensAtATime: Int?
    /// Where the run keeps its state.
    let checkpoint: RunCheckpoint
    /// The bytes that the run is expected to take at its peak.
    let bytes: Int
    /// The parts of the longest step.
    let partCount: Int
    /// What a person is told before the run starts.
    let notice: String

    /// A run that was stopped goes on with the parts it began with, so that it ends with the same bytes.
    ///
    /// - Parameters:
    ///   - limit: the bytes that the process may take; nil takes four fifths of what is free.
    ///   - isWhole: whether the loss compares the sequences of a step, which then cannot be made in parts.
    ///   - checkpoint: where a run with such parts keeps its state.
    /// - Throws: `.invalidArgument` where not even one sequence fits.
    init(
        _ memory: TrainingMemory, limit: Int?, isWhole: Bool = false,
        checkpoint: (_ tokensAtATime: Int?) -> RunCheckpoint
    ) throws {
        let limit = limit ?? FreeMemory.bytes / 5 * 4
        var chosen: (tokens: Int, checkpoint: RunCheckpoint)?
        for tokens in isWhole ? [memory.tokensOfStep] : memory.choices {
            let checkpoint = checkpoint(tokens == memory.tokensOfStep ? nil : tokens)
            if checkpoint.isThere || chosen == nil && memory.bytes(tokens: tokens) <= limit {
                chosen = (tokens, checkpoint)
            }
            if checkpoint.isThere || chosen != nil && !FileManager.default.fileExists(atPath: checkpoint.path) { break }
        }
        guard let chosen else { throw Self.tooLittle(memory, limit, isWhole: isWhole) }
        self.checkpoint = chosen.checkpoint
        tokensAtATime = chosen.tokens == memory.tokensOfStep ? nil : chosen.tokens
        partCount = (memory.tokensOfStep + chosen.tokens - 1) / chosen.tokens
        bytes = memory.bytes(tokens: chosen.tokens)
        var notice = "needs about \(Self.size(bytes))"
        if partCount > 1 {
            notice +=
                " in steps of up to \(partCount) parts; \(Self.size(memory.bytes(tokens: memory.tokensOfStep))) at once "
                + "are more than the \(Self.size(limit)) allowed"
        }
        self.notice = notice
    }

    private static func tooLittle(_ memory: TrainingMemory, _ limit: Int, isWhole: Bool) -> AkinError {
        if isWhole {
            return AkinError(
                .invalidArgument,
                "The training needs about \(size(memory.bytes(tokens: memory.tokensOfStep))) for its longest step, and "
                    + "\(size(limit)) may be used; allow more memory, or take smaller steps.")
        }
        let longest = memory.choices.last ?? 1
        let fitting = stride(from: longest / 2, to: 8, by: -1).first { memory.bytes(tokens: $0) <= limit }
        let hint =
            fitting.map { "read at most \($0) tokens of each" }
            ?? "a smaller model is needed: with this one all but the texts takes \(size(memory.bytes(tokens: 0)))"
        return AkinError(
            .invalidArgument,
            "The training needs about \(size(memory.bytes(tokens: longest))) for the longest text alone (\(longest) "
                + "tokens), and \(size(limit)) may be used; allow more memory, or \(hint).")
    }

    /// 612345678 as `0.6 GB`, and less than a tenth of it in megabytes.
    private static func size(_ bytes: Int) -> String {
        bytes < 100_000_000
            ? "\(bytes / 1_000_000) MB" : String(format: "%.1f GB", locale: nil, Double(bytes) / 1e9)
    }
}

import AkinVectors
import Synchronization

/// Steps of a training that threads take one after another, with a checkpoint now and then.
///
/// A checkpoint is written when all threads have ended their steps, so that it covers a whole number of steps.
struct TrainingSchedule {
    /// Does one step. Returns the loss of the predictions that were measured, and their number.
    typealias Step = (_ step: Int) -> (loss: Double, predictions: Int)

    let steps: Int
    /// Words of the corpus times epochs, for the progress.
    let words: Int
    let threads: Int
    let checkpointInterval: Double
    let tables: [WordVectorRows]
    let checkpoint: TrainingCheckpoint?

    /// - Parameter worker: makes what one thread works with.
    /// - Throws: `CancellationError` when told to stop, after a last checkpoint, and what the checkpoint throws.
    func run(
        isCancelled: @escaping @Sendable () -> Bool, progress: @escaping @Sendable (TrainingState) -> Void,
        worker: @Sendable () -> Step
    ) throws {
        let start = try checkpoint?.restore(into: tables) ?? 0
        let meter = TrainingMeter(words: words, steps: steps, start: start, report: progress)
        let next = Atomic<Int>(start)
        meter.begin()
        while next.load(ordering: .relaxed) < steps {
            let deadline = ContinuousClock.now + .seconds(checkpointInterval)
            Parallel.ranges(threads, threads: threads) { _ in
                let work = worker()
                while !isCancelled() && ContinuousClock.now < deadline {
                    let step = next.wrappingAdd(1, ordering: .relaxed).oldValue
                    guard step < steps else { break }
                    let (loss, predictions) = work(step)
                    meter.advance(loss: loss, predictions: predictions)
                }
            }
            let reached = min(steps, next.load(ordering: .relaxed))
            next.store(reached, ordering: .relaxed)
            if reached < steps || isCancelled() { try checkpoint?.save(tables, reached: reached) }
            if isCancelled() { throw CancellationError() }
        }
    }
}

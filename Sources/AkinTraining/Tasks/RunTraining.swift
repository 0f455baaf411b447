/// A training whose steps are those of one run.
package protocol RunTraining: AnyObject {
    associatedtype Head: TrainingHead
    var run: TrainingRun<Head> { get }

    /// Makes all steps, as `TrainingRun.train` does.
    func train(
        checkpoint: RunCheckpoint?, evaluate: (() throws -> Double)?,
        progress: (_ step: Int, _ loss: Double) throws -> Void
    ) throws
}

extension RunTraining {
    package var stepCount: Int { run.schedule.totalSteps }
    /// How the run went so far.
    package var curve: LearningCurve { run.curve }

    package func train(
        checkpoint: RunCheckpoint? = nil, evaluate: (() throws -> Double)? = nil,
        progress: (_ step: Int, _ loss: Double) throws -> Void
    ) throws {
        try run.train(checkpoint: checkpoint, evaluate: evaluate, progress: progress)
    }
}

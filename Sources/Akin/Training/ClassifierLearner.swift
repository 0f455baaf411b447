import AkinTraining

/// One way of training a classifier on some of the examples. It has read them as its network reads them, so that it can
/// be trained several times.
protocol ClassifierLearner {
    var method: ClassifierTraining.Method { get }
    /// Examples that are longer than is read.
    var truncatedCount: Int { get }

    /// Learns from some examples and scores others, all by index.
    ///
    /// - Parameters:
    ///   - isKept: whether the classifier may be written; else only its scores are wanted.
    ///   - part: what the progress adds to the name of the work.
    func learn(from training: [Int], scoring others: [Int], isKept: Bool, part: String) throws -> LearntClassifier
}

/// A classifier that was trained.
struct LearntClassifier {
    /// By scored example, a value for each class before softmax.
    let logits: [[Float]]
    /// How a network was fine-tuned.
    var fineTuning: FineTuningReport?
    /// Writes the classifier as a folder, with its logits divided by a temperature and what is known of it.
    let write: (_ temperature: Double, _ record: TrainingRecord) throws -> Void
}

/// What all ways of training have in common.
struct ClassifierContext {
    let settings: ClassifierTraining
    let configuration: Database.Configuration
    let examples: ClassifierExamples
    let progress: ProgressHandler?
    /// The vectors of examples that are known already.
    let known: KnownVectors?

    func report(_ phase: String, _ completed: Int, _ total: Int, _ unit: WorkProgress.Unit) {
        progress?(
            WorkProgress(
                phase: .init(rawValue: phase), completed: Double(completed), total: Double(total), unit: unit,
                documents: 0))
    }
}

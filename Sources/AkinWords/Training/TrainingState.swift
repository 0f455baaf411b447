import Synchronization

/// The progress of a training on a corpus.
package struct TrainingState: Sendable {
    package enum Phase: String, Sendable {
        case reading = "reading"
        case counting = "counting pairs"
        case training = "training"
    }

    package let phase: Phase
    /// Words of the corpus that were visited in this phase, all epochs together.
    package let words: Double
    /// Words to visit; nil while that is not known.
    package let total: Double?
    /// The mean loss of a prediction over the last part of the work; nil before there is one.
    package let loss: Double?
}

/// Adds up the work of several threads and reports it.
final class TrainingMeter: Sendable {
    private struct State {
        var steps: Int
        var recent = (loss: 0.0, predictions: 0)
        var loss: Double?
    }

    private let state: Mutex<State>
    private let words: Int
    private let steps: Int
    private let report: @Sendable (TrainingState) -> Void

    /// Steps between two looks at the loss.
    private static let interval = 50

    init(words: Int, steps: Int, start: Int, report: @escaping @Sendable (TrainingState) -> Void) {
        state = Mutex(State(steps: start))
        self.words = words
        self.steps = steps
        self.report = report
    }

    /// Records where the work begins.
    func begin() { report(state.withLock { progress($0) }) }

    private func progress(_ state: State) -> TrainingState {
        let share = Double(state.steps) / Double(steps)
        return TrainingState(phase: .training, words: share * Double(words), total: Double(words), loss: state.loss)
    }

    func advance(loss: Double, predictions: Int) {
        let now = state.withLock { state in
            state.steps += 1
            state.recent.loss += loss
            state.recent.predictions += predictions
            if state.steps % Self.interval == 0 || state.loss == nil, state.recent.predictions > 0 {
                state.loss = state.recent.loss / Double(state.recent.predictions)
                state.recent = (0, 0)
            }
            return progress(state)
        }
        report(now)
    }
}

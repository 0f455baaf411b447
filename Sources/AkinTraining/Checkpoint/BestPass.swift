import AkinVectors

/// The values that a network had after the pass over the examples that scored best.
final class BestPass {
    /// What is kept of it beside its values.
    struct Place: Sendable, Codable, Equatable {
        /// Counted from 1.
        let epoch: Int
        /// The optimiser's steps until then, of which this state is the first part.
        let optimizerStep: Int
        /// What weight decay had left of a row of the table that had not occurred.
        let kept: Float
        /// How many rows of the table had occurred.
        let rowCount: Int

        /// Whether the parts fit a run that has made so many steps and in which so many rows occurred.
        func isSound(steps: Int, rows: Int) -> Bool {
            epoch > 0 && optimizerStep > 0 && optimizerStep <= steps && kept.isFinite && (0...rows).contains(rowCount)
        }
    }

    let place: Place
    let values: AlignedBuffer<Float>

    /// - Parameter values: of as many elements as the network has parameters.
    init(_ place: Place, _ values: AlignedBuffer<Float>) { (self.place, self.values) = (place, values) }

    /// Copies the values as they are now.
    init(epoch: Int, _ optimizer: AdamW.State, _ parameters: Parameters) {
        place = Place(epoch: epoch, optimizerStep: optimizer.step, kept: optimizer.kept, rowCount: optimizer.rows.count)
        values = AlignedBuffer(count: parameters.layout.count)
        unsafe values.base.update(from: parameters.values.base, count: parameters.layout.count)
    }

    /// Gives the network these values back.
    func restore(_ parameters: Parameters) {
        unsafe parameters.values.base.update(from: values.base, count: parameters.layout.count)
    }

    /// The optimiser's state after the pass, of its state now.
    func optimizerState(_ now: AdamW.State) -> AdamW.State {
        AdamW.State(step: place.optimizerStep, kept: place.kept, rows: Array(now.rows.prefix(place.rowCount)))
    }
}

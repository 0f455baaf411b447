/// A learning rate that rises linearly for some steps and then falls linearly to zero, as BERT's authors train
/// (Devlin et al. 2019, appendix A).
package struct LearningRateSchedule: Sendable {
    package let peak: Float
    package let warmUpSteps: Int
    package let totalSteps: Int

    package init(peak: Float, warmUpSteps: Int, totalSteps: Int) {
        (self.peak, self.warmUpSteps, self.totalSteps) = (peak, warmUpSteps, totalSteps)
    }

    /// The rate of a step, counted from 0.
    package func rate(_ step: Int) -> Float {
        if step < warmUpSteps { return peak * Float(step) / Float(max(warmUpSteps, 1)) }
        return peak * Float(max(totalSteps - step, 0)) / Float(max(totalSteps - warmUpSteps, 1))
    }
}

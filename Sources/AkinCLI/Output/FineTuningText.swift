import Akin

extension FineTuningReport {
    /// Which pass was kept, where it is not the last, and where a better one than the last was not; else nothing. 0.913
    /// is written as `figure` does.
    func lines(_ figure: (Double) -> String) -> [String] {
        guard let last = epochs.last, let best = epochs.max(by: { $0.score < $1.score }) else { return [] }
        if let kept = keptEpoch, kept != last.epoch || last.epoch < plannedEpochs {
            return [
                "kept pass \(kept) of \(last.epoch) (\(plannedEpochs) planned): held-out \(figure(best.score)), after the last "
                    + figure(last.score)
            ]
        }
        // Less than a point is chance more often than not.
        guard best.score - last.score >= 0.01 else { return [] }
        return [
            "pass \(best.epoch) of \(last.epoch) scored \(figure(best.score)), the last \(figure(last.score)); --patience 1 keeps the best"
        ]
    }
}

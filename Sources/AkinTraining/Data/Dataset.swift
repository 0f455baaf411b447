import AkinCore
import AkinVectors

/// Examples to learn from, in the order they were read.
package struct Dataset<Example: TrainingExample>: Sendable {
    package var examples: [Example]

    package init(_ examples: [Example]) { self.examples = examples }

    package var count: Int { examples.count }

    /// The examples less those that another part has too: a model is not scored on texts that it was trained on.
    package func excluding(_ other: Dataset) -> Dataset {
        let keys = Set(other.examples.map(\.duplicateKey))
        return Dataset(examples.filter { !keys.contains($0.duplicateKey) })
    }

    /// What is learnt from and what is scored on: `others` without what is learnt from where there are any, else a share
    /// of these examples. Throws as `split` does.
    package func parts(
        scoring others: [Example]?, holdingOut share: Double, seed: UInt64
    ) throws -> (training: Dataset, heldOut: Dataset) {
        if let others { return (self, Dataset(others).excluding(self)) }
        return try split(holdingOut: min(max(share, 0.01), 0.9), seed: seed)
    }

    /// Splits off a part to score on. Each stratum gives the same share, as far as whole examples allow, but at least one
    /// of two; duplicates stay on one side. Both parts keep the order.
    ///
    /// - Parameter share: of the examples, that are held out: more than 0, less than 1.
    /// - Throws: `AkinError(.invalidData)` when there are too few different examples for two parts.
    package func split(holdingOut share: Double, seed: UInt64) throws -> (training: Dataset, heldOut: Dataset) {
        let isHeldOut = try isHeldOut(share: share, seed: seed)
        return (part { !isHeldOut[$0] }, part { isHeldOut[$0] })
    }

    /// Whether each example is in the part that `split` holds out.
    package func isHeldOut(share: Double, seed: UInt64) throws -> [Bool] {
        precondition(share > 0 && share < 1)
        let groups = Groups(examples)
        var isHeldOut = [Bool](repeating: false, count: groups.count)
        for members in groups.byStratum(seed: seed) {
            let wanted = (Double(members.count) * share).rounded()
            for group in members.prefix(members.count > 1 ? min(max(1, Int(wanted)), members.count - 1) : 0) {
                isHeldOut[group] = true
            }
        }
        guard isHeldOut.contains(true), isHeldOut.contains(false) else {
            throw AkinError(
                .invalidData,
                "There are too few different examples (\(groups.count)) to learn from some and score on others.")
        }
        return groups.ofExample.map { isHeldOut[$0] }
    }

    /// The number, from 0, of the fold that each example is in, for cross-validation: strata in equal shares, duplicates
    /// in one fold.
    package func folds(_ count: Int, seed: UInt64) -> [Int] {
        precondition(count > 1)
        let groups = Groups(examples)
        var folds = [Int](repeating: 0, count: groups.count)
        // Goes on from stratum to stratum, so that small strata do not all fill the first fold.
        var next = 0
        for members in groups.byStratum(seed: seed) {
            for group in members {
                folds[group] = next % count
                next += 1
            }
        }
        return groups.ofExample.map { folds[$0] }
    }

    private func part(_ isIncluded: (Int) -> Bool) -> Dataset {
        Dataset(examples.indices.filter(isIncluded).map { examples[$0] })
    }

    /// Examples that are duplicates of each other, numbered as they come.
    private struct Groups {
        /// (examples) the group of each.
        private(set) var ofExample: [Int] = []
        private var strata: [String: [Int]] = [:]
        private(set) var count = 0

        init(_ examples: [Example]) {
            var numbers: [String: Int] = [:]
            for example in examples {
                let group = numbers[example.duplicateKey, default: count]
                if group == count {
                    numbers[example.duplicateKey] = group
                    strata[example.stratum ?? "", default: []].append(group)
                    count += 1
                }
                ofExample.append(group)
            }
        }

        /// The groups of each stratum, by its name, shuffled.
        func byStratum(seed: UInt64) -> [[Int]] {
            var generator = SeededGenerator(seed: seed)
            return strata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { _, members in
                var shuffled = members
                for place in shuffled.indices.dropFirst().reversed() {
                    shuffled.swapAt(place, generator.integer(below: place + 1))
                }
                return shuffled
            }
        }
    }
}

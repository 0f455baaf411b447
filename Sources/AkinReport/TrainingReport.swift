/// How a training went and how good its model is on the part that it did not learn from: what its page shows.
package struct TrainingReport: Sendable {
    /// A name and what it is.
    package struct Fact: Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
    }

    /// One of the large figures at the top.
    package struct Figure: Sendable {
        package let name: String
        package let value: String
        package let meaning: String

        package init(_ name: String, _ value: String, _ meaning: String) {
            (self.name, self.value, self.meaning) = (name, value, meaning)
        }
    }

    package struct Point: Sendable {
        package let step: Int
        package let loss: Double
        package let norm: Double

        package init(step: Int, loss: Double, norm: Double) { (self.step, self.loss, self.norm) = (step, loss, norm) }
    }

    /// A class, or a kind of entity.
    package struct ClassRow: Sendable {
        package let name: String
        package let precision: Double
        package let recall: Double
        package let f1: Double
        package let support: Int

        package init(name: String, precision: Double, recall: Double, f1: Double, support: Int) {
            (self.name, self.precision, self.recall, self.f1) = (name, precision, recall, f1)
            self.support = support
        }
    }

    /// What was held out by its class, and what it was taken for.
    package struct Confusion: Sendable {
        package let expected: String
        package let predicted: String
        package let count: Int

        package init(expected: String, predicted: String, count: Int) {
            (self.expected, self.predicted, self.count) = (expected, predicted, count)
        }
    }

    /// What got probabilities of about the same size.
    package struct Reliability: Sendable {
        package let confidence: Double
        package let accuracy: Double
        package let count: Int

        package init(confidence: Double, accuracy: Double, count: Int) {
            (self.confidence, self.accuracy, self.count) = (confidence, accuracy, count)
        }
    }

    /// A held-out text that the model finds hard.
    package struct HardExample: Sendable {
        package let text: String
        package let expected: String
        package let predicted: String
        package let loss: Double

        package init(text: String, expected: String, predicted: String, loss: Double) {
            (self.text, self.expected, self.predicted, self.loss) = (text, expected, predicted, loss)
        }
    }

    package var title: String
    /// What stands below the title.
    package var subtitle: String
    package var figures: [Figure] = []
    package var points: [Point] = []
    /// By epoch, 0 … 1.
    package var scores: [Double] = []
    /// What `scores` are, such as `accuracy`.
    package var scoreName = ""
    package var classes: [ClassRow] = []
    /// What the classes are called, such as `Kind`.
    package var className = "Label"
    package var confusion: [Confusion] = []
    package var reliability: [Reliability] = []
    /// The mean difference between probability and accuracy.
    package var calibrationError: Double?
    package var hardest: [HardExample] = []
    /// What was trained on what with which settings.
    package var settings: [Fact] = []

    package init(title: String, subtitle: String) { (self.title, self.subtitle) = (title, subtitle) }
}

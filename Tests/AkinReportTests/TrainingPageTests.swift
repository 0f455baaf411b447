import AkinReport
import Testing

/// The page of a training.
@Suite struct TrainingPageTests {
    private static let hostile = "</table><script>alert(1)</script>\u{202E}\"' & <img src=x onerror=x>"

    private func report(classes: Int) -> TrainingReport {
        var report = TrainingReport(title: Self.hostile, subtitle: Self.hostile)
        report.figures = [.init("Accuracy", "90.0%", Self.hostile)]
        report.points = (1...40).map { .init(step: $0 * 3, loss: 2 / Double($0), norm: Double($0 % 5)) }
        (report.scores, report.scoreName) = ([0.7, 0.85, 0.9], "accuracy")
        let names = (0..<classes).map { "\(Self.hostile) \($0)" }
        report.classes = names.map { .init(name: $0, precision: 0.5, recall: 1, f1: 2 / 3, support: 7) }
        report.confusion = names.map { .init(expected: $0, predicted: names[0], count: 1200) }
        report.reliability = [
            .init(confidence: 0.55, accuracy: 0.5, count: 10), .init(confidence: 1, accuracy: 1, count: 3),
        ]
        report.calibrationError = 0.04
        report.hardest = [.init(text: Self.hostile, expected: names[0], predicted: names[1], loss: 7.25)]
        report.settings = [.init("Examples", Self.hostile)]
        return report
    }

    @Test(arguments: [2, 40]) func `text of others stays text`(classes: Int) {
        let page = TrainingPage(report(classes: classes)).text
        #expect(!page.contains("<script") && !page.contains("<img") && !page.contains("onerror=x>"))
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(page.contains("default-src 'none'") && !page.contains("script-src"))
        #expect(!page.contains("http://") && !page.contains("https://"))
    }

    @Test func `curves, scores, confusion, reliability and hard examples are shown`() {
        let page = TrainingPage(report(classes: 3)).text
        #expect(page.split(separator: "<polyline").count == 4)
        #expect(page.contains("epoch 3: 90.0%") && page.contains("said 55.0%, right 50.0% of 10 examples"))
        #expect(page.contains("class=\"confusion\"") && page.contains("1,200") && page.contains("loss 7.25"))
    }

    @Test func `of many classes the pairs that are confused are listed`() {
        let page = TrainingPage(report(classes: 40)).text
        #expect(!page.contains("class=\"confusion\"") && page.contains("25 of 39 pairs"))
    }

    @Test func `a training without a curve has no empty sections`() {
        let page = TrainingPage(TrainingReport(title: "a", subtitle: "b")).text
        #expect(!page.contains("<section>") && page.hasSuffix("</html>\n"))
    }
}

import AkinTraining
import Testing

@Suite struct DatasetTests {
    private func examples(_ counts: [String: Int]) -> Dataset<LabelledText> {
        Dataset(
            counts.sorted { $0.key < $1.key }.flatMap { label, count in
                (0..<count).map { LabelledText(text: "\(label) \($0)", label: label) }
            })
    }

    @Test func `Both parts have the classes in equal shares, and every example is in one`() throws {
        let data = examples(["a": 100, "b": 10, "c": 2, "d": 1])
        let (training, heldOut) = try data.split(holdingOut: 0.2, seed: 1)
        #expect(Set(training.examples).isDisjoint(with: heldOut.examples))
        #expect(training.count + heldOut.count == data.count)
        let counts = Dictionary(grouping: heldOut.examples, by: \.label).mapValues(\.count)
        #expect(counts == ["a": 20, "b": 2, "c": 1])
    }

    @Test func `The same seed gives the same parts, another seed others`() throws {
        let data = examples(["a": 50, "b": 50])
        let first = try data.split(holdingOut: 0.3, seed: 7).heldOut.examples
        #expect(try data.split(holdingOut: 0.3, seed: 7).heldOut.examples == first)
        #expect(try data.split(holdingOut: 0.3, seed: 8).heldOut.examples != first)
        #expect(first == first.sorted { data.examples.firstIndex(of: $0)! < data.examples.firstIndex(of: $1)! })
    }

    @Test func `No text that is scored is trained on, however it is spaced and cased`() throws {
        let copies = (0..<40).flatMap { number in
            ["Text \(number)", "text  \(number)", "TEXT \(number) "].map {
                LabelledText(text: $0, label: "x\(number % 2)")
            }
        }
        let (training, heldOut) = try Dataset(copies).split(holdingOut: 0.25, seed: 3)
        let keys = Set(training.examples.map(\.duplicateKey))
        #expect(heldOut.examples.allSatisfy { !keys.contains($0.duplicateKey) })
        #expect(heldOut.count == 30)
        let whole = Dataset(copies)
        #expect(whole.excluding(Dataset([LabelledText(text: "tExt 5", label: "other")])).count == whole.count - 3)
    }

    @Test func `Folds are even in size and classes and keep duplicates together`() throws {
        let data = Dataset(examples(["a": 30, "b": 9, "c": 3]).examples + [LabelledText(text: "A  0", label: "a")])
        let folds = data.folds(3, seed: 2)
        for fold in 0..<3 {
            let labels = zip(data.examples, folds).filter { $0.1 == fold }.map(\.0.label)
            #expect(labels.count { $0 == "b" } == 3 && labels.count { $0 == "c" } == 1)
        }
        #expect(folds.last == folds.first)
    }

    @Test func `Questions of one text stay together`() throws {
        let data = Dataset(
            (0..<40).map {
                QuestionExample(id: "\($0)", question: "q\($0)", context: "c\($0 / 4)", answers: [])
            })
        let (training, heldOut) = try data.split(holdingOut: 0.2, seed: 1)
        #expect(
            heldOut.count == 8
                && Set(training.examples.map(\.context)).isDisjoint(with: heldOut.examples.map(\.context)))
    }

    @Test func `One text cannot be split`() {
        let data = Dataset([LabelledText(text: "a", label: "x"), LabelledText(text: "A", label: "x")])
        #expect(messageOfError { _ = try data.split(holdingOut: 0.5, seed: 0) }.contains("too few different examples"))
    }
}

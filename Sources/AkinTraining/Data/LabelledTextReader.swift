import AkinCore
import AkinText
import Foundation

/// Reads texts with their classes: from files of records (`.csv`, `.tsv`, `.jsonl`, `.json`) with a text, or two, and a
/// label each; or from a folder that has one folder of text files for each class.
///
/// ```swift
/// let examples = try LabelledTextReader().read(["reviews.csv"])
/// ```
package struct LabelledTextReader: Sendable {
    package var fields: ExampleFields
    /// The files in folders that were read by a guess of their character set.
    package let guesses = GuessTally()

    package init(fields: ExampleFields = ExampleFields()) { self.fields = fields }

    /// All examples of some files and folders, in order.
    ///
    /// - Throws: `AkinError`: `.noInput` for a file that cannot be read and where there is no example; `.invalidData`,
    ///   with its place, for the first record that is no example, for fewer than two classes and for more than
    ///   `LabelSet.maximumCount`.
    package func read(_ paths: [String]) throws -> [LabelledText] {
        var examples: [LabelledText] = []
        var labels: Set<String> = []
        let source = paths.joined(separator: ", ")
        for path in paths {
            try forEach(path) { example in
                if labels.insert(example.label).inserted, labels.count > LabelSet.maximumCount {
                    throw LabelSet.tooMany(path)
                }
                examples.append(example)
            }
        }
        guard !examples.isEmpty else { throw AkinError(.noInput, "\(source) holds no examples.") }
        _ = try LabelSet(labels, of: source)
        return examples
    }

    /// Calls `body` with each example of a file or folder. Of a file of lines or rows, one record is held.
    package func forEach(_ path: String, _ body: (LabelledText) throws -> Void) throws {
        if FileStatus(of: path)?.kind == .folder { return try readClasses(path, body) }
        let file = try FieldRecords(path: path)
        try file.forEach { fields, line in
            let record = ExampleRecord(fields: fields, line: line, file: file)
            let keys = try record.textKeys(self.fields)
            let label = try record.labelKey(self.fields.label, usual: ExampleFields.usualLabels)
            try body(
                LabelledText(
                    text: try record.text(keys.text), pair: try keys.pair.map(record.text),
                    label: try record.label(label)))
        }
    }

    /// One folder a class; its name is the label.
    private func readClasses(_ folder: String, _ body: (LabelledText) throws -> Void) throws {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw AkinError(.noInput, "The folder \(folder) cannot be read; check its permissions.", cause: error)
        }
        let classes = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.filter {
            !$0.hasPrefix(".") && FileStatus(of: "\(folder)/\($0)", followingLinks: false)?.kind == .folder
        }
        guard !classes.isEmpty else {
            throw AkinError(
                .noInput,
                "The folder \(folder) holds no folders; there is one for each class, and its name is the label.")
        }
        for name in classes {
            // Whatever the files' names end in: collections of messages have numbers for names.
            let options = ReaderOptions(format: .text, selection: FileSelection(obeysIgnoreFiles: false))
            try CorpusReader(paths: ["\(folder)/\(name)"], options: options).read { event in
                switch event {
                case .record(let record): try body(LabelledText(text: record.text, label: name))
                case .problem(let problem): throw AkinError(.invalidData, "\(problem).")
                case .guess(let path, let set): guesses.add(path, characterSet: set)
                case .note, .file: break
                }
            }
        }
    }
}

/// Parameters that write themselves into sections of a packed model, whose names begin with a given name. An
/// initialiser of each type reads them back in place, and takes their shape.
package protocol PackedParameters {
    func write(to writer: inout PackedModelWriter, as name: String)
}

extension Matrix: PackedParameters {
    package func write(to writer: inout PackedModelWriter, as name: String) {
        withUnsafePointer { writer.append(name, UnsafeBufferPointer(start: $0, count: rows * columns)) }
    }

    /// A matrix of the given shape. Throws `AkinError.invalidData` when the section is missing, damaged or of another
    /// size.
    package init(_ file: PackedModelFile, _ name: String, rows: Int, columns: Int) throws {
        self.init(rows: rows, columns: columns, storage: try file.elements(name, of: Float.self, count: rows * columns))
    }
}

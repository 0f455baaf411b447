package import CAkinKernels

/// The table of kernels that train a transformer, of the same instruction set as `Kernels.active`.
package struct TrainingKernels: @unchecked Sendable {
    // Safe: the table is a constant of the C target; nothing writes it.
    package let table: akin_training_kernels

    /// Every table this processor can run, the plain one first; a set may have several, with and without instructions
    /// for bfloat16.
    package static let available: [TrainingKernels] = Kernels.available.flatMap { tables(of: $0) }

    /// The table in use.
    package static let active: TrainingKernels = {
        let tables = Self.tables(of: Kernels.active)
        return tables[tables.count - 1]
    }()

    private static func tables(of kernels: Kernels) -> [TrainingKernels] {
        kernels.variants(akin_training_variant).map { TrainingKernels(table: $0) }
    }
}

package import CAkinKernels

/// The table of kernels for linear layers in floats, of the same instruction set as `Kernels.active`.
package struct LinearKernels: @unchecked Sendable {
    // Safe: the table is a constant of the C target; nothing writes it.
    package let table: akin_linear_kernels

    /// Every table this processor can run, the plain one first; a set may have several, with and without instructions
    /// for bfloat16.
    package static let available: [LinearKernels] = Kernels.available.flatMap { tables(of: $0) }

    /// The table in use.
    package static let active: LinearKernels = {
        let tables = Self.tables(of: Kernels.active)
        return tables[tables.count - 1]
    }()

    private static func tables(of kernels: Kernels) -> [LinearKernels] {
        kernels.variants(akin_linear_variant).map { LinearKernels(table: $0) }
    }
}

package import CAkinKernels

/// The table of kernels over rows in few bits, of the same instruction set as `Kernels.active`.
package struct CodeKernels: @unchecked Sendable {
    // Safe: the table is a constant of the C target; nothing writes it.
    package let table: akin_code_kernels

    /// Every table this processor can run, the plain one first; a set may have several, with and without its 8-bit
    /// instructions.
    package static let available: [CodeKernels] = Kernels.available.flatMap { kernels in
        sequence(state: 0) { index in
            defer { index += 1 }
            return akin_code_variant(kernels.table.instruction_set, index)
        }.map { CodeKernels(table: $0.pointee) }
    }

    /// The table in use.
    package static let active = CodeKernels(table: akin_code_kernels_of(Kernels.active.table.instruction_set).pointee)
}

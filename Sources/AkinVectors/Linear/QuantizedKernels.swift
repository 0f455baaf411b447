package import CAkinKernels

/// The table of 8-bit integer kernels, of the same instruction set as `Kernels.active`.
package struct QuantizedKernels: @unchecked Sendable {
    // Safe: the table is a constant of the C target; nothing writes it.
    package let table: akin_quantized_kernels

    /// Every table this processor can run, the plain one first; a set may have several, with and without its 8-bit
    /// instructions.
    package static let available: [QuantizedKernels] = Kernels.available.flatMap { kernels in
        kernels.variants(akin_quantized_variant).map { QuantizedKernels(table: $0) }
    }

    /// The table in use.
    package static let active = QuantizedKernels(
        table: akin_quantized_kernels_of(Kernels.active.table.instruction_set).pointee)
}

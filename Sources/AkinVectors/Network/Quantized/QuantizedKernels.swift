package import CAkinKernels

/// The table of 8-bit integer kernels, of the same instruction set as `Kernels.active`.
package struct QuantizedKernels: @unchecked Sendable {
    // Safe: the table is a constant of the C target; nothing writes it.
    package let table: akin_quantized_kernels

    /// Every table this processor can run, in the order of `Kernels.available`.
    package static let available: [QuantizedKernels] = Kernels.available.map(QuantizedKernels.init(matching:))

    /// The table in use.
    package static let active = QuantizedKernels(matching: Kernels.active)

    private init(matching kernels: Kernels) {
        table = akin_quantized_kernels_of(kernels.table.instruction_set).pointee
    }
}

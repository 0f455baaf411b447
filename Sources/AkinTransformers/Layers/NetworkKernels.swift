import AkinVectors
package import CAkinKernels

/// The table of SIMD kernels for a network's row-wise steps, of the same instruction set as `Kernels.active`.
package struct NetworkKernels: @unchecked Sendable {
    // Safe: the table is a constant of the C target; nothing writes it.
    package let table: akin_network_kernels

    /// Every table this processor can run, in the order of `Kernels.available`.
    package static let available: [NetworkKernels] = Kernels.available.map(NetworkKernels.init(matching:))

    /// The table in use.
    package static let active = NetworkKernels(matching: Kernels.active)

    private init(matching kernels: Kernels) {
        table = unsafe akin_network_kernels_of(kernels.table.instruction_set).pointee
    }
}

import AkinVectors
package import CAkinKernels

/// The table of SIMD kernels that train word vectors, of the same instruction set as `Kernels.active`.
package struct EmbeddingKernels: @unchecked Sendable {
    // Safe: the table is a constant of the C target; nothing writes it.
    package let table: akin_embedding_kernels

    /// Every table this processor can run, in the order of `Kernels.available`.
    package static let available: [EmbeddingKernels] = Kernels.available.map(EmbeddingKernels.init(matching:))

    /// The table in use.
    package static let active = EmbeddingKernels(matching: Kernels.active)

    private init(matching kernels: Kernels) {
        table = unsafe akin_embedding_kernels_of(kernels.table.instruction_set).pointee
    }
}

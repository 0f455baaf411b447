package import CAkinKernels
import Synchronization

/// The table of SIMD kernels this process uses, chosen once: the best the processor can run, or the one that
/// `prefer` has named.
package struct Kernels: @unchecked Sendable {
    // Safe: the table is a constant of the C target; nothing writes it.
    package let table: akin_kernels

    /// The name that `prefer` takes: `plain`, `neon`, `avx2` or `avx512`.
    package let name: String

    /// Every table this processor can run, the plain one first; tests compare each with the first.
    package static let available: [Kernels] = [
        (AKIN_PLAIN, "plain"), (AKIN_NEON, "neon"), (AKIN_AVX2, "avx2"), (AKIN_AVX512, "avx512"),
    ]
    .filter { akin_cpu_supports($0.0) != 0 }
    .map { Kernels(table: akin_kernels_of($0.0).pointee, name: $0.1) }

    /// The table in use: the preferred one where this processor can run it, else the best.
    package static let active: Kernels = {
        let wanted = preference.withLock { preference in
            preference.isSettled = true
            return preference.name
        }
        return available.first { $0.name == wanted } ?? available[available.count - 1]
    }()

    /// Names the table that this process is to use, to compare tables or to do without an instruction set.
    ///
    /// - Precondition: Nothing was computed yet. Vectors of two tables differ in their last bits, so a process keeps to
    ///   one.
    package static func prefer(_ name: String) {
        preference.withLock { preference in
            precondition(!preference.isSettled)
            preference.name = name
        }
    }

    /// The tables of another family of kernels for this instruction set, the better ones later: those that `variant`
    /// gives for the indices from 0 on, until it gives none.
    func variants<Table>(
        _ variant: (akin_instruction_set, Int) -> UnsafePointer<Table>?
    ) -> [Table] {
        var tables: [Table] = []
        while let next = variant(table.instruction_set, tables.count) { tables.append(next.pointee) }
        return tables
    }

    private static let preference = Mutex<(name: String?, isSettled: Bool)>((nil, false))
}

package import CAkinKernels
import Foundation

/// The table of SIMD kernels this process uses, chosen once: the best the processor can run, or the one named by
/// `AKIN_KERNELS`.
package struct Kernels: @unchecked Sendable {
    // Safe: the table is a constant of the C target; nothing writes it.
    package let table: akin_kernels

    /// The name `akin doctor` shows and `AKIN_KERNELS` takes: `plain`, `neon`, `avx2` or `avx512`.
    package let name: String

    /// Every table this processor can run, the plain one first; tests compare each with the first.
    package static let available: [Kernels] = [
        (AKIN_PLAIN, "plain"), (AKIN_NEON, "neon"), (AKIN_AVX2, "avx2"), (AKIN_AVX512, "avx512"),
    ]
    .filter { akin_cpu_supports($0.0) != 0 }
    .map { Kernels(table: akin_kernels_of($0.0).pointee, name: $0.1) }

    /// The table in use. An `AKIN_KERNELS` that this processor cannot run is ignored here and reported by `akin
    /// doctor`.
    package static let active: Kernels = {
        let wanted = ProcessInfo.processInfo.environment["AKIN_KERNELS"]
        return available.first { $0.name == wanted } ?? available[available.count - 1]
    }()
}

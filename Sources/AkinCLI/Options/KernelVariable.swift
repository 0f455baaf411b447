import Akin
import AkinVectors
import Foundation

/// `$AKIN_KERNELS`: the name of the table of processor kernels that every command uses instead of the best one.
enum KernelVariable {
    private static var name: String? { ProcessInfo.processInfo.environment["AKIN_KERNELS"] }

    /// Makes this process use the table; to be called before anything is computed.
    static func apply() {
        if let name { Kernels.prefer(name) }
    }

    /// That the table cannot be used on this processor; nil where it can, and where none is named.
    static var finding: DoctorFinding? {
        guard let name, name != Kernels.active.name else { return nil }
        return DoctorFinding(
            topic: "kernels", severity: .warning,
            message: "AKIN_KERNELS=\(name) is not available here and is ignored.")
    }
}

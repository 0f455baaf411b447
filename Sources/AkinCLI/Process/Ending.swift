import Foundation

/// The end of the program.
enum Ending {
    /// The status of `sysexits.h` for a machine with too little memory or too few descriptors.
    static let tooLittleMachine: Int32 = 71

    /// Ends at once, with everything written. The work that libraries do at an ordinary exit is skipped, because
    /// OpenBLAS then waits for threads that may never get their memory.
    static func leave(_ status: Int32) -> Never {
        fflush(nil)
        _exit(status)
    }
}

import Foundation

/// The end of the program.
enum Ending {
    /// The status of `sysexits.h` for a machine that gives too little: memory, descriptors.
    static let tooLittleMachine: Int32 = 71

    /// Ends at once, with everything written. What libraries do at an ordinary exit is left out: OpenBLAS waits there
    /// for threads that may never get their memory.
    static func leave(_ status: Int32) -> Never {
        fflush(nil)
        _exit(status)
    }
}

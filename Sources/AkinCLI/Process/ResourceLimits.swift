import CAkinKernels
import Foundation

/// The limits that the system sets for this process, checked before any work. Where a thread or a descriptor is
/// refused, libraries below Swift end the process by a signal, or wait without end.
enum ResourceLimits {
    /// Descriptors that a command may have open at once, beyond those it was started with.
    private static let descriptors = 24
    /// A soft limit below this is raised as far as the hard limit allows.
    private static let wantedDescriptors = UInt64(1024)
    /// The address space that every command needs: stacks of threads, SQLite's page cache, the allocator.
    private static let memory: UInt64 = 96 << 20
    private static let threadMemory: UInt64 = 10 << 20

    /// Ends the program with a message where too little is allowed.
    static func check() {
        checkDescriptors()
        checkMemory()
    }

    private static func checkDescriptors() {
        akin_raise_descriptor_limit(wantedDescriptors)
        var opened: [CInt] = []
        while opened.count < descriptors, case let descriptor = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC),
            descriptor >= 0
        {
            opened.append(descriptor)
        }
        for descriptor in opened { close(descriptor) }
        guard opened.count < descriptors, errno == EMFILE || errno == ENFILE else { return }
        refuse(
            "only \(opened.count) more files may be open at once, and \(descriptors) are needed: raise the limit, as by 'ulimit -n 256'"
        )
    }

    private static func checkMemory() {
        guard akin_memory_left() != .max else { return }
        #if os(Linux)
        // OpenBLAS starts its threads when it is loaded, each with 128 MB, and tries without end to get them. Under a
        // limit the program starts itself again without these threads, and with smaller reserves of the C library.
        if ProcessInfo.processInfo.environment["OPENBLAS_NUM_THREADS"] != "1" {
            _ = unsafe setenv("OPENBLAS_NUM_THREADS", "1", 1)
            _ = unsafe setenv("MALLOC_ARENA_MAX", "2", 0)
            _ = unsafe execv("/proc/self/exe", CommandLine.unsafeArgv)
        }
        #endif
        let needed = memory + threadMemory * UInt64(ProcessInfo.processInfo.activeProcessorCount)
        let left = akin_memory_left()
        guard left >= needed else {
            refuse(
                "the limit on memory leaves \(left >> 20) MB, and \(needed >> 20) are needed: raise it, as by 'ulimit -v unlimited'"
            )
        }
        // Kept for as long as the process lives.
        let message = unsafe strdup(
            "akin: out of memory: raise the limit on it, as by 'ulimit -v unlimited', or give less at once\n")
        // The memory that is refused may be as large as all that is in use, because an array doubles when it grows.
        unsafe akin_memory_guard(max(192 << 20, left / 2), message, Ending.tooLittleMachine)
    }

    private static func refuse(_ reason: String) -> Never {
        StandardError.line("akin: " + reason)
        Ending.leave(Ending.tooLittleMachine)
    }
}

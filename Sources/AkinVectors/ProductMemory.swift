import CAkinKernels
import Foundation
import Synchronization

/// The memory of OpenBLAS's products. Each running product has a buffer of 128 MB, which the library keeps for the next
/// one. Where the buffer is refused, the library asks for it without end. So where the address space is limited and may
/// not be enough for all threads, products run one at a time, and the first buffer is asked for here.
enum ProductMemory {
    private static let buffer = 160 << 20
    private static let reserve = 2 << 30

    private static let isShort =
        akin_memory_left() != .max && !isThere(buffer * ProcessInfo.processInfo.activeProcessorCount + reserve)

    private static let hasBuffer = Mutex(false)

    /// Runs a product. Stops the program where there is no memory for it.
    static func with(_ product: () -> Void) {
        guard isShort else { return product() }
        hasBuffer.withLock { hasBuffer in
            guard hasBuffer || isThere(buffer) else {
                fatalError("Out of memory: a matrix product takes \(buffer >> 20) MB.")
            }
            product()
            hasBuffer = true
        }
    }

    /// Whether so many bytes could be mapped now.
    private static func isThere(_ bytes: Int) -> Bool {
        let memory = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON | MAP_NORESERVE, -1, 0)
        guard memory != MAP_FAILED else { return false }
        munmap(memory, bytes)
        return true
    }
}

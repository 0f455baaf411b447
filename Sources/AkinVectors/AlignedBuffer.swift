#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#endif

/// A fixed block of 64-byte-aligned memory, zeroed at birth: one cache line and one AVX-512 register.
///
/// A reference, shared by whoever holds it; whoever writes must be the only user meanwhile. `Matrix` adds value semantics on top.
package final class AlignedBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
    package let base: UnsafeMutablePointer<Element>
    package let count: Int

    package init(count: Int) {
        precondition(count >= 0)
        let bytes = max(count * MemoryLayout<Element>.stride, 1)
        var raw: UnsafeMutableRawPointer?
        guard posix_memalign(&raw, 64, bytes) == 0, let raw else { preconditionFailure("out of memory: \(bytes) bytes") }
        memset(raw, 0, bytes)
        base = raw.bindMemory(to: Element.self, capacity: count)
        self.count = count
    }

    deinit { free(base) }

    package var buffer: UnsafeMutableBufferPointer<Element> { UnsafeMutableBufferPointer(start: base, count: count) }
}

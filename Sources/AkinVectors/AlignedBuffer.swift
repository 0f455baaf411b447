#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#endif

/// A fixed block of 64-byte-aligned memory, one cache line and one AVX-512 register: its own and zeroed, or a range of
/// a mapped file.
///
/// It is a reference type. While one user writes there must be no other, and a mapped buffer is never written (the
/// system would end the process). `Matrix` adds value semantics on top.
package final class AlignedBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
    package let base: UnsafeMutablePointer<Element>
    package let count: Int
    /// The owner that keeps the memory alive; nil where the memory is this object's own.
    private let file: MappedFile?

    /// Whether the memory is a file's and must not be written.
    package var isMapped: Bool { file != nil }

    package init(count: Int) {
        precondition(count >= 0)
        let bytes = Self.bytes(count)
        file = nil
        self.count = count
        if bytes >= Self.mappingThreshold {
            // The system's pages are zero before they are touched. Filling them would touch each page twice.
            guard let raw = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
                raw != MAP_FAILED
            else {
                preconditionFailure("out of memory: \(bytes) bytes")
            }
            base = raw.bindMemory(to: Element.self, capacity: count)
            return
        }
        var raw: UnsafeMutableRawPointer?
        guard posix_memalign(&raw, 64, bytes) == 0, let raw else {
            preconditionFailure("out of memory: \(bytes) bytes")
        }
        memset(raw, 0, bytes)
        base = raw.bindMemory(to: Element.self, capacity: count)
    }

    /// From this size on, memory comes directly from the system and is returned as soon as it is no longer used.
    private static var mappingThreshold: Int { 1 << 20 }

    private static func bytes(_ count: Int) -> Int { max(count * MemoryLayout<Element>.stride, 1) }

    /// The elements from `offset`, a multiple of 64, of a mapped file, which must have that many bytes.
    package init(mapped file: MappedFile, offset: Int, count: Int) {
        precondition(offset >= 0 && offset % 64 == 0 && count >= 0 && offset <= file.count)
        precondition(count <= (file.count - offset) / MemoryLayout<Element>.stride)
        base = UnsafeMutableRawPointer(mutating: file.base + offset).bindMemory(to: Element.self, capacity: count)
        self.count = count
        self.file = file
    }

    deinit {
        guard file == nil else { return }
        let bytes = Self.bytes(count)
        if bytes >= Self.mappingThreshold { munmap(base, bytes) } else { free(base) }
    }

    package var buffer: UnsafeMutableBufferPointer<Element> { UnsafeMutableBufferPointer(start: base, count: count) }
}

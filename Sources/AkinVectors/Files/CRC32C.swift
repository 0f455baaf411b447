package import CAkinKernels

/// The Castagnoli checksum, CRC-32C (RFC 3720, section 12.1 and appendix B.4), by the processor's own instruction where
/// it has one.
package enum CRC32C {
    /// Bytes that one checksum of `blockChecksums` covers by default.
    package static let blockSize = 256 * 1024

    /// The tables of kernels this processor can run, in the order of `Kernels.available`.
    package static let available: [akin_checksum_kernels] = Kernels.available.map {
        akin_checksum_kernels_of($0.table.instruction_set).pointee
    }

    private static let active = akin_checksum_kernels_of(Kernels.active.table.instruction_set).pointee

    /// The checksum of a run of bytes.
    package static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        guard let base = bytes.baseAddress else { return 0 }
        return active.crc32c(base.assumingMemoryBound(to: UInt8.self), bytes.count)
    }

    /// The checksums of successive blocks, of which the last may be shorter. `blockSize` is a multiple of 8.
    package static func blockChecksums(_ bytes: UnsafeRawBufferPointer, blockSize: Int = blockSize) -> [UInt32] {
        precondition(blockSize > 0 && blockSize % 8 == 0)
        guard let base = bytes.baseAddress else { return [] }
        let whole = bytes.count / blockSize
        var checksums = [UInt32](repeating: 0, count: blockCount(bytes.count, blockSize: blockSize))
        active.crc32c_blocks(base.assumingMemoryBound(to: UInt8.self), blockSize, whole, &checksums)
        if whole < checksums.count {
            checksums[whole] = checksum(UnsafeRawBufferPointer(rebasing: bytes[(whole * blockSize)...]))
        }
        return checksums
    }

    package static func blockCount(_ bytes: Int, blockSize: Int = blockSize) -> Int {
        (bytes + blockSize - 1) / blockSize
    }
}

import Foundation

/// Writes all bytes at a descriptor's position, going on after interruptions and short writes. Returns false when that
/// fails, with the reason in `errno`.
package func writeWhole(_ bytes: UnsafeRawBufferPointer, to descriptor: CInt) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    var offset = 0
    while offset < bytes.count {
        let written = write(descriptor, base + offset, bytes.count - offset)
        if written < 0 {
            if errno == EINTR { continue }
            return false
        }
        offset += written
    }
    return true
}

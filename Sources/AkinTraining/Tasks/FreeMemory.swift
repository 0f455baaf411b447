import CAkinKernels
import Foundation

/// How much memory this process may still take.
package enum FreeMemory {
    /// In bytes: what the system has left, or less where a limit of the process or of its container is nearer.
    package static var bytes: Int {
        let physical = Int(clamping: ProcessInfo.processInfo.physicalMemory)
        var limits = [available ?? physical / 2, Int(clamping: akin_memory_left())]
        if let most = number(in: "/sys/fs/cgroup/memory.max"), let used = number(in: "/sys/fs/cgroup/memory.current") {
            // Pages of files count as used, and are given up when memory is short.
            limits.append(max(0, most - used) + (field("inactive_file", in: "/sys/fs/cgroup/memory.stat") ?? 0))
        }
        return limits.min() ?? physical
    }

    /// What Linux expects to have for new work without swapping.
    private static var available: Int? { field("MemAvailable:", in: "/proc/meminfo").map { $0 << 10 } }

    private static func number(in path: String) -> Int? {
        (try? String(contentsOfFile: path, encoding: .utf8)).flatMap {
            Int($0.trimmingCharacters(in: .whitespacesAndNewlines))
        }
    }

    private static func field(_ name: String, in path: String) -> Int? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name) })
        else { return nil }
        let parts = line.split(whereSeparator: \.isWhitespace)
        return parts.count > 1 ? Int(parts[1]) : nil
    }
}

import Foundation

/// What the kernel counts as this process's memory.
enum ProcessMemory {
    /// The most that was resident at a time, mapped files included.
    static var peak: Int {
        #if os(Linux)
        // From the kernel's account of this program's memory: `getrusage` counts the parent's before the program
        // was started, too.
        return bytes("VmHWM")
        #else
        var usage = rusage()
        getrusage(RUSAGE_SELF, &usage)
        return usage.ru_maxrss
        #endif
    }

    /// What is resident now, mapped files included, and the part of it that no file backs; zeros where the kernel does
    /// not say.
    static var resident: (all: Int, anonymous: Int) { (bytes("VmRSS"), bytes("RssAnon")) }

    private static func bytes(_ field: String) -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(field + ":") }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }
}

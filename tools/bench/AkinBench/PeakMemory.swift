import Foundation

/// The most memory that was resident at a time in this process, mapped files included.
enum PeakMemory {
    #if os(Linux)
        /// From the kernel's account of this program's memory: `getrusage` counts the parent's before the program was started, too.
        static var bytes: Int {
            let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
            let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap {
                Int($0)
            }
            return (kibibytes ?? 0) * 1024
        }
    #else
        static var bytes: Int {
            var usage = rusage()
            getrusage(RUSAGE_SELF, &usage)
            return usage.ru_maxrss
        }
    #endif
}

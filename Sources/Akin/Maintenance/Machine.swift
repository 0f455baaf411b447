import Foundation

/// Facts of this machine that are shown to people.
enum Machine {
    /// The processor's name as the operating system gives it, else the architecture.
    static var processorName: String {
        if let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("model name") }),
            let name = line.split(separator: ":", maxSplits: 1).last
        {
            return name.trimmingCharacters(in: .whitespaces)
        }
        #if arch(arm64)
        return "arm64"
        #else
        return "x86-64"
        #endif
    }
}

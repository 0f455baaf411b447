import Foundation

/// What libFuzzer calls with one input after another; `AKIN_FUZZ_TARGET` names the parser that gets them.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let data = bytes.map { Data(bytes: $0, count: count) } ?? Data()
    // A refusal is a correct answer. What must not happen is a trap, a read outside of memory, or endless work.
    do { try target.run(data) } catch {}
    return 0
}

private let target: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["AKIN_FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        fatalError("AKIN_FUZZ_TARGET must be one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return target
}()

/// A folder for inputs of parsers that read files.
let scratch: URL = {
    let parent =
        FileManager.default.isWritableFile(atPath: "/dev/shm")
        ? URL(filePath: "/dev/shm") : FileManager.default.temporaryDirectory
    let folder = parent.appending(path: "akin-fuzz-\(ProcessInfo.processInfo.processIdentifier)")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(at: scratch) }
    return folder
}()

/// Writes an input under a name and returns its path.
func file(_ name: String, _ data: Data) throws -> String {
    let url = scratch.appending(path: name)
    try data.write(to: url)
    return url.path
}

import Foundation

extension ChildProgram {
    /// A module of Python's, run as `python3 -m` does it but isolated: neither the working folder nor the user's own
    /// packages nor any `PYTHON…` variable can put other code in its place. It ends, with everything it has started, as
    /// soon as this process ends.
    static func python(_ module: String, _ arguments: [String], in folder: URL) throws -> ChildProgram {
        try ChildProgram("python3", ["-I", "-c", watched, module] + arguments, in: folder)
    }

    /// Reading standard input returns when its other end is closed, however this process ended.
    private static let watched = """
        import os, runpy, signal, sys, threading
        def watch():
            os.read(0, 1)
            os.killpg(0, signal.SIGKILL)
        threading.Thread(target=watch, daemon=True).start()
        module = sys.argv.pop(1)
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        """
}

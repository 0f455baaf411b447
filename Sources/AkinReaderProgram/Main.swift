import AkinReaders

/// `akin-reader`: reads the files that Akin asks for on standard input, in a process that may crash.
@main
struct ReaderMain {
    static func main() { ReaderServer.run() }
}

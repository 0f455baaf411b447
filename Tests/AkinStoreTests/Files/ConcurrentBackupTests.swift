import AkinCore
import AkinStore
import AkinTestSupport
import Foundation
import Testing

@Suite struct ConcurrentBackupTests {
    @Test func `of many backups to one name one gets it, whole`() async throws {
        let fixture = try StoreFixture()
        for number in 0..<40 { try fixture.put("d\(number)", "text") }
        for round in 0..<5 {
            let target = fixture.folder.path("copy-\(round).db")
            let messages = await withTaskGroup(of: String.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        errorMessage { try Store(path: fixture.path, mode: .readOnly).backup(to: target) }
                    }
                }
                return await group.reduce(into: [String]()) { $0.append($1) }
            }
            #expect(messages.count(where: \.isEmpty) == 1)
            #expect(messages.allSatisfy { $0.isEmpty || $0.contains("\(target) exists already") }, "\(messages)")
            #expect(try Store(path: target, mode: .readOnly).verify() == [])
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: fixture.folder.url.path).allSatisfy {
                !$0.contains("partial")
            })
    }

    @Test func `what a killed backup left goes, what a running one has stays, and no link is followed`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        let target = fixture.folder.path("copy.db")
        let dead = Process()
        dead.executableURL = URL(fileURLWithPath: "/bin/true")
        try dead.run()
        dead.waitUntilExit()
        try fixture.folder.write("copy.db-\(dead.processIdentifier)-1.partial", "left")
        try fixture.folder.write("copy.db-\(getpid())-2.partial", "in use")
        let precious = try fixture.folder.write("precious", "text of another file")
        try FileManager.default.createSymbolicLink(atPath: target + ".partial", withDestinationPath: precious)
        try fixture.store.backup(to: target)
        let partial = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.url.path).filter {
            $0.hasSuffix("-2.partial") || $0.hasSuffix("-1.partial")
        }
        #expect(partial == ["copy.db-\(getpid())-2.partial"])
        #expect(try String(contentsOfFile: precious, encoding: .utf8) == "text of another file")
        try FileManager.default.createSymbolicLink(
            atPath: fixture.folder.path("link.db"), withDestinationPath: precious + "-to-be-made")
        // A link that leads nowhere names the file that it would lead to.
        #expect(errorCode { try fixture.store.backup(to: fixture.folder.path("link.db")) } == .cannotCreate)
        #expect(!FileManager.default.fileExists(atPath: precious + "-to-be-made"))
    }
}

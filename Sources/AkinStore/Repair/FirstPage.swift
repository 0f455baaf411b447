import AkinCore
import AkinMigrations
import Foundation
import GRDB

/// The first page of a store's file, rebuilt. It says where every table begins, and without it SQLite finds nothing.
///
/// Where tables begin follows from how the store was made. The migrations put them on pages in order, `VACUUM` in an
/// order of its own (all tables, then all indexes, before any row), and SQLite moves none afterwards. So an empty store
/// made the same way has the page that is lost, and whether it fits is seen on the pages where tables and indexes must
/// begin.
enum FirstPage {
    private static let pageSize = 8192

    /// Whether a file is a store apart from its first page.
    static func isAllThatIsLost(of path: String) -> Bool { (try? fitting(path)) != nil }

    /// The first page, with those that the definitions go on on, and the format of the stores that have them.
    private typealias Fitting = (pages: [Int: Data], format: Int)

    /// Writes a first page that fits over the existing one, and the pages on which its definitions go on. No connection
    /// to the file may be open.
    ///
    /// - Returns: The format whose tables it names: an older one than the store's where the store was upgraded, because
    ///   nothing then shows where its newer tables begin. Nil when none fits; the file is then left alone.
    static func restore(_ path: String) throws -> Int? {
        guard let (pages, format) = try fitting(path) else { return nil }
        let file = FileHandle(fileDescriptor: try RegularFile.openForWriting(path), closeOnDealloc: true)
        for (number, page) in pages {
            try file.seek(toOffset: UInt64((number - 1) * pageSize))
            try file.write(contentsOf: page)
        }
        try file.synchronize()
        return format
    }

    private static func fitting(_ path: String) throws -> Fitting? {
        let file = FileHandle(fileDescriptor: try RegularFile.openForReading(path), closeOnDealloc: true)
        let count = StoreFile.size(of: path) / pageSize
        func page(_ number: Int) throws -> Data {
            guard number <= count else { return Data() }
            try file.seek(toOffset: UInt64((number - 1) * pageSize))
            return try file.read(upToCount: pageSize) ?? Data()
        }
        var best: (layout: Layout, format: Int, score: Int)?
        for format in (1...Migrations.all.count).reversed() {
            for isVacuumed in [false, true] {
                let layout = try Layout(format: format, isVacuumed: isVacuumed)
                guard try layout.definitionPages.keys.allSatisfy({ try holdsDefinitions(page($0)) }) else { continue }
                let fitting = try layout.roots.count { root, content in content.fits(try page(root)) }
                // Pages of an older store fit some of a newer format's roots by chance, and not the others.
                let score = 2 * fitting - layout.roots.count
                // The pages behind the first may be damaged too; a file that is not a store fits on hardly any.
                if score > best?.score ?? 0, fitting * 3 >= layout.roots.count * 2 {
                    best = (layout, format, score)
                }
            }
        }
        return best.map { ($0.layout.pages(count: count), $0.format) }
    }

    /// Whether a page holds rows of `sqlite_schema`.
    private static func holdsDefinitions(_ page: Data) -> Bool {
        page.first == tableLeaf && page.range(of: Data("CREATE ".utf8)) != nil
    }

    /// The first bytes of pages of a table: with rows, and with pages below them.
    private static let (tableLeaf, tableAbove): (UInt8, UInt8) = (0x0D, 0x05)

    /// The first page of an empty store, and what must stand on the pages it names.
    private struct Layout {
        private let first: Data
        let roots: [Int: RootContent]
        /// The pages below the first, where the definitions have outgrown it.
        let definitionPages: [Int: Data]

        init(format: Int, isVacuumed: Bool) throws {
            let folder = FileManager.default.temporaryDirectory.appending(path: "akin-layout-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let file = folder.appending(path: "empty.db")
            let found = try Self.make(file.path, format: format, isVacuumed: isVacuumed)
            let bytes = try Data(contentsOf: file)
            first = bytes.prefix(pageSize)
            let numbers = Self.pagesBelow(first: [UInt8](first))
            definitionPages = Dictionary(
                uniqueKeysWithValues: numbers.map { ($0, bytes[($0 - 1) * pageSize..<$0 * pageSize]) })
            roots = Dictionary(
                uniqueKeysWithValues: found.map { root in
                    let isTable = RootContent.tables.contains(bytes[(root.page - 1) * pageSize])
                    return (root.page, RootContent(isTable: isTable, columns: root.columns))
                })
        }

        /// The pages that the first one leads to; none where it holds all definitions itself.
        private static func pagesBelow(first page: [UInt8]) -> [Int] {
            // SQLite's header comes before that of the page.
            let start = 100
            guard page[start] == tableAbove else { return [] }
            func number(_ place: Int, bytes: Int) -> Int {
                page[place..<place + bytes].reduce(0) { $0 << 8 | Int($1) }
            }
            let cells = number(start + 3, bytes: 2)
            let left = (0..<cells).map { number(number(start + 12 + 2 * $0, bytes: 2), bytes: 4) }
            return left + [number(start + 8, bytes: 4)]
        }

        /// Makes an empty store and returns where its tables and indexes begin and how many columns they have.
        private static func make(_ path: String, format: Int, isVacuumed: Bool) throws -> [(page: Int, columns: Int)] {
            try DatabaseQueue(path: path).writeWithoutTransaction { database in
                try database.execute(
                    sql: "PRAGMA page_size = \(pageSize); PRAGMA application_id = \(StoreFile.applicationID)")
                for step in 0..<format {
                    try database.inTransaction {
                        try database.execute(sql: Migrations.all[step].sql + ";\nPRAGMA user_version = \(step + 1)")
                        return .commit
                    }
                }
                if isVacuumed { try database.execute(sql: "VACUUM") }
                let rows = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT rootpage, CASE type
                            WHEN 'index' THEN (SELECT count(*) FROM pragma_index_xinfo(s.name))
                            ELSE (SELECT count(*) FROM pragma_table_xinfo(s.name) WHERE hidden = 0) END
                        FROM sqlite_schema AS s WHERE rootpage > 0
                        """)
                return rows.map { ($0[0], $0[1]) }
            }
        }

        /// The pages for a file of so many. The first is that of a write-ahead database (bytes 18 and 19) and has its
        /// size (28) and no unused pages (32 to 39).
        func pages(count: Int) -> [Int: Data] {
            var page = first
            page.replaceSubrange(18..<20, with: [2, 2])
            page.replaceSubrange(28..<32, with: (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) })
            page.replaceSubrange(32..<40, with: Data(count: 8))
            return definitionPages.merging([1: page]) { $1 }
        }
    }
}

/// What must stand on the page where a table or an index begins (https://www.sqlite.org/fileformat2.html, section 1.6).
/// Tables without row ids are kept as indexes are.
private struct RootContent {
    /// The first bytes of pages of tables and of indexes: with rows, and with pages below them.
    static let tables: Set<UInt8> = [0x05, 0x0D]
    private static let (indexesAbove, indexes): (UInt8, UInt8) = (0x02, 0x0A)

    let isTable: Bool
    let columns: Int

    func fits(_ page: Data) -> Bool {
        guard let kind = page.first, !isTable else { return page.first.map(Self.tables.contains) == true }
        guard kind == Self.indexes || kind == Self.indexesAbove else { return false }
        return Self.columns(ofFirstEntry: page).map { $0 == columns } ?? true
    }

    /// How many values the first entry of a page of an index has; nil where there is none.
    private static func columns(ofFirstEntry data: Data) -> Int? {
        let page = [UInt8](data)
        let isAbove = page[0] == indexesAbove
        let pointer = isAbove ? 12 : 8
        guard page.count > pointer + 1, page[3] != 0 || page[4] != 0 else { return nil }
        var place = Int(page[pointer]) << 8 | Int(page[pointer + 1])
        if isAbove { place += 4 }
        /// SQLite's integers of one to nine bytes; 0 beyond the page.
        func number() -> Int {
            var value = 0
            for byte in 0..<9 {
                guard page.indices.contains(place) else { return 0 }
                let next = page[place]
                place += 1
                value = byte == 8 ? value << 8 | Int(next) : value << 7 | Int(next & 0x7F)
                if next < 0x80 { break }
            }
            return value
        }
        _ = number()
        let start = place
        let end = start + min(number(), page.count)
        var count = 0
        while place < end, place < page.count {
            _ = number()
            count += 1
        }
        return count
    }
}

import AkinText
import Testing

/// Source code by its definitions: each is a block under the names that lead to it, with its comment.
@Suite("Definitions in source code")
struct SourceDefinitionTests {
    /// The headings and lines of the blocks.
    private func definitions(_ name: String, _ contents: String) throws -> [String] {
        let record = try record(of: name, contents)
        #expect(record.text == contents && record.title == name)
        return record.blocks.compactMap { block in
            block.lines.map { "\($0.lowerBound)-\($0.upperBound) \(block.headings.joined(separator: " › "))" }
        }
    }

    @Test func `Swift`() throws {
        let source = #"""
            import Foundation

            /// A store.
            public final class Store: Sendable {
                private let x = "a { b"

                /// Closes it.
                @discardableResult
                public func close() throws -> Bool {
                    let f = { (a: Int) in a + 1 }
                    if true { return false }
                }

                init(path: String) {
                    self.x = #"raw "}" "#
                }

                enum Kind: String {
                    case a, b
                    static func == (a: Kind, b: Kind) -> Bool { true }
                }
            }

            extension Foo.Bar where T == Int {
                subscript(i: Int) -> Int { i }
            }

            func free<T>(_ x: T,
                         y: Int) async -> T {
                """
                } { "
                """
            }
            let z = 5
            """#
        #expect(
            try definitions("a.swift", source) == [
                "1-1 ", "3-5 Store", "7-12 Store › close()", "14-16 Store › init()", "18-19 Store › Kind",
                "20-20 Store › Kind › ==()", "21-21 Store › Kind", "22-22 Store", "24-24 Foo.Bar",
                "25-25 Foo.Bar › subscript()", "26-26 Foo.Bar", "28-33 free()", "34-34 ",
            ])
    }

    @Test func `C, where branches of the preprocessor open a brace twice`() throws {
        let source = """
            #include <stdio.h>
            #define X { \\
              foo
            /* Adds. */
            static int
            add(int a, int b)
            {
            #ifdef A
                if (a) {
            #else
                if (b) {
            #endif
                    return 1;
                }
                return '{' + "}"[0];
            }

            struct point {
                int x, y;
            };
            int table[] = { 1, 2 };
            enum color { RED };
            int proto(int);
            // main
            int main(void) {
                for (;;) { }
            }
            """
        #expect(
            try definitions("a.c", source) == [
                "1-3 ", "4-16 add()", "18-20 point", "21-21 ", "22-22 color", "23-23 ", "24-27 main()",
            ])
    }

    @Test func `C++`() throws {
        let source = """
            namespace foo {
            /// Doc
            template <typename T>
            class Bar : public Base {
            public:
                Bar(int x) : a_(x), b_{x} { init(); }
                void run() const override { }
                int y = 0;
            };
            }
            int foo::Bar::size() const {
                return 1;
            }
            """
        #expect(
            try definitions("a.cpp", source) == [
                "1-1 foo", "2-6 foo › Bar", "7-7 foo › Bar › run()", "8-9 foo › Bar", "10-10 foo",
                "11-13 foo › Bar › size()",
            ])
    }

    @Test func `Java and C#`() throws {
        let java = """
            package x;
            /**
             * Doc.
             */
            @Foo(bar = "x{")
            public class A<T> extends B {
                private int x = compute(1);
                @Override
                public List<String> names(int a, Map<String, int[]> b) throws IOException {
                    if (a) { return null; }
                    Runnable r = new Runnable() { public void run() { } };
                }
                A(int x) { }
                interface In { void f(); }
            }
            """
        #expect(
            try definitions("A.java", java) == [
                "1-1 ", "2-7 A", "8-12 A › names()", "13-13 A › A()", "14-14 A › In", "15-15 A",
            ])
        let cSharp = """
            namespace N {
              /// <summary>x</summary>
              [Serializable]
              public class C : D {
                public int X { get; set; }
                public async Task<int> Run(string s) { return 1; }
              }
            }
            """
        #expect(
            try definitions("a.cs", cSharp) == ["1-1 N", "2-5 N › C", "6-6 N › C › Run()", "7-7 N › C", "8-8 N"])
    }

    @Test func `JavaScript and TypeScript`() throws {
        let source = """
            import x from 'y'
            /** doc */
            export default class Foo extends Bar<Baz> {
              private x = 1
              constructor(private a: string) {
                super()
              }
              async load(id: number): Promise<void> {
                const re = /["'{]/g
                if (x) { y() }
              }
              get name() { return `a ${b} {` }
            }
            export async function go(a) {
              function inner() { }
            }
            export const arrow = async (a: string) => {
              return 1
            }
            describe('x', () => {
              it('y', () => { })
            })
            """
        #expect(
            try definitions("a.ts", source) == [
                "1-1 ", "2-4 Foo", "5-7 Foo › constructor()", "8-11 Foo › load()", "12-12 Foo › name()", "13-13 Foo",
                "14-16 go()", "17-19 arrow()", "20-22 ",
            ])
    }

    @Test func `Python`() throws {
        let source = """
            \"\"\"Module
            def not_this():
            \"\"\"
            import os

            @decorator
            class Foo(Bar):
                x = \"\"\"
            def no():
            \"\"\"

                # Doc.
                def method(self,
                           a):
                    def inner():
                        pass
                    return 1

                async def other(self): return 2

            def free(
                a,
            ) -> int:
                return 1

            print(1)
            """
        #expect(
            try definitions("a.py", source) == [
                "1-4 ", "6-10 Foo", "12-17 Foo › method()", "19-19 Foo › other()", "21-24 free()", "26-26 ",
            ])
    }

    @Test func `Go, Rust, Kotlin and PHP`() throws {
        let go = """
            package x

            // Store is.
            type Store struct {
            	a int
            }

            // Close closes.
            func (s *Store) Close() error {
            	x := map[string]int{"a": 1}
            	return nil
            }

            func Free[T any](a int) (int, error) { return `{`, nil }
            """
        #expect(try definitions("a.go", go) == ["1-1 ", "3-6 Store", "8-12 Store › Close()", "14-14 Free()"])
        let rust = """
            /// Doc
            #[derive(Debug)]
            pub struct Foo<'a> { x: &'a str }

            impl<'a> Display for Foo<'a> {
                /// f
                fn fmt(&self, f: &mut F) -> Result { let c = '{'; match x { _ => {} } }
            }
            pub async fn free<T>(x: T) -> u8 where T: X { "}
            {" }
            """
        #expect(
            try definitions("a.rs", rust) == ["1-3 Foo", "5-5 Foo", "6-7 Foo › fmt()", "8-8 Foo", "9-10 free()"])
        let kotlin = """
            class Foo(val a: Int) : Bar() {
                fun run(x: Int): Int {
                    return x
                }
                companion object {
                    fun make() { }
                }
            }
            fun String.ext(): Int { return 1 }
            """
        #expect(
            try definitions("a.kt", kotlin) == [
                "1-1 Foo", "2-4 Foo › run()", "5-5 Foo › companion object", "6-6 Foo › companion object › make()",
                "7-7 Foo › companion object", "8-8 Foo", "9-9 String › ext()",
            ])
        let php = """
            <?php
            /** Doc */
            class Foo extends Bar {
                public function run(array $a = []): ?string {
                    return "a {$b} }";
                }
            }
            function free() { }
            """
        #expect(try definitions("a.php", php) == ["1-1 ", "2-3 Foo", "4-6 Foo › run()", "7-7 Foo", "8-8 free()"])
    }

    @Test func `Ruby and shells`() throws {
        let ruby = """
            module M
              # Doc
              class Foo < Bar
                def initialize(a)
                  if a
                    b
                  end
                end
                def self.x = 1
              end
            end
            """
        #expect(
            try definitions("a.rb", ruby) == [
                "1-1 M", "2-3 M › Foo", "4-8 M › Foo › initialize()", "9-9 M › Foo › self.x()", "10-10 M › Foo",
                "11-11 M",
            ])
        let shell = """
            #!/bin/bash

            # Doc
            foo() {
              echo "}"
            }
            function bar {
              x
            }
            main "$@"
            """
        #expect(try definitions("a.sh", shell) == ["1-1 ", "3-6 foo()", "7-9 bar()", "10-10 "])
    }

    @Test func `SQL`() throws {
        let source = """
            -- Users.
            CREATE TABLE IF NOT EXISTS users (
              id INT, -- x;
              name TEXT DEFAULT 'a;b'
            );
            INSERT INTO users VALUES (1);
            create or replace function "Sum"(a int) returns int as $$
            begin
              return 1;
            end;
            $$ language plpgsql;
            CREATE TRIGGER t AFTER INSERT ON users BEGIN
              SELECT 1;
            END;
            select 1;
            """
        #expect(
            try definitions("a.sql", source) == ["1-5 users", "6-6 ", "7-11 Sum()", "12-14 t", "15-15 "])
    }

    @Test func `other languages are parts between blank lines`() throws {
        #expect(try definitions("a.lua", "x = 1\n\n  y = 2\n\nz = 3\n") == ["1-3 ", "5-5 "])
    }

    /// Each would take minutes if what is open were gone over for each line, or never return if scanning could stand
    /// still.
    @Test(arguments: [
        "{", "}", "class A {\n", "func f() {\n", "\"", "'", "`", "/*", "\"\"\"", "(", "f(x) {", "#\"",
        "#if 1\n{\n#else\n", "def f(\n",
        "class A:\n", "//\n", "@a\n", "\\\n", "create table a (\n", "fn f<'a>() {", "x = {", "$$", "/", "a::", "end\n",
        "(/[",
    ])
    func `hostile source takes linear time`(piece: String) throws {
        let contents = String(repeating: piece, count: 5_000)
        for name in ["a.swift", "a.cpp", "a.ts", "a.py", "a.rs", "a.go", "a.rb", "a.sql", "a.php"] {
            try readSoundly(name, contents)
        }
    }
}

import AkinCore
import AkinText
import Testing

@Suite("Manual pages")
struct ManualTests {
    @Test func `a page with the macros of man is read as it is printed`() throws {
        let record = try record(
            of: "ls.1",
            #"""
            .\" comment
            .TH LS 1 "2020" GNU
            .SH NAME
            ls \- list directory contents
            .SH SYNOPSIS
            .B ls
            [\fIOPTION\fR]...
            .SH DESCRIPTION
            .PP
            List the FILEs
            (the current directory by default).
            .TP
            \fB\-a\fR, \fB\-\-all\fR
            do not ignore entries starting with .
            .TP
            .B \-b
            do \(em nothing
            .IP \(bu 2
            bullet
            .SS "Sub section"
            .nf
            int main(void);
              x = 1;
            .fi
            .de XX
            hidden
            ..
            .if t .B paper
            .ie n \{\
            shown here
            .\}
            .el \{\
            not shown
            .\}
            .TS
            tab(:);
            l l.
            a:b
            T{
            long cell
            T}:d
            .TE
            See
            .BR ls (1),
            \*(lqx\*(rq.
            """#)
        #expect(record.title == "ls(1)")
        #expect(
            record.readBlocks == [
                ReadBlock(.heading, "", 3...3, "NAME"),
                ReadBlock(.paragraph, "NAME", 4...4, "ls - list directory contents"),
                ReadBlock(.heading, "", 5...5, "SYNOPSIS"), ReadBlock(.paragraph, "SYNOPSIS", 6...7, "ls [OPTION]..."),
                ReadBlock(.heading, "", 8...8, "DESCRIPTION"),
                ReadBlock(
                    .paragraph, "DESCRIPTION", 10...11, "List the FILEs (the current directory by default)."),
                ReadBlock(.listItem, "DESCRIPTION", 13...14, "-a, --all\ndo not ignore entries starting with ."),
                ReadBlock(.listItem, "DESCRIPTION", 16...17, "-b\ndo — nothing"),
                ReadBlock(.listItem, "DESCRIPTION", 18...19, "• bullet"),
                ReadBlock(.heading, "DESCRIPTION", 20...20, "Sub section"),
                ReadBlock(.code, "DESCRIPTION › Sub section", 22...23, "int main(void);\n  x = 1;"),
                ReadBlock(.paragraph, "DESCRIPTION › Sub section", 29...29, "shown here"),
                ReadBlock(.tableRow, "DESCRIPTION › Sub section", 38...38, "a | b"),
                ReadBlock(.tableRow, "DESCRIPTION › Sub section", 39...41, "long cell | d"),
                ReadBlock(.paragraph, "DESCRIPTION › Sub section", 43...45, "See ls(1), “x”."),
            ])
    }

    @Test func `a page with the macros of mdoc is read as it is printed`() throws {
        let record = try record(
            of: "cat.1",
            #"""
            .Dd January 1, 2024
            .Dt CAT 1
            .Os
            .Sh NAME
            .Nm cat
            .Nd concatenate files
            .Sh SYNOPSIS
            .Nm
            .Op Fl benstuv
            .Op Ar
            .Sh DESCRIPTION
            The
            .Nm
            utility reads files, see
            .Xr head 1 ,
            .Xr tail 1 .
            .Bl -tag -width Ds
            .It Fl b
            Number the lines
            .Pq blank
            too.
            .It Fl e , Fl x Ar file
            Print.
            .El
            .Bd -literal -offset indent
            $ cat file1
            .Ed
            .Ss Bugs
            .Fn strlcpy "char *dst" "const char *src" .
            """#)
        #expect(record.title == "cat(1)")
        #expect(
            record.text
                == """
                NAME
                cat – concatenate files

                SYNOPSIS
                cat [-benstuv] [file ...]

                DESCRIPTION
                The cat utility reads files, see head(1), tail(1).

                -b
                Number the lines (blank) too.
                -e, -x file
                Print.

                $ cat file1

                Bugs
                strlcpy(char *dst, const char *src).
                """)
        #expect(record.blocks.last?.headings == ["DESCRIPTION", "Bugs"])
    }

    @Test(arguments: [
        (#"a\fBb\fPc\f(CWd\f[R]e\s-1f\s0g\s+2h"#, "abcdefgh"),
        (#"\-\-x \e \\ \(aq\(co\[u2014]\[Do]"#, "--x \\ \\ '©—$"),
        (#"a\ b\~c\|d\&e\%f\/g\,h"#, "a b cdefgh"), (#"x\h'1n'y\w'abc'z\v'-1'"#, "xyz"), (#"caf\('e \[:o]"#, "café ö"),
        (#"a \" comment"#, "a"), (#"\*(Ab"#, "defined"), (#"broken \("#, "broken"), (#"\f"#, ""), (#"\s"#, ""),
    ])
    func `escapes are resolved`(escaped: String, text: String) throws {
        let record = try record(of: "a.man", ".TH A 1\n.ds Ab defined\n.SH X\n\(escaped)\nend\n")
        #expect(record.text == "X\n" + (text.isEmpty ? "" : text + " ") + "end")
    }

    @Test
    func `a file with a digit for its extension that is no manual is left out of a folder, and plain text by name`()
        throws
    {
        #expect(try read(file: "syslog.1", "Jan 1 started\n").records.map(\.text) == ["Jan 1 started\n"])
        #expect(TextFormat(extension: "3pm") == .manual && TextFormat(extension: "7z") == nil)
    }

    @Test(arguments: [
        ".TP\n", ".if n \\{\\\n", ".de x\n", ".TS\n", ".ie n \\{\n", "\\*(lq", "\\fB", ".ds a \\*a\\*a\n\\*a\n",
        ".Bl -tag\n.It Fl x\n",
        "\\*[", "\\h'", "\\f+", "\\[", "\\o\"x'",
        ".Op Fl x Ar y ", ".Oo ", "a\\\n", ".B \"", ".SH x\n", ".SS\n", "T{\n", ".ig\n", ".RS\n",
    ])
    func `hostile pages take linear time`(piece: String) throws {
        try readSoundly("a.man", ".TH A 1\n.SH X\nx\n" + String(repeating: piece, count: 5_000))
    }

    @Test func `strings that hold each other do not grow without end`() throws {
        let long = ".ds a \(String(repeating: "x", count: 1000))\n"
        let more = ".ds b \(String(repeating: "\\*a", count: 300))\n.ds c \(String(repeating: "\\*b", count: 300))\n"
        let record = try record(of: "a.man", ".TH A 1\n" + long + more + String(repeating: "\\*c\n", count: 100))
        #expect((1_000_000...5_000_000).contains(record.text.utf8.count))
    }
}

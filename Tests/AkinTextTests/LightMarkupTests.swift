import AkinText
import Testing

@Suite("reStructuredText, AsciiDoc, Org, LaTeX and subtitles")
struct LightMarkupTests {
    @Test func `reStructuredText`() throws {
        let record = try record(
            of: "a.rst",
            """
            .. _target:

            =====
            Title
            =====

            Intro with ``code`` and :ref:`a link <target>` and `text <http://x>`_ and *em*.

            Section
            -------

            * one
            * two
              more

            .. code-block:: python
               :linenos:

               def f():
                   pass

            .. note:: Be careful
               with this.

            .. function:: open(file)

               Opens it.

            After::

               literal
                 text

            +-----+-----+
            | a   | b   |
            +=====+=====+
            | 1   | 2   |
            +-----+-----+

            ====  =====
            col1  col2
            ====  =====
            z     w w
            ====  =====

            Sub
            ~~~

            .. comment here
               more

            Done.
            """)
        #expect(record.title == "Title")
        #expect(
            record.readBlocks == [
                ReadBlock(.heading, "", 3...5, "Title"),
                ReadBlock(.paragraph, "Title", 7...7, "Intro with code and a link and text and em."),
                ReadBlock(.heading, "Title", 9...10, "Section"),
                ReadBlock(.listItem, "Title › Section", 12...12, "* one"),
                ReadBlock(.listItem, "Title › Section", 13...14, "* two\nmore"),
                ReadBlock(.code, "Title › Section", 19...20, "   def f():\n       pass"),
                ReadBlock(.paragraph, "Title › Section", 22...23, "Be careful\nwith this."),
                ReadBlock(.heading, "Title › Section", 25...25, "open(file)"),
                ReadBlock(.paragraph, "Title › Section › open(file)", 27...27, "Opens it."),
                ReadBlock(.paragraph, "Title › Section", 29...29, "After:"),
                ReadBlock(.code, "Title › Section", 31...32, "   literal\n     text"),
                ReadBlock(.tableRow, "Title › Section", 35...35, "a | b"),
                ReadBlock(.tableRow, "Title › Section", 37...37, "1 | 2"),
                ReadBlock(.tableRow, "Title › Section", 41...41, "col1 | col2"),
                ReadBlock(.tableRow, "Title › Section", 43...43, "z | w w"),
                ReadBlock(.heading, "Title › Section", 46...47, "Sub"),
                ReadBlock(.paragraph, "Title › Section › Sub", 52...52, "Done."),
            ])
    }

    @Test func `AsciiDoc`() throws {
        let record = try record(
            of: "a.adoc",
            """
            = Doc Title
            :attr: x

            Intro `code` and link:http://x[the link] and linkgit:git-log[1].

            == Section

            * one
            ** two

            term::
              desc
            -a::
            --all::
            	Show all.

            [source,ruby]
            ----
            puts 1

            puts 2
            ----

            |===
            |a |b

            |1 |2
            |===

            ////
            comment
            ////
            Old Style
            ~~~~~~~~~
            text *bold* and _em_.
            """)
        #expect(record.title == "Doc Title")
        #expect(
            record.readBlocks == [
                ReadBlock(.heading, "", 1...1, "Doc Title"),
                ReadBlock(.paragraph, "Doc Title", 4...4, "Intro code and the link and git-log(1)."),
                ReadBlock(.heading, "Doc Title", 6...6, "Section"),
                ReadBlock(.listItem, "Doc Title › Section", 8...8, "* one"),
                ReadBlock(.listItem, "Doc Title › Section", 9...9, "** two"),
                ReadBlock(.listItem, "Doc Title › Section", 11...12, "term\ndesc"),
                ReadBlock(.listItem, "Doc Title › Section", 13...15, "-a\n--all\nShow all."),
                ReadBlock(.code, "Doc Title › Section", 19...21, "puts 1\n\nputs 2"),
                ReadBlock(.tableRow, "Doc Title › Section", 25...25, "a | b"),
                ReadBlock(.tableRow, "Doc Title › Section", 27...27, "1 | 2"),
                ReadBlock(.heading, "Doc Title › Section", 33...34, "Old Style"),
                ReadBlock(.paragraph, "Doc Title › Section › Old Style", 35...35, "text bold and em."),
            ])
    }

    @Test func `Org`() throws {
        let record = try record(
            of: "a.org",
            """
            #+TITLE: My Org
            #+AUTHOR: x
            * TODO [#A] First   :tag:
            :PROPERTIES:
            :ID: 1
            :END:
            Text [[http://x][label]].
            - item
            ** Second
            #+BEGIN_SRC python
            x = 1
            #+END_SRC
            | a | b |
            |---+---|
            | 1 | 2 |
            # a comment
            """)
        #expect(record.title == "My Org")
        #expect(
            record.readBlocks == [
                ReadBlock(.heading, "", 3...3, "First"), ReadBlock(.paragraph, "First", 7...7, "Text label."),
                ReadBlock(.listItem, "First", 8...8, "- item"), ReadBlock(.heading, "First", 9...9, "Second"),
                ReadBlock(.code, "First › Second", 11...11, "x = 1"),
                ReadBlock(.tableRow, "First › Second", 13...13, "a | b"),
                ReadBlock(.tableRow, "First › Second", 15...15, "1 | 2"),
            ])
    }

    @Test func `LaTeX`() throws {
        let record = try record(
            of: "a.tex",
            #"""
            \documentclass{article}
            \title{A \emph{nice} paper}
            \begin{document}
            \maketitle
            \section{Intro}\label{s}
            Hello \textbf{world} 50\% --- ``quoted'' $a_1 + b$. % comment
            Caf\'e and \"{o}ver\footnote{A note}.

            Next para.
            \begin{itemize}
            \item one
            \item[two] three
            \end{itemize}
            \begin{verbatim}
            code {x}
            \end{verbatim}
            \begin{equation}
            E = mc^2
            \end{equation}
            \begin{tabular}{ll}
            a & b \\
            c & d \\
            \end{tabular}
            \end{document}
            """#)
        #expect(record.title == "A nice paper")
        #expect(
            record.text
                == """
                Intro
                Hello world 50% — “quoted” $a_1 + b$. Café and över (A note).

                Next para.

                one
                two: three

                code {x}

                \\begin{equation}
                E = mc^2
                \\end{equation}

                a | b
                c | d
                """)
        #expect(
            record.blocks.map(\.kind) == [
                .heading, .paragraph, .paragraph, .listItem, .listItem, .code, .paragraph, .tableRow, .tableRow,
            ])
        #expect(record.blocks.dropFirst().allSatisfy { $0.headings == ["Intro"] } && record.blocks[1].lines == 6...7)
    }

    @Test func `subtitles are joined to paragraphs`() throws {
        let srt = try record(
            of: "a.srt",
            "1\n00:00:01,000 --> 00:00:02,000\nHello <i>there</i>.\n\n2\n00:00:02,000 --> 00:00:03,000\nHow are\nyou?\n\n3\n00:01:02,000 --> 00:01:03,000\n- Later.\n"
        )
        #expect(
            srt.readBlocks == [
                ReadBlock(.paragraph, "", 3...8, "Hello there. How are you?"),
                ReadBlock(.paragraph, "", 12...12, "- Later."),
            ])
        let vtt = try record(
            of: "a.vtt",
            "WEBVTT\n\nNOTE not this\nnor this\n\nSTYLE\n::cue { }\n\nid\n00:01.000 --> 00:02.000 align:start\n<v Ann>Hi &amp; <00:01.500><c>bye</c>\n\n00:02.000 --> 00:03.000\nHi & bye\nagain\n"
        )
        #expect(vtt.text == "Ann: Hi & bye Hi & bye again")
    }

    @Test(arguments: [
        ("see <<id,the *text*>> and <<other>>, <<a<b>>", "see the text and other, <<a<b>>"),
        ("[[here]]word [[a] [.red]#word# [#id]*bold*", "word [[a] #word# bold"),
        ("a footnote:[see b]c indexterm:[x,y]d (indexterm2:[e])", "a c d ()"),
        (
            "link:http://x[the link, window=_blank] image::a.png[] git:git-log[1] kbd:[Ctrl]",
            "the link a.png git-log(1) Ctrl"
        ),
        ("xlink:a b[c] A:b[c] http://x.org/[Home] a:b c", "xlink:a b[c] A:b[c] Home a:b c"),
        ("*a* **b**c _d_ __e__ `f` ``g`` +h+ ++i++", "a *b*c d e f g h i"),
        ("2*3*4 snake_case_name *ä*ö _x_.", "2*3*4 snake_case_name *ä*ö x."),
        ("a{nbsp}b{empty}", "a b"),
    ])
    func `inline marks of AsciiDoc`(source: String, text: String) throws {
        #expect(try record(of: "a.adoc", source + "\n").text == text)
    }

    @Test func `terms and headings of AsciiDoc`() throws {
        let source = "a:::: b\nc;; d\ne::f\n:: g\nh ;;\n  i\n\n=== Title ===\n====== x\n======= no\n"
        let record = try record(of: "a.adoc", source)
        #expect(record.text == "a\nb\nc\nd\ne::f\n:: g\nh \ni\n\nTitle ===\nx\n======= no")
    }

    @Test(arguments: [
        "a.rst": [
            "``", "`", ".. x::\n", "=====\n", "* a\n", "  x::\n\n", "+--+\n", "== ==\n", ":a:", "[", "*a",
            ".. f:x:: y\n  ", "|",
        ],
        "a.adoc": [
            "----\n", "|===\n", "|a\n", "[[", "<<", "*a", "a::\n", "= a\n", "x\n---\n", "a:b[", "////\n", "`", ":",
            "aa:", "a;;",
            "[#", "footnote:[", "x:a[b", "_a_", "** ",
        ],
        "a.org": ["* a\n", "[[", "#+begin_src\n", ":properties:\n", "| a\n", ": x\n", "[fn:a"],
        "a.tex": [
            "\\begin{equation}", "\\section{", "$", "\\[", "\\footnote{", "{", "\\begin{tabular}", "\\item", "\\verb|",
            "%", "\\'", "\\caption{\\caption{",
        ],
        "a.srt": ["<", "00:00:01,000 --> 00:00:02,000\n", "x\n", "&", "1\n\n"],
        "a.txt": ["a\n", "1. A\n\n", "==\n", "- ", "a\n=\n", " "],
        "a.md": ["- a\n", "> ", "```\n", "    x\n", "| a\n", "<!--\n", "+++\n", "# a\n", "a\n===\n"],
    ])
    func `hostile texts take linear time`(name: String, pieces: [String]) throws {
        for piece in pieces {
            try readSoundly(name, "x" + String(repeating: piece, count: 5_000))
            try readSoundly(name, String(repeating: piece, count: 2_000) + "\n\nend\n")
        }
    }

    /// Would fill the memory if each line had a cell below each part of the border.
    @Test func `short lines below a wide border have the cells that they hold`() throws {
        let border = String(repeating: "== ", count: 20_000) + "\n"
        let record = try record(of: "a.rst", border + String(repeating: "x  y\n", count: 5_000) + border)
        #expect(record.blocks.count == 5_000 && record.text.hasPrefix("x | y\nx | y\n"))
    }

    @Test func `blanks before an unusual line end are not gone over again and again`() throws {
        for start in [".. a::", ".. [1]"] {
            try readSoundly("a.rst", start + String(repeating: " ", count: 100_000) + "\u{2028}x\n\nend\n")
        }
    }
}

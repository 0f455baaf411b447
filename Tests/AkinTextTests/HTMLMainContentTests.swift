import AkinText
import Testing

/// Pages in the shapes that generators give them: what is the page's own is kept, what leads through the site is not.
@Suite("Main content of pages")
struct HTMLMainContentTests {
    private func page(_ contents: String) throws -> TextRecord {
        try #require(try read(file: "a.html", contents).records.first)
    }

    private static let sphinx = """
        <!DOCTYPE html>
        <html lang="en"><head><title>Boats &#8212; Harbour 1.2 documentation</title></head><body>
        <div class="document"><div class="documentwrapper"><div class="bodywrapper"><div class="body" role="main">
        <section id="boats">
        <h1>Boats<a class="headerlink" href="#boats" title="Permalink to this heading">¶</a></h1>
        <p>Boats are <a class="reference internal" href="b.html"><span class="doc">listed</span></a> here.</p>
        <div class="highlight-default notranslate"><div class="highlight"><pre><span></span><span class="n">a</span> = 1
        <span class="k">if</span> a:
            row()
        </pre></div></div>
        <dl class="py function"><dt class="sig sig-object py" id="row">
        <span class="sig-name descname"><span class="pre">row</span></span><span class="sig-paren">(</span>)\
        <a class="reference internal" href="_modules/boats.html#row"><span class="viewcode-link">\
        <span class="pre">[source]</span></span></a>\
        <a class="headerlink" href="#row">¶</a></dt>
        <dd><p>Rows the boat.</p></dd></dl>
        </section>
        </div></div></div>
        <div class="sphinxsidebar" role="navigation" aria-label="main navigation"><div class="sphinxsidebarwrapper">
        <h1 class="logo"><a href="index.html">Harbour</a></h1><h3>Navigation</h3><ul><li>\
        <a href="a.html">Ferries</a></li></ul>
        <search id="searchbox" role="search"><h3>Quick search</h3><form action="search.html">\
        <input type="submit" value="Go"></form></search>
        </div></div></div>
        <div class="footer">&#169;2024, Somebody. | <a href="_sources/boats.rst.txt" rel="nofollow">Page source</a>\
        </div>
        </body></html>
        """

    @Test func `a page of Sphinx gives its section, with code and descriptions`() throws {
        let record = try page(Self.sphinx)
        #expect(record.title == "Boats — Harbour 1.2 documentation")
        #expect(record.text == "Boats\nBoats are listed here.\n\na = 1\nif a:\n    row()\n\nrow()\nRows the boat.")
        #expect(record.blocks.map(\.kind) == [.heading, .paragraph, .code, .heading, .paragraph])
        #expect(record.blocks.last?.headings == ["Boats", "row()"])
        #expect(record.blocks.map(\.lines) == [5...5, 6...6, 7...9, 12...12, 13...13])
    }

    @Test func `a page of the theme of Read the Docs is left without its sides`() throws {
        let record = try page(
            """
            <body class="wy-body-for-nav"><div class="wy-grid-for-nav">
            <nav data-toggle="wy-nav-shift" class="wy-nav-side"><div class="wy-menu"><ul><li><a href="x">Install</a>\
            </li></ul></div></nav>
            <section data-toggle="wy-nav-shift" class="wy-nav-content-wrap"><div class="wy-nav-content">\
            <div class="rst-content">
            <div role="navigation" aria-label="Page navigation"><ul class="wy-breadcrumbs"><li>\
            <a href="#">Docs</a> &raquo;</li>
            <li class="wy-breadcrumbs-aside"><a href="x">Edit on GitHub</a></li></ul><hr/></div>
            <div role="main" class="document"><div itemprop="articleBody"><h1>Usage</h1>
            <div class="admonition note"><p class="admonition-title">Note</p><p>Mind the tide.</p></div>\
            <p>Use it.</p></div></div>
            <footer><div class="rst-footer-buttons"><a href="x" rel="prev">Previous</a>\
            <a href="y" rel="next">Next</a></div>
            <p>&copy; Copyright.</p></footer></div></div></section></div></body>
            """)
        #expect(record.text == "Usage\nNote\n\nMind the tide.\n\nUse it.")
    }

    @Test func `a page of DocBook keeps titles of examples as headings of what they hold`() throws {
        let record = try page(
            """
            <html><head><title>2.1. Tables</title></head><body>
            <div class="navheader"><table width="100%"><tr><th colspan="3">2.1. Tables</th></tr>
            <tr><td><a accesskey="p" href="a.html">Prev</a></td><th>Chapter 2</th><td>\
            <a accesskey="n" href="c.html">Next</a></td></tr></table><hr></div>
            <div class="sect1"><div class="titlepage"><div><div>\
            <h2 class="title" style="clear: both">2.1. Tables</h2></div></div></div>
            <div class="toc"><dl class="toc"><dt><span class="sect2"><a href="#x">2.1.1. Names</a></span></dt></dl>\
            </div>
            <p>A table has rows.</p>
            <div class="example"><p class="title"><b>Example 1. A row</b></p><div class="example-contents">\
            <pre class="programlisting">SELECT
              1;</pre></div></div>
            <p>After the example.</p>
            <div class="table"><table class="table"><colgroup><col></colgroup><thead><tr><th>Name</th><th>Type</th>\
            </tr></thead>
            <tbody><tr><td><code>id</code></td><td><p>number</p></td></tr></tbody></table></div>
            <div class="variablelist"><dl class="variablelist"><dt><span class="term"><code>-a</code></span></dt>\
            <dd><p>All rows.</p></dd></dl></div>
            </div><div class="navfooter"><hr><table><tr><td><a accesskey="p" href="a.html">Prev</a></td></tr>\
            </table></div></body></html>
            """)
        #expect(
            record.text
                == "2.1. Tables\nA table has rows.\n\nExample 1. A row\nSELECT\n  1;\n\nAfter the example.\n\nName | Type\nid | number\n\n-a\nAll rows."
        )
        let headings = Dictionary(
            uniqueKeysWithValues: zip(
                record.blocks.map(\.kind.rawValue).enumerated().map { "\($0.offset)" }, record.blocks.map(\.headings)))
        #expect(headings["3"] == ["2.1. Tables", "Example 1. A row"])
        #expect(headings["4"] == ["2.1. Tables"])
        #expect(record.blocks.last?.headings == ["2.1. Tables", "-a"])
    }

    @Test func `a page of javadoc gives the class and its members`() throws {
        let record = try page(
            """
            <body class="class-declaration-page"><div class="flex-box"><header role="banner" class="flex-header">
            <nav role="navigation"><div class="top-nav" id="navbar-top"><div class="skip-nav">\
            <a href="#skip-navbar-top">Skip navigation links</a></div>
            <ul id="navbar-top-firstrow" class="nav-list"><li><a href="../index.html">Overview</a></li></ul></div>\
            </nav></header>
            <div class="flex-content"><main role="main"><div class="header"><div class="sub-title">\
            <span>Package</span> <a href="p.html">harbour</a></div>
            <h1 title="Class Boat" class="title">Class Boat</h1></div><section class="class-description">\
            <div class="block">A boat.</div></section>
            <section class="method-details"><ul class="member-list"><li><section class="detail" id="row()"><h3>row</h3>
            <div class="member-signature">\
            <span class="return-type">void</span>&nbsp;<span class="element-name">row</span>()</div>
            <div class="block">Rows it.</div></section></li></ul></section></main>
            <footer role="contentinfo"><p class="legal-copy"><small>Copyright</small></p></footer></div></div></body>
            """)
        #expect(record.text == "Package harbour\n\nClass Boat\nA boat.\n\nrow\nvoid row()\nRows it.")
        #expect(record.blocks.last?.headings == ["Class Boat", "row"])
    }

    @Test func `a page of MediaWiki is left without edit links, contents and categories`() throws {
        let record = try page(
            """
            <html><head><title>Ferry - Harbour Wiki</title></head><body class="mediawiki">
            <div id="mw-page-base" class="noprint"></div>
            <div id="content" class="mw-body" role="main"><h1 id="firstHeading" class="firstHeading">Ferry</h1>
            <div id="bodyContent"><div id="siteSub" class="noprint">From Harbour Wiki</div><div id="contentSub"></div>
            <a class="mw-jump-link" href="#mw-head">Jump to navigation</a>
            <div id="mw-content-text"><div class="mw-parser-output">\
            <p>A <b>ferry</b> carries people.<sup class="reference"><a href="#cite_note-1">[1]</a></sup></p>
            <div id="toc" class="toc" role="navigation"><h2>Contents</h2><ul><li><a href="#Types">1 Types</a></li>\
            </ul></div>
            <h2><span class="mw-headline" id="Types">Types</span>\
            <span class="mw-editsection">[<a href="x">edit</a>]</span></h2>
            <table class="wikitable"><tr><th>Kind</th><th>Speed</th></tr><tr><td>Fast</td><td>30 kn</td></tr></table>
            <div class="navbox"><ul><li><a href="y">Ships</a></li></ul></div>
            </div></div><div class="printfooter">Retrieved from x</div>\
            <div id="catlinks" class="catlinks">Categories: <a href="c">Boats</a></div></div></div>
            <div id="mw-navigation"><h2>Navigation menu</h2><div id="mw-panel"><ul><li><a href="m">Main page</a>\
            </li></ul></div></div>
            <div id="footer" role="contentinfo">This page was last edited.</div></body></html>
            """)
        #expect(record.title == "Ferry - Harbour Wiki")
        #expect(record.text == "Ferry\nA ferry carries people.[1]\n\nTypes\nKind | Speed\nFast | 30 kn")
    }

    @Test func `several articles of a blog are all kept`() throws {
        let record = try page(
            """
            <body><header class="site-header"><h1><a href="/">My blog</a></h1><nav><a href="/about">About</a></nav>\
            </header>
            <div class="content"><article><header><h2><a href="/one">One</a></h2><time>May</time></header>\
            <p>First words.</p></article>
            <article><h2>Two</h2><p>Second words.</p><footer><a href="/two" rel="next">Next</a></footer></article></div>
            <aside class="sidebar"><h3>Tags</h3><ul><li><a href="/t">boats</a></li></ul></aside><footer>\
            <p>Powered by something.</p></footer></body>
            """)
        #expect(record.text == "One\nMay\n\nFirst words.\n\nTwo\nSecond words.")
    }

    @Test func `a page of mdBook keeps headings that link to themselves`() throws {
        let record = try page(
            """
            <body class="sidebar-visible no-js"><div id="body-container"><nav id="sidebar" class="sidebar">\
            <ol class="chapter"><li><a href="a.html">A</a></li></ol></nav>
            <div id="page-wrapper" class="page-wrapper"><div class="page">\
            <div id="menu-bar" class="menu-bar sticky"><button id="theme-toggle">Theme</button>
            <h1 class="menu-title">The Book</h1></div><div id="content" class="content"><main>
            <h1 id="ferries"><a class="header" href="#ferries">Ferries</a></h1><p>They sail.</p></main>
            <nav class="nav-wrapper"><a rel="next" href="b.html" class="mobile-nav-chapters next">Next</a></nav>\
            </div></div></div></div></body>
            """)
        #expect(record.text == "Ferries\nThey sail.")
    }

    @Test func `a manual in one pre has its sections as headings`() throws {
        let record = try page(
            """
            <html><head><title>row(1)</title></head><body><pre>
            ROW(1)                     ROW(1)

            <b>NAME</b>
                   row - row a <b>boat</b>

            <b>OPTIONS</b>
                   <b>-a</b>     all
            </pre></body></html>
            """)
        #expect(record.blocks.map(\.kind) == [.code, .heading, .code, .heading, .code])
        #expect(record.blocks.map(\.headings) == [[], [], ["NAME"], [], ["OPTIONS"]])
        #expect(record.blocks.map(\.lines?.lowerBound) == [2, 4, 5, 7, 8])
        #expect(record.text.contains("\n       row - row a boat\n"))
    }

    @Test func `a page of the nineties is read through its tables for the layout`() throws {
        let record = try page(
            """
            <HTML><HEAD><TITLE>Harbour</TITLE></HEAD><BODY BGCOLOR=white><CENTER><FONT SIZE=5>
            <H1>Harbour</FONT></H1></CENTER><TABLE WIDTH=100%><TR><TD VALIGN=top>
            <A HREF=a.htm>Home</A><BR><A HREF=b.htm>Boats</A><BR><A HREF=c.htm>Links</A><TD>
            <P>Welcome to our harbour.<P>We have
            <UL><LI>boats<LI>ferries</UL><P>And more.<P>
            <TABLE BORDER=1><TR><TH>Boat<TH>Price<TR><TD>Canoe<TD>3</TABLE></TABLE></BODY>
            """)
        #expect(
            record.text
                == "Harbour\nWelcome to our harbour.\n\nWe have\n\nboats\nferries\n\nAnd more.\n\nBoat | Price\nCanoe | 3"
        )
    }

    @Test(arguments: [
        ("<nav><a href=a>one</a> two</nav>", "one two"),
        ("<div class=toc><ul><li><a href=a>A</a><li><a href=b>B</a><li><a href=c>C</a></ul></div>", "A\nB\nC"),
        ("<ul><li><a href=a>A</a><li><a href=b>B</a><li><a href=c>C</a></ul>", "A\nB\nC"),
        ("<main></main><p>Text outside.</p>", "Text outside."),
        ("<main hidden><p>x</p></main><p>Text outside.</p>", "Text outside."),
        ("<aside>Only this.</aside>", "Only this."), ("<aside>never closed, page", "never closed, page"),
        ("<div class=sidebar>never closed, page", "never closed, page"),
        ("<div style='display: none'>only this</div>", "only this"),
    ])
    func `a page that has text is never empty`(contents: String, text: String) throws {
        #expect(try page(contents).text == text)
    }

    @Test(arguments: [
        "<p hidden>x</p>", "<div style=\"color:red; display : none\">x</div>", "<span aria-hidden=\"true\">x</span>",
        "<template>x</template>", "<select><option>English<option>Deutsch</select>", "<button>Copy</button>",
        "<div role=search>Search</div>", "<form action=\"/search\">Find</form>",
        "<ul class=\"breadcrumb\"><li><a href=a>Home</a></ul>",
        "<p><a href=x>Edit this page</a></p>", "<p><a href=a>prev</a> | <a href=b>next</a></p>",
        "<noscript>x</noscript>",
        "<a class=\"anchor\" href=\"#x\">#</a>",
    ])
    func `what is hidden or helps to find one's way is left out`(contents: String) throws {
        let prose = "<p>" + String(repeating: "Boats wait in the harbour. ", count: 8) + "</p>"
        #expect(try page("<h1>Boats</h1>\(prose)\(contents)<p>End.</p>").text.hasSuffix("harbour.\n\nEnd."))
    }

    @Test func `an aside that is a remark of the text is kept`() throws {
        #expect(
            try page("<main><p>One.</p><aside class=\"callout-note\">Mind this.</aside></main>").text
                == "One.\n\nMind this.")
    }

    @Test(arguments: [
        ("Ferry - Harbour", "Ferry", "Ferry - Harbour"), ("", "Boats", "Boats"), (" \n", "Boats", "Boats"),
    ])
    func `a title keeps the name of its site, and a page without one has its heading`(
        title: String, heading: String, result: String
    ) throws {
        #expect(try page("<title>\(title)</title><h1>\(heading)</h1><p>Text.</p>").title == result)
    }

    @Test func `a row whose cells hold blocks is no row`() throws {
        #expect(try page("<table><tr><td><ul><li>a<li>b</ul><td><p>c</table>").text == "a\nb\n\nc")
        #expect(try page("<table><tr><td>a<br>b<td>c</table>").text == "a b | c")
    }

    /// Each would take minutes if what is open were gone over for each tag.
    @Test(arguments: [
        "<div>", "<p>", "<li>", "<td>", "<table><tr><td>", "<b>", "<a href=x>", "<span hidden>", "<i></b>", "<div></p>",
        "<dl><dt>", "<h1>", "<ul><li>x", "<pre><b>x", "<aside class=x>", "<div></span>", "</div>", "<main>",
        "<p><a href=#x>x",
        "<td></div>", "<section><h2>x</h2>",
    ])
    func `pages of tags that are never closed take linear time`(piece: String) throws {
        _ = try read(file: "a.html", "x" + String(repeating: piece, count: 50_000))
        _ = try read(
            file: "a.html",
            "x" + String(repeating: piece, count: 20_000) + String(repeating: "</div></b></a>y", count: 20_000))
    }
}

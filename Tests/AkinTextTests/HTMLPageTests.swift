import AkinTestSupport
import AkinText
import Foundation
import Testing

/// Pages as people have them: character references, XHTML, elements that are never closed.
@Suite struct HTMLPageTests {
    private func page(_ contents: String, name: String = "a.html") throws -> TextRecord {
        try #require(try read(file: name, contents).records.first)
    }

    // MARK: Character references

    @Test(arguments: [
        ("&lstrok;&comma;&Zeta;", "ł,Ζ"), ("caf&eacute and caf&eacute", "café and café"),
        ("&notit; &notin; &not", "¬it; ∉ ¬"),
        ("&ampamp &AMP;&LT&GT;", "&amp &<>"), ("&NotEqualTilde;", "≂\u{338}"),
        ("&CounterClockwiseContourIntegral;", "∳"),
        ("a&#160;b&#xA0;c&nbsp;d", "a b c d"), ("soft&#173;ly soft&shy;ly", "softly softly"),
        ("&#x81;&#128;", "\u{81}€"),
        ("&lstrok &lstrokx; &;", "&lstrok &lstrokx; &;"), ("&hearts;&fjlig;&nvlt;", "♥fj<\u{20D2}"),
    ])
    func `character references are those of the standard`(contents: String, text: String) throws {
        #expect(try page(contents).text.unicodeScalars.elementsEqual(text.unicodeScalars))
        #expect(
            try #require(page("<title>\(contents)</title>").title).unicodeScalars.elementsEqual(text.unicodeScalars))
    }

    @Test(.enabled(if: Python.isInstalled))
    func `every name and random text read as Python's html module reads them`() throws {
        let script = """
            import html, html.entities, json, random
            random.seed(5)
            names = sorted(html.entities.html5)
            numbers = ["#65", "#x1F600;", "#0;", "#xD800", "#150;", "#x9F", "#1114112;", "#38;", "#x"]
            texts = ["x&" + name + "y" for name in names]
            for _ in range(500):
                pieces = [random.choice(["&", ";", "a", "z9", "#", "é", "&" + random.choice(names), "&" + random.choice(numbers)])
                          for _ in range(random.randrange(1, 12))]
                texts.append("x" + "".join(pieces) + "y")
            print(json.dumps([[text, html.unescape(text)] for text in texts]))
            """
        let samples = try JSONDecoder().decode([[String]].self, from: try Python.run(script))
        #expect(samples.count > 2700)
        for sample in samples {
            let visible = sample[1].replacing("\u{AD}", with: "").unicodeScalars
            let expected = visible.split { "\u{A0} \t\n".unicodeScalars.contains($0) }.map(String.init).joined(
                separator: " ")
            #expect(
                try page("<p>\(sample[0])").text.unicodeScalars.elementsEqual(expected.unicodeScalars), "\(sample[0])")
        }
    }

    // MARK: XHTML

    private static let xhtml = [
        "<?xml version=\"1.0\"?><html>", "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"x.dtd\"><html>",
        "<!doctype html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">",
    ]

    @Test(
        arguments: xhtml,
        ["script", "style", "title", "textarea", "noscript", "template", "iframe", "object", "nav", "canvas", "svg"])
    func `an element that closes itself does not swallow an XHTML page`(head: String, element: String) throws {
        #expect(
            try page("\(head)<body>one<\(element) a=\"b\"/> two <\(element)>x</\(element)></body></html>").text
                .hasPrefix("one two"))
    }

    @Test func `a file called xhtml is XHTML`() throws {
        #expect(try page("<html>one<script/> two <script>x</script>", name: "a.xhtml").text == "one two")
    }

    @Test(arguments: [
        ("one<script src=\"a\"/>two", "onetwo"), ("one<style/>two", "onetwo"), ("<title/>two", "two"),
        ("one<script/>two<script>three</script>four", "onetwo four"),
        ("one<script src=a.js/>two</script>three", "one three"),
        ("one<svg/>two</svg>", "onetwo"), ("one<script>two", "one"), ("one<noscript>two", "onetwo"),
        ("<textarea>two", "two"),
        ("<template>two", "two"), ("<title>two", "two"),
    ])
    func `a plain page is not swallowed by what closes itself or is never closed`(contents: String, text: String) throws
    {
        #expect(try page(contents).text == text)
    }

    @Test(arguments: [
        ("<?xml version=\"1.0\"?><html><p>a <![CDATA[1 < 2 & <b>]]> b</p></html>", "a 1 < 2 & <b> b"),
        ("<?xml version=\"1.0\"?><html><title><![CDATA[R&D]]></title><p>x<![CDATA[ never closed", "x never closed"),
        ("<math><mtext><![CDATA[x<y]]></mtext></math><![CDATA[hidden]]>z", "x<yz"), ("a<![if !IE]>b<![endif]>c", "abc"),
        ("<?xml version=\"1.0\"?><?php if (a > b) ?><html>x</html>", "x"),
        ("<!DOCTYPE html [ <!ENTITY a \"b>\"> ]><html>x</html>", "x"),
    ])
    func `CDATA is text where XML is, and declarations are not`(contents: String, text: String) throws {
        #expect(try page(contents).text == text)
    }

    // MARK: Odd marks

    @Test(arguments: [
        ("a<!-->b", "ab"), ("a<!--->b", "ab"), ("a<!-- x --!>b", "ab"), ("a<!-- > -- > -->b", "ab"), ("a</>b", "ab"),
        ("<a title = \"x>y\">z</a>", "z"), ("<textarea><b>&amp;</b></textarea>", "<b>&</b>"),
        ("<xmp><b>&amp;</xmp>c", "<b>&amp;\n\nc"),
        ("a<plaintext><b>c</plaintext>", "a\n\n<b>c</plaintext>"), ("<listing>a\n b</listing>", "a\n b"),
        ("<pre>a&#10;&nbsp;b</pre>", "a\n b"),
        ("<nav>a<nav>b</nav>c</nav>d", "d"), ("<template><template></template>a</template>b", "b"),
        ("<nav><!-- </nav> -->a</nav>b", "b"), ("<nav>a<nav>b</nav>c", "c"), ("<svg><svg/></svg>b", "b"),
        ("<navx>a</navx>", "a"),
    ])
    func `odd marks are read as browsers read them`(contents: String, text: String) throws {
        #expect(try page(contents).text == text)
    }

    /// Each would take minutes if what is not found were looked for again and again.
    @Test(arguments: [
        "<script/>", "<nav/>", "<nav><nav></nav>", "<nav>", "<svg><svg/>", "<template><!--", "<textarea/>x",
        "<![CDATA[", "<!doctype [", "<?x",
        "<!--", "<!-- --", "&notit", "<math><![CDATA[", "<title/></", "<xmp>", "<nav><!-- -->", "<nav></nav",
        "<script/><nav/><style/>",
        "&CounterClockwiseContourIntegral",
    ])
    func `hostile pages take linear time`(piece: String) throws {
        for head in ["x", "<?xml version=\"1.0\"?>x"] {
            _ = try read(file: "a.html", head + String(repeating: piece, count: 50_000))
        }
    }
}

/// What is known of LaTeX's commands and environments by their names.
enum LaTeXNames {
    /// The levels of headings.
    static let sections = [
        "part": 1, "chapter": 2, "section": 3, "subsection": 4, "subsubsection": 5, "paragraph": 6, "subparagraph": 7,
    ]
    /// Commands whose arguments are no text, by how many there are.
    static let dropped: [String: Int] = [
        "label": 1, "ref": 1, "eqref": 1, "pageref": 1, "autoref": 1, "cref": 1, "Cref": 1, "cite": 1, "citep": 1,
        "citet": 1,
        "nocite": 1, "index": 1, "vspace": 1, "hspace": 1, "input": 1, "include": 1, "usepackage": 1,
        "documentclass": 1,
        "includegraphics": 1, "bibliography": 1, "bibliographystyle": 1, "pagestyle": 1, "thispagestyle": 1,
        "newcommand": 2,
        "renewcommand": 2, "providecommand": 2, "newenvironment": 3, "renewenvironment": 3, "setlength": 2,
        "addtolength": 2,
        "setcounter": 2, "addtocounter": 2, "newtheorem": 2, "definecolor": 3, "color": 1, "hypersetup": 1,
        "geometry": 1,
        "multicolumn": 2, "multirow": 2, "cline": 1, "cmidrule": 1, "rule": 2, "href": 1, "textcolor": 1, "colorbox": 1,
        "def": 1, "let": 0, "graphicspath": 1, "phantomsection": 0, "addcontentsline": 3, "lstset": 1, "author": 1,
        "date": 1,
        "fontsize": 2, "resizebox": 2, "scalebox": 1, "vskip": 0, "DeclareMathOperator": 2, "newcounter": 1,
        "hyphenation": 1,
    ]
    /// Environments whose text is kept as it is.
    static let verbatim: Set<String> = [
        "verbatim", "verbatim*", "lstlisting", "minted", "Verbatim", "alltt", "code",
    ]
    /// Environments of formulas.
    static let formulas: Set<String> = [
        "equation", "equation*", "align", "align*", "gather", "gather*", "multline", "multline*", "eqnarray",
        "eqnarray*",
        "displaymath", "math", "alignat", "alignat*",
    ]
    /// What commands without arguments stand for.
    static let letters = [
        "ss": "ß", "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "l": "ł",
        "L": "Ł",
        "LaTeX": "LaTeX", "TeX": "TeX", "ldots": "…", "dots": "…", "S": "§", "P": "¶", "copyright": "©", "pounds": "£",
        "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textendash": "–", "textemdash": "—",
        "i": "i",
        "textquotedblleft": "“", "textquotedblright": "”", "quad": " ", "qquad": " ", "euro": "€", "texttrademark": "™",
        "newline": "\n", "par": "\n", "item": "", "linebreak": "\n", "tab": " ", "textbar": "|", "textless": "<",
        "textgreater": ">", "textunderscore": "_", "dag": "†",
    ]
    /// Combining marks, by the commands that put them over a letter.
    static let accents: [UInt8: Unicode.Scalar] = [
        UInt8(ascii: "'"): "\u{301}", UInt8(ascii: "`"): "\u{300}", UInt8(ascii: "^"): "\u{302}",
        UInt8(ascii: "\""): "\u{308}",
        UInt8(ascii: "~"): "\u{303}",
    ]
}

/// Character references of HTML: all numeric ones and the common named ones.
enum HTMLEntities {
    /// The text of the reference that begins at `index`, an ampersand, which is moved behind it; `&` itself when it begins none.
    ///
    /// Numeric references may lack their semicolon; those of NUL, surrogates and beyond Unicode give U+FFFD, those of 0x80…0x9F what
    /// Windows-1252 has there (HTML Standard, section 13.2.5.80).
    static func resolve(_ bytes: [UInt8], at index: inout Int) -> String {
        let begin = index + 1
        if begin < bytes.count, bytes[begin] == UInt8(ascii: "#") { return numeric(bytes, at: &index) }
        var end = begin
        while end < bytes.count, end < begin + 10, bytes[end].isASCIILetterOrDigit { end += 1 }
        if end > begin, end < bytes.count, bytes[end] == UInt8(ascii: ";"),
            let text = named[String(decoding: bytes[begin..<end], as: UTF8.self)]
        {
            index = end + 1
            return text
        }
        index = begin
        return "&"
    }

    private static func numeric(_ bytes: [UInt8], at index: inout Int) -> String {
        var end = index + 2
        let isHexadecimal = end < bytes.count && bytes[end] | 0x20 == UInt8(ascii: "x")
        if isHexadecimal { end += 1 }
        let begin = end
        var value: UInt32 = 0
        while end < bytes.count, let digit = Character(Unicode.Scalar(bytes[end])).hexDigitValue, isHexadecimal || digit < 10 {
            value = min(value * (isHexadecimal ? 16 : 10) + UInt32(digit), 0x11_0000)
            end += 1
        }
        guard end > begin else {
            index += 1
            return "&"
        }
        index = end < bytes.count && bytes[end] == UInt8(ascii: ";") ? end + 1 : end
        if value >= 0x80, value <= 0x9F { value = windows1252[Int(value - 0x80)] }
        guard value != 0, let scalar = Unicode.Scalar(value) else { return "\u{FFFD}" }
        return String(Character(scalar))
    }

    /// What the bytes 0x80…0x9F stand for in Windows-1252; the unassigned five stand for themselves.
    private static let windows1252: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ]

    /// The names of U+00A0…U+00FF in order (HTML 4.01, section 24.2).
    private static let latin1 = """
        nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot
        cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml
        Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig
        agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute
        ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
        """

    /// The names of U+0391…U+03A9 in order, U+03A2 unassigned; in lower case U+03B1…U+03C9, with `sigmaf` at U+03C2.
    private static let greek = """
        Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho - Sigma Tau Upsilon Phi Chi Psi Omega
        """

    private static let others: [String: UInt32] = [
        "quot": 0x22, "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "apos": 0x27, "OElig": 0x152, "oelig": 0x153, "Scaron": 0x160, "scaron": 0x161,
        "Yuml": 0x178, "fnof": 0x192, "circ": 0x2C6, "tilde": 0x2DC, "ensp": 0x2002, "emsp": 0x2003, "thinsp": 0x2009, "zwnj": 0x200C,
        "zwj": 0x200D, "lrm": 0x200E, "rlm": 0x200F, "ndash": 0x2013, "mdash": 0x2014, "lsquo": 0x2018, "rsquo": 0x2019, "sbquo": 0x201A,
        "ldquo": 0x201C, "rdquo": 0x201D, "bdquo": 0x201E, "dagger": 0x2020, "Dagger": 0x2021, "bull": 0x2022, "hellip": 0x2026,
        "permil": 0x2030, "prime": 0x2032, "Prime": 0x2033, "lsaquo": 0x2039, "rsaquo": 0x203A, "euro": 0x20AC, "trade": 0x2122,
        "larr": 0x2190, "uarr": 0x2191, "rarr": 0x2192, "darr": 0x2193, "harr": 0x2194, "rArr": 0x21D2, "hArr": 0x21D4, "forall": 0x2200,
        "part": 0x2202, "exist": 0x2203, "empty": 0x2205, "nabla": 0x2207, "isin": 0x2208, "notin": 0x2209, "prod": 0x220F, "sum": 0x2211,
        "minus": 0x2212, "radic": 0x221A, "prop": 0x221D, "infin": 0x221E, "and": 0x2227, "or": 0x2228, "cap": 0x2229, "cup": 0x222A,
        "int": 0x222B, "sim": 0x223C, "asymp": 0x2248, "ne": 0x2260, "equiv": 0x2261, "le": 0x2264, "ge": 0x2265, "sub": 0x2282,
        "sup": 0x2283, "oplus": 0x2295, "otimes": 0x2297, "sdot": 0x22C5, "check": 0x2713, "star": 0x2606, "hearts": 0x2665,
        "sigmaf": 0x3C2,
    ]

    private static let named: [String: String] = {
        var table: [String: String] = [:]
        func add(_ name: String, _ value: UInt32) {
            if let scalar = Unicode.Scalar(value) { table[name] = String(Character(scalar)) }
        }
        for (index, name) in latin1.split(whereSeparator: \.isWhitespace).enumerated() { add(String(name), 0xA0 + UInt32(index)) }
        for (index, name) in greek.split(whereSeparator: \.isWhitespace).enumerated() where name != "-" {
            add(String(name), 0x391 + UInt32(index))
            add(name.lowercased(), 0x3B1 + UInt32(index))
        }
        for (name, value) in others { add(name, value) }
        // Line breaks are never made at these in running text, which does not matter to a search.
        table["nbsp"] = " "
        table["shy"] = ""
        return table
    }()
}

/// A character set that a page can declare (Encoding Standard, section 4.2: names and labels).
enum CharacterSet: String, CaseIterable {
    case utf8 = "UTF-8"
    case windows1252 = "windows-1252"
    case ibm866 = "IBM866"
    case iso8859_2 = "ISO-8859-2"
    case iso8859_3 = "ISO-8859-3"
    case iso8859_4 = "ISO-8859-4"
    case iso8859_5 = "ISO-8859-5"
    case iso8859_6 = "ISO-8859-6"
    case iso8859_7 = "ISO-8859-7"
    case iso8859_8 = "ISO-8859-8"
    case iso8859_10 = "ISO-8859-10"
    case iso8859_13 = "ISO-8859-13"
    case iso8859_14 = "ISO-8859-14"
    case iso8859_15 = "ISO-8859-15"
    case iso8859_16 = "ISO-8859-16"
    case koi8R = "KOI8-R"
    case koi8U = "KOI8-U"
    case macintosh
    case macCyrillic = "x-mac-cyrillic"
    case windows874 = "windows-874"
    case windows1250 = "windows-1250"
    case windows1251 = "windows-1251"
    case windows1253 = "windows-1253"
    case windows1254 = "windows-1254"
    case windows1255 = "windows-1255"
    case windows1256 = "windows-1256"
    case windows1257 = "windows-1257"
    case windows1258 = "windows-1258"
    case gb18030
    case big5 = "Big5"
    case eucJP = "EUC-JP"
    case iso2022JP = "ISO-2022-JP"
    case shiftJIS = "Shift_JIS"
    case eucKR = "EUC-KR"
    case utf16LE = "UTF-16LE"
    case utf16BE = "UTF-16BE"
    case utf32LE = "UTF-32LE"
    case utf32BE = "UTF-32BE"

    /// The set that a label stands for, in any letter case; nil for a label that the web does not know.
    init?(label: String) {
        guard let known = Self.byLabel[label.lowercased()] else { return nil }
        self = known
    }

    /// The set whose byte order mark a file begins with, UTF-8 aside.
    init?(byteOrderMarkOf head: ArraySlice<UInt8>) {
        if head.starts(with: [0xFF, 0xFE, 0, 0]) {
            self = .utf32LE
        } else if head.starts(with: [0, 0, 0xFE, 0xFF]) {
            self = .utf32BE
        } else if head.starts(with: [0xFF, 0xFE]) {
            self = .utf16LE
        } else if head.starts(with: [0xFE, 0xFF]) {
            self = .utf16BE
        } else {
            return nil
        }
    }

    /// The set of more than a byte a character that the beginning of a file shows, by its byte order mark or its NUL
    /// bytes.
    init?(wide head: ArraySlice<UInt8>) {
        guard let set = Self(byteOrderMarkOf: head) ?? CharacterSetGuess.wideSet(of: head) else { return nil }
        self = set
    }

    /// The names that iconv may have for the set, beginning with the one that decodes as the web does.
    var systemNames: [String] {
        switch self {
        case .windows874: ["CP874", "WINDOWS-874"]
        case .macintosh: ["MACINTOSH"]
        case .macCyrillic: ["MAC-CYRILLIC", "MacCyrillic"]
        case .gb18030: ["GB18030"]
        case .big5: ["BIG5-HKSCS", "BIG5"]
        case .eucJP: ["EUC-JP-MS", "EUC-JP"]
        case .shiftJIS: ["CP932", "SHIFT_JIS"]
        case .eucKR: ["CP949", "EUC-KR"]
        case .windows1250, .windows1251, .windows1252, .windows1253, .windows1254, .windows1255, .windows1256,
            .windows1257, .windows1258:
            ["CP" + rawValue.suffix(4)]
        default: [rawValue]
        }
    }

    /// Labels beside the names themselves. Pages cannot declare UTF-16, since a reader would not get as far as the
    /// declaration. So the standard takes such pages for UTF-8.
    private var labels: String {
        switch self {
        case .utf8:
            """
            unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf8 x-unicode20utf8 utf-16 utf-16le utf-16be ucs-2 unicode csunicode \
            iso-10646-ucs-2 unicodefeff unicodefffe
            """
        case .windows1252:
            """
            ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 \
            latin1 us-ascii x-cp1252 x-user-defined
            """
        case .ibm866: "866 cp866 csibm866"
        case .iso8859_2: "csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2"
        case .iso8859_3: "csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3"
        case .iso8859_4: "csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4"
        case .iso8859_5: "csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988"
        case .iso8859_6:
            """
            arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 \
            iso_8859-6 iso_8859-6:1987
            """
        case .iso8859_7:
            "csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek"
        case .iso8859_8:
            """
            csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 visual csiso88598i \
            iso-8859-8-i logical
            """
        case .iso8859_10: "csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6"
        case .iso8859_13: "iso8859-13 iso885913"
        case .iso8859_14: "iso8859-14 iso885914"
        case .iso8859_15: "csisolatin9 iso8859-15 iso885915 iso_8859-15 l9"
        case .iso8859_16: ""
        case .koi8R: "cskoi8r koi koi8 koi8_r"
        case .koi8U: "koi8-ru"
        case .macintosh: "csmacintosh mac x-mac-roman"
        case .macCyrillic: "x-mac-ukrainian"
        case .windows874: "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620"
        case .windows1250, .windows1251, .windows1253, .windows1255, .windows1256, .windows1257, .windows1258:
            "cp\(rawValue.suffix(4)) x-cp\(rawValue.suffix(4))"
        case .windows1254:
            "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 x-cp1254"
        case .gb18030: "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk"
        case .big5: "big5-hkscs cn-big5 csbig5 x-x-big5"
        case .eucJP: "cseucpkdfmtjapanese x-euc-jp"
        case .iso2022JP: "csiso2022jp"
        case .shiftJIS: "csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis"
        case .eucKR:
            "cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949"
        case .utf16LE, .utf16BE, .utf32LE, .utf32BE: ""
        }
    }

    private static let byLabel: [String: CharacterSet] = {
        var table: [String: CharacterSet] = [:]
        for set in allCases {
            for label in set.labels.split(separator: " ") { table[String(label)] = set }
            // The names of the wide sets are labels of UTF-8.
            let name = set.rawValue.lowercased()
            if table[name] == nil, !name.hasPrefix("utf-32") { table[name] = set }
        }
        return table
    }()
}

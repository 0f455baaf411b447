/// The characters of troff that have names (groff_char(7)).
enum RoffGlyphs {
    /// The text of a name, as in `\(em` and `\[u2014]`; nil for an unknown one.
    static func text(_ name: Substring) -> String? {
        if let known = table[String(name)] { return known }
        if name.first == "u", name.utf8.count >= 5, name.utf8.count <= 7,
            let value = UInt32(name.dropFirst(), radix: 16), let scalar = Unicode.Scalar(value), value > 0
        {
            return String(Character(scalar))
        }
        return nil
    }

    private static let pairs: String = """
        em— en– hy- bu• co© rg® tm™ lq“ rq” oq‘ cq’ aq' dq" ga` ha^ ti~ rs\\ sl/ ba| bv| or| br│ at@ sh# Do$ \
        ct¢ Eu€ eu€ \
        Ye¥ Po£ Cs¤ Fn\u{192} de° +-± mu× di÷ <=≤ >=≥ !=≠ ==≡ ne≢ =~≅ ~~≈ ~=≈ ap∼ ->→ <-← <>↔ ua↑ da↓ va↕ rA⇒ \
        lA⇐ hA⇔ uA⇑ dA⇓ la⟨ ra⟩ \
        lB[ rB] lC{ rC} Fo« Fc» fo‹ fc› sc§ ps¶ 12½ 14¼ 34¾ S1¹ S2² S3³ ssß oaå oAÅ AEÆ aeæ OEŒ oeœ /oø /OØ -dð \
        -DÐ TpÞ tpþ \
        ,cç ,CÇ sq□ ci○ dg† dd‡ bq‚ Bq„ fm′ sd″ if∞ in∞ pd∂ gr∇ sr√ is∫ no¬ tno¬ fa∀ te∃ mo∈ nm∉ es∅ caṩ cu∪ \
        sb⊂ sp⊃ OK✓ r!¡ r?¿ \
        a^^ a~~ aa´ aD¨ ahˇ ac¸ pc· md⋅ c*⊗ c+⊕ lh☜ rh☞ CRrst --- fffi \
        'aá 'eé 'ií 'oó 'uú 'yý 'AÁ 'EÉ 'IÍ 'OÓ 'UÚ 'YÝ `aà `eè `iì `oò `uù `AÀ `EÈ `IÌ `OÒ `UÙ \
        ^aâ ^eê ^iî ^oô ^uû ^AÂ ^EÊ ^IÎ ^OÔ ^UÛ :aä :eë :iï :oö :uü :yÿ :AÄ :EË :IÏ :OÖ :UÜ ~aã ~nñ ~oõ ~AÃ ~NÑ \
        ~OÕ vsš vSŠ vzž vZŽ \
        *aα *bβ *gγ *dδ *eε *zζ *yη *hθ *iι *kκ *lλ *mμ *nν *cξ *oο *pπ *rρ *sσ *tτ *uυ *fφ *xχ *qψ *wω \
        *AΑ *BΒ *GΓ *DΔ *EΕ *ZΖ *YΗ *HΘ *IΙ *KΚ *LΛ *MΜ *NΝ *CΞ *OΟ *PΠ *RΡ *SΣ *TΤ *UΥ *FΦ *XΧ *QΨ *WΩ
        """

    private static let table: [String: String] = {
        var table = [
            "fi": "fi", "fl": "fl", "ff": "ff", "Fi": "ffi", "Fl": "ffl", "lt": "<", "gt": ">", "mi": "-", "pl": "+",
            "eq": "=", "ul": "_", "ru": "_", "rn": "\u{203E}", "bs": "\\", "lf": "\u{230A}", "rf": "\u{230B}",
            "braceleft": "{", "braceright": "}", "product": "∏", "sum": "∑", "integral": "∫", "Of": "ª", "Om": "º",
        ]
        for entry in pairs.split(whereSeparator: \.isWhitespace) where entry.unicodeScalars.count == 3 {
            let scalars = Array(entry.unicodeScalars)
            table[String(String.UnicodeScalarView(scalars[..<2]))] = String(Character(scalars[2]))
        }
        return table
    }()
}

// Written by tools/keyword_folds.py; do not edit.

/// The characters that keyword search sees as others, and SQLite's `unicode61` does not.
enum KeywordFolds {
    /// Each character with those that are looked for in its place.
    static let entries: String = """
        Æae Øo ßss æae øo Đd đd ıi ĲIJ ĳij ĿL\u{B7} ŀl\u{B7} Łl łl ŉ'n Œoe œoe ǄDZ ǅDz ǆdz ǇLJ ǈLj ǉlj ǊNJ ǋNj ǌnj ǕU ǖu
        ǗU ǘu ǙU ǚu ǛU ǜu ǞA ǟa ǠA ǡa Ǣae ǣae ǬO ǭo ǮƷ ǯʒ ǱDZ ǲDz ǳdz ǺA ǻa Ǽae ǽae Ǿo ǿo ȪO ȫo ȬO ȭo ȰO ȱo ʻ' ʼ' ʹʹ Ϳϳ
        ΆΑ ΈΕ ΉΗ ΊΙ ΌΟ ΎΥ ΏΩ ΐι ΪΙ ΫΥ άα έε ήη ίι ΰυ ϊι ϋυ όο ύυ ώω ϓϒ ϔϒ ЀЕ ЁЕ ЍИ ѐе ёе ѝи ѶѴ ѷѵ ӁЖ ӂж ӐА ӑа ӒА ӓа ӖЕ
        ӗе ӚӘ ӛә ӜЖ ӝж ӞЗ ӟз ӢИ ӣи ӤИ ӥи ӦО ӧо ӪӨ ӫө ӬЭ ӭэ ӮУ ӯу ӰУ ӱу ӲУ ӳу ӴЧ ӵч ӸЫ ӹы Ԩԩ Ԫԫ Ԭԭ Ԯԯ \u{610} \u{611}
        \u{612} \u{613} \u{614} \u{615} \u{616} \u{617} \u{618} \u{619} \u{61A} آا أا ؤو إا ئي ـ \u{64B} \u{64C} \u{64D}
        \u{64E} \u{64F} \u{650} \u{651} \u{652} \u{653} \u{654} \u{655} \u{656} \u{657} \u{658} \u{659} \u{65A} \u{65B}
        \u{65C} \u{65D} \u{65E} \u{65F} \u{670} ٵاٴ ٶوٴ ٷۇٴ ٸيٴ ۀە ۂہ ۓے \u{6D6} \u{6D7} \u{6D8} \u{6D9} \u{6DA} \u{6DB}
        \u{6DC} \u{6DF} \u{6E0} \u{6E1} \u{6E2} \u{6E3} \u{6E4} \u{6E7} \u{6E8} \u{6EA} \u{6EB} \u{6EC} \u{6ED}
        ऩन\u{93C} ऱर\u{93C} ऴळ\u{93C} क़क\u{93C} ख़ख\u{93C} ग़ग\u{93C} ज़ज\u{93C} ड़ड\u{93C} ढ़ढ\u{93C} फ़फ\u{93C} य़य\u{93C}
        \u{9CB}\u{9C7}\u{9BE} \u{9CC}\u{9C7}\u{9D7} ড়ড\u{9BC} ঢ়ঢ\u{9BC} য়য\u{9BC} ਲ਼ਲ\u{A3C} ਸ਼ਸ\u{A3C} ਖ਼ਖ\u{A3C}
        ਗ਼ਗ\u{A3C} ਜ਼ਜ\u{A3C} ਫ਼ਫ\u{A3C} \u{B48}\u{B47}\u{B56} \u{B4B}\u{B47}\u{B3E} \u{B4C}\u{B47}\u{B57} ଡ଼ଡ\u{B3C}
        ଢ଼ଢ\u{B3C} ஔஒ\u{BD7} \u{BCA}\u{BC6}\u{BBE} \u{BCB}\u{BC7}\u{BBE} \u{BCC}\u{BC6}\u{BD7} \u{C48}\u{C46}\u{C56}
        \u{CC0}\u{CBF}\u{CD5} \u{CC7}\u{CC6}\u{CD5} \u{CC8}\u{CC6}\u{CD6} \u{CCA}\u{CC6}\u{CC2}
        \u{CCB}\u{CC6}\u{CC2}\u{CD5} \u{D4A}\u{D46}\u{D3E} \u{D4B}\u{D47}\u{D3E} \u{D4C}\u{D46}\u{D57}
        \u{DDA}\u{DD9}\u{DCA} \u{DDC}\u{DD9}\u{DCF} \u{DDD}\u{DD9}\u{DCF}\u{DCA} \u{DDE}\u{DD9}\u{DDF} གྷག\u{FB7}
        ཌྷཌ\u{FB7} དྷད\u{FB7} བྷབ\u{FB7} ཛྷཛ\u{FB7} ཀྵཀ\u{FB5} \u{F73}\u{F71}\u{F72} \u{F75}\u{F71}\u{F74}
        \u{F76}\u{FB2}\u{F80} \u{F78}\u{FB3}\u{F80} \u{F81}\u{F71}\u{F80} \u{F93}\u{F92}\u{FB7} \u{F9D}\u{F9C}\u{FB7}
        \u{FA2}\u{FA1}\u{FB7} \u{FA7}\u{FA6}\u{FB7} \u{FAC}\u{FAB}\u{FB7} \u{FB9}\u{F90}\u{FB5} ဦဥ\u{102E} Ꭰ\u{AB70}
        Ꭱ\u{AB71} Ꭲ\u{AB72} Ꭳ\u{AB73} Ꭴ\u{AB74} Ꭵ\u{AB75} Ꭶ\u{AB76} Ꭷ\u{AB77} Ꭸ\u{AB78} Ꭹ\u{AB79} Ꭺ\u{AB7A} Ꭻ\u{AB7B}
        Ꭼ\u{AB7C} Ꭽ\u{AB7D} Ꭾ\u{AB7E} Ꭿ\u{AB7F} Ꮀ\u{AB80} Ꮁ\u{AB81} Ꮂ\u{AB82} Ꮃ\u{AB83} Ꮄ\u{AB84} Ꮅ\u{AB85} Ꮆ\u{AB86}
        Ꮇ\u{AB87} Ꮈ\u{AB88} Ꮉ\u{AB89} Ꮊ\u{AB8A} Ꮋ\u{AB8B} Ꮌ\u{AB8C} Ꮍ\u{AB8D} Ꮎ\u{AB8E} Ꮏ\u{AB8F} Ꮐ\u{AB90} Ꮑ\u{AB91}
        Ꮒ\u{AB92} Ꮓ\u{AB93} Ꮔ\u{AB94} Ꮕ\u{AB95} Ꮖ\u{AB96} Ꮗ\u{AB97} Ꮘ\u{AB98} Ꮙ\u{AB99} Ꮚ\u{AB9A} Ꮛ\u{AB9B} Ꮜ\u{AB9C}
        Ꮝ\u{AB9D} Ꮞ\u{AB9E} Ꮟ\u{AB9F} Ꮠ\u{ABA0} Ꮡ\u{ABA1} Ꮢ\u{ABA2} Ꮣ\u{ABA3} Ꮤ\u{ABA4} Ꮥ\u{ABA5} Ꮦ\u{ABA6} Ꮧ\u{ABA7}
        Ꮨ\u{ABA8} Ꮩ\u{ABA9} Ꮪ\u{ABAA} Ꮫ\u{ABAB} Ꮬ\u{ABAC} Ꮭ\u{ABAD} Ꮮ\u{ABAE} Ꮯ\u{ABAF} Ꮰ\u{ABB0} Ꮱ\u{ABB1} Ꮲ\u{ABB2}
        Ꮳ\u{ABB3} Ꮴ\u{ABB4} Ꮵ\u{ABB5} Ꮶ\u{ABB6} Ꮷ\u{ABB7} Ꮸ\u{ABB8} Ꮹ\u{ABB9} Ꮺ\u{ABBA} Ꮻ\u{ABBB} Ꮼ\u{ABBC} Ꮽ\u{ABBD}
        Ꮾ\u{ABBE} Ꮿ\u{ABBF} Ᏸᏸ Ᏹᏹ Ᏺᏺ Ᏻᏻ Ᏼᏼ Ᏽᏽ ᬆᬅ\u{1B35} ᬈᬇ\u{1B35} ᬊᬉ\u{1B35} ᬌᬋ\u{1B35} ᬎᬍ\u{1B35} ᬒᬑ\u{1B35}
        \u{1B3B}\u{1B3A}\u{1B35} \u{1B3D}\u{1B3C}\u{1B35} \u{1B40}\u{1B3E}\u{1B35} \u{1B41}\u{1B3F}\u{1B35}
        \u{1B43}\u{1B42}\u{1B35} Აა Ბბ Გგ Დდ Ეე Ვვ Ზზ Თთ Იი Კკ Ლლ Მმ Ნნ Ოო Პპ Ჟჟ Რრ Სს Ტტ Უუ Ფფ Ქქ Ღღ Ყყ Შშ Ჩჩ Ცც Ძძ Წწ
        Ჭჭ Ხხ Ჯჯ Ჰჰ Ჱჱ Ჲჲ Ჳჳ Ჴჴ Ჵჵ Ჶჶ Ჷჷ Ჸჸ Ჹჹ Ჺჺ Ჽჽ Ჾჾ Ჿჿ ḈC ḉc ḔE ḕe ḖE ḗe ḜE ḝe ḮI ḯi ḸL ḹl ṌO ṍo ṎO ṏo ṐO ṑo ṒO ṓo
        ṜR ṝr ṤS ṥs ṦS ṧs ṨS ṩs ṸU ṹu ṺU ṻu ẞss ẤA ấa ẦA ầa ẨA ẩa ẪA ẫa ẬA ậa ẮA ắa ẰA ằa ẲA ẳa ẴA ẵa ẶA ặa ẾE ếe ỀE ềe
        ỂE ểe ỄE ễe ỆE ệe ỐO ốo ỒO ồo ỔO ổo ỖO ỗo ỘO ộo ỚO ớo ỜO ờo ỞO ởo ỠO ỡo ỢO ợo ỨU ứu ỪU ừu ỬU ửu ỮU ữu ỰU ựu ἀα
        ἁα ἂα ἃα ἄα ἅα ἆα ἇα ἈΑ ἉΑ ἊΑ ἋΑ ἌΑ ἍΑ ἎΑ ἏΑ ἐε ἑε ἒε ἓε ἔε ἕε ἘΕ ἙΕ ἚΕ ἛΕ ἜΕ ἝΕ ἠη ἡη ἢη ἣη ἤη ἥη ἦη ἧη ἨΗ ἩΗ
        ἪΗ ἫΗ ἬΗ ἭΗ ἮΗ ἯΗ ἰι ἱι ἲι ἳι ἴι ἵι ἶι ἷι ἸΙ ἹΙ ἺΙ ἻΙ ἼΙ ἽΙ ἾΙ ἿΙ ὀο ὁο ὂο ὃο ὄο ὅο ὈΟ ὉΟ ὊΟ ὋΟ ὌΟ ὍΟ ὐυ ὑυ ὒυ
        ὓυ ὔυ ὕυ ὖυ ὗυ ὙΥ ὛΥ ὝΥ ὟΥ ὠω ὡω ὢω ὣω ὤω ὥω ὦω ὧω ὨΩ ὩΩ ὪΩ ὫΩ ὬΩ ὭΩ ὮΩ ὯΩ ὰα άα ὲε έε ὴη ήη ὶι ίι ὸο όο ὺυ ύυ
        ὼω ώω ᾀα ᾁα ᾂα ᾃα ᾄα ᾅα ᾆα ᾇα ᾈΑ ᾉΑ ᾊΑ ᾋΑ ᾌΑ ᾍΑ ᾎΑ ᾏΑ ᾐη ᾑη ᾒη ᾓη ᾔη ᾕη ᾖη ᾗη ᾘΗ ᾙΗ ᾚΗ ᾛΗ ᾜΗ ᾝΗ ᾞΗ ᾟΗ ᾠω ᾡω ᾢω
        ᾣω ᾤω ᾥω ᾦω ᾧω ᾨΩ ᾩΩ ᾪΩ ᾫΩ ᾬΩ ᾭΩ ᾮΩ ᾯΩ ᾰα ᾱα ᾲα ᾳα ᾴα ᾶα ᾷα ᾸΑ ᾹΑ ᾺΑ ΆΑ ᾼΑ ῂη ῃη ῄη ῆη ῇη ῈΕ ΈΕ ῊΗ ΉΗ ῌΗ ῐι ῑι
        ῒι ΐι ῖι ῗι ῘΙ ῙΙ ῚΙ ΊΙ ῠυ ῡυ ῢυ ΰυ ῤρ ῥρ ῦυ ῧυ ῨΥ ῩΥ ῪΥ ΎΥ ῬΡ ῲω ῳω ῴω ῶω ῷω ῸΟ ΌΟ ῺΩ ΏΩ ῼΩ \u{2C2F}\u{2C5F}
        \u{A698}\u{A699} \u{A69A}\u{A69B} \u{A796}\u{A797} \u{A798}\u{A799} \u{A79A}\u{A79B} \u{A79C}\u{A79D}
        \u{A79E}\u{A79F} \u{A7AB}ɜ \u{A7AC}ɡ \u{A7AD}ɬ \u{A7AE}ɪ \u{A7B0}ʞ \u{A7B1}ʇ \u{A7B2}ʝ \u{A7B3}\u{AB53}
        \u{A7B4}\u{A7B5} \u{A7B6}\u{A7B7} \u{A7B8}\u{A7B9} \u{A7BA}\u{A7BB} \u{A7BC}\u{A7BD} \u{A7BE}\u{A7BF}
        \u{A7C0}\u{A7C1} \u{A7C2}\u{A7C3} \u{A7C4}\u{A794} \u{A7C5}ʂ \u{A7C6}ᶎ \u{A7C7}\u{A7C8} \u{A7C9}\u{A7CA}
        \u{A7D0}\u{A7D1} \u{A7D6}\u{A7D7} \u{A7D8}\u{A7D9} \u{A7F5}\u{A7F6} \u{F900}\u{8C48} \u{F901}\u{66F4}
        \u{F902}\u{8ECA} \u{F903}\u{8CC8} \u{F904}\u{6ED1} \u{F905}\u{4E32} \u{F906}\u{53E5} \u{F907}\u{9F9C}
        \u{F908}\u{9F9C} \u{F909}\u{5951} \u{F90A}\u{91D1} \u{F90B}\u{5587} \u{F90C}\u{5948} \u{F90D}\u{61F6}
        \u{F90E}\u{7669} \u{F90F}\u{7F85} \u{F910}\u{863F} \u{F911}\u{87BA} \u{F912}\u{88F8} \u{F913}\u{908F}
        \u{F914}\u{6A02} \u{F915}\u{6D1B} \u{F916}\u{70D9} \u{F917}\u{73DE} \u{F918}\u{843D} \u{F919}\u{916A}
        \u{F91A}\u{99F1} \u{F91B}\u{4E82} \u{F91C}\u{5375} \u{F91D}\u{6B04} \u{F91E}\u{721B} \u{F91F}\u{862D}
        \u{F920}\u{9E1E} \u{F921}\u{5D50} \u{F922}\u{6FEB} \u{F923}\u{85CD} \u{F924}\u{8964} \u{F925}\u{62C9}
        \u{F926}\u{81D8} \u{F927}\u{881F} \u{F928}\u{5ECA} \u{F929}\u{6717} \u{F92A}\u{6D6A} \u{F92B}\u{72FC}
        \u{F92C}\u{90CE} \u{F92D}\u{4F86} \u{F92E}\u{51B7} \u{F92F}\u{52DE} \u{F930}\u{64C4} \u{F931}\u{6AD3}
        \u{F932}\u{7210} \u{F933}\u{76E7} \u{F934}\u{8001} \u{F935}\u{8606} \u{F936}\u{865C} \u{F937}\u{8DEF}
        \u{F938}\u{9732} \u{F939}\u{9B6F} \u{F93A}\u{9DFA} \u{F93B}\u{788C} \u{F93C}\u{797F} \u{F93D}\u{7DA0}
        \u{F93E}\u{83C9} \u{F93F}\u{9304} \u{F940}\u{9E7F} \u{F941}\u{8AD6} \u{F942}\u{58DF} \u{F943}\u{5F04}
        \u{F944}\u{7C60} \u{F945}\u{807E} \u{F946}\u{7262} \u{F947}\u{78CA} \u{F948}\u{8CC2} \u{F949}\u{96F7}
        \u{F94A}\u{58D8} \u{F94B}\u{5C62} \u{F94C}\u{6A13} \u{F94D}\u{6DDA} \u{F94E}\u{6F0F} \u{F94F}\u{7D2F}
        \u{F950}\u{7E37} \u{F951}\u{964B} \u{F952}\u{52D2} \u{F953}\u{808B} \u{F954}\u{51DC} \u{F955}\u{51CC}
        \u{F956}\u{7A1C} \u{F957}\u{7DBE} \u{F958}\u{83F1} \u{F959}\u{9675} \u{F95A}\u{8B80} \u{F95B}\u{62CF}
        \u{F95C}\u{6A02} \u{F95D}\u{8AFE} \u{F95E}\u{4E39} \u{F95F}\u{5BE7} \u{F960}\u{6012} \u{F961}\u{7387}
        \u{F962}\u{7570} \u{F963}\u{5317} \u{F964}\u{78FB} \u{F965}\u{4FBF} \u{F966}\u{5FA9} \u{F967}\u{4E0D}
        \u{F968}\u{6CCC} \u{F969}\u{6578} \u{F96A}\u{7D22} \u{F96B}\u{53C3} \u{F96C}\u{585E} \u{F96D}\u{7701}
        \u{F96E}\u{8449} \u{F96F}\u{8AAA} \u{F970}\u{6BBA} \u{F971}\u{8FB0} \u{F972}\u{6C88} \u{F973}\u{62FE}
        \u{F974}\u{82E5} \u{F975}\u{63A0} \u{F976}\u{7565} \u{F977}\u{4EAE} \u{F978}\u{5169} \u{F979}\u{51C9}
        \u{F97A}\u{6881} \u{F97B}\u{7CE7} \u{F97C}\u{826F} \u{F97D}\u{8AD2} \u{F97E}\u{91CF} \u{F97F}\u{52F5}
        \u{F980}\u{5442} \u{F981}\u{5973} \u{F982}\u{5EEC} \u{F983}\u{65C5} \u{F984}\u{6FFE} \u{F985}\u{792A}
        \u{F986}\u{95AD} \u{F987}\u{9A6A} \u{F988}\u{9E97} \u{F989}\u{9ECE} \u{F98A}\u{529B} \u{F98B}\u{66C6}
        \u{F98C}\u{6B77} \u{F98D}\u{8F62} \u{F98E}\u{5E74} \u{F98F}\u{6190} \u{F990}\u{6200} \u{F991}\u{649A}
        \u{F992}\u{6F23} \u{F993}\u{7149} \u{F994}\u{7489} \u{F995}\u{79CA} \u{F996}\u{7DF4} \u{F997}\u{806F}
        \u{F998}\u{8F26} \u{F999}\u{84EE} \u{F99A}\u{9023} \u{F99B}\u{934A} \u{F99C}\u{5217} \u{F99D}\u{52A3}
        \u{F99E}\u{54BD} \u{F99F}\u{70C8} \u{F9A0}\u{88C2} \u{F9A1}\u{8AAA} \u{F9A2}\u{5EC9} \u{F9A3}\u{5FF5}
        \u{F9A4}\u{637B} \u{F9A5}\u{6BAE} \u{F9A6}\u{7C3E} \u{F9A7}\u{7375} \u{F9A8}\u{4EE4} \u{F9A9}\u{56F9}
        \u{F9AA}\u{5BE7} \u{F9AB}\u{5DBA} \u{F9AC}\u{601C} \u{F9AD}\u{73B2} \u{F9AE}\u{7469} \u{F9AF}\u{7F9A}
        \u{F9B0}\u{8046} \u{F9B1}\u{9234} \u{F9B2}\u{96F6} \u{F9B3}\u{9748} \u{F9B4}\u{9818} \u{F9B5}\u{4F8B}
        \u{F9B6}\u{79AE} \u{F9B7}\u{91B4} \u{F9B8}\u{96B8} \u{F9B9}\u{60E1} \u{F9BA}\u{4E86} \u{F9BB}\u{50DA}
        \u{F9BC}\u{5BEE} \u{F9BD}\u{5C3F} \u{F9BE}\u{6599} \u{F9BF}\u{6A02} \u{F9C0}\u{71CE} \u{F9C1}\u{7642}
        \u{F9C2}\u{84FC} \u{F9C3}\u{907C} \u{F9C4}\u{9F8D} \u{F9C5}\u{6688} \u{F9C6}\u{962E} \u{F9C7}\u{5289}
        \u{F9C8}\u{677B} \u{F9C9}\u{67F3} \u{F9CA}\u{6D41} \u{F9CB}\u{6E9C} \u{F9CC}\u{7409} \u{F9CD}\u{7559}
        \u{F9CE}\u{786B} \u{F9CF}\u{7D10} \u{F9D0}\u{985E} \u{F9D1}\u{516D} \u{F9D2}\u{622E} \u{F9D3}\u{9678}
        \u{F9D4}\u{502B} \u{F9D5}\u{5D19} \u{F9D6}\u{6DEA} \u{F9D7}\u{8F2A} \u{F9D8}\u{5F8B} \u{F9D9}\u{6144}
        \u{F9DA}\u{6817} \u{F9DB}\u{7387} \u{F9DC}\u{9686} \u{F9DD}\u{5229} \u{F9DE}\u{540F} \u{F9DF}\u{5C65}
        \u{F9E0}\u{6613} \u{F9E1}\u{674E} \u{F9E2}\u{68A8} \u{F9E3}\u{6CE5} \u{F9E4}\u{7406} \u{F9E5}\u{75E2}
        \u{F9E6}\u{7F79} \u{F9E7}\u{88CF} \u{F9E8}\u{88E1} \u{F9E9}\u{91CC} \u{F9EA}\u{96E2} \u{F9EB}\u{533F}
        \u{F9EC}\u{6EBA} \u{F9ED}\u{541D} \u{F9EE}\u{71D0} \u{F9EF}\u{7498} \u{F9F0}\u{85FA} \u{F9F1}\u{96A3}
        \u{F9F2}\u{9C57} \u{F9F3}\u{9E9F} \u{F9F4}\u{6797} \u{F9F5}\u{6DCB} \u{F9F6}\u{81E8} \u{F9F7}\u{7ACB}
        \u{F9F8}\u{7B20} \u{F9F9}\u{7C92} \u{F9FA}\u{72C0} \u{F9FB}\u{7099} \u{F9FC}\u{8B58} \u{F9FD}\u{4EC0}
        \u{F9FE}\u{8336} \u{F9FF}\u{523A} \u{FA00}\u{5207} \u{FA01}\u{5EA6} \u{FA02}\u{62D3} \u{FA03}\u{7CD6}
        \u{FA04}\u{5B85} \u{FA05}\u{6D1E} \u{FA06}\u{66B4} \u{FA07}\u{8F3B} \u{FA08}\u{884C} \u{FA09}\u{964D}
        \u{FA0A}\u{898B} \u{FA0B}\u{5ED3} \u{FA0C}\u{5140} \u{FA0D}\u{55C0} \u{FA10}\u{585A} \u{FA12}\u{6674}
        \u{FA15}\u{51DE} \u{FA16}\u{732A} \u{FA17}\u{76CA} \u{FA18}\u{793C} \u{FA19}\u{795E} \u{FA1A}\u{7965}
        \u{FA1B}\u{798F} \u{FA1C}\u{9756} \u{FA1D}\u{7CBE} \u{FA1E}\u{7FBD} \u{FA20}\u{8612} \u{FA22}\u{8AF8}
        \u{FA25}\u{9038} \u{FA26}\u{90FD} \u{FA2A}\u{98EF} \u{FA2B}\u{98FC} \u{FA2C}\u{9928} \u{FA2D}\u{9DB4}
        \u{FA2E}\u{90DE} \u{FA2F}\u{96B7} \u{FA30}\u{4FAE} \u{FA31}\u{50E7} \u{FA32}\u{514D} \u{FA33}\u{52C9}
        \u{FA34}\u{52E4} \u{FA35}\u{5351} \u{FA36}\u{559D} \u{FA37}\u{5606} \u{FA38}\u{5668} \u{FA39}\u{5840}
        \u{FA3A}\u{58A8} \u{FA3B}\u{5C64} \u{FA3C}\u{5C6E} \u{FA3D}\u{6094} \u{FA3E}\u{6168} \u{FA3F}\u{618E}
        \u{FA40}\u{61F2} \u{FA41}\u{654F} \u{FA42}\u{65E2} \u{FA43}\u{6691} \u{FA44}\u{6885} \u{FA45}\u{6D77}
        \u{FA46}\u{6E1A} \u{FA47}\u{6F22} \u{FA48}\u{716E} \u{FA49}\u{722B} \u{FA4A}\u{7422} \u{FA4B}\u{7891}
        \u{FA4C}\u{793E} \u{FA4D}\u{7949} \u{FA4E}\u{7948} \u{FA4F}\u{7950} \u{FA50}\u{7956} \u{FA51}\u{795D}
        \u{FA52}\u{798D} \u{FA53}\u{798E} \u{FA54}\u{7A40} \u{FA55}\u{7A81} \u{FA56}\u{7BC0} \u{FA57}\u{7DF4}
        \u{FA58}\u{7E09} \u{FA59}\u{7E41} \u{FA5A}\u{7F72} \u{FA5B}\u{8005} \u{FA5C}\u{81ED} \u{FA5D}\u{8279}
        \u{FA5E}\u{8279} \u{FA5F}\u{8457} \u{FA60}\u{8910} \u{FA61}\u{8996} \u{FA62}\u{8B01} \u{FA63}\u{8B39}
        \u{FA64}\u{8CD3} \u{FA65}\u{8D08} \u{FA66}\u{8FB6} \u{FA67}\u{9038} \u{FA68}\u{96E3} \u{FA69}\u{97FF}
        \u{FA6A}\u{983B} \u{FA6B}\u{6075} \u{FA6C}\u{242EE} \u{FA6D}\u{8218} \u{FA70}\u{4E26} \u{FA71}\u{51B5}
        \u{FA72}\u{5168} \u{FA73}\u{4F80} \u{FA74}\u{5145} \u{FA75}\u{5180} \u{FA76}\u{52C7} \u{FA77}\u{52FA}
        \u{FA78}\u{559D} \u{FA79}\u{5555} \u{FA7A}\u{5599} \u{FA7B}\u{55E2} \u{FA7C}\u{585A} \u{FA7D}\u{58B3}
        \u{FA7E}\u{5944} \u{FA7F}\u{5954} \u{FA80}\u{5A62} \u{FA81}\u{5B28} \u{FA82}\u{5ED2} \u{FA83}\u{5ED9}
        \u{FA84}\u{5F69} \u{FA85}\u{5FAD} \u{FA86}\u{60D8} \u{FA87}\u{614E} \u{FA88}\u{6108} \u{FA89}\u{618E}
        \u{FA8A}\u{6160} \u{FA8B}\u{61F2} \u{FA8C}\u{6234} \u{FA8D}\u{63C4} \u{FA8E}\u{641C} \u{FA8F}\u{6452}
        \u{FA90}\u{6556} \u{FA91}\u{6674} \u{FA92}\u{6717} \u{FA93}\u{671B} \u{FA94}\u{6756} \u{FA95}\u{6B79}
        \u{FA96}\u{6BBA} \u{FA97}\u{6D41} \u{FA98}\u{6EDB} \u{FA99}\u{6ECB} \u{FA9A}\u{6F22} \u{FA9B}\u{701E}
        \u{FA9C}\u{716E} \u{FA9D}\u{77A7} \u{FA9E}\u{7235} \u{FA9F}\u{72AF} \u{FAA0}\u{732A} \u{FAA1}\u{7471}
        \u{FAA2}\u{7506} \u{FAA3}\u{753B} \u{FAA4}\u{761D} \u{FAA5}\u{761F} \u{FAA6}\u{76CA} \u{FAA7}\u{76DB}
        \u{FAA8}\u{76F4} \u{FAA9}\u{774A} \u{FAAA}\u{7740} \u{FAAB}\u{78CC} \u{FAAC}\u{7AB1} \u{FAAD}\u{7BC0}
        \u{FAAE}\u{7C7B} \u{FAAF}\u{7D5B} \u{FAB0}\u{7DF4} \u{FAB1}\u{7F3E} \u{FAB2}\u{8005} \u{FAB3}\u{8352}
        \u{FAB4}\u{83EF} \u{FAB5}\u{8779} \u{FAB6}\u{8941} \u{FAB7}\u{8986} \u{FAB8}\u{8996} \u{FAB9}\u{8ABF}
        \u{FABA}\u{8AF8} \u{FABB}\u{8ACB} \u{FABC}\u{8B01} \u{FABD}\u{8AFE} \u{FABE}\u{8AED} \u{FABF}\u{8B39}
        \u{FAC0}\u{8B8A} \u{FAC1}\u{8D08} \u{FAC2}\u{8F38} \u{FAC3}\u{9072} \u{FAC4}\u{9199} \u{FAC5}\u{9276}
        \u{FAC6}\u{967C} \u{FAC7}\u{96E3} \u{FAC8}\u{9756} \u{FAC9}\u{97DB} \u{FACA}\u{97FF} \u{FACB}\u{980B}
        \u{FACC}\u{983B} \u{FACD}\u{9B12} \u{FACE}\u{9F9C} \u{FACF}\u{2284A} \u{FAD0}\u{22844} \u{FAD1}\u{233D5}
        \u{FAD2}\u{3B9D} \u{FAD3}\u{4018} \u{FAD4}\u{4039} \u{FAD5}\u{25249} \u{FAD6}\u{25CD0} \u{FAD7}\u{27ED3}
        \u{FAD8}\u{9F43} \u{FAD9}\u{9F8E} \u{FB00}ff \u{FB01}fi \u{FB02}fl \u{FB03}ffi \u{FB04}ffl \u{FB05}st \u{FB06}st
        \u{FB13}մն \u{FB14}մե \u{FB15}մի \u{FB16}վն \u{FB17}մխ \u{FB1D}י\u{5B4} \u{FB1F}ײ\u{5B7} \u{FB20}ע \u{FB21}א
        \u{FB22}ד \u{FB23}ה \u{FB24}כ \u{FB25}ל \u{FB26}ם \u{FB27}ר \u{FB28}ת \u{FB2A}ש\u{5C1} \u{FB2B}ש\u{5C2}
        \u{FB2C}ש\u{5BC}\u{5C1} \u{FB2D}ש\u{5BC}\u{5C2} \u{FB2E}א\u{5B7} \u{FB2F}א\u{5B8} \u{FB30}א\u{5BC}
        \u{FB31}ב\u{5BC} \u{FB32}ג\u{5BC} \u{FB33}ד\u{5BC} \u{FB34}ה\u{5BC} \u{FB35}ו\u{5BC} \u{FB36}ז\u{5BC}
        \u{FB38}ט\u{5BC} \u{FB39}י\u{5BC} \u{FB3A}ך\u{5BC} \u{FB3B}כ\u{5BC} \u{FB3C}ל\u{5BC} \u{FB3E}מ\u{5BC}
        \u{FB40}נ\u{5BC} \u{FB41}ס\u{5BC} \u{FB43}ף\u{5BC} \u{FB44}פ\u{5BC} \u{FB46}צ\u{5BC} \u{FB47}ק\u{5BC}
        \u{FB48}ר\u{5BC} \u{FB49}ש\u{5BC} \u{FB4A}ת\u{5BC} \u{FB4B}ו\u{5B9} \u{FB4C}ב\u{5BF} \u{FB4D}כ\u{5BF}
        \u{FB4E}פ\u{5BF} \u{FB4F}אל \u{FB50}ٱ \u{FB51}ٱ \u{FB52}ٻ \u{FB53}ٻ \u{FB54}ٻ \u{FB55}ٻ \u{FB56}پ \u{FB57}پ
        \u{FB58}پ \u{FB59}پ \u{FB5A}ڀ \u{FB5B}ڀ \u{FB5C}ڀ \u{FB5D}ڀ \u{FB5E}ٺ \u{FB5F}ٺ \u{FB60}ٺ \u{FB61}ٺ \u{FB62}ٿ
        \u{FB63}ٿ \u{FB64}ٿ \u{FB65}ٿ \u{FB66}ٹ \u{FB67}ٹ \u{FB68}ٹ \u{FB69}ٹ \u{FB6A}ڤ \u{FB6B}ڤ \u{FB6C}ڤ \u{FB6D}ڤ
        \u{FB6E}ڦ \u{FB6F}ڦ \u{FB70}ڦ \u{FB71}ڦ \u{FB72}ڄ \u{FB73}ڄ \u{FB74}ڄ \u{FB75}ڄ \u{FB76}ڃ \u{FB77}ڃ \u{FB78}ڃ
        \u{FB79}ڃ \u{FB7A}چ \u{FB7B}چ \u{FB7C}چ \u{FB7D}چ \u{FB7E}ڇ \u{FB7F}ڇ \u{FB80}ڇ \u{FB81}ڇ \u{FB82}ڍ \u{FB83}ڍ
        \u{FB84}ڌ \u{FB85}ڌ \u{FB86}ڎ \u{FB87}ڎ \u{FB88}ڈ \u{FB89}ڈ \u{FB8A}ژ \u{FB8B}ژ \u{FB8C}ڑ \u{FB8D}ڑ \u{FB8E}ک
        \u{FB8F}ک \u{FB90}ک \u{FB91}ک \u{FB92}گ \u{FB93}گ \u{FB94}گ \u{FB95}گ \u{FB96}ڳ \u{FB97}ڳ \u{FB98}ڳ \u{FB99}ڳ
        \u{FB9A}ڱ \u{FB9B}ڱ \u{FB9C}ڱ \u{FB9D}ڱ \u{FB9E}ں \u{FB9F}ں \u{FBA0}ڻ \u{FBA1}ڻ \u{FBA2}ڻ \u{FBA3}ڻ \u{FBA4}ە
        \u{FBA5}ە \u{FBA6}ہ \u{FBA7}ہ \u{FBA8}ہ \u{FBA9}ہ \u{FBAA}ھ \u{FBAB}ھ \u{FBAC}ھ \u{FBAD}ھ \u{FBAE}ے \u{FBAF}ے
        \u{FBB0}ے \u{FBB1}ے \u{FBD3}ڭ \u{FBD4}ڭ \u{FBD5}ڭ \u{FBD6}ڭ \u{FBD7}ۇ \u{FBD8}ۇ \u{FBD9}ۆ \u{FBDA}ۆ \u{FBDB}ۈ
        \u{FBDC}ۈ \u{FBDD}ۇٴ \u{FBDE}ۋ \u{FBDF}ۋ \u{FBE0}ۅ \u{FBE1}ۅ \u{FBE2}ۉ \u{FBE3}ۉ \u{FBE4}ې \u{FBE5}ې \u{FBE6}ې
        \u{FBE7}ې \u{FBE8}ى \u{FBE9}ى \u{FBEA}يا \u{FBEB}يا \u{FBEC}يە \u{FBED}يە \u{FBEE}يو \u{FBEF}يو \u{FBF0}يۇ
        \u{FBF1}يۇ \u{FBF2}يۆ \u{FBF3}يۆ \u{FBF4}يۈ \u{FBF5}يۈ \u{FBF6}يې \u{FBF7}يې \u{FBF8}يې \u{FBF9}يى \u{FBFA}يى
        \u{FBFB}يى \u{FBFC}ی \u{FBFD}ی \u{FBFE}ی \u{FBFF}ی \u{FC00}يج \u{FC01}يح \u{FC02}يم \u{FC03}يى \u{FC04}يي
        \u{FC05}بج \u{FC06}بح \u{FC07}بخ \u{FC08}بم \u{FC09}بى \u{FC0A}بي \u{FC0B}تج \u{FC0C}تح \u{FC0D}تخ \u{FC0E}تم
        \u{FC0F}تى \u{FC10}تي \u{FC11}ثج \u{FC12}ثم \u{FC13}ثى \u{FC14}ثي \u{FC15}جح \u{FC16}جم \u{FC17}حج \u{FC18}حم
        \u{FC19}خج \u{FC1A}خح \u{FC1B}خم \u{FC1C}سج \u{FC1D}سح \u{FC1E}سخ \u{FC1F}سم \u{FC20}صح \u{FC21}صم \u{FC22}ضج
        \u{FC23}ضح \u{FC24}ضخ \u{FC25}ضم \u{FC26}طح \u{FC27}طم \u{FC28}ظم \u{FC29}عج \u{FC2A}عم \u{FC2B}غج \u{FC2C}غم
        \u{FC2D}فج \u{FC2E}فح \u{FC2F}فخ \u{FC30}فم \u{FC31}فى \u{FC32}في \u{FC33}قح \u{FC34}قم \u{FC35}قى \u{FC36}قي
        \u{FC37}كا \u{FC38}كج \u{FC39}كح \u{FC3A}كخ \u{FC3B}كل \u{FC3C}كم \u{FC3D}كى \u{FC3E}كي \u{FC3F}لج \u{FC40}لح
        \u{FC41}لخ \u{FC42}لم \u{FC43}لى \u{FC44}لي \u{FC45}مج \u{FC46}مح \u{FC47}مخ \u{FC48}مم \u{FC49}مى \u{FC4A}مي
        \u{FC4B}نج \u{FC4C}نح \u{FC4D}نخ \u{FC4E}نم \u{FC4F}نى \u{FC50}ني \u{FC51}هج \u{FC52}هم \u{FC53}هى \u{FC54}هي
        \u{FC55}يج \u{FC56}يح \u{FC57}يخ \u{FC58}يم \u{FC59}يى \u{FC5A}يي \u{FC5B}ذ \u{FC5C}ر \u{FC5D}ى \u{FC64}ير
        \u{FC65}يز \u{FC66}يم \u{FC67}ين \u{FC68}يى \u{FC69}يي \u{FC6A}بر \u{FC6B}بز \u{FC6C}بم \u{FC6D}بن \u{FC6E}بى
        \u{FC6F}بي \u{FC70}تر \u{FC71}تز \u{FC72}تم \u{FC73}تن \u{FC74}تى \u{FC75}تي \u{FC76}ثر \u{FC77}ثز \u{FC78}ثم
        \u{FC79}ثن \u{FC7A}ثى \u{FC7B}ثي \u{FC7C}فى \u{FC7D}في \u{FC7E}قى \u{FC7F}قي \u{FC80}كا \u{FC81}كل \u{FC82}كم
        \u{FC83}كى \u{FC84}كي \u{FC85}لم \u{FC86}لى \u{FC87}لي \u{FC88}ما \u{FC89}مم \u{FC8A}نر \u{FC8B}نز \u{FC8C}نم
        \u{FC8D}نن \u{FC8E}نى \u{FC8F}ني \u{FC90}ى \u{FC91}ير \u{FC92}يز \u{FC93}يم \u{FC94}ين \u{FC95}يى \u{FC96}يي
        \u{FC97}يج \u{FC98}يح \u{FC99}يخ \u{FC9A}يم \u{FC9B}يه \u{FC9C}بج \u{FC9D}بح \u{FC9E}بخ \u{FC9F}بم \u{FCA0}به
        \u{FCA1}تج \u{FCA2}تح \u{FCA3}تخ \u{FCA4}تم \u{FCA5}ته \u{FCA6}ثم \u{FCA7}جح \u{FCA8}جم \u{FCA9}حج \u{FCAA}حم
        \u{FCAB}خج \u{FCAC}خم \u{FCAD}سج \u{FCAE}سح \u{FCAF}سخ \u{FCB0}سم \u{FCB1}صح \u{FCB2}صخ \u{FCB3}صم \u{FCB4}ضج
        \u{FCB5}ضح \u{FCB6}ضخ \u{FCB7}ضم \u{FCB8}طح \u{FCB9}ظم \u{FCBA}عج \u{FCBB}عم \u{FCBC}غج \u{FCBD}غم \u{FCBE}فج
        \u{FCBF}فح \u{FCC0}فخ \u{FCC1}فم \u{FCC2}قح \u{FCC3}قم \u{FCC4}كج \u{FCC5}كح \u{FCC6}كخ \u{FCC7}كل \u{FCC8}كم
        \u{FCC9}لج \u{FCCA}لح \u{FCCB}لخ \u{FCCC}لم \u{FCCD}له \u{FCCE}مج \u{FCCF}مح \u{FCD0}مخ \u{FCD1}مم \u{FCD2}نج
        \u{FCD3}نح \u{FCD4}نخ \u{FCD5}نم \u{FCD6}نه \u{FCD7}هج \u{FCD8}هم \u{FCD9}ه \u{FCDA}يج \u{FCDB}يح \u{FCDC}يخ
        \u{FCDD}يم \u{FCDE}يه \u{FCDF}يم \u{FCE0}يه \u{FCE1}بم \u{FCE2}به \u{FCE3}تم \u{FCE4}ته \u{FCE5}ثم \u{FCE6}ثه
        \u{FCE7}سم \u{FCE8}سه \u{FCE9}شم \u{FCEA}شه \u{FCEB}كل \u{FCEC}كم \u{FCED}لم \u{FCEE}نم \u{FCEF}نه \u{FCF0}يم
        \u{FCF1}يه \u{FCF2} \u{FCF3} \u{FCF4} \u{FCF5}طى \u{FCF6}طي \u{FCF7}عى \u{FCF8}عي \u{FCF9}غى \u{FCFA}غي
        \u{FCFB}سى \u{FCFC}سي \u{FCFD}شى \u{FCFE}شي \u{FCFF}حى \u{FD00}حي \u{FD01}جى \u{FD02}جي \u{FD03}خى \u{FD04}خي
        \u{FD05}صى \u{FD06}صي \u{FD07}ضى \u{FD08}ضي \u{FD09}شج \u{FD0A}شح \u{FD0B}شخ \u{FD0C}شم \u{FD0D}شر \u{FD0E}سر
        \u{FD0F}صر \u{FD10}ضر \u{FD11}طى \u{FD12}طي \u{FD13}عى \u{FD14}عي \u{FD15}غى \u{FD16}غي \u{FD17}سى \u{FD18}سي
        \u{FD19}شى \u{FD1A}شي \u{FD1B}حى \u{FD1C}حي \u{FD1D}جى \u{FD1E}جي \u{FD1F}خى \u{FD20}خي \u{FD21}صى \u{FD22}صي
        \u{FD23}ضى \u{FD24}ضي \u{FD25}شج \u{FD26}شح \u{FD27}شخ \u{FD28}شم \u{FD29}شر \u{FD2A}سر \u{FD2B}صر \u{FD2C}ضر
        \u{FD2D}شج \u{FD2E}شح \u{FD2F}شخ \u{FD30}شم \u{FD31}سه \u{FD32}شه \u{FD33}طم \u{FD34}سج \u{FD35}سح \u{FD36}سخ
        \u{FD37}شج \u{FD38}شح \u{FD39}شخ \u{FD3A}طم \u{FD3B}ظم \u{FD3C}ا \u{FD3D}ا \u{FD50}تجم \u{FD51}تحج \u{FD52}تحج
        \u{FD53}تحم \u{FD54}تخم \u{FD55}تمج \u{FD56}تمح \u{FD57}تمخ \u{FD58}جمح \u{FD59}جمح \u{FD5A}حمي \u{FD5B}حمى
        \u{FD5C}سحج \u{FD5D}سجح \u{FD5E}سجى \u{FD5F}سمح \u{FD60}سمح \u{FD61}سمج \u{FD62}سمم \u{FD63}سمم \u{FD64}صحح
        \u{FD65}صحح \u{FD66}صمم \u{FD67}شحم \u{FD68}شحم \u{FD69}شجي \u{FD6A}شمخ \u{FD6B}شمخ \u{FD6C}شمم \u{FD6D}شمم
        \u{FD6E}ضحى \u{FD6F}ضخم \u{FD70}ضخم \u{FD71}طمح \u{FD72}طمح \u{FD73}طمم \u{FD74}طمي \u{FD75}عجم \u{FD76}عمم
        \u{FD77}عمم \u{FD78}عمى \u{FD79}غمم \u{FD7A}غمي \u{FD7B}غمى \u{FD7C}فخم \u{FD7D}فخم \u{FD7E}قمح \u{FD7F}قمم
        \u{FD80}لحم \u{FD81}لحي \u{FD82}لحى \u{FD83}لجج \u{FD84}لجج \u{FD85}لخم \u{FD86}لخم \u{FD87}لمح \u{FD88}لمح
        \u{FD89}محج \u{FD8A}محم \u{FD8B}محي \u{FD8C}مجح \u{FD8D}مجم \u{FD8E}مخج \u{FD8F}مخم \u{FD92}مجخ \u{FD93}همج
        \u{FD94}همم \u{FD95}نحم \u{FD96}نحى \u{FD97}نجم \u{FD98}نجم \u{FD99}نجى \u{FD9A}نمي \u{FD9B}نمى \u{FD9C}يمم
        \u{FD9D}يمم \u{FD9E}بخي \u{FD9F}تجي \u{FDA0}تجى \u{FDA1}تخي \u{FDA2}تخى \u{FDA3}تمي \u{FDA4}تمى \u{FDA5}جمي
        \u{FDA6}جحى \u{FDA7}جمى \u{FDA8}سخى \u{FDA9}صحي \u{FDAA}شحي \u{FDAB}ضحي \u{FDAC}لجي \u{FDAD}لمي \u{FDAE}يحي
        \u{FDAF}يجي \u{FDB0}يمي \u{FDB1}ممي \u{FDB2}قمي \u{FDB3}نحي \u{FDB4}قمح \u{FDB5}لحم \u{FDB6}عمي \u{FDB7}كمي
        \u{FDB8}نجح \u{FDB9}مخي \u{FDBA}لجم \u{FDBB}كمم \u{FDBC}لجم \u{FDBD}نجح \u{FDBE}جحي \u{FDBF}حجي \u{FDC0}مجي
        \u{FDC1}فمي \u{FDC2}بحي \u{FDC3}كمم \u{FDC4}عجم \u{FDC5}صمم \u{FDC6}سخي \u{FDC7}نجي \u{FDF0}صلے \u{FDF1}قلے
        \u{FDF2}الله \u{FDF3}اكبر \u{FDF4}محمد \u{FDF5}صلعم \u{FDF6}رسول \u{FDF7}عليه \u{FDF8}وسلم \u{FDF9}صلى \u{FE00}
        \u{FE01} \u{FE02} \u{FE03} \u{FE04} \u{FE05} \u{FE06} \u{FE07} \u{FE08} \u{FE09} \u{FE0A} \u{FE0B} \u{FE0C}
        \u{FE0D} \u{FE0E} \u{FE0F} \u{FE20} \u{FE21} \u{FE22} \u{FE23} \u{FE24} \u{FE25} \u{FE26} \u{FE27} \u{FE28}
        \u{FE29} \u{FE2A} \u{FE2B} \u{FE2C} \u{FE2D} \u{FE2E} \u{FE2F} \u{FE71} \u{FE77} \u{FE79} \u{FE7B} \u{FE7D}
        \u{FE7F} \u{FE80}ء \u{FE81}ا \u{FE82}ا \u{FE83}ا \u{FE84}ا \u{FE85}و \u{FE86}و \u{FE87}ا \u{FE88}ا \u{FE89}ي
        \u{FE8A}ي \u{FE8B}ي \u{FE8C}ي \u{FE8D}ا \u{FE8E}ا \u{FE8F}ب \u{FE90}ب \u{FE91}ب \u{FE92}ب \u{FE93}ة \u{FE94}ة
        \u{FE95}ت \u{FE96}ت \u{FE97}ت \u{FE98}ت \u{FE99}ث \u{FE9A}ث \u{FE9B}ث \u{FE9C}ث \u{FE9D}ج \u{FE9E}ج \u{FE9F}ج
        \u{FEA0}ج \u{FEA1}ح \u{FEA2}ح \u{FEA3}ح \u{FEA4}ح \u{FEA5}خ \u{FEA6}خ \u{FEA7}خ \u{FEA8}خ \u{FEA9}د \u{FEAA}د
        \u{FEAB}ذ \u{FEAC}ذ \u{FEAD}ر \u{FEAE}ر \u{FEAF}ز \u{FEB0}ز \u{FEB1}س \u{FEB2}س \u{FEB3}س \u{FEB4}س \u{FEB5}ش
        \u{FEB6}ش \u{FEB7}ش \u{FEB8}ش \u{FEB9}ص \u{FEBA}ص \u{FEBB}ص \u{FEBC}ص \u{FEBD}ض \u{FEBE}ض \u{FEBF}ض \u{FEC0}ض
        \u{FEC1}ط \u{FEC2}ط \u{FEC3}ط \u{FEC4}ط \u{FEC5}ظ \u{FEC6}ظ \u{FEC7}ظ \u{FEC8}ظ \u{FEC9}ع \u{FECA}ع \u{FECB}ع
        \u{FECC}ع \u{FECD}غ \u{FECE}غ \u{FECF}غ \u{FED0}غ \u{FED1}ف \u{FED2}ف \u{FED3}ف \u{FED4}ف \u{FED5}ق \u{FED6}ق
        \u{FED7}ق \u{FED8}ق \u{FED9}ك \u{FEDA}ك \u{FEDB}ك \u{FEDC}ك \u{FEDD}ل \u{FEDE}ل \u{FEDF}ل \u{FEE0}ل \u{FEE1}م
        \u{FEE2}م \u{FEE3}م \u{FEE4}م \u{FEE5}ن \u{FEE6}ن \u{FEE7}ن \u{FEE8}ن \u{FEE9}ه \u{FEEA}ه \u{FEEB}ه \u{FEEC}ه
        \u{FEED}و \u{FEEE}و \u{FEEF}ى \u{FEF0}ى \u{FEF1}ي \u{FEF2}ي \u{FEF3}ي \u{FEF4}ي \u{FEF5}لا \u{FEF6}لا \u{FEF7}لا
        \u{FEF8}لا \u{FEF9}لا \u{FEFA}لا \u{FEFB}لا \u{FEFC}لا \u{FFA0}ᅠ \u{FFA1}ᄀ \u{FFA2}ᄁ \u{FFA3}ᆪ \u{FFA4}ᄂ
        \u{FFA5}ᆬ \u{FFA6}ᆭ \u{FFA7}ᄃ \u{FFA8}ᄄ \u{FFA9}ᄅ \u{FFAA}ᆰ \u{FFAB}ᆱ \u{FFAC}ᆲ \u{FFAD}ᆳ \u{FFAE}ᆴ \u{FFAF}ᆵ
        \u{FFB0}ᄚ \u{FFB1}ᄆ \u{FFB2}ᄇ \u{FFB3}ᄈ \u{FFB4}ᄡ \u{FFB5}ᄉ \u{FFB6}ᄊ \u{FFB7}ᄋ \u{FFB8}ᄌ \u{FFB9}ᄍ \u{FFBA}ᄎ
        \u{FFBB}ᄏ \u{FFBC}ᄐ \u{FFBD}ᄑ \u{FFBE}ᄒ \u{FFC2}ᅡ \u{FFC3}ᅢ \u{FFC4}ᅣ \u{FFC5}ᅤ \u{FFC6}ᅥ \u{FFC7}ᅦ \u{FFCA}ᅧ
        \u{FFCB}ᅨ \u{FFCC}ᅩ \u{FFCD}ᅪ \u{FFCE}ᅫ \u{FFCF}ᅬ \u{FFD2}ᅭ \u{FFD3}ᅮ \u{FFD4}ᅯ \u{FFD5}ᅰ \u{FFD6}ᅱ \u{FFD7}ᅲ
        \u{FFDA}ᅳ \u{FFDB}ᅴ \u{FFDC}ᅵ \u{104B0}\u{104D8} \u{104B1}\u{104D9} \u{104B2}\u{104DA} \u{104B3}\u{104DB}
        \u{104B4}\u{104DC} \u{104B5}\u{104DD} \u{104B6}\u{104DE} \u{104B7}\u{104DF} \u{104B8}\u{104E0}
        \u{104B9}\u{104E1} \u{104BA}\u{104E2} \u{104BB}\u{104E3} \u{104BC}\u{104E4} \u{104BD}\u{104E5}
        \u{104BE}\u{104E6} \u{104BF}\u{104E7} \u{104C0}\u{104E8} \u{104C1}\u{104E9} \u{104C2}\u{104EA}
        \u{104C3}\u{104EB} \u{104C4}\u{104EC} \u{104C5}\u{104ED} \u{104C6}\u{104EE} \u{104C7}\u{104EF}
        \u{104C8}\u{104F0} \u{104C9}\u{104F1} \u{104CA}\u{104F2} \u{104CB}\u{104F3} \u{104CC}\u{104F4}
        \u{104CD}\u{104F5} \u{104CE}\u{104F6} \u{104CF}\u{104F7} \u{104D0}\u{104F8} \u{104D1}\u{104F9}
        \u{104D2}\u{104FA} \u{104D3}\u{104FB} \u{10570}\u{10597} \u{10571}\u{10598} \u{10572}\u{10599}
        \u{10573}\u{1059A} \u{10574}\u{1059B} \u{10575}\u{1059C} \u{10576}\u{1059D} \u{10577}\u{1059E}
        \u{10578}\u{1059F} \u{10579}\u{105A0} \u{1057A}\u{105A1} \u{1057C}\u{105A3} \u{1057D}\u{105A4}
        \u{1057E}\u{105A5} \u{1057F}\u{105A6} \u{10580}\u{105A7} \u{10581}\u{105A8} \u{10582}\u{105A9}
        \u{10583}\u{105AA} \u{10584}\u{105AB} \u{10585}\u{105AC} \u{10586}\u{105AD} \u{10587}\u{105AE}
        \u{10588}\u{105AF} \u{10589}\u{105B0} \u{1058A}\u{105B1} \u{1058C}\u{105B3} \u{1058D}\u{105B4}
        \u{1058E}\u{105B5} \u{1058F}\u{105B6} \u{10590}\u{105B7} \u{10591}\u{105B8} \u{10592}\u{105B9}
        \u{10594}\u{105BB} \u{10595}\u{105BC} \u{10C80}\u{10CC0} \u{10C81}\u{10CC1} \u{10C82}\u{10CC2}
        \u{10C83}\u{10CC3} \u{10C84}\u{10CC4} \u{10C85}\u{10CC5} \u{10C86}\u{10CC6} \u{10C87}\u{10CC7}
        \u{10C88}\u{10CC8} \u{10C89}\u{10CC9} \u{10C8A}\u{10CCA} \u{10C8B}\u{10CCB} \u{10C8C}\u{10CCC}
        \u{10C8D}\u{10CCD} \u{10C8E}\u{10CCE} \u{10C8F}\u{10CCF} \u{10C90}\u{10CD0} \u{10C91}\u{10CD1}
        \u{10C92}\u{10CD2} \u{10C93}\u{10CD3} \u{10C94}\u{10CD4} \u{10C95}\u{10CD5} \u{10C96}\u{10CD6}
        \u{10C97}\u{10CD7} \u{10C98}\u{10CD8} \u{10C99}\u{10CD9} \u{10C9A}\u{10CDA} \u{10C9B}\u{10CDB}
        \u{10C9C}\u{10CDC} \u{10C9D}\u{10CDD} \u{10C9E}\u{10CDE} \u{10C9F}\u{10CDF} \u{10CA0}\u{10CE0}
        \u{10CA1}\u{10CE1} \u{10CA2}\u{10CE2} \u{10CA3}\u{10CE3} \u{10CA4}\u{10CE4} \u{10CA5}\u{10CE5}
        \u{10CA6}\u{10CE6} \u{10CA7}\u{10CE7} \u{10CA8}\u{10CE8} \u{10CA9}\u{10CE9} \u{10CAA}\u{10CEA}
        \u{10CAB}\u{10CEB} \u{10CAC}\u{10CEC} \u{10CAD}\u{10CED} \u{10CAE}\u{10CEE} \u{10CAF}\u{10CEF}
        \u{10CB0}\u{10CF0} \u{10CB1}\u{10CF1} \u{10CB2}\u{10CF2} \u{1109A}\u{11099}\u{110BA} \u{1109C}\u{1109B}\u{110BA}
        \u{110AB}\u{110A5}\u{110BA} \u{1112E}\u{11131}\u{11127} \u{1112F}\u{11132}\u{11127} \u{1134B}\u{11347}\u{1133E}
        \u{1134C}\u{11347}\u{11357} \u{114BB}\u{114B9}\u{114BA} \u{114BC}\u{114B9}\u{114B0} \u{114BE}\u{114B9}\u{114BD}
        \u{115BA}\u{115B8}\u{115AF} \u{115BB}\u{115B9}\u{115AF} \u{118A0}\u{118C0} \u{118A1}\u{118C1} \u{118A2}\u{118C2}
        \u{118A3}\u{118C3} \u{118A4}\u{118C4} \u{118A5}\u{118C5} \u{118A6}\u{118C6} \u{118A7}\u{118C7}
        \u{118A8}\u{118C8} \u{118A9}\u{118C9} \u{118AA}\u{118CA} \u{118AB}\u{118CB} \u{118AC}\u{118CC}
        \u{118AD}\u{118CD} \u{118AE}\u{118CE} \u{118AF}\u{118CF} \u{118B0}\u{118D0} \u{118B1}\u{118D1}
        \u{118B2}\u{118D2} \u{118B3}\u{118D3} \u{118B4}\u{118D4} \u{118B5}\u{118D5} \u{118B6}\u{118D6}
        \u{118B7}\u{118D7} \u{118B8}\u{118D8} \u{118B9}\u{118D9} \u{118BA}\u{118DA} \u{118BB}\u{118DB}
        \u{118BC}\u{118DC} \u{118BD}\u{118DD} \u{118BE}\u{118DE} \u{118BF}\u{118DF} \u{11938}\u{11935}\u{11930}
        \u{16E40}\u{16E60} \u{16E41}\u{16E61} \u{16E42}\u{16E62} \u{16E43}\u{16E63} \u{16E44}\u{16E64}
        \u{16E45}\u{16E65} \u{16E46}\u{16E66} \u{16E47}\u{16E67} \u{16E48}\u{16E68} \u{16E49}\u{16E69}
        \u{16E4A}\u{16E6A} \u{16E4B}\u{16E6B} \u{16E4C}\u{16E6C} \u{16E4D}\u{16E6D} \u{16E4E}\u{16E6E}
        \u{16E4F}\u{16E6F} \u{16E50}\u{16E70} \u{16E51}\u{16E71} \u{16E52}\u{16E72} \u{16E53}\u{16E73}
        \u{16E54}\u{16E74} \u{16E55}\u{16E75} \u{16E56}\u{16E76} \u{16E57}\u{16E77} \u{16E58}\u{16E78}
        \u{16E59}\u{16E79} \u{16E5A}\u{16E7A} \u{16E5B}\u{16E7B} \u{16E5C}\u{16E7C} \u{16E5D}\u{16E7D}
        \u{16E5E}\u{16E7E} \u{16E5F}\u{16E7F} \u{1D400}A \u{1D401}B \u{1D402}C \u{1D403}D \u{1D404}E \u{1D405}F
        \u{1D406}G \u{1D407}H \u{1D408}I \u{1D409}J \u{1D40A}K \u{1D40B}L \u{1D40C}M \u{1D40D}N \u{1D40E}O \u{1D40F}P
        \u{1D410}Q \u{1D411}R \u{1D412}S \u{1D413}T \u{1D414}U \u{1D415}V \u{1D416}W \u{1D417}X \u{1D418}Y \u{1D419}Z
        \u{1D41A}a \u{1D41B}b \u{1D41C}c \u{1D41D}d \u{1D41E}e \u{1D41F}f \u{1D420}g \u{1D421}h \u{1D422}i \u{1D423}j
        \u{1D424}k \u{1D425}l \u{1D426}m \u{1D427}n \u{1D428}o \u{1D429}p \u{1D42A}q \u{1D42B}r \u{1D42C}s \u{1D42D}t
        \u{1D42E}u \u{1D42F}v \u{1D430}w \u{1D431}x \u{1D432}y \u{1D433}z \u{1D434}A \u{1D435}B \u{1D436}C \u{1D437}D
        \u{1D438}E \u{1D439}F \u{1D43A}G \u{1D43B}H \u{1D43C}I \u{1D43D}J \u{1D43E}K \u{1D43F}L \u{1D440}M \u{1D441}N
        \u{1D442}O \u{1D443}P \u{1D444}Q \u{1D445}R \u{1D446}S \u{1D447}T \u{1D448}U \u{1D449}V \u{1D44A}W \u{1D44B}X
        \u{1D44C}Y \u{1D44D}Z \u{1D44E}a \u{1D44F}b \u{1D450}c \u{1D451}d \u{1D452}e \u{1D453}f \u{1D454}g \u{1D456}i
        \u{1D457}j \u{1D458}k \u{1D459}l \u{1D45A}m \u{1D45B}n \u{1D45C}o \u{1D45D}p \u{1D45E}q \u{1D45F}r \u{1D460}s
        \u{1D461}t \u{1D462}u \u{1D463}v \u{1D464}w \u{1D465}x \u{1D466}y \u{1D467}z \u{1D468}A \u{1D469}B \u{1D46A}C
        \u{1D46B}D \u{1D46C}E \u{1D46D}F \u{1D46E}G \u{1D46F}H \u{1D470}I \u{1D471}J \u{1D472}K \u{1D473}L \u{1D474}M
        \u{1D475}N \u{1D476}O \u{1D477}P \u{1D478}Q \u{1D479}R \u{1D47A}S \u{1D47B}T \u{1D47C}U \u{1D47D}V \u{1D47E}W
        \u{1D47F}X \u{1D480}Y \u{1D481}Z \u{1D482}a \u{1D483}b \u{1D484}c \u{1D485}d \u{1D486}e \u{1D487}f \u{1D488}g
        \u{1D489}h \u{1D48A}i \u{1D48B}j \u{1D48C}k \u{1D48D}l \u{1D48E}m \u{1D48F}n \u{1D490}o \u{1D491}p \u{1D492}q
        \u{1D493}r \u{1D494}s \u{1D495}t \u{1D496}u \u{1D497}v \u{1D498}w \u{1D499}x \u{1D49A}y \u{1D49B}z \u{1D49C}A
        \u{1D49E}C \u{1D49F}D \u{1D4A2}G \u{1D4A5}J \u{1D4A6}K \u{1D4A9}N \u{1D4AA}O \u{1D4AB}P \u{1D4AC}Q \u{1D4AE}S
        \u{1D4AF}T \u{1D4B0}U \u{1D4B1}V \u{1D4B2}W \u{1D4B3}X \u{1D4B4}Y \u{1D4B5}Z \u{1D4B6}a \u{1D4B7}b \u{1D4B8}c
        \u{1D4B9}d \u{1D4BB}f \u{1D4BD}h \u{1D4BE}i \u{1D4BF}j \u{1D4C0}k \u{1D4C1}l \u{1D4C2}m \u{1D4C3}n \u{1D4C5}p
        \u{1D4C6}q \u{1D4C7}r \u{1D4C8}s \u{1D4C9}t \u{1D4CA}u \u{1D4CB}v \u{1D4CC}w \u{1D4CD}x \u{1D4CE}y \u{1D4CF}z
        \u{1D4D0}A \u{1D4D1}B \u{1D4D2}C \u{1D4D3}D \u{1D4D4}E \u{1D4D5}F \u{1D4D6}G \u{1D4D7}H \u{1D4D8}I \u{1D4D9}J
        \u{1D4DA}K \u{1D4DB}L \u{1D4DC}M \u{1D4DD}N \u{1D4DE}O \u{1D4DF}P \u{1D4E0}Q \u{1D4E1}R \u{1D4E2}S \u{1D4E3}T
        \u{1D4E4}U \u{1D4E5}V \u{1D4E6}W \u{1D4E7}X \u{1D4E8}Y \u{1D4E9}Z \u{1D4EA}a \u{1D4EB}b \u{1D4EC}c \u{1D4ED}d
        \u{1D4EE}e \u{1D4EF}f \u{1D4F0}g \u{1D4F1}h \u{1D4F2}i \u{1D4F3}j \u{1D4F4}k \u{1D4F5}l \u{1D4F6}m \u{1D4F7}n
        \u{1D4F8}o \u{1D4F9}p \u{1D4FA}q \u{1D4FB}r \u{1D4FC}s \u{1D4FD}t \u{1D4FE}u \u{1D4FF}v \u{1D500}w \u{1D501}x
        \u{1D502}y \u{1D503}z \u{1D504}A \u{1D505}B \u{1D507}D \u{1D508}E \u{1D509}F \u{1D50A}G \u{1D50D}J \u{1D50E}K
        \u{1D50F}L \u{1D510}M \u{1D511}N \u{1D512}O \u{1D513}P \u{1D514}Q \u{1D516}S \u{1D517}T \u{1D518}U \u{1D519}V
        \u{1D51A}W \u{1D51B}X \u{1D51C}Y \u{1D51E}a \u{1D51F}b \u{1D520}c \u{1D521}d \u{1D522}e \u{1D523}f \u{1D524}g
        \u{1D525}h \u{1D526}i \u{1D527}j \u{1D528}k \u{1D529}l \u{1D52A}m \u{1D52B}n \u{1D52C}o \u{1D52D}p \u{1D52E}q
        \u{1D52F}r \u{1D530}s \u{1D531}t \u{1D532}u \u{1D533}v \u{1D534}w \u{1D535}x \u{1D536}y \u{1D537}z \u{1D538}A
        \u{1D539}B \u{1D53B}D \u{1D53C}E \u{1D53D}F \u{1D53E}G \u{1D540}I \u{1D541}J \u{1D542}K \u{1D543}L \u{1D544}M
        \u{1D546}O \u{1D54A}S \u{1D54B}T \u{1D54C}U \u{1D54D}V \u{1D54E}W \u{1D54F}X \u{1D550}Y \u{1D552}a \u{1D553}b
        \u{1D554}c \u{1D555}d \u{1D556}e \u{1D557}f \u{1D558}g \u{1D559}h \u{1D55A}i \u{1D55B}j \u{1D55C}k \u{1D55D}l
        \u{1D55E}m \u{1D55F}n \u{1D560}o \u{1D561}p \u{1D562}q \u{1D563}r \u{1D564}s \u{1D565}t \u{1D566}u \u{1D567}v
        \u{1D568}w \u{1D569}x \u{1D56A}y \u{1D56B}z \u{1D56C}A \u{1D56D}B \u{1D56E}C \u{1D56F}D \u{1D570}E \u{1D571}F
        \u{1D572}G \u{1D573}H \u{1D574}I \u{1D575}J \u{1D576}K \u{1D577}L \u{1D578}M \u{1D579}N \u{1D57A}O \u{1D57B}P
        \u{1D57C}Q \u{1D57D}R \u{1D57E}S \u{1D57F}T \u{1D580}U \u{1D581}V \u{1D582}W \u{1D583}X \u{1D584}Y \u{1D585}Z
        \u{1D586}a \u{1D587}b \u{1D588}c \u{1D589}d \u{1D58A}e \u{1D58B}f \u{1D58C}g \u{1D58D}h \u{1D58E}i \u{1D58F}j
        \u{1D590}k \u{1D591}l \u{1D592}m \u{1D593}n \u{1D594}o \u{1D595}p \u{1D596}q \u{1D597}r \u{1D598}s \u{1D599}t
        \u{1D59A}u \u{1D59B}v \u{1D59C}w \u{1D59D}x \u{1D59E}y \u{1D59F}z \u{1D5A0}A \u{1D5A1}B \u{1D5A2}C \u{1D5A3}D
        \u{1D5A4}E \u{1D5A5}F \u{1D5A6}G \u{1D5A7}H \u{1D5A8}I \u{1D5A9}J \u{1D5AA}K \u{1D5AB}L \u{1D5AC}M \u{1D5AD}N
        \u{1D5AE}O \u{1D5AF}P \u{1D5B0}Q \u{1D5B1}R \u{1D5B2}S \u{1D5B3}T \u{1D5B4}U \u{1D5B5}V \u{1D5B6}W \u{1D5B7}X
        \u{1D5B8}Y \u{1D5B9}Z \u{1D5BA}a \u{1D5BB}b \u{1D5BC}c \u{1D5BD}d \u{1D5BE}e \u{1D5BF}f \u{1D5C0}g \u{1D5C1}h
        \u{1D5C2}i \u{1D5C3}j \u{1D5C4}k \u{1D5C5}l \u{1D5C6}m \u{1D5C7}n \u{1D5C8}o \u{1D5C9}p \u{1D5CA}q \u{1D5CB}r
        \u{1D5CC}s \u{1D5CD}t \u{1D5CE}u \u{1D5CF}v \u{1D5D0}w \u{1D5D1}x \u{1D5D2}y \u{1D5D3}z \u{1D5D4}A \u{1D5D5}B
        \u{1D5D6}C \u{1D5D7}D \u{1D5D8}E \u{1D5D9}F \u{1D5DA}G \u{1D5DB}H \u{1D5DC}I \u{1D5DD}J \u{1D5DE}K \u{1D5DF}L
        \u{1D5E0}M \u{1D5E1}N \u{1D5E2}O \u{1D5E3}P \u{1D5E4}Q \u{1D5E5}R \u{1D5E6}S \u{1D5E7}T \u{1D5E8}U \u{1D5E9}V
        \u{1D5EA}W \u{1D5EB}X \u{1D5EC}Y \u{1D5ED}Z \u{1D5EE}a \u{1D5EF}b \u{1D5F0}c \u{1D5F1}d \u{1D5F2}e \u{1D5F3}f
        \u{1D5F4}g \u{1D5F5}h \u{1D5F6}i \u{1D5F7}j \u{1D5F8}k \u{1D5F9}l \u{1D5FA}m \u{1D5FB}n \u{1D5FC}o \u{1D5FD}p
        \u{1D5FE}q \u{1D5FF}r \u{1D600}s \u{1D601}t \u{1D602}u \u{1D603}v \u{1D604}w \u{1D605}x \u{1D606}y \u{1D607}z
        \u{1D608}A \u{1D609}B \u{1D60A}C \u{1D60B}D \u{1D60C}E \u{1D60D}F \u{1D60E}G \u{1D60F}H \u{1D610}I \u{1D611}J
        \u{1D612}K \u{1D613}L \u{1D614}M \u{1D615}N \u{1D616}O \u{1D617}P \u{1D618}Q \u{1D619}R \u{1D61A}S \u{1D61B}T
        \u{1D61C}U \u{1D61D}V \u{1D61E}W \u{1D61F}X \u{1D620}Y \u{1D621}Z \u{1D622}a \u{1D623}b \u{1D624}c \u{1D625}d
        \u{1D626}e \u{1D627}f \u{1D628}g \u{1D629}h \u{1D62A}i \u{1D62B}j \u{1D62C}k \u{1D62D}l \u{1D62E}m \u{1D62F}n
        \u{1D630}o \u{1D631}p \u{1D632}q \u{1D633}r \u{1D634}s \u{1D635}t \u{1D636}u \u{1D637}v \u{1D638}w \u{1D639}x
        \u{1D63A}y \u{1D63B}z \u{1D63C}A \u{1D63D}B \u{1D63E}C \u{1D63F}D \u{1D640}E \u{1D641}F \u{1D642}G \u{1D643}H
        \u{1D644}I \u{1D645}J \u{1D646}K \u{1D647}L \u{1D648}M \u{1D649}N \u{1D64A}O \u{1D64B}P \u{1D64C}Q \u{1D64D}R
        \u{1D64E}S \u{1D64F}T \u{1D650}U \u{1D651}V \u{1D652}W \u{1D653}X \u{1D654}Y \u{1D655}Z \u{1D656}a \u{1D657}b
        \u{1D658}c \u{1D659}d \u{1D65A}e \u{1D65B}f \u{1D65C}g \u{1D65D}h \u{1D65E}i \u{1D65F}j \u{1D660}k \u{1D661}l
        \u{1D662}m \u{1D663}n \u{1D664}o \u{1D665}p \u{1D666}q \u{1D667}r \u{1D668}s \u{1D669}t \u{1D66A}u \u{1D66B}v
        \u{1D66C}w \u{1D66D}x \u{1D66E}y \u{1D66F}z \u{1D670}A \u{1D671}B \u{1D672}C \u{1D673}D \u{1D674}E \u{1D675}F
        \u{1D676}G \u{1D677}H \u{1D678}I \u{1D679}J \u{1D67A}K \u{1D67B}L \u{1D67C}M \u{1D67D}N \u{1D67E}O \u{1D67F}P
        \u{1D680}Q \u{1D681}R \u{1D682}S \u{1D683}T \u{1D684}U \u{1D685}V \u{1D686}W \u{1D687}X \u{1D688}Y \u{1D689}Z
        \u{1D68A}a \u{1D68B}b \u{1D68C}c \u{1D68D}d \u{1D68E}e \u{1D68F}f \u{1D690}g \u{1D691}h \u{1D692}i \u{1D693}j
        \u{1D694}k \u{1D695}l \u{1D696}m \u{1D697}n \u{1D698}o \u{1D699}p \u{1D69A}q \u{1D69B}r \u{1D69C}s \u{1D69D}t
        \u{1D69E}u \u{1D69F}v \u{1D6A0}w \u{1D6A1}x \u{1D6A2}y \u{1D6A3}z \u{1D6A4}i \u{1D6A5}ȷ \u{1D6A8}Α \u{1D6A9}Β
        \u{1D6AA}Γ \u{1D6AB}Δ \u{1D6AC}Ε \u{1D6AD}Ζ \u{1D6AE}Η \u{1D6AF}Θ \u{1D6B0}Ι \u{1D6B1}Κ \u{1D6B2}Λ \u{1D6B3}Μ
        \u{1D6B4}Ν \u{1D6B5}Ξ \u{1D6B6}Ο \u{1D6B7}Π \u{1D6B8}Ρ \u{1D6B9}Θ \u{1D6BA}Σ \u{1D6BB}Τ \u{1D6BC}Υ \u{1D6BD}Φ
        \u{1D6BE}Χ \u{1D6BF}Ψ \u{1D6C0}Ω \u{1D6C2}α \u{1D6C3}β \u{1D6C4}γ \u{1D6C5}δ \u{1D6C6}ε \u{1D6C7}ζ \u{1D6C8}η
        \u{1D6C9}θ \u{1D6CA}ι \u{1D6CB}κ \u{1D6CC}λ \u{1D6CD}μ \u{1D6CE}ν \u{1D6CF}ξ \u{1D6D0}ο \u{1D6D1}π \u{1D6D2}ρ
        \u{1D6D3}ς \u{1D6D4}σ \u{1D6D5}τ \u{1D6D6}υ \u{1D6D7}φ \u{1D6D8}χ \u{1D6D9}ψ \u{1D6DA}ω \u{1D6DC}ε \u{1D6DD}θ
        \u{1D6DE}κ \u{1D6DF}φ \u{1D6E0}ρ \u{1D6E1}π \u{1D6E2}Α \u{1D6E3}Β \u{1D6E4}Γ \u{1D6E5}Δ \u{1D6E6}Ε \u{1D6E7}Ζ
        \u{1D6E8}Η \u{1D6E9}Θ \u{1D6EA}Ι \u{1D6EB}Κ \u{1D6EC}Λ \u{1D6ED}Μ \u{1D6EE}Ν \u{1D6EF}Ξ \u{1D6F0}Ο \u{1D6F1}Π
        \u{1D6F2}Ρ \u{1D6F3}Θ \u{1D6F4}Σ \u{1D6F5}Τ \u{1D6F6}Υ \u{1D6F7}Φ \u{1D6F8}Χ \u{1D6F9}Ψ \u{1D6FA}Ω \u{1D6FC}α
        \u{1D6FD}β \u{1D6FE}γ \u{1D6FF}δ \u{1D700}ε \u{1D701}ζ \u{1D702}η \u{1D703}θ \u{1D704}ι \u{1D705}κ \u{1D706}λ
        \u{1D707}μ \u{1D708}ν \u{1D709}ξ \u{1D70A}ο \u{1D70B}π \u{1D70C}ρ \u{1D70D}ς \u{1D70E}σ \u{1D70F}τ \u{1D710}υ
        \u{1D711}φ \u{1D712}χ \u{1D713}ψ \u{1D714}ω \u{1D716}ε \u{1D717}θ \u{1D718}κ \u{1D719}φ \u{1D71A}ρ \u{1D71B}π
        \u{1D71C}Α \u{1D71D}Β \u{1D71E}Γ \u{1D71F}Δ \u{1D720}Ε \u{1D721}Ζ \u{1D722}Η \u{1D723}Θ \u{1D724}Ι \u{1D725}Κ
        \u{1D726}Λ \u{1D727}Μ \u{1D728}Ν \u{1D729}Ξ \u{1D72A}Ο \u{1D72B}Π \u{1D72C}Ρ \u{1D72D}Θ \u{1D72E}Σ \u{1D72F}Τ
        \u{1D730}Υ \u{1D731}Φ \u{1D732}Χ \u{1D733}Ψ \u{1D734}Ω \u{1D736}α \u{1D737}β \u{1D738}γ \u{1D739}δ \u{1D73A}ε
        \u{1D73B}ζ \u{1D73C}η \u{1D73D}θ \u{1D73E}ι \u{1D73F}κ \u{1D740}λ \u{1D741}μ \u{1D742}ν \u{1D743}ξ \u{1D744}ο
        \u{1D745}π \u{1D746}ρ \u{1D747}ς \u{1D748}σ \u{1D749}τ \u{1D74A}υ \u{1D74B}φ \u{1D74C}χ \u{1D74D}ψ \u{1D74E}ω
        \u{1D750}ε \u{1D751}θ \u{1D752}κ \u{1D753}φ \u{1D754}ρ \u{1D755}π \u{1D756}Α \u{1D757}Β \u{1D758}Γ \u{1D759}Δ
        \u{1D75A}Ε \u{1D75B}Ζ \u{1D75C}Η \u{1D75D}Θ \u{1D75E}Ι \u{1D75F}Κ \u{1D760}Λ \u{1D761}Μ \u{1D762}Ν \u{1D763}Ξ
        \u{1D764}Ο \u{1D765}Π \u{1D766}Ρ \u{1D767}Θ \u{1D768}Σ \u{1D769}Τ \u{1D76A}Υ \u{1D76B}Φ \u{1D76C}Χ \u{1D76D}Ψ
        \u{1D76E}Ω \u{1D770}α \u{1D771}β \u{1D772}γ \u{1D773}δ \u{1D774}ε \u{1D775}ζ \u{1D776}η \u{1D777}θ \u{1D778}ι
        \u{1D779}κ \u{1D77A}λ \u{1D77B}μ \u{1D77C}ν \u{1D77D}ξ \u{1D77E}ο \u{1D77F}π \u{1D780}ρ \u{1D781}ς \u{1D782}σ
        \u{1D783}τ \u{1D784}υ \u{1D785}φ \u{1D786}χ \u{1D787}ψ \u{1D788}ω \u{1D78A}ε \u{1D78B}θ \u{1D78C}κ \u{1D78D}φ
        \u{1D78E}ρ \u{1D78F}π \u{1D790}Α \u{1D791}Β \u{1D792}Γ \u{1D793}Δ \u{1D794}Ε \u{1D795}Ζ \u{1D796}Η \u{1D797}Θ
        \u{1D798}Ι \u{1D799}Κ \u{1D79A}Λ \u{1D79B}Μ \u{1D79C}Ν \u{1D79D}Ξ \u{1D79E}Ο \u{1D79F}Π \u{1D7A0}Ρ \u{1D7A1}Θ
        \u{1D7A2}Σ \u{1D7A3}Τ \u{1D7A4}Υ \u{1D7A5}Φ \u{1D7A6}Χ \u{1D7A7}Ψ \u{1D7A8}Ω \u{1D7AA}α \u{1D7AB}β \u{1D7AC}γ
        \u{1D7AD}δ \u{1D7AE}ε \u{1D7AF}ζ \u{1D7B0}η \u{1D7B1}θ \u{1D7B2}ι \u{1D7B3}κ \u{1D7B4}λ \u{1D7B5}μ \u{1D7B6}ν
        \u{1D7B7}ξ \u{1D7B8}ο \u{1D7B9}π \u{1D7BA}ρ \u{1D7BB}ς \u{1D7BC}σ \u{1D7BD}τ \u{1D7BE}υ \u{1D7BF}φ \u{1D7C0}χ
        \u{1D7C1}ψ \u{1D7C2}ω \u{1D7C4}ε \u{1D7C5}θ \u{1D7C6}κ \u{1D7C7}φ \u{1D7C8}ρ \u{1D7C9}π \u{1D7CA}Ϝ \u{1D7CB}ϝ
        \u{1E900}\u{1E922} \u{1E901}\u{1E923} \u{1E902}\u{1E924} \u{1E903}\u{1E925} \u{1E904}\u{1E926}
        \u{1E905}\u{1E927} \u{1E906}\u{1E928} \u{1E907}\u{1E929} \u{1E908}\u{1E92A} \u{1E909}\u{1E92B}
        \u{1E90A}\u{1E92C} \u{1E90B}\u{1E92D} \u{1E90C}\u{1E92E} \u{1E90D}\u{1E92F} \u{1E90E}\u{1E930}
        \u{1E90F}\u{1E931} \u{1E910}\u{1E932} \u{1E911}\u{1E933} \u{1E912}\u{1E934} \u{1E913}\u{1E935}
        \u{1E914}\u{1E936} \u{1E915}\u{1E937} \u{1E916}\u{1E938} \u{1E917}\u{1E939} \u{1E918}\u{1E93A}
        \u{1E919}\u{1E93B} \u{1E91A}\u{1E93C} \u{1E91B}\u{1E93D} \u{1E91C}\u{1E93E} \u{1E91D}\u{1E93F}
        \u{1E91E}\u{1E940} \u{1E91F}\u{1E941} \u{1E920}\u{1E942} \u{1E921}\u{1E943} \u{1EE00}ا \u{1EE01}ب \u{1EE02}ج
        \u{1EE03}د \u{1EE05}و \u{1EE06}ز \u{1EE07}ح \u{1EE08}ط \u{1EE09}ي \u{1EE0A}ك \u{1EE0B}ل \u{1EE0C}م \u{1EE0D}ن
        \u{1EE0E}س \u{1EE0F}ع \u{1EE10}ف \u{1EE11}ص \u{1EE12}ق \u{1EE13}ر \u{1EE14}ش \u{1EE15}ت \u{1EE16}ث \u{1EE17}خ
        \u{1EE18}ذ \u{1EE19}ض \u{1EE1A}ظ \u{1EE1B}غ \u{1EE1C}ٮ \u{1EE1D}ں \u{1EE1E}ڡ \u{1EE1F}ٯ \u{1EE21}ب \u{1EE22}ج
        \u{1EE24}ه \u{1EE27}ح \u{1EE29}ي \u{1EE2A}ك \u{1EE2B}ل \u{1EE2C}م \u{1EE2D}ن \u{1EE2E}س \u{1EE2F}ع \u{1EE30}ف
        \u{1EE31}ص \u{1EE32}ق \u{1EE34}ش \u{1EE35}ت \u{1EE36}ث \u{1EE37}خ \u{1EE39}ض \u{1EE3B}غ \u{1EE42}ج \u{1EE47}ح
        \u{1EE49}ي \u{1EE4B}ل \u{1EE4D}ن \u{1EE4E}س \u{1EE4F}ع \u{1EE51}ص \u{1EE52}ق \u{1EE54}ش \u{1EE57}خ \u{1EE59}ض
        \u{1EE5B}غ \u{1EE5D}ں \u{1EE5F}ٯ \u{1EE61}ب \u{1EE62}ج \u{1EE64}ه \u{1EE67}ح \u{1EE68}ط \u{1EE69}ي \u{1EE6A}ك
        \u{1EE6C}م \u{1EE6D}ن \u{1EE6E}س \u{1EE6F}ع \u{1EE70}ف \u{1EE71}ص \u{1EE72}ق \u{1EE74}ش \u{1EE75}ت \u{1EE76}ث
        \u{1EE77}خ \u{1EE79}ض \u{1EE7A}ظ \u{1EE7B}غ \u{1EE7C}ٮ \u{1EE7E}ڡ \u{1EE80}ا \u{1EE81}ب \u{1EE82}ج \u{1EE83}د
        \u{1EE84}ه \u{1EE85}و \u{1EE86}ز \u{1EE87}ح \u{1EE88}ط \u{1EE89}ي \u{1EE8B}ل \u{1EE8C}م \u{1EE8D}ن \u{1EE8E}س
        \u{1EE8F}ع \u{1EE90}ف \u{1EE91}ص \u{1EE92}ق \u{1EE93}ر \u{1EE94}ش \u{1EE95}ت \u{1EE96}ث \u{1EE97}خ \u{1EE98}ذ
        \u{1EE99}ض \u{1EE9A}ظ \u{1EE9B}غ \u{1EEA1}ب \u{1EEA2}ج \u{1EEA3}د \u{1EEA5}و \u{1EEA6}ز \u{1EEA7}ح \u{1EEA8}ط
        \u{1EEA9}ي \u{1EEAB}ل \u{1EEAC}م \u{1EEAD}ن \u{1EEAE}س \u{1EEAF}ع \u{1EEB0}ف \u{1EEB1}ص \u{1EEB2}ق \u{1EEB3}ر
        \u{1EEB4}ش \u{1EEB5}ت \u{1EEB6}ث \u{1EEB7}خ \u{1EEB8}ذ \u{1EEB9}ض \u{1EEBA}ظ \u{1EEBB}غ \u{2F800}\u{4E3D}
        \u{2F801}\u{4E38} \u{2F802}\u{4E41} \u{2F803}\u{20122} \u{2F804}\u{4F60} \u{2F805}\u{4FAE} \u{2F806}\u{4FBB}
        \u{2F807}\u{5002} \u{2F808}\u{507A} \u{2F809}\u{5099} \u{2F80A}\u{50E7} \u{2F80B}\u{50CF} \u{2F80C}\u{349E}
        \u{2F80D}\u{2063A} \u{2F80E}\u{514D} \u{2F80F}\u{5154} \u{2F810}\u{5164} \u{2F811}\u{5177} \u{2F812}\u{2051C}
        \u{2F813}\u{34B9} \u{2F814}\u{5167} \u{2F815}\u{518D} \u{2F816}\u{2054B} \u{2F817}\u{5197} \u{2F818}\u{51A4}
        \u{2F819}\u{4ECC} \u{2F81A}\u{51AC} \u{2F81B}\u{51B5} \u{2F81C}\u{291DF} \u{2F81D}\u{51F5} \u{2F81E}\u{5203}
        \u{2F81F}\u{34DF} \u{2F820}\u{523B} \u{2F821}\u{5246} \u{2F822}\u{5272} \u{2F823}\u{5277} \u{2F824}\u{3515}
        \u{2F825}\u{52C7} \u{2F826}\u{52C9} \u{2F827}\u{52E4} \u{2F828}\u{52FA} \u{2F829}\u{5305} \u{2F82A}\u{5306}
        \u{2F82B}\u{5317} \u{2F82C}\u{5349} \u{2F82D}\u{5351} \u{2F82E}\u{535A} \u{2F82F}\u{5373} \u{2F830}\u{537D}
        \u{2F831}\u{537F} \u{2F832}\u{537F} \u{2F833}\u{537F} \u{2F834}\u{20A2C} \u{2F835}\u{7070} \u{2F836}\u{53CA}
        \u{2F837}\u{53DF} \u{2F838}\u{20B63} \u{2F839}\u{53EB} \u{2F83A}\u{53F1} \u{2F83B}\u{5406} \u{2F83C}\u{549E}
        \u{2F83D}\u{5438} \u{2F83E}\u{5448} \u{2F83F}\u{5468} \u{2F840}\u{54A2} \u{2F841}\u{54F6} \u{2F842}\u{5510}
        \u{2F843}\u{5553} \u{2F844}\u{5563} \u{2F845}\u{5584} \u{2F846}\u{5584} \u{2F847}\u{5599} \u{2F848}\u{55AB}
        \u{2F849}\u{55B3} \u{2F84A}\u{55C2} \u{2F84B}\u{5716} \u{2F84C}\u{5606} \u{2F84D}\u{5717} \u{2F84E}\u{5651}
        \u{2F84F}\u{5674} \u{2F850}\u{5207} \u{2F851}\u{58EE} \u{2F852}\u{57CE} \u{2F853}\u{57F4} \u{2F854}\u{580D}
        \u{2F855}\u{578B} \u{2F856}\u{5832} \u{2F857}\u{5831} \u{2F858}\u{58AC} \u{2F859}\u{214E4} \u{2F85A}\u{58F2}
        \u{2F85B}\u{58F7} \u{2F85C}\u{5906} \u{2F85D}\u{591A} \u{2F85E}\u{5922} \u{2F85F}\u{5962} \u{2F860}\u{216A8}
        \u{2F861}\u{216EA} \u{2F862}\u{59EC} \u{2F863}\u{5A1B} \u{2F864}\u{5A27} \u{2F865}\u{59D8} \u{2F866}\u{5A66}
        \u{2F867}\u{36EE} \u{2F868}\u{36FC} \u{2F869}\u{5B08} \u{2F86A}\u{5B3E} \u{2F86B}\u{5B3E} \u{2F86C}\u{219C8}
        \u{2F86D}\u{5BC3} \u{2F86E}\u{5BD8} \u{2F86F}\u{5BE7} \u{2F870}\u{5BF3} \u{2F871}\u{21B18} \u{2F872}\u{5BFF}
        \u{2F873}\u{5C06} \u{2F874}\u{5F53} \u{2F875}\u{5C22} \u{2F876}\u{3781} \u{2F877}\u{5C60} \u{2F878}\u{5C6E}
        \u{2F879}\u{5CC0} \u{2F87A}\u{5C8D} \u{2F87B}\u{21DE4} \u{2F87C}\u{5D43} \u{2F87D}\u{21DE6} \u{2F87E}\u{5D6E}
        \u{2F87F}\u{5D6B} \u{2F880}\u{5D7C} \u{2F881}\u{5DE1} \u{2F882}\u{5DE2} \u{2F883}\u{382F} \u{2F884}\u{5DFD}
        \u{2F885}\u{5E28} \u{2F886}\u{5E3D} \u{2F887}\u{5E69} \u{2F888}\u{3862} \u{2F889}\u{22183} \u{2F88A}\u{387C}
        \u{2F88B}\u{5EB0} \u{2F88C}\u{5EB3} \u{2F88D}\u{5EB6} \u{2F88E}\u{5ECA} \u{2F88F}\u{2A392} \u{2F890}\u{5EFE}
        \u{2F891}\u{22331} \u{2F892}\u{22331} \u{2F893}\u{8201} \u{2F894}\u{5F22} \u{2F895}\u{5F22} \u{2F896}\u{38C7}
        \u{2F897}\u{232B8} \u{2F898}\u{261DA} \u{2F899}\u{5F62} \u{2F89A}\u{5F6B} \u{2F89B}\u{38E3} \u{2F89C}\u{5F9A}
        \u{2F89D}\u{5FCD} \u{2F89E}\u{5FD7} \u{2F89F}\u{5FF9} \u{2F8A0}\u{6081} \u{2F8A1}\u{393A} \u{2F8A2}\u{391C}
        \u{2F8A3}\u{6094} \u{2F8A4}\u{226D4} \u{2F8A5}\u{60C7} \u{2F8A6}\u{6148} \u{2F8A7}\u{614C} \u{2F8A8}\u{614E}
        \u{2F8A9}\u{614C} \u{2F8AA}\u{617A} \u{2F8AB}\u{618E} \u{2F8AC}\u{61B2} \u{2F8AD}\u{61A4} \u{2F8AE}\u{61AF}
        \u{2F8AF}\u{61DE} \u{2F8B0}\u{61F2} \u{2F8B1}\u{61F6} \u{2F8B2}\u{6210} \u{2F8B3}\u{621B} \u{2F8B4}\u{625D}
        \u{2F8B5}\u{62B1} \u{2F8B6}\u{62D4} \u{2F8B7}\u{6350} \u{2F8B8}\u{22B0C} \u{2F8B9}\u{633D} \u{2F8BA}\u{62FC}
        \u{2F8BB}\u{6368} \u{2F8BC}\u{6383} \u{2F8BD}\u{63E4} \u{2F8BE}\u{22BF1} \u{2F8BF}\u{6422} \u{2F8C0}\u{63C5}
        \u{2F8C1}\u{63A9} \u{2F8C2}\u{3A2E} \u{2F8C3}\u{6469} \u{2F8C4}\u{647E} \u{2F8C5}\u{649D} \u{2F8C6}\u{6477}
        \u{2F8C7}\u{3A6C} \u{2F8C8}\u{654F} \u{2F8C9}\u{656C} \u{2F8CA}\u{2300A} \u{2F8CB}\u{65E3} \u{2F8CC}\u{66F8}
        \u{2F8CD}\u{6649} \u{2F8CE}\u{3B19} \u{2F8CF}\u{6691} \u{2F8D0}\u{3B08} \u{2F8D1}\u{3AE4} \u{2F8D2}\u{5192}
        \u{2F8D3}\u{5195} \u{2F8D4}\u{6700} \u{2F8D5}\u{669C} \u{2F8D6}\u{80AD} \u{2F8D7}\u{43D9} \u{2F8D8}\u{6717}
        \u{2F8D9}\u{671B} \u{2F8DA}\u{6721} \u{2F8DB}\u{675E} \u{2F8DC}\u{6753} \u{2F8DD}\u{233C3} \u{2F8DE}\u{3B49}
        \u{2F8DF}\u{67FA} \u{2F8E0}\u{6785} \u{2F8E1}\u{6852} \u{2F8E2}\u{6885} \u{2F8E3}\u{2346D} \u{2F8E4}\u{688E}
        \u{2F8E5}\u{681F} \u{2F8E6}\u{6914} \u{2F8E7}\u{3B9D} \u{2F8E8}\u{6942} \u{2F8E9}\u{69A3} \u{2F8EA}\u{69EA}
        \u{2F8EB}\u{6AA8} \u{2F8EC}\u{236A3} \u{2F8ED}\u{6ADB} \u{2F8EE}\u{3C18} \u{2F8EF}\u{6B21} \u{2F8F0}\u{238A7}
        \u{2F8F1}\u{6B54} \u{2F8F2}\u{3C4E} \u{2F8F3}\u{6B72} \u{2F8F4}\u{6B9F} \u{2F8F5}\u{6BBA} \u{2F8F6}\u{6BBB}
        \u{2F8F7}\u{23A8D} \u{2F8F8}\u{21D0B} \u{2F8F9}\u{23AFA} \u{2F8FA}\u{6C4E} \u{2F8FB}\u{23CBC} \u{2F8FC}\u{6CBF}
        \u{2F8FD}\u{6CCD} \u{2F8FE}\u{6C67} \u{2F8FF}\u{6D16} \u{2F900}\u{6D3E} \u{2F901}\u{6D77} \u{2F902}\u{6D41}
        \u{2F903}\u{6D69} \u{2F904}\u{6D78} \u{2F905}\u{6D85} \u{2F906}\u{23D1E} \u{2F907}\u{6D34} \u{2F908}\u{6E2F}
        \u{2F909}\u{6E6E} \u{2F90A}\u{3D33} \u{2F90B}\u{6ECB} \u{2F90C}\u{6EC7} \u{2F90D}\u{23ED1} \u{2F90E}\u{6DF9}
        \u{2F90F}\u{6F6E} \u{2F910}\u{23F5E} \u{2F911}\u{23F8E} \u{2F912}\u{6FC6} \u{2F913}\u{7039} \u{2F914}\u{701E}
        \u{2F915}\u{701B} \u{2F916}\u{3D96} \u{2F917}\u{704A} \u{2F918}\u{707D} \u{2F919}\u{7077} \u{2F91A}\u{70AD}
        \u{2F91B}\u{20525} \u{2F91C}\u{7145} \u{2F91D}\u{24263} \u{2F91E}\u{719C} \u{2F91F}\u{243AB} \u{2F920}\u{7228}
        \u{2F921}\u{7235} \u{2F922}\u{7250} \u{2F923}\u{24608} \u{2F924}\u{7280} \u{2F925}\u{7295} \u{2F926}\u{24735}
        \u{2F927}\u{24814} \u{2F928}\u{737A} \u{2F929}\u{738B} \u{2F92A}\u{3EAC} \u{2F92B}\u{73A5} \u{2F92C}\u{3EB8}
        \u{2F92D}\u{3EB8} \u{2F92E}\u{7447} \u{2F92F}\u{745C} \u{2F930}\u{7471} \u{2F931}\u{7485} \u{2F932}\u{74CA}
        \u{2F933}\u{3F1B} \u{2F934}\u{7524} \u{2F935}\u{24C36} \u{2F936}\u{753E} \u{2F937}\u{24C92} \u{2F938}\u{7570}
        \u{2F939}\u{2219F} \u{2F93A}\u{7610} \u{2F93B}\u{24FA1} \u{2F93C}\u{24FB8} \u{2F93D}\u{25044} \u{2F93E}\u{3FFC}
        \u{2F93F}\u{4008} \u{2F940}\u{76F4} \u{2F941}\u{250F3} \u{2F942}\u{250F2} \u{2F943}\u{25119} \u{2F944}\u{25133}
        \u{2F945}\u{771E} \u{2F946}\u{771F} \u{2F947}\u{771F} \u{2F948}\u{774A} \u{2F949}\u{4039} \u{2F94A}\u{778B}
        \u{2F94B}\u{4046} \u{2F94C}\u{4096} \u{2F94D}\u{2541D} \u{2F94E}\u{784E} \u{2F94F}\u{788C} \u{2F950}\u{78CC}
        \u{2F951}\u{40E3} \u{2F952}\u{25626} \u{2F953}\u{7956} \u{2F954}\u{2569A} \u{2F955}\u{256C5} \u{2F956}\u{798F}
        \u{2F957}\u{79EB} \u{2F958}\u{412F} \u{2F959}\u{7A40} \u{2F95A}\u{7A4A} \u{2F95B}\u{7A4F} \u{2F95C}\u{2597C}
        \u{2F95D}\u{25AA7} \u{2F95E}\u{25AA7} \u{2F95F}\u{7AEE} \u{2F960}\u{4202} \u{2F961}\u{25BAB} \u{2F962}\u{7BC6}
        \u{2F963}\u{7BC9} \u{2F964}\u{4227} \u{2F965}\u{25C80} \u{2F966}\u{7CD2} \u{2F967}\u{42A0} \u{2F968}\u{7CE8}
        \u{2F969}\u{7CE3} \u{2F96A}\u{7D00} \u{2F96B}\u{25F86} \u{2F96C}\u{7D63} \u{2F96D}\u{4301} \u{2F96E}\u{7DC7}
        \u{2F96F}\u{7E02} \u{2F970}\u{7E45} \u{2F971}\u{4334} \u{2F972}\u{26228} \u{2F973}\u{26247} \u{2F974}\u{4359}
        \u{2F975}\u{262D9} \u{2F976}\u{7F7A} \u{2F977}\u{2633E} \u{2F978}\u{7F95} \u{2F979}\u{7FFA} \u{2F97A}\u{8005}
        \u{2F97B}\u{264DA} \u{2F97C}\u{26523} \u{2F97D}\u{8060} \u{2F97E}\u{265A8} \u{2F97F}\u{8070} \u{2F980}\u{2335F}
        \u{2F981}\u{43D5} \u{2F982}\u{80B2} \u{2F983}\u{8103} \u{2F984}\u{440B} \u{2F985}\u{813E} \u{2F986}\u{5AB5}
        \u{2F987}\u{267A7} \u{2F988}\u{267B5} \u{2F989}\u{23393} \u{2F98A}\u{2339C} \u{2F98B}\u{8201} \u{2F98C}\u{8204}
        \u{2F98D}\u{8F9E} \u{2F98E}\u{446B} \u{2F98F}\u{8291} \u{2F990}\u{828B} \u{2F991}\u{829D} \u{2F992}\u{52B3}
        \u{2F993}\u{82B1} \u{2F994}\u{82B3} \u{2F995}\u{82BD} \u{2F996}\u{82E6} \u{2F997}\u{26B3C} \u{2F998}\u{82E5}
        \u{2F999}\u{831D} \u{2F99A}\u{8363} \u{2F99B}\u{83AD} \u{2F99C}\u{8323} \u{2F99D}\u{83BD} \u{2F99E}\u{83E7}
        \u{2F99F}\u{8457} \u{2F9A0}\u{8353} \u{2F9A1}\u{83CA} \u{2F9A2}\u{83CC} \u{2F9A3}\u{83DC} \u{2F9A4}\u{26C36}
        \u{2F9A5}\u{26D6B} \u{2F9A6}\u{26CD5} \u{2F9A7}\u{452B} \u{2F9A8}\u{84F1} \u{2F9A9}\u{84F3} \u{2F9AA}\u{8516}
        \u{2F9AB}\u{273CA} \u{2F9AC}\u{8564} \u{2F9AD}\u{26F2C} \u{2F9AE}\u{455D} \u{2F9AF}\u{4561} \u{2F9B0}\u{26FB1}
        \u{2F9B1}\u{270D2} \u{2F9B2}\u{456B} \u{2F9B3}\u{8650} \u{2F9B4}\u{865C} \u{2F9B5}\u{8667} \u{2F9B6}\u{8669}
        \u{2F9B7}\u{86A9} \u{2F9B8}\u{8688} \u{2F9B9}\u{870E} \u{2F9BA}\u{86E2} \u{2F9BB}\u{8779} \u{2F9BC}\u{8728}
        \u{2F9BD}\u{876B} \u{2F9BE}\u{8786} \u{2F9BF}\u{45D7} \u{2F9C0}\u{87E1} \u{2F9C1}\u{8801} \u{2F9C2}\u{45F9}
        \u{2F9C3}\u{8860} \u{2F9C4}\u{8863} \u{2F9C5}\u{27667} \u{2F9C6}\u{88D7} \u{2F9C7}\u{88DE} \u{2F9C8}\u{4635}
        \u{2F9C9}\u{88FA} \u{2F9CA}\u{34BB} \u{2F9CB}\u{278AE} \u{2F9CC}\u{27966} \u{2F9CD}\u{46BE} \u{2F9CE}\u{46C7}
        \u{2F9CF}\u{8AA0} \u{2F9D0}\u{8AED} \u{2F9D1}\u{8B8A} \u{2F9D2}\u{8C55} \u{2F9D3}\u{27CA8} \u{2F9D4}\u{8CAB}
        \u{2F9D5}\u{8CC1} \u{2F9D6}\u{8D1B} \u{2F9D7}\u{8D77} \u{2F9D8}\u{27F2F} \u{2F9D9}\u{20804} \u{2F9DA}\u{8DCB}
        \u{2F9DB}\u{8DBC} \u{2F9DC}\u{8DF0} \u{2F9DD}\u{208DE} \u{2F9DE}\u{8ED4} \u{2F9DF}\u{8F38} \u{2F9E0}\u{285D2}
        \u{2F9E1}\u{285ED} \u{2F9E2}\u{9094} \u{2F9E3}\u{90F1} \u{2F9E4}\u{9111} \u{2F9E5}\u{2872E} \u{2F9E6}\u{911B}
        \u{2F9E7}\u{9238} \u{2F9E8}\u{92D7} \u{2F9E9}\u{92D8} \u{2F9EA}\u{927C} \u{2F9EB}\u{93F9} \u{2F9EC}\u{9415}
        \u{2F9ED}\u{28BFA} \u{2F9EE}\u{958B} \u{2F9EF}\u{4995} \u{2F9F0}\u{95B7} \u{2F9F1}\u{28D77} \u{2F9F2}\u{49E6}
        \u{2F9F3}\u{96C3} \u{2F9F4}\u{5DB2} \u{2F9F5}\u{9723} \u{2F9F6}\u{29145} \u{2F9F7}\u{2921A} \u{2F9F8}\u{4A6E}
        \u{2F9F9}\u{4A76} \u{2F9FA}\u{97E0} \u{2F9FB}\u{2940A} \u{2F9FC}\u{4AB2} \u{2F9FD}\u{29496} \u{2F9FE}\u{980B}
        \u{2F9FF}\u{980B} \u{2FA00}\u{9829} \u{2FA01}\u{295B6} \u{2FA02}\u{98E2} \u{2FA03}\u{4B33} \u{2FA04}\u{9929}
        \u{2FA05}\u{99A7} \u{2FA06}\u{99C2} \u{2FA07}\u{99FE} \u{2FA08}\u{4BCE} \u{2FA09}\u{29B30} \u{2FA0A}\u{9B12}
        \u{2FA0B}\u{9C40} \u{2FA0C}\u{9CFD} \u{2FA0D}\u{4CCE} \u{2FA0E}\u{4CED} \u{2FA0F}\u{9D67} \u{2FA10}\u{2A0CE}
        \u{2FA11}\u{4CF8} \u{2FA12}\u{2A105} \u{2FA13}\u{2A20E} \u{2FA14}\u{2A291} \u{2FA15}\u{9EBB} \u{2FA16}\u{4D56}
        \u{2FA17}\u{9EF9} \u{2FA18}\u{9EFE} \u{2FA19}\u{9F05} \u{2FA1A}\u{9F0F} \u{2FA1B}\u{9F16} \u{2FA1C}\u{9F3B}
        \u{2FA1D}\u{2A600}
        """
}

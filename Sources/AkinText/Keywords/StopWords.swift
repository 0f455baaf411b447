/// Words that are too common to name a cluster. Short lists made for Akin: the closed word classes of each language.
package enum StopWords {
    /// The list for a language, lower case; empty for languages without one. The Chinese list holds characters and
    /// pairs of characters.
    package static func set(for language: Language) -> Set<String> {
        switch language {
        case .english: english
        case .german: german
        case .chinese: chinese
        case .japanese, .korean, .other: []
        }
    }

    static let english = words(
        """
        a about above after again against all almost also although always am among an and another any anyone anything are aren't around
        as at away back be became because become been before being below between both but by came can can't cannot could couldn't did
        didn't do does doesn't doing don't done down during each either else enough even ever every everything few for from further get
        gets getting give given go goes going got had hadn't has hasn't have haven't having he he'd he'll he's hence her here hers
        herself him himself his how however i i'd i'll i'm i've if in indeed instead into is isn't it it's its itself just last least
        less let let's like made make makes many may maybe me might mine more most much must my myself near neither never no nobody none
        nor not nothing now of off often on once one only onto or other others our ours ourselves out over own per perhaps quite rather
        really said same say says see seem seems several shall she she'd she'll she's should shouldn't since so some someone something
        sometimes still such take than that that's the their theirs them themselves then there there's therefore these they they'd
        they'll they're they've thing things this those though through thus to together too toward towards under until up upon us use
        used using very via was wasn't way we we'd we'll we're we've well went were weren't what what's whatever when where whether
        which while who who's whole whom whose why will with within without won't would wouldn't yes yet you you'd you'll you're you've
        your yours yourself yourselves
        """)

    static let german = words(
        """
        ab aber alle allein allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus außer bei beide
        beiden beim bereits bin bis bist da dabei dadurch dafür dagegen daher dahin damit danach daneben dann daran darauf daraus darf
        darin darüber darum darunter das dass dasselbe davon davor dazu dein deine deinem deinen deiner dem den denen denn dennoch der
        deren derselbe des deshalb dessen desto dich die dies diese dieselbe diesem diesen dieser dieses dir doch dort du durch dürfen
        eben ebenso ein eine einem einen einer eines einige einigen einiger einiges einmal er erst es etwa etwas euch euer eure eurem
        euren für gar gegen gehabt gewesen gibt gleich hab habe haben hast hat hatte hatten hätte hätten her hier hin hinter ich ihm ihn
        ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem ins ist ja je jede jedem jeden jeder jedes jedoch jemand jene jenem
        jenen jener jenes jetzt kann kannst kein keine keinem keinen keiner keines können könnte konnte machen man manche manchem
        manchen mancher manches mehr mein meine meinem meinen meiner meines mich mir mit muss müssen musste nach nachdem neben nein
        nicht nichts nie niemand noch nun nur ob oder ohne schon sehr sei seid sein seine seinem seinen seiner seines seit selbst sich
        sie sind so sobald sogar solche solchem solchen solcher solches soll sollen sollte sondern sonst sowie über um und uns unser
        unsere unserem unseren unter viel viele vielen vom von vor während war waren warst was weder weil welche welchem welchen welcher
        welches wenig wenn wer werde werden werdet weshalb wie wieder will wir wird wirst wo wollen wollte wurde wurden würde würden zu
        zum zur zwar zwischen
        """)

    static let chinese = words(
        """
        的 了 和 是 在 我 有 他 她 它 这 那 你 们 不 也 就 都 而 及 与 着 或 一 个 上 下 中 大 为 以 于 对 从 被 把 给 让 向 到
        去 来 说 要 会 能 很 还 又 再 更 最 只 吗 呢 吧 啊 呀 嘛 之 其 所 则 但 并 且 等 将 已 可 没 如 因 由 此 每 各 某 几 些
        么 什 谁 哪 怎 多 少 我们 你们 他们 她们 它们 自己 这个 那个 这些 那些 这样 那样 这里 那里 这是 那是 什么 怎么 为什 怎样 如何 多少
        因为 所以 但是 可是 不过 虽然 如果 只有 只要 而且 并且 或者 还是 以及 以后 以前 之后 之前 已经 正在 可以 可能 能够 应该 必须 需要 没有
        不是 不能 不会 就是 也是 都是 一个 一些 一样 一下 一种 一次 其中 其他 其它 对于 关于 由于 根据 通过 进行 比较 非常 现在 时候 然后 于是
        因此 同时 另外 此外 甚至 特别 尤其 得到 成为 作为 认为 表示 的是 了一 有的 是一 的一
        """)

    private static func words(_ list: String) -> Set<String> {
        Set(list.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}

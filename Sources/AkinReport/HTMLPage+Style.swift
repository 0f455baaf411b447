extension HTMLPage {
    static let style = """
        :root { --paper:#fbfaf8; --card:#fff; --ink:#1d1f23; --soft:#5d626b; --line:#e4e2dd; --fill:#f0eeea; --focus:#2458c5; --l:58%; --c:.145 }
        @media (prefers-color-scheme: dark) {
          :root { --paper:#15171a; --card:#1c1f23; --ink:#e9e8e5; --soft:#a2a6ad; --line:#30343a; --fill:#282c31; --focus:#8db1ff; --l:74%; --c:.125 }
        }
        * { box-sizing:border-box } [hidden] { display:none !important }
        html { -webkit-text-size-adjust:100%; scroll-behavior:smooth }
        body { margin:0; background:var(--paper); color:var(--ink); font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC",sans-serif; overflow-wrap:anywhere }
        main { max-width:68rem; margin:0 auto; padding:clamp(1rem,4vw,3rem) }
        h1 { font-size:clamp(1.6rem,4vw,2.3rem); line-height:1.2; letter-spacing:-.015em; margin:0 0 .3rem; font-weight:650 }
        h2 { font-size:1.2rem; margin:0; font-weight:620; letter-spacing:-.005em }
        h3 { font-size:1.12rem; margin:0; line-height:1.35; font-weight:620; display:flex; gap:.6rem; align-items:baseline }
        h4 { font-size:.84rem; margin:1.3rem 0 .45rem; font-weight:620 }
        h4 span, .quiet, .note, .facts, footer { color:var(--soft); font-weight:400 }
        .facts { margin:0; font-size:.95rem } .facts b { font-weight:550; color:var(--ink) }
        section { margin-top:2.75rem }
        a { color:inherit; text-decoration-color:var(--line); text-underline-offset:.2em } a:hover { text-decoration-color:currentColor }
        :focus-visible { outline:2px solid var(--focus); outline-offset:2px }
        [style*="--h"] { --color:oklch(calc(var(--l) + var(--s)) var(--c) var(--h)) }
        .figures { display:grid; grid-template-columns:repeat(auto-fit,minmax(12.5rem,1fr)); gap:.75rem; margin:2rem 0 0 }
        .figures div { background:var(--card); border:1px solid var(--line); border-radius:.75rem; padding:1rem 1.1rem }
        .figures dt { font-size:.85rem; color:var(--soft) } .figures dd { margin:0; font-size:.84rem; line-height:1.45; color:var(--soft) }
        .figures dd.value { font-size:1.9rem; line-height:1.25; font-weight:620; letter-spacing:-.02em; color:var(--ink); font-variant-numeric:tabular-nums; margin-bottom:.2rem }
        .bar-head { display:flex; flex-wrap:wrap; gap:.6rem 1rem; align-items:center; justify-content:space-between }
        .tools { display:flex; gap:.5rem; flex:0 1 24rem } .tools input { flex:1; min-width:0 }
        input, #all { font:inherit; font-size:1rem; padding:.45rem .8rem; color:inherit; background:var(--card); border:1px solid var(--line); border-radius:.6rem }
        #all { cursor:pointer; white-space:nowrap }
        .note { font-size:.88rem; margin:.5rem 0 .8rem; min-height:2.7em }
        #stage { position:relative; background:var(--card); border:1px solid var(--line); border-radius:.75rem; overflow:hidden }
        canvas { display:block; width:100%; height:min(34rem,78vw); cursor:crosshair; touch-action:pan-y }
        #tip { position:absolute; max-width:min(22rem,85%); pointer-events:none; padding:.55rem .75rem; border-radius:.55rem; background:var(--ink); color:var(--paper); font-size:.85rem; line-height:1.4; box-shadow:0 4px 18px rgb(0 0 0/.22) }
        #tip small { display:block; opacity:.72; margin-top:.2rem }
        #hits { margin:.8rem 0 0; padding:0; list-style:none; font-size:.9rem } #hits li { padding:.35rem 0; border-bottom:1px solid var(--line) }
        mark { background:oklch(85% .13 95/.55); color:inherit; border-radius:.15em }
        .sizes { list-style:none; margin:.8rem 0 0; padding:0 }
        .row { all:unset; box-sizing:border-box; width:100%; display:grid; grid-template-columns:2rem minmax(0,1fr) auto; gap:.1rem .5rem; align-items:baseline; padding:.5rem .6rem; border-radius:.6rem; cursor:pointer }
        .row:hover, .row[aria-pressed=true] { background:var(--fill) } .row:focus-visible { outline:2px solid var(--focus) }
        .row .name { font-weight:540 } .row .count { font-variant-numeric:tabular-nums; font-size:.9rem } .row i { font-style:normal; color:var(--soft); display:inline-block; min-width:3.2em; text-align:right }
        .number { color:var(--soft); font-variant-numeric:tabular-nums; font-size:.85rem; font-weight:500 }
        .track { grid-column:2/4; height:.5rem; border-radius:.25rem; background:var(--fill); overflow:hidden; margin-top:.15rem } .row:hover .track, .row[aria-pressed=true] .track { background:var(--line) }
        .track span, .meter span { display:block; height:100%; background:var(--color); border-radius:inherit; min-width:2px }
        article { background:var(--card); border:1px solid var(--line); border-left:4px solid var(--color); border-radius:.75rem; padding:1.2rem clamp(1rem,3vw,1.6rem) 1.3rem; margin-top:1rem; scroll-margin-top:1rem }
        article:target { box-shadow:0 0 0 3px color-mix(in oklab,var(--color) 35%,transparent) }
        .measures { display:flex; flex-wrap:wrap; gap:.3rem 2rem; margin:.7rem 0 .9rem } .measures div { display:flex; gap:.5rem; align-items:center; font-size:.9rem }
        .measures dt { color:var(--soft) } .measures dd { margin:0; font-variant-numeric:tabular-nums; display:flex; gap:.5rem; align-items:center }
        .meter { width:5rem; height:.4rem; border-radius:.2rem; background:var(--fill); overflow:hidden }
        .keywords { list-style:none; display:flex; flex-wrap:wrap; gap:.4rem; margin:0; padding:0 } .keywords li { font-size:.86rem; padding:.12rem .65rem; border-radius:1rem; background:color-mix(in oklab,var(--color) 14%,var(--card)) }
        .examples { list-style:none; margin:0; padding:0 } .examples li { padding:.5rem 0; border-top:1px solid var(--line) } .examples p { margin:0 } .examples .quiet { font-size:.82rem }
        .examples p:first-child { font-size:.94rem; line-height:1.5; display:-webkit-box; -webkit-line-clamp:4; -webkit-box-orient:vertical; overflow:hidden }
        .near { margin:0; font-size:.9rem } .dot { display:inline-block; width:.6em; height:.6em; border-radius:50%; background:var(--color); margin-right:.4em }
        .scroll { overflow-x:auto } table { border-collapse:collapse; width:100%; font-size:.9rem } th, td { text-align:left; padding:.45rem .7rem .45rem 0; border-bottom:1px solid var(--line); vertical-align:top; overflow-wrap:normal } th { font-weight:550; color:var(--soft); font-size:.82rem } .figure { text-align:right; font-variant-numeric:tabular-nums } td:first-child { min-width:10rem } td:last-child { min-width:14rem; overflow-wrap:anywhere }
        .change.appeared, .change.grew { color:oklch(calc(var(--l) - 6%) .13 150) } .change.vanished, .change.shrank { color:oklch(calc(var(--l) - 2%) .15 30) } .change.moved { color:oklch(calc(var(--l) - 4%) .13 80) }
        .profile { display:block; width:100%; max-width:36rem; height:2.6rem } .profile rect { fill:var(--color) } .ends { display:flex; justify-content:space-between; max-width:36rem; margin:.15rem 0 0; font-size:.78rem }
        .tree { display:block; max-width:none } .tree path { fill:none; stroke:var(--soft); stroke-width:1.2; opacity:.7 } .tree circle { fill:var(--color) } .tree text { fill:var(--ink); font-size:13px } .tree a { text-decoration:none }
        footer { margin-top:2.5rem; padding-top:1rem; border-top:1px solid var(--line); font-size:.85rem } code { font-size:.9em }
        @media (max-width:30rem) { body { font-size:15px } .figures { grid-template-columns:1fr 1fr; gap:.5rem } .figures div { padding:.8rem .85rem } .figures dd { font-size:.78rem } .tools { flex:1 1 100% } canvas { height:92vw } main { padding:1.1rem .9rem 2rem } }
        @media print { :root { --paper:#fff; --card:#fff; --ink:#000; --soft:#444; --line:#ccc; --fill:#eee; --l:58% } main { max-width:none; padding:0 } .tools, #tip, #hits, .note { display:none } article[hidden] { display:block !important } article, .figures div, #stage { break-inside:avoid } * { print-color-adjust:exact; -webkit-print-color-adjust:exact } canvas { height:11cm; object-fit:contain } .figures { grid-template-columns:repeat(4,1fr) } h2, h3, h4 { break-after:avoid } section { margin-top:1.5rem } .examples p:first-child { -webkit-line-clamp:3 } }
        """
}

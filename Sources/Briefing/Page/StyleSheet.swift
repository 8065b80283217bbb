import ReleaseModel

/// The page's own rules: one column of text, tables that scroll by themselves, light and dark, screen and paper.
struct StyleSheet {
  /// What takes the place of the accent, in light and in dark.
  var accent: (light: Colour, dark: Colour)?

  init() {}

  /// - Parameter accent: Colours of the definition; the page keeps its own where either is none.
  init(accent: PublicBriefing.Accent?) {
    guard let accent, let light = Colour(hex: accent.light), let dark = Colour(hex: accent.dark) else {
      return
    }
    self.accent = (light, dark)
  }

  /// Rules of a page that is no briefing.
  var further = ""

  var text: String {
    ":root{color-scheme:light dark;\(variables { $0.light })}\n"
      + "@media (prefers-color-scheme:dark){:root{\(variables { $0.dark })}}\n"
      + Paint.allCases.map(\.rules).joined()
      + ComparisonTable.Shade.allCases.map { shade in
        "td.h-\(shade.rawValue){background:var(--\(shade.paint.rawValue));color:var(--on-\(shade.paint.rawValue))}\n"
      }.joined() + Self.rules + further
      + "@media print{:root{color-scheme:light;\(variables { $0.light })}}\n"
      + Self.print
  }

  private func variables(_ scheme: ((light: String, dark: String)) -> String) -> String {
    Paint.allCases.map { paint in
      var colours = paint.colours
      if paint == .accent, let accent { colours = (accent.light.hex, accent.dark.hex) }
      return "--\(paint.rawValue):\(scheme(colours));--on-\(paint.rawValue):\(scheme(paint.text));"
    }.joined()
  }

  private static let rules = """
    *{box-sizing:border-box}
    [hidden]{display:none!important}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
    body{margin:0 auto;padding:0 16px 64px;max-width:60rem;background:var(--page);color:var(--ink);\
    font:1rem/1.55 Arial,Helvetica,"Liberation Sans",sans-serif;overflow-wrap:anywhere}
    h1,h2,h3,h4,p,ul,ol,dl,figure,details,.scrolls{margin:0 0 1rem}
    p,ul,ol,dl,h1,h2,h3,h4,figure{max-width:42rem}
    h1{margin:2rem 0 1.5rem;font-size:2rem;line-height:1.2}
    h1 .subtitle{display:block;margin-top:.5rem;font-size:1.15rem;font-weight:normal;line-height:1.4;color:var(--quiet)}
    h2{margin:3rem 0 1rem;padding-top:.75rem;border-top:3px solid var(--accent);font-size:1.5rem;line-height:1.25}
    h3{margin:2.5rem 0 .75rem;font-size:1.2rem;line-height:1.3}
    h4{margin:2rem 0 .75rem;font-size:1.05rem;line-height:1.35}
    a{color:var(--accent)}
    bdi,th,td,dd,summary,text{unicode-bidi:isolate}
    :focus-visible{outline:3px solid var(--accent);outline-offset:2px}
    .skip{position:absolute;left:-100vw}
    .skip:focus{position:static}
    .warning{margin:1.5rem 0 0;padding:.75rem 1rem;border:2px solid var(--orange3);border-left-width:10px;font-weight:bold}
    .logo{display:block;margin-top:1.5rem;height:4rem;width:auto;max-width:100%;object-fit:contain;object-position:left}
    @media (prefers-color-scheme:dark){.logo{padding:.4rem .6rem;background:#fff}}
    .note,.source{color:var(--quiet);font-size:.9375rem}
    .wording{font-size:1.1rem}
    .source{margin:.25rem 0 0;font-size:.875rem}
    #findings>ul{padding-left:0;list-style:none}
    #findings>ul>li{padding:.6rem 0 .6rem 1rem;border-left:4px solid var(--accent);margin-bottom:.75rem;font-size:1.0625rem}
    li{margin-bottom:.4rem}
    dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,13rem),1fr));gap:.75rem 1.5rem}
    dt{font-size:.875rem;color:var(--quiet)}
    dd{margin:0;font-weight:bold}
    #glossary dl{display:block}
    #glossary dl>div{margin-bottom:.75rem}
    #glossary dt{font-size:1rem;font-weight:bold;color:var(--ink)}
    #glossary dd{font-weight:normal}
    nav ol{padding-left:1.4rem}
    nav>ol>li>ol{font-size:.9375rem}
    figure{margin:0 0 1.5rem}
    figcaption{margin-bottom:.75rem}
    figcaption strong{display:block;font-size:1.0625rem}
    .key{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0 0 .75rem;padding:0;list-style:none;font-size:.9375rem}
    .key li{display:flex;align-items:flex-start;gap:.4rem;margin:0}
    .swatch{flex:none;margin-top:.25rem}
    .chart{display:block;width:100%;overflow:visible}
    .wide{display:none}
    @media (min-width:40rem){.narrow{display:none}.wide{display:block}}
    .chart text{font-variant-numeric:tabular-nums}
    .edge{stroke:var(--page);stroke-width:1}
    .scrolls{max-width:100%;overflow-x:auto;background:linear-gradient(to right,var(--page) 40%,transparent) 0 0/3rem 100% local,\
    linear-gradient(to left,var(--page) 40%,transparent) 100% 0/3rem 100% local,\
    linear-gradient(to right,var(--track),transparent) 0 0/1rem 100% scroll,\
    linear-gradient(to left,var(--track),transparent) 100% 0/1rem 100% scroll;background-repeat:no-repeat}
    table{border-collapse:collapse;font-size:.9375rem;line-height:1.35}
    caption{max-width:min(42rem,calc(100vw - 32px));padding:.25rem 0 .5rem;text-align:left;font-weight:bold}
    th,td{padding:.3rem .6rem;border-bottom:1px solid var(--track);text-align:right;vertical-align:top;\
    font-variant-numeric:tabular-nums;overflow-wrap:normal}
    th{font-weight:normal}
    thead th{border-bottom:2px solid var(--quiet);font-weight:bold;vertical-align:bottom}
    tbody th,th.label,td.w{min-width:7rem;max-width:18rem;text-align:left;overflow-wrap:anywhere;hyphens:auto}
    tbody td{white-space:nowrap}
    tbody td.w{white-space:normal}
    th.g{font-weight:bold}
    th.words{min-width:8.5rem}
    tbody+tbody tr:first-child>*{border-top:1px solid var(--quiet)}
    .m{color:var(--quiet)}
    .heat th[scope=col]{min-width:4.5rem;max-width:10rem}
    .heat th.long{overflow-wrap:anywhere;min-width:8rem}
    .heat tbody th:first-child{min-width:13rem}
    #tools{display:flex;flex-wrap:wrap;align-items:end;gap:.75rem 1.5rem;margin:0 0 1rem;padding:.75rem 0;background:var(--page);\
    border-bottom:1px solid var(--track);font-size:.9375rem}
    #tools div{display:flex;flex-wrap:wrap;align-items:center;gap:.35rem .5rem;max-width:100%}
    #tools input,#tools select,#tools button{min-height:2rem;max-width:100%;padding:.2rem .5rem;border:1px solid var(--quiet);\
    border-radius:0;background:var(--page);color:var(--ink);font:inherit}
    #tools select{width:18rem;text-overflow:ellipsis}
    #tools button{border-color:var(--accent);color:var(--accent);font-weight:bold;cursor:pointer}
    #tools p{margin:0;flex-basis:100%}
    @media (max-width:30rem){#tools div{width:100%}#tools input{flex:1}#tools select{width:calc(100% - 7.5rem)}}
    #tools p:empty{display:none}
    th button{min-height:24px;margin:0;padding:0;border:0;background:none;color:inherit;font:inherit;text-align:inherit;\
    text-decoration:underline dotted;text-underline-offset:.25em;overflow-wrap:inherit;hyphens:inherit;cursor:pointer}
    th[aria-sort=ascending] button::after{content:" \u{25B2}"}
    th[aria-sort=descending] button::after{content:" \u{25BC}"}
    details{border-top:1px solid var(--track)}
    details+details{margin-top:-1rem}
    summary{padding:.6rem 0;cursor:pointer;color:var(--accent);font-weight:bold}
    details>:last-child{margin-bottom:1.5rem}
    nav details,nav details+details{margin:0;border:0}
    nav summary{padding:.35rem 0;font-weight:normal}
    @media (max-width:30rem){h1{font-size:1.6rem}h2{font-size:1.35rem}
    table{font-size:.875rem}th,td{padding:.3rem .4rem}tbody th,th.label{min-width:6.5rem;max-width:11rem}\
    th.brief,th.label:first-child{min-width:3.5rem}th.words{min-width:8.5rem}.heat tbody th:first-child{min-width:9rem}\
    .short th,.short td{padding:.3rem .2rem}.fits tbody th,.fits th.label{min-width:5.5rem}.short th.g,.short thead th:first-child{min-width:0;padding-left:0;padding-right:0}\
    .only{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}}
    @media (min-width:48rem){body{padding-left:32px;padding-right:32px}
    #tools{position:sticky;top:0;z-index:2}.with-tools{scroll-padding-top:5rem}
    .heat tr>th:first-child{position:sticky;left:0;z-index:1;background:var(--page);box-shadow:1px 0 var(--track)}\
    .heat caption{position:sticky;left:0}}

    """

  private static let print = """
    @media print{
    @page{size:A4;margin:18mm 16mm 20mm}
    html{font-size:10.5pt}
    figure{max-width:none}
    body{max-width:none;padding:0;background:transparent}
    nav,.skip,.narrow,#tools,#tools-note{display:none!important}
    section[hidden]{display:block!important}
    th button{text-decoration:none}
    th[aria-sort] button::after{content:none!important}
    .heat tr>th:first-child,.heat caption{position:static;box-shadow:none}
    .wide{display:block}
    caption{max-width:none}
    .scrolls{overflow:visible}
    table{font-size:9pt}
    thead{display:table-header-group}
    h2,h3,h4,summary,figcaption,caption,.key,.note,thead{break-after:avoid}
    tr,figure,li,p,.short{break-inside:avoid}
    details::details-content{content-visibility:visible;block-size:auto}
    summary{list-style:none;color:var(--ink)}
    th,td{padding:1.5pt 4pt}
    .heat{font-size:7.5pt}
    th,td,tbody th,th.label,th.words,.heat th[scope=col],.heat th.long,.heat tbody th,.heat tbody th:first-child{min-width:0;\
    max-width:none;hyphens:auto}
    tbody th,td.w,.heat th{overflow-wrap:anywhere}
    .heat td,.f-track,rect{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    }

    """
}

extension Paint {
  /// What is filled, drawn or written with it.
  fileprivate var rules: String {
    ".\(fillClass){fill:var(--\(rawValue))}.\(strokeClass){stroke:var(--\(rawValue))}"
      + ".\(textClass){fill:var(--on-\(rawValue))}\n"
  }
}

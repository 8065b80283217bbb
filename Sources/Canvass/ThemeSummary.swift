import ReleaseModel
import Rendering

/// The themes at the top of the codebook in their order, with how surely, and the focus groups beside them: what the
/// terminal tells of coded text, from the protected release alone.
struct ThemeSummary {
  private let question: String
  private let themes: [RankedTheme]
  private let joint: [JointTheme]
  private let console: Console

  /// One per theme question of the pack that headlines are of.
  static func summaries(of release: Release, on console: Console) -> [ThemeSummary] {
    guard let (pack, _) = Headline.headlines(of: release) else { return [] }
    return release.definition.questions.filter { $0.kind == "theme" }.compactMap { question in
      let themes = pack.rankedThemes.filter {
        $0.key.question == question.id && $0.key.banner == "total" && $0.level == 1
      }
      let joint = pack.jointDisplay.filter { $0.question == question.id && $0.audience == nil }
      return themes.isEmpty
        ? nil : ThemeSummary(question: question.text, themes: themes, joint: joint, console: console)
    }
  }

  private init(question: String, themes: [RankedTheme], joint: [JointTheme], console: Console) {
    self.question = question
    // The first raised first, and those that are withheld in the order of the codebook at the end.
    self.themes = themes.enumerated().sorted {
      ($0.element.rank ?? .max, $0.offset) < ($1.element.rank ?? .max, $1.offset)
    }.map(\.element)
    self.joint = joint
    self.console = console
  }

  func tell() {
    let widths = [9, 16, 8, joint.isEmpty ? 0 : 12]
    let label = console.width - widths.reduce(0, +)
    let headings = ["raised", "95% interval", "rank", joint.isEmpty ? "" : "sessions"]
    let base = themes.first?.row.base.map { " of \(grouped($0)) coded answers" } ?? ""
    console.output(question.truncated(console.width))
    console.output(
      console.title(
        "  " + ("Themes" + base).fitted(label - 2) + zip(headings, widths).map { $0.right($1) }.joined()))
    for theme in themes {
      let cells = [percent(of: theme), interval(of: theme), rank(of: theme), sessions(of: theme)]
      let sides = zip(cells, widths).map { cell, width in cell.right(width) }.joined()
      console.output("    " + theme.key.row.text.fitted(label - 4) + sides)
    }
    console.output("")
  }

  private func percent(of theme: RankedTheme) -> String {
    switch theme.row.figure {
    case .share(_, let percent, _, _, _): fixedPoint(Int64(percent), decimals: 1) + "%"
    case .notApplicable: "nobody"
    case .withheld, .base, .sessions, .value: "withheld"
    }
  }

  private func interval(of theme: RankedTheme) -> String {
    guard case .share(_, _, let lower, let upper, _) = theme.row.figure else { return "" }
    return "\(fixedPoint(Int64(lower), decimals: 1)) to \(fixedPoint(Int64(upper), decimals: 1))"
  }

  /// The rank, or all that the intervals leave open.
  private func rank(of theme: RankedTheme) -> String {
    guard let possible = theme.possible else { return "" }
    return possible.count == 1
      ? "\(possible.lowerBound)" : "\(possible.lowerBound) to \(possible.upperBound)"
  }

  private func sessions(of theme: RankedTheme) -> String {
    guard let beside = joint.first(where: { $0.theme == theme.key.row.text }), let raised = beside.raised
    else {
      return ""
    }
    return "\(raised) of \(beside.sessions)"
  }
}

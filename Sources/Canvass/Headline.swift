import ReleaseModel
import Rendering

/// One figure that stands for a question on the terminal, from the protected release alone.
struct Headline {
  let question: String
  /// Which answer, net or statistic; nil where everything about the question is withheld.
  let answer: String?
  /// `48.3%`, or a mean.
  let value: String
  let base: Int?
  /// `45.5 to 51.2`; nil where there is none.
  let interval: String?

  /// One per question of the first pack that covers everyone, or of the first pack where none does.
  static func headlines(of release: Release) -> (pack: ReleasedPack, headlines: [Headline])? {
    let everyones = release.definition.packs.first { definition in
      definition.who == nil && release.packs.contains { $0.id == definition.id }
    }
    guard let pack = release.packs.first(where: { $0.id == everyones?.id }) ?? release.packs.first else {
      return nil
    }
    // Themes have a summary of their own.
    let questions = release.definition.questions.filter { $0.kind != "theme" }
    let headlines = questions.compactMap { question -> Headline? in
      let table = pack.tables.first {
        $0.question == question.id && $0.banner == "total" && $0.source == "survey"
      }
      return table.map { Headline(question.text, $0.rows) }
    }
    return (pack, headlines)
  }

  /// The mean of a number, else the first net, else the answer that most gave.
  private init(_ question: String, _ rows: [ReleasedRow]) {
    self.question = question
    let shown = rows.filter { $0.figure.isHeadline }
    let chosen =
      shown.first { $0.key.row == .mean } ?? shown.first { if case .net = $0.key.row { true } else { false } }
      ?? shown.reduce(nil as ReleasedRow?) { best, row in
        (best?.figure.percent ?? -1) >= (row.figure.percent ?? -1) ? best : row
      }
    base = chosen?.base
    switch chosen?.figure {
    case .share(_, let percent, let lower, let upper, _):
      answer = chosen?.key.row.label
      value = fixedPoint(Int64(percent), decimals: 1) + "%"
      interval = Headline.interval(Int64(lower), Int64(upper), decimals: 1)
    case .value(let hundredths, let lower, let upper, _):
      answer = "mean"
      value = fixedPoint(hundredths, decimals: 2)
      if let lower, let upper {
        interval = Headline.interval(lower, upper, decimals: 2)
      } else {
        interval = nil
      }
    case .withheld, .base, .sessions, .notApplicable, nil:
      answer = nil
      value = rows.first?.base == 0 ? "nobody" : "withheld"
      interval = nil
    }
  }

  private static func interval(_ lower: Int64, _ upper: Int64, decimals: Int) -> String {
    "\(fixedPoint(lower, decimals: decimals)) to \(fixedPoint(upper, decimals: decimals))"
  }
}

extension ReleasedFigure {
  fileprivate var isHeadline: Bool {
    switch self {
    case .share, .value: true
    case .withheld, .base, .sessions, .notApplicable: false
    }
  }

  fileprivate var percent: Int? {
    if case .share(_, let percent, _, _, _) = self { percent } else { nil }
  }
}

extension FigureRow {
  /// The label without the parentheses that tables.csv needs.
  fileprivate var label: String {
    if case .net(let label) = self { label } else { text }
  }
}

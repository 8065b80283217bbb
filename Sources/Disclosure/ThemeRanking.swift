import ReleaseModel
import SurveyDefinition

/// Where one theme comes among those of its level.
struct ThemePlace {
  var row: ReleasedRow
  var level: Int
  /// How many themes of the level are shown.
  var ranked: Int
  var rank: Int?
  var possible: ClosedRange<Int>?
}

/// Ranks the themes of a question within one group, level by level, from their released rows alone.
///
/// A theme's possible ranks are those that its 95% interval leaves it beside the others': with n themes shown, it comes
/// behind every theme whose interval lies wholly above its own, and before every theme whose interval lies wholly below
/// (Klein, Wright and Wieczorek, 2020, Journal of the Royal Statistical Society A 183(3), 589-606, with the intervals that
/// are published instead of joint ones).
func ranked(_ themes: [(level: Int, row: ReleasedRow)]) -> [ThemePlace] {
  themes.map { theme in
    let rivals = themes.filter { $0.level == theme.level }.compactMap { $0.row.figure.interval }
    guard let own = theme.row.figure.interval else {
      return ThemePlace(row: theme.row, level: theme.level, ranked: rivals.count)
    }
    let ahead = rivals.count {
      theme.row.effectiveBase == nil ? $0.count > own.count : $0.percent > own.percent
    }
    let surelyAhead = rivals.count { $0.lower > own.upper }
    let surelyBehind = rivals.count { $0.upper < own.lower }
    return ThemePlace(
      row: theme.row, level: theme.level, ranked: rivals.count, rank: ahead + 1,
      possible: (surelyAhead + 1)...(rivals.count - surelyBehind))
  }
}

extension ReleasedFigure {
  /// A count with its percentage and the interval of that, in tenths; nil where none is shown.
  fileprivate var interval: (count: Int, percent: Int, lower: Int, upper: Int)? {
    if case .share(let count, let percent, let lower, let upper, _) = self {
      (count, percent, lower, upper)
    } else {
      nil
    }
  }
}

extension [CodedTheme] {
  /// 1 for a theme with none above it, one more for each above.
  func level(_ position: Int) -> Int { self[position].parent.map { level($0) + 1 } ?? 1 }
}

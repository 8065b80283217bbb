import Reliability

extension Ratings {
  /// The units of two coders as a table: the first coder's categories are the rows, the second's the columns.
  init(table: [[Int]]) {
    self.init(coders: 2)
    for (first, row) in table.enumerated() {
      for (second, units) in row.enumerated() { add([first, second], times: units) }
    }
  }

  /// One row of codes per unit.
  init(units rows: [[Int?]]) {
    self.init(coders: rows[0].count)
    for row in rows { add(row) }
  }

  /// One row per unit: how many coders gave each category, everybody having coded everything.
  init(distribution rows: [[Int]]) {
    self.init(
      units: rows.map { row in row.indices.flatMap { [Int?](repeating: $0, count: row[$0]) } })
  }

  /// The same with further units.
  func adding(_ rows: [(codes: [Int?], times: Int)]) -> Ratings {
    var ratings = self
    for (codes, times) in rows { ratings.add(codes, times: times) }
    return ratings
  }
}

/// Ratings that others published.
enum Published {
  /// Krippendorff's data C; `cac.raw4raters` of irrCAC, `nmm` of R's irr and DescTools.
  static let fourCoders = Ratings(units: [
    [1, 1, nil, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4], [4, 4, 4, 4],
    [1, 1, 2, 1], [2, 2, 2, 2], [nil, 5, 5, 5], [nil, nil, 1, 1], [nil, nil, 3, nil],
  ])
  /// Gwet (2014); `cont3x3abstractors` of irrCAC.
  static let abstractors = Ratings(table: [[13, 0, 0], [0, 20, 7], [0, 4, 56]])
  /// Fleiss (1971), half of his patients; `distrib.6raters` of irrCAC.
  static let sixCoders = Ratings(distribution: [
    [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0], [2, 0, 4, 0, 0],
    [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6], [1, 0, 0, 5, 0], [1, 1, 0, 4, 0],
    [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1],
  ])
  /// SAS/STAT, PROC FREQ, Getting Started: Agreement Study, Table 40.2.
  static let skinCondition = Ratings(table: [[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]])
  /// Help page of `ci.kappa` in the R package statpsych.
  static let statpsych = Ratings(table: [[31, 12], [4, 58]])
  /// Feinstein and Cicchetti (1990), as Gerstman, Epidemiology Kept Simple, Table 10.6, prints them.
  static let balanced = Ratings(table: [[40, 9], [6, 45]])
  static let skewed = Ratings(table: [[80, 10], [5, 5]])
  /// Wikipedia, Cohen's kappa.
  static let grantApplications = Ratings(table: [[20, 5], [10, 15]])
  /// Krippendorff (2011), section B: Ben a a b b d c c c e d d a, Gerry b a b b b c c c e d d d.
  static let benAndGerry = Ratings(units: [
    [1, 2], [1, 1], [2, 2], [2, 2], [4, 2], [3, 3], [3, 3], [3, 3], [5, 5], [4, 4], [4, 4], [1, 4],
  ])
  /// Wikipedia, Krippendorff's alpha, A computational example: three coders, fifteen units, one of them not coded.
  static let threeCoders = Ratings(units: [
    [nil, 1, nil], [nil, nil, nil], [nil, 2, 2], [nil, 1, 1], [nil, 3, 3], [3, 3, 4], [4, 4, 4], [1, 3, nil],
    [2, nil, 2], [1, nil, 1], [1, nil, 1], [3, nil, 3], [3, nil, 3], [nil, nil, nil], [3, nil, 4],
  ])
  /// Cunningham (2009), SAS Global Forum, paper 242, Figure 2.
  static let nearlyAll = Ratings(table: [[95, 4], [1, 0]])
}

/// Counts of the synthetic codings.csv of the reference values: no and yes of coder A by no and yes of coder B, and what
/// A alone coded.
enum Themes {
  static let systems = theme([[56, 2], [3, 49]], onlyA: (no: 7, yes: 3))
  static let kit = theme([[88, 3], [1, 18]], onlyA: (no: 9, yes: 1))
  static let skills = theme([[81, 5], [4, 20]], onlyA: (no: 9, yes: 1))
  static let morale = theme([[102, 4], [3, 1]], onlyA: (no: 10, yes: 0))

  private static func theme(_ table: [[Int]], onlyA: (no: Int, yes: Int)) -> Ratings {
    Ratings(table: table).adding([([0, nil], onlyA.no), ([1, nil], onlyA.yes)])
  }
}

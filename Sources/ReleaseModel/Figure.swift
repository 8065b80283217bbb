/// Where a figure is printed: the key columns of tables.csv.
public struct FigureKey: Sendable, Hashable {
  public var pack: String
  public var question: String
  public var row: FigureRow
  /// The id of the variable across the top, `total` for everyone in the pack.
  public var banner: String
  /// The group's label, `Total` under the banner `total`.
  public var group: String

  public init(pack: String, question: String, row: FigureRow, banner: String, group: String) {
    self.pack = pack
    self.question = question
    self.row = row
    self.banner = banner
    self.group = group
  }
}

/// Which row of a question's table a figure stands in.
public enum FigureRow: Sendable, Hashable {
  case base
  case answer(String)
  case net(String)
  /// Respondents who were asked and gave no answer; only where the base is everyone who was asked.
  case noAnswer
  case mean
  case median
  /// Respondents who gave an option of a ranking a place.
  case place(String, Int)
  /// Who ranked other options, and not this one.
  case notRanked(String)
  /// Who gave an option one of the first places, so many.
  case top(String, Int)

  /// The text of the column `answer`.
  public var text: String {
    switch self {
    case .base: "(base)"
    case .answer(let label): label
    case .net(let label): "(net) \(label)"
    case .noAnswer: "(no answer)"
    case .mean: "(mean)"
    case .median: "(median)"
    case .place(let label, _), .notRanked(let label), .top(let label, _): label
    }
  }

  /// The text of the column `place` of rankings.csv; nil for a row of tables.csv.
  public var place: String? {
    switch self {
    case .place(_, let place): "\(place)"
    case .notRanked: "not ranked"
    case .top(_, let places): "top \(places)"
    case .base, .answer, .net, .noAnswer, .mean, .median: nil
    }
  }
}

/// How many respondents of one audience and group fall into some categories of one table: the elementary form that
/// every figure is made of. Two forms that are equal describe the same respondents and are one count.
public struct CountForm: Sendable, Hashable {
  /// The position of the audience (packs of the same people share one).
  public var audience: Int
  /// The position of the table: a division of respondents into categories.
  public var table: Int
  /// The position of the banner; nil: the total.
  public var banner: Int?
  /// The position of the group under the banner; 0 for the total.
  public var group: Int
  /// The categories that are counted together, ascending.
  public var categories: [Int]

  public init(audience: Int, table: Int, banner: Int?, group: Int, categories: [Int]) {
    self.audience = audience
    self.table = table
    self.banner = banner
    self.group = group
    self.categories = categories
  }
}

/// What a figure says, as a form over counts. A kind of figure that has no case here cannot be published.
public enum FigureForm: Sendable, Hashable {
  /// A number of respondents that stands by itself.
  case base(CountForm)
  /// A number of respondents and its share of a base, with the share's interval.
  case share(CountForm, of: CountForm)
  /// Who placed an option of a ranking first, as a share, with the mean of its places: that is told only where the count of
  /// each place is.
  case firstPlace(CountForm, of: CountForm, places: [CountForm])
  /// The mean of a number with its interval: known only where the whole distribution is, so that it follows from
  /// nothing that is withheld.
  case mean(distribution: [CountForm], of: CountForm)
  case median(distribution: [CountForm], of: CountForm)
  /// A number of focus groups; of people it says nothing.
  case sessions(SessionForm)
}

/// How many focus groups of an audience there were, or in how many of them a theme was raised.
public struct SessionForm: Sendable, Hashable {
  /// The position of the audience; nil: all.
  public var audience: Int?
  /// The position of the theme in the codebook; nil: all sessions.
  public var theme: Int?

  public init(audience: Int?, theme: Int?) {
    self.audience = audience
    self.theme = theme
  }
}

/// One figure as it is declared: where it is printed and what it says.
public struct Figure: Sendable, Hashable {
  public var key: FigureKey
  public var form: FigureForm

  public init(key: FigureKey, form: FigureForm) {
    self.key = key
    self.form = form
  }
}

/// Everything that one wave may publish, declared before anything is counted.
public struct Declaration: Sendable {
  public var packs: [DeclaredPack]

  public init(packs: [DeclaredPack]) { self.packs = packs }
}

/// What one audience may receive.
public struct DeclaredPack: Sendable {
  public var id: String
  public var title: String
  /// In the order of the tables, banner by banner, group by group.
  public var tables: [DeclaredTable]
  /// What is told of rankings beside the tables, in the same order.
  public var rankings: [DeclaredTable]

  public init(id: String, title: String, tables: [DeclaredTable], rankings: [DeclaredTable] = []) {
    self.id = id
    self.title = title
    self.tables = tables
    self.rankings = rankings
  }
}

/// The figures of one question under one banner.
public struct DeclaredTable: Sendable {
  public var question: String
  public var kind: String
  public var source: String
  /// One column per group, each with its figures from the base down.
  public var columns: [[Figure]]

  public init(question: String, kind: String, source: String, columns: [[Figure]]) {
    self.question = question
    self.kind = kind
    self.source = source
    self.columns = columns
  }
}

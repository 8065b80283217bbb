/// Where a theme comes among the themes of its level within one group, by how many raised it.
///
/// It follows from the figures of the tables alone: a theme that is withheld there has no rank, and none is given for its
/// sake.
public struct RankedTheme: Sendable, Hashable {
  /// Where its figure stands in the tables.
  public let key: FigureKey
  public let row: ReleasedRow
  /// 1 for a theme at the top of the codebook, 2 for one right below, and so on; themes of a level are ranked together.
  public let level: Int
  /// How many themes of the level are shown, and so ranked.
  public let ranked: Int
  /// 1 for the theme that most raised, the same for themes that as many raised; nil where it is withheld.
  public let rank: Int?
  /// The ranks that it could have: themes whose 95% intervals overlap could change places.
  public let possible: ClosedRange<Int>?

  @_spi(Protection)
  public init(
    row: ReleasedRow, level: Int, ranked: Int, rank: Int?, possible: ClosedRange<Int>?
  ) {
    key = row.key
    self.row = row
    self.level = level
    self.ranked = ranked
    self.rank = rank
    self.possible = possible
  }
}

/// A theme as the survey's open text raised it and as focus groups did: a row of a joint display (Guetterman, Fetters and
/// Creswell, 2015, Annals of Family Medicine 13(6), 554-561).
public struct JointTheme: Sendable, Hashable {
  /// How the two sources go together, in the words of triangulation (Farmer, Robinson, Elliott and Eyles, 2006, Qualitative
  /// Health Research 16(3), 377-394).
  public enum Comparison: String, Sendable, Hashable, CaseIterable {
    /// Both raised it often, or both seldom.
    case agreement
    /// One raised it often, the other seldom.
    case dissonance
    /// One raised it often, the other not at all.
    case silence
    /// The survey's interval holds the limit between often and seldom.
    case unclear
  }

  public let question: String
  public let theme: String
  /// The audience of the focus groups; nil: all of them.
  public let audience: String?
  /// What the survey says of the respondents whom the audience stands for; nil where the definition or the pack has none
  /// such.
  public let survey: ReleasedRow?
  /// How many sessions the audience had.
  public let sessions: Int
  /// In how many of them the theme was raised; nil where that is withheld.
  public let raised: Int?
  public let comparison: Comparison?

  @_spi(Protection)
  public init(
    question: String, theme: String, audience: String?, survey: ReleasedRow?, sessions: Int, raised: Int?,
    comparison: Comparison?
  ) {
    self.question = question
    self.theme = theme
    self.audience = audience
    self.survey = survey
    self.sessions = sessions
    self.raised = raised
    self.comparison = comparison
  }
}

/// Two themes of a question, and how many of a pack's respondents raised both.
public struct CoOccurrence: Sendable, Hashable {
  /// What the column `answer` calls the second theme; the first stands in the row's key.
  public let with: String
  /// Of everyone whose text was coded, those who raised both.
  public let row: ReleasedRow
  /// How many of them would have raised both if the one had nothing to do with the other, in tenths; nil where the row is
  /// withheld.
  public let expected: Int64?

  @_spi(Protection)
  public init(with: String, row: ReleasedRow, expected: Int64?) {
    self.with = with
    self.row = row
    self.expected = expected
  }
}

/// What may leave the house: protected figures and the public part of the definition, nothing else.
///
/// Only the protector can make one (its initialiser is behind `@_spi(Protection)`), and it is not `Decodable`:
/// whatever a writer is given has passed through the one door.
public struct Release: Sendable {
  public let survey: String
  public let wave: String
  /// Responses of the wave.
  public let responses: Int
  /// Rows that were left out because of a fault; nil where the definition does not leave any out.
  public let excludedRows: ExcludedRows?
  public let definition: PublicDefinition
  public let packs: [ReleasedPack]
  /// What earlier waves published, the oldest first; empty where there is none to compare with.
  public let earlierWaves: [PublishedShares]

  @_spi(Protection)
  public init(
    survey: String, wave: String, responses: Int, excludedRows: ExcludedRows? = nil,
    definition: PublicDefinition, packs: [ReleasedPack], earlierWaves: [PublishedShares] = []
  ) {
    self.survey = survey
    self.wave = wave
    self.responses = responses
    self.excludedRows = excludedRows
    self.definition = definition
    self.packs = packs
    self.earlierWaves = earlierWaves
  }

  /// Whether percentages and means are weighted. What is reckoned from counts and bases is then of other people than they are, and
  /// not told beside them.
  public var isWeighted: Bool { definition.weighting != nil }

  /// The release beside what earlier waves published, the oldest first.
  public func following(_ earlierWaves: [PublishedShares]) -> Release {
    Release(
      survey: survey, wave: wave, responses: responses, excludedRows: excludedRows, definition: definition,
      packs: packs, earlierWaves: earlierWaves)
  }

  /// The release limited to some of its packs. All packs have been protected together all the same.
  public func limited(toPacks wanted: Set<String>) -> Release {
    Release(
      survey: survey, wave: wave, responses: responses, excludedRows: excludedRows, definition: definition,
      packs: packs.filter { wanted.contains($0.id) }, earlierWaves: earlierWaves)
  }
}

/// How many rows were left out because of a fault, as it may be told: each is somebody's.
public enum ExcludedRows: Sendable, Hashable {
  case count(Int)
  /// At least one, and fewer than this: a small count.
  case fewer(than: Int)

  @_spi(Protection)
  public init(_ count: Int, minimumCell: Int) {
    self = count > 0 && count < minimumCell ? .fewer(than: minimumCell) : .count(count)
  }
}

/// The protected tables of one audience.
public struct ReleasedPack: Sendable {
  public let id: String
  public let title: String
  public let tables: [ReleasedTable]
  /// Where each option of a ranking stands, place by place, for the groups of which that is told: nothing in it is withheld.
  public let rankings: [ReleasedTable]
  /// The order of themes, which follows from the tables.
  public let rankedThemes: [RankedTheme]
  /// Themes as the survey and the focus groups raised them, side by side; empty where the wave has not both.
  public let jointDisplay: [JointTheme]
  /// Pairs of themes that were raised together; empty where the definition names none.
  public let coOccurrences: [CoOccurrence]
  /// How many people groups have, the total first; empty where the definition does not know.
  public let populations: [GroupPopulation]
  /// How far the questions of indices go together, where that is told, in the order of the definition.
  public let alphas: [ReleasedAlpha]

  @_spi(Protection)
  public init(
    id: String, title: String, tables: [ReleasedTable], rankings: [ReleasedTable] = [],
    rankedThemes: [RankedTheme] = [],
    jointDisplay: [JointTheme] = [], coOccurrences: [CoOccurrence] = [],
    populations: [GroupPopulation] = [], alphas: [ReleasedAlpha] = []
  ) {
    self.id = id
    self.title = title
    self.tables = tables
    self.rankings = rankings
    self.rankedThemes = rankedThemes
    self.jointDisplay = jointDisplay
    self.coOccurrences = coOccurrences
    self.populations = populations
    self.alphas = alphas
  }

  /// Rows whose figures are withheld.
  public var withheldRows: Int { tables.reduce(0) { $0 + $1.withheldRows } }
  public var rowCount: Int { tables.reduce(0) { $0 + $1.rows.count } }
}

/// The figures of one question under one banner, column by column.
public struct ReleasedTable: Sendable {
  public let question: String
  public let kind: String
  public let source: String
  public let banner: String
  public let rows: [ReleasedRow]

  @_spi(Protection)
  public init(question: String, kind: String, source: String, banner: String, rows: [ReleasedRow]) {
    self.question = question
    self.kind = kind
    self.source = source
    self.banner = banner
    self.rows = rows
  }

  public var withheldRows: Int { rows.reduce(0) { $0 + ($1.figure.isWithheld ? 1 : 0) } }
}

/// One row of tables.csv.
public struct ReleasedRow: Sendable, Hashable {
  public let key: FigureKey
  /// The unweighted base; nil where it is withheld.
  public let base: Int?
  public let figure: ReleasedFigure
  /// Of an option of a ranking: the mean of its places among those who ranked it, in hundredths, where that is told.
  public let meanPlace: Int64?
  /// Of a weighted share: how many respondents of equal weight would tell as much as those of its base (Kish), in tenths.
  public let effectiveBase: Int?

  @_spi(Protection)
  public init(
    key: FigureKey, base: Int?, figure: ReleasedFigure, meanPlace: Int64? = nil, effectiveBase: Int? = nil
  ) {
    self.effectiveBase = effectiveBase
    self.key = key
    self.base = base
    self.figure = figure
    self.meanPlace = meanPlace
  }
}

/// What a row shows beside its base.
public enum ReleasedFigure: Sendable, Hashable {
  /// Withheld to protect confidentiality.
  case withheld
  /// A base row: a number of respondents.
  case base(Int)
  /// A count with its percentage and the percentage's interval, in tenths.
  case share(count: Int, percent: Int, lower: Int, upper: Int, isUnreliable: Bool)
  /// The base is 0: there is no percentage.
  case notApplicable
  /// A number of focus groups in which a theme was raised.
  case sessions(Int)
  /// A mean or median in hundredths; the median and a mean of one respondent have no interval.
  case value(Int64, lower: Int64?, upper: Int64?, isUnreliable: Bool)

  public var isWithheld: Bool { self == .withheld }

  /// The marker of tables.csv.
  public var marker: String {
    switch self {
    case .withheld: "c"
    case .notApplicable: "z"
    case .share(_, _, _, _, let isUnreliable), .value(_, _, _, let isUnreliable): isUnreliable ? "u" : ""
    case .base, .sessions: ""
    }
  }
}

/// A definition that was guessed from an export: what it says, how sure that is, and what was left out.
public struct SurveyDraft: Sendable {
  /// One question or variable.
  public struct Item: Sendable {
    public internal(set) var id: String
    public internal(set) var text: String
    public internal(set) var kind: Kind
    /// Why it was read so, and how sure that is.
    public internal(set) var comment: String
    /// The positions of its columns.
    public internal(set) var columns: [Int]
    var isVariable = false
    /// The wording that it shares with the items beside it.
    var stem: String?
    /// Cell texts that mean missing, where they are not those of the input.
    var missing: [String]?
    /// The routing that blanks show: the id of another item and its answers.
    var routing: (id: String, answers: [String])?

    /// The word of the definition for the kind.
    public var kindName: String {
      switch kind {
      case .choice(_, _, let isScale): isScale ? "scale" : "single"
      case .answerColumns: "single"
      case .optionColumns, .joined: "multiple"
      case .number: "number"
      case .ranking: "ranking"
      }
    }
  }

  /// What a column or several are read as.
  public enum Kind: Sendable {
    case choice(column: Int, Answers, isScale: Bool)
    /// One answer from one column per answer.
    case answerColumns([OptionColumn])
    case optionColumns([OptionColumn], chosen: [String]?, notChosen: [String]?, exclusive: [String])
    case joined(column: Int, separator: String, Answers, exclusive: [String])
    case number(column: Int)
    /// Options whose cells hold the place that each was given.
    case ranking([OptionColumn])
  }

  /// Answers in order: labels, with the texts of the cells where those differ.
  public struct Answers: Sendable {
    var answers: [(label: String, texts: [String])]
    /// Whether other texts than these occur.
    var hasOthers: Bool

    var labels: [String] { answers.map(\.label) }
    var isYesAndNo: Bool { labels.contains { KnownScales.plain($0) == "yes" } }
  }

  public struct OptionColumn: Sendable {
    var label: String
    var column: Int
    /// Texts that mean chosen where they are not the usual ones; empty: any text.
    var chosen: [String]?
  }

  /// A column that the draft does not read, and why.
  public struct LeftOut: Sendable {
    public let column: Int
    public let reason: String
    /// True where it tells who somebody is.
    public let isPersonal: Bool
  }

  public internal(set) var id = "survey"
  public internal(set) var title = ""
  /// Whether the title is the survey's own.
  var hasTitle = false
  public internal(set) var platform = Platform.unknown
  public internal(set) var items: [Item] = []
  public internal(set) var leftOut: [LeftOut] = []
  /// The column of the respondent's id.
  public internal(set) var respondent: Int?
  /// Cell texts that mean asked and not answered, besides the empty cell, and never asked.
  public internal(set) var missing: [String] = []
  public internal(set) var notAsked: [String] = []
  /// How columns are named in the definition: a heading, or `#7`.
  public internal(set) var references: [String] = []
  /// The headings of each column, for comments.
  public internal(set) var headings: [String] = []
  public internal(set) var recordCount = 0
  /// The year that most of the dates in the export have.
  public internal(set) var year: String?

  /// A draft of nothing.
  public init() {}

  /// Names the survey after the folder that it goes to.
  public mutating func name(after folder: String) {
    id = identifier(from: folder, limit: 40) ?? id
    if !hasTitle { title = folder }
  }
}

/// How many respondents have to have given a text for it to be written, as everywhere: `minimum_cell` by default.
let leastTold = 5

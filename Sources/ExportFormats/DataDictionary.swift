/// What an export says of its own columns: a data dictionary.
///
/// It describes every column that the export may have. Where a platform offers its users several layouts (one column of
/// joined answers, or one per option), both are described, and ``columns(for:)`` picks those that a file has.
public struct DataDictionary: Sendable, Hashable {
  /// Where a dictionary comes from; the raw value is its stable short name for users.
  public enum Format: String, Sendable, Hashable, CaseIterable {
    /// The Survey Interchange Standard, XML versions 1.1 to 2.0 (https://www.triple-s.org).
    case tripleS = "triple-s"
    /// A system file of SPSS (.sav, .zsav).
    case spss
    /// A questionnaire of Qualtrics (.qsf).
    case qualtrics
    /// The key beside coded responses of JISC Online Surveys.
    case jisc
    /// A Table Schema or Data Package of Frictionless Data (https://datapackage.org).
    case tableSchema = "table-schema"
  }

  public var format: Format
  /// Of the survey or table; nil where the export has none.
  public var title: String?
  /// In the order of the export.
  public var columns: [DictionaryColumn]

  public init(format: Format, title: String? = nil, columns: [DictionaryColumn]) {
    self.format = format
    self.title = title
    self.columns = columns
  }

  /// Whether cells may hold the labels of answers instead of their texts: on some platforms that is a choice at
  /// export, and the dictionary cannot know it.
  public var cellsMayHoldLabels: Bool { format == .qualtrics }

  /// What the dictionary says of each heading of a file, in their order; nil where it says nothing.
  ///
  /// A heading is a column's name or one of its other names, letter for letter; blanks around it do not count. A name
  /// goes before another column's other name, an earlier column before a later one.
  /// - Complexity: Linear in the number of names and headings.
  public func columns(for headings: [String]) -> [DictionaryColumn?] {
    var positions: [String: Int] = [:]
    for (position, column) in columns.enumerated() where positions[column.name] == nil {
      positions[column.name] = position
    }
    for (position, column) in columns.enumerated() {
      for name in column.otherNames where positions[name] == nil { positions[name] = position }
    }
    return headings.map { positions[collapsed($0)].map { columns[$0] } }
  }
}

/// What an export says of one of its columns.
///
/// Texts are plain: markup and entities are gone, and runs of blanks and line breaks are one blank.
public struct DictionaryColumn: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// One answer of those listed.
    case single
    /// Whether one option was chosen, of a question that has a column for each. `answers` says which cell text means
    /// chosen; what else stands in the cell means that it was not.
    case multipleOption
    /// All answers chosen, in one cell.
    case multipleJoined(separator: String)
    case number
    case text
    /// A date, a time or both.
    case date
    /// The rank that the item was given.
    case ranking
    /// A column without responses, such as the heading of a grid.
    case other
    /// The export does not say.
    case unknown
  }

  /// The heading of the column in the data.
  public var name: String
  /// Headings that the same column has where the platform was asked for another kind of heading.
  public var otherNames: [String]
  /// The wording of the question.
  public var question: String?
  /// The option, row or statement that the column is about, where the question has several columns.
  public var item: String?
  /// The same for all columns that make one question together; nil where the column stands alone.
  public var group: String?
  public var kind: Kind
  /// In the order of the questionnaire.
  public var answers: [DictionaryAnswer]
  /// Texts of cells that are declared to be no answer. An empty cell never is one, and is not listed.
  public var missing: [String]
  /// Numbers that are declared to be no answer, besides those in `missing`.
  public var missingRanges: [ClosedRange<Double>]
  /// Whether the format says that the answers have an order; false where it does not say.
  public var isOrdered: Bool

  public init(
    name: String, otherNames: [String] = [], question: String? = nil, item: String? = nil,
    group: String? = nil, kind: Kind, answers: [DictionaryAnswer] = [], missing: [String] = [],
    missingRanges: [ClosedRange<Double>] = [], isOrdered: Bool = false
  ) {
    self.name = name
    self.otherNames = otherNames
    self.question = question
    self.item = item
    self.group = group
    self.kind = kind
    self.answers = answers
    self.missing = missing
    self.missingRanges = missingRanges
    self.isOrdered = isOrdered
  }
}

/// One answer that a column may hold.
public struct DictionaryAnswer: Sendable, Hashable {
  /// What stands in the cell.
  public var text: String
  /// What the respondent saw; the text itself where the export has no label.
  public var label: String

  public init(text: String, label: String) {
    self.text = text
    self.label = label
  }
}

/// A binary or fixed-column file as CSV, and what the file says of the columns.
public struct ConvertedTable: Sendable, Hashable {
  public var dictionary: DataDictionary
  /// RFC 4180 in UTF-8 with LF: one record of headings, the names of the dictionary's columns in order, then the data.
  public var csv: [UInt8]
  /// Without the headings.
  public var recordCount: Int
}

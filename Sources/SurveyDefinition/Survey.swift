/// One survey as one wave asks it: `survey.yaml` with the wave's `wave.yaml` laid over it, checked.
///
/// A value of this type is free of faults: every id that it names exists and every rule of the definition holds.
/// Items keep the order of the file, which is the order of the tables.
public struct Survey: Sendable, Equatable {
  public var id: String
  public var title: String
  public var publisher: String?
  public var contact: String?
  /// How many people were invited to answer.
  public var invited: Int?
  public var mode: String?
  public var sampling: Sampling?
  /// Everyone who could have taken part; nil where the definition does not say.
  public var population: Population?
  public var intervals: IntervalMethod
  public var comparisons: ComparisonAdjustment
  public var protection: ProtectionThresholds
  public var input: InputLayout
  public var variables: [Variable]
  public var questions: [Question]
  public var blocks: [Block]
  public var indices: [CompositeIndex]
  /// The codebook, top themes first, each with the themes below it.
  public var themes: [Theme]
  public var codings: Codings
  public var packs: [Pack]
  public var weights: Weights?
  /// Of all packs, as far as they do not say otherwise.
  public var briefing: BriefingSettings?

  public init(
    id: String, title: String, publisher: String? = nil, contact: String? = nil, invited: Int? = nil,
    mode: String? = nil, sampling: Sampling? = nil, population: Population? = nil,
    intervals: IntervalMethod = .wilson, comparisons: ComparisonAdjustment = .holm,
    protection: ProtectionThresholds = .init(),
    input: InputLayout = .init(), variables: [Variable] = [], questions: [Question] = [],
    blocks: [Block] = [], indices: [CompositeIndex] = [],
    themes: [Theme] = [], codings: Codings = Codings(), packs: [Pack] = [], weights: Weights? = nil,
    briefing: BriefingSettings? = nil
  ) {
    self.id = id
    self.title = title
    self.publisher = publisher
    self.contact = contact
    self.invited = invited
    self.mode = mode
    self.sampling = sampling
    self.population = population
    self.intervals = intervals
    self.comparisons = comparisons
    self.protection = protection
    self.input = input
    self.variables = variables
    self.questions = questions
    self.blocks = blocks
    self.indices = indices
    self.themes = themes
    self.codings = codings
    self.packs = packs
    self.weights = weights
    self.briefing = briefing
  }

  /// The variable or question that an id names; ids are unique over both.
  public func item(_ id: String) -> Item? {
    if let index = variables.firstIndex(where: { $0.id == id }) { return .variable(index) }
    if let index = questions.firstIndex(where: { $0.id == id }) { return .question(index) }
    return nil
  }
}

/// A variable or a question, by its position in the survey.
public enum Item: Sendable, Hashable {
  case variable(Int)
  case question(Int)
}

/// How respondents came to be in the survey, which decides the caveat that intervals carry.
public enum Sampling: String, Sendable, Hashable, CaseIterable {
  case open
  case random
  case census
}

/// A fact about the respondent: role, area, length of service.
public struct Variable: Sendable, Hashable {
  public var id: String
  public var label: String
  public var source: ChoiceSource
  public var groups: [AnswerOption]
  /// The label of the group that takes every undeclared text, where the definition names one.
  public var other: String?
  public var missing: [String]?
  public var notAsked: [String]?

  public init(
    id: String, label: String, source: ChoiceSource, groups: [AnswerOption], other: String? = nil,
    missing: [String]? = nil, notAsked: [String]? = nil
  ) {
    self.id = id
    self.label = label
    self.source = source
    self.groups = groups
    self.other = other
    self.missing = missing
    self.notAsked = notAsked
  }

  /// The labels of all groups, `other` last where it is not one of the declared ones.
  public var groupLabels: [String] { labels(of: groups, other: other) }
}

/// An answer of a question, a group of a variable, or an option of a multiple question: its label and the cell
/// texts that mean it. The label itself is one of them unless it is another answer's text.
public struct AnswerOption: Sendable, Hashable {
  public var label: String
  public var texts: [String]

  public init(label: String, texts: [String]) {
    self.label = label
    self.texts = texts
  }
}

/// Which column of the responses: by a heading, or by number from 1 (`"#7"`).
public enum ColumnReference: Sendable, Hashable {
  case heading(String)
  case number(Int)
}

/// Where a single choice is read from.
public enum ChoiceSource: Sendable, Hashable {
  /// One column whose cell says which answer.
  case column(ColumnReference)
  /// One column per answer, in the order of the answers.
  case columnPerAnswer([OptionColumn])
}

/// One column that says whether one option was chosen.
public struct OptionColumn: Sendable, Hashable {
  /// Which cell texts say that the option was chosen.
  public enum Chosen: Sendable, Hashable {
    /// The question's own `chosen`, or the default words.
    case inherited
    /// Whatever is not missing.
    case any
    case texts([String])
  }

  public var label: String
  public var column: ColumnReference
  public var chosen: Chosen

  public init(label: String, column: ColumnReference, chosen: Chosen = .inherited) {
    self.label = label
    self.column = column
    self.chosen = chosen
  }
}

/// A question of the questionnaire.
public struct Question: Sendable, Hashable {
  public var id: String
  /// The wording; the id where the definition gives none.
  public var text: String
  public var kind: Kind
  public var nets: [Net]
  /// Of whom it was asked; nil: of everyone.
  public var askedIf: Condition?
  public var missing: [String]?
  public var notAsked: [String]?
  public var isSensitive: Bool
  public var base: BaseRule

  public init(
    id: String, text: String, kind: Kind, nets: [Net] = [], askedIf: Condition? = nil,
    missing: [String]? = nil,
    notAsked: [String]? = nil, isSensitive: Bool = false, base: BaseRule = .answered
  ) {
    self.id = id
    self.text = text
    self.kind = kind
    self.nets = nets
    self.askedIf = askedIf
    self.missing = missing
    self.notAsked = notAsked
    self.isSensitive = isSensitive
    self.base = base
  }

  /// What kind of question it is, with what only that kind has.
  public enum Kind: Sendable, Hashable {
    case single(Choice)
    /// A single choice whose answers are in order.
    case scale(Choice)
    case multiple(MultipleChoice)
    case number(NumberEntry)
    case ranking(Ranking)
    /// Open text whose codings are read from open-text.csv.
    case theme(ThemeCoding)
  }

  /// The word of the definition for the kind: `single`, `multiple`, `scale`, `number`, `ranking`, `theme`.
  public var kindName: String {
    switch kind {
    case .single: "single"
    case .scale: "scale"
    case .multiple: "multiple"
    case .number: "number"
    case .ranking: "ranking"
    case .theme: "theme"
    }
  }

  /// The labels that are tabulated, in order: answers (with `other`), options, bands, or themes.
  public var answerLabels: [String] {
    switch kind {
    case .single(let choice), .scale(let choice): choice.answerLabels
    case .multiple(let choice): choice.options.map(\.label)
    case .number(let number): number.bands.map(\.label)
    case .ranking(let ranking): ranking.options.map(\.label)
    case .theme(let coding): coding.themes.map(\.label)
    }
  }
}

/// Whose answers make a base: everyone who answered, or everyone who was asked.
public enum BaseRule: String, Sendable, Hashable, CaseIterable {
  case answered
  case asked
}

/// What a single or scale question is answered with.
public struct Choice: Sendable, Hashable {
  public var source: ChoiceSource
  public var answers: [AnswerOption]
  /// The label under which every undeclared text counts; nil: an undeclared text is a fault.
  public var other: String?
  /// Which number each of `answerLabels` stands for, nil for one that has none; nil where the question has no scores.
  public var scores: [Decimal6?]?

  public init(
    source: ChoiceSource, answers: [AnswerOption], other: String? = nil, scores: [Decimal6?]? = nil
  ) {
    self.source = source
    self.answers = answers
    self.other = other
    self.scores = scores
  }

  /// The labels of all answers, `other` last where it is not one of the declared ones.
  public var answerLabels: [String] { labels(of: answers, other: other) }
}

private func labels(of options: [AnswerOption], other: String?) -> [String] {
  let declared = options.map(\.label)
  guard let other, !declared.contains(other) else { return declared }
  return declared + [other]
}

/// A question with any number of answers.
public struct MultipleChoice: Sendable, Hashable {
  public enum Source: Sendable, Hashable {
    /// One column per option, in the order of `options`.
    case columns([OptionColumn])
    /// All chosen options joined in one cell.
    case joined(ColumnReference, separator: String)
  }

  public var source: Source
  /// The options; their texts are only read from joined cells. `other` is among them where declared.
  public var options: [AnswerOption]
  /// The label under which undeclared parts of a joined cell count; nil: such a part is a fault.
  public var other: String?
  /// Cell texts that mean chosen and not chosen; nil: the default words.
  public var chosen: [String]?
  public var notChosen: [String]?
  /// Positions in `options` of those that exclude every other.
  public var exclusive: [Int]

  public init(
    source: Source, options: [AnswerOption], other: String? = nil, chosen: [String]? = nil,
    notChosen: [String]? = nil, exclusive: [Int] = []
  ) {
    self.source = source
    self.options = options
    self.other = other
    self.chosen = chosen
    self.notChosen = notChosen
    self.exclusive = exclusive
  }
}

/// A question answered with a number.
public struct NumberEntry: Sendable, Hashable {
  public var column: ColumnReference
  public var valid: ClosedRange<Decimal6>?
  public var bands: [Band]

  public init(column: ColumnReference, valid: ClosedRange<Decimal6>? = nil, bands: [Band] = []) {
    self.column = column
    self.valid = valid
    self.bands = bands
  }
}

/// One band of a number: from, up to but not with; the last band's upper end is within it.
public struct Band: Sendable, Hashable {
  public var label: String
  public var from: Decimal6
  public var upTo: Decimal6

  public init(label: String, from: Decimal6, upTo: Decimal6) {
    self.label = label
    self.from = from
    self.upTo = upTo
  }
}

/// A decimal number kept exactly, in millionths, so that sums do not depend on their order.
public struct Decimal6: Sendable, Hashable, Comparable {
  public static let scale: Int64 = 1_000_000
  /// The number times 1,000,000.
  public var millionths: Int64

  public init(millionths: Int64) { self.millionths = millionths }
  public init(_ whole: Int) { millionths = Int64(whole) * Self.scale }

  public static func < (left: Decimal6, right: Decimal6) -> Bool { left.millionths < right.millionths }

  /// As a person writes it: no exponent, no zeros at the end.
  public var text: String {
    let whole = String(millionths.magnitude / UInt64(Self.scale))
    let sign = millionths < 0 ? "-" : ""
    var fraction = String(millionths.magnitude % UInt64(Self.scale))
    guard fraction != "0" else { return sign + whole }
    fraction = String(repeating: "0", count: 6 - fraction.count) + fraction
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return sign + whole + "." + fraction
  }
}

/// Answers counted together under one label.
public struct Net: Sendable, Hashable {
  public enum Members: Sendable, Hashable {
    /// Positions in the question's `answerLabels`.
    case answers([Int])
    /// Any option that is not exclusive.
    case any
  }

  public var label: String
  public var members: Members

  public init(label: String, members: Members) {
    self.label = label
    self.members = members
  }
}

/// A test on answers and groups in disjunctive form: true where all clauses of any one alternative hold.
public struct Condition: Sendable, Hashable {
  public var alternatives: [[Clause]]

  public init(alternatives: [[Clause]]) { self.alternatives = alternatives }

  /// The respondent's answer to one item is one of these.
  public struct Clause: Sendable, Hashable {
    public var item: Item
    /// Positions in the item's answer or group labels (options for a multiple question), ascending.
    public var accepted: [Int]

    public init(item: Item, accepted: [Int]) {
      self.item = item
      self.accepted = accepted
    }
  }
}

/// Questions shown together.
public struct Block: Sendable, Hashable {
  public var id: String
  public var text: String
  /// Positions of the questions in the survey.
  public var questions: [Int]

  public init(id: String, text: String, questions: [Int]) {
    self.id = id
    self.text = text
    self.questions = questions
  }
}

/// What one audience receives.
public struct Pack: Sendable, Hashable {
  public var id: String
  public var title: String
  /// Whose responses it covers; nil: everyone's.
  public var who: Condition?
  /// The items across the top, besides `total`: variables, single or scale questions, numbers with bands.
  public var banners: [Item]
  /// Positions of the questions it shows, in the survey's order.
  public var questions: [Int]
  public var briefing: BriefingSettings?

  public init(
    id: String, title: String, who: Condition?, banners: [Item], questions: [Int],
    briefing: BriefingSettings? = nil
  ) {
    self.briefing = briefing
    self.id = id
    self.title = title
    self.who = who
    self.banners = banners
    self.questions = questions
  }
}

/// How the responses are laid out in their file.
public struct InputLayout: Sendable, Hashable {
  public enum Encoding: String, Sendable, Hashable, CaseIterable {
    case utf8 = "utf-8"
    case utf16 = "utf-16"
    case windows1252 = "windows-1252"
    case iso88591 = "iso-8859-1"
    case macintosh
  }

  /// Relative to the wave's folder; `-` is standard input.
  public var file: String
  public var encoding: Encoding
  public var separator: UInt8
  /// False for a file whose quote characters mean nothing.
  public var quoting: Bool
  public var headerRows: Int
  public var respondent: ColumnReference?
  /// Cells that mean: asked, not answered.
  public var missing: [String]
  /// Cells that mean: never asked.
  public var notAsked: [String]
  /// Only rows with one of these texts in each column are responses of the survey.
  public var keep: [KeepRule]
  /// The Triple-S description of the file, relative to the wave's folder; nil: the file describes itself.
  public var tripleS: String?
  /// Whether records with a fault are left out and counted; otherwise one stops the run.
  public var excludesInvalid = false

  public init(
    file: String = "responses.csv", encoding: Encoding = .utf8, separator: UInt8 = UInt8(ascii: ","),
    quoting: Bool = true, headerRows: Int = 1, respondent: ColumnReference? = nil, missing: [String] = [""],
    notAsked: [String] = [], keep: [KeepRule] = []
  ) {
    self.file = file
    self.encoding = encoding
    self.separator = separator
    self.quoting = quoting
    self.headerRows = headerRows
    self.respondent = respondent
    self.missing = missing
    self.notAsked = notAsked
    self.keep = keep
  }
}

public struct KeepRule: Sendable, Hashable {
  public var column: ColumnReference
  public var texts: [String]

  public init(column: ColumnReference, texts: [String]) {
    self.column = column
    self.texts = texts
  }
}

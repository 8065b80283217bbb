import SurveyDefinition

/// In what form an item is answered, which decides how answers to it are drawn.
enum AnswerForm: Sendable, Equatable {
  /// One of these.
  case one([String])
  /// Any number of these; some exclude every other.
  case multiple([String], exclusive: [Int])
  /// A number in one of these bands, which have at least one value each.
  case number([Band])
  /// All of these, in an order.
  case ranking([String], places: Int)
  /// Open text that coders give any number of these themes to, by id; not in the responses file.
  case theme([String])

  init(_ variable: Variable) { self = .one(variable.groupLabels) }

  init(_ question: Question) {
    switch question.kind {
    case .single(let choice), .scale(let choice): self = .one(choice.answerLabels)
    case .multiple(let choice): self = .multiple(choice.options.map(\.label), exclusive: choice.exclusive)
    case .number(let entry): self = .number(entry.bands.isEmpty ? [Self.wholeRange(of: entry)] : entry.bands)
    case .ranking(let ranking): self = .ranking(ranking.options.map(\.label), places: ranking.places)
    case .theme(let coding): self = .theme(coding.themes.map(\.id))
    }
  }

  var labels: [String] {
    switch self {
    case .one(let labels), .multiple(let labels, _), .ranking(let labels, _), .theme(let labels): labels
    case .number(let bands): bands.map(\.label)
    }
  }

  var isTheme: Bool { if case .theme = self { true } else { false } }

  /// Of an item with any number of answers: these, and which exclude every other; nil for any other item.
  var options: (labels: [String], exclusive: [Int])? {
    switch self {
    case .multiple(let options, let exclusive): (options, exclusive)
    case .theme(let themes): (themes, [])
    case .one, .number, .ranking: nil
    }
  }

  /// A number without bands is drawn from one band that nobody sees.
  private static func wholeRange(of entry: NumberEntry) -> Band {
    let valid = entry.valid ?? Decimal6(0)...Decimal6(100)
    return Band(label: "(any number)", from: valid.lowerBound, upTo: valid.upperBound)
  }
}

extension Survey {
  /// Variables first, then questions: the order in which a simulation numbers items.
  func position(of item: Item) -> Int {
    switch item {
    case .variable(let index): index
    case .question(let index): variables.count + index
    }
  }

  var itemIDs: [String] { variables.map(\.id) + questions.map(\.id) }
  var answerForms: [AnswerForm] { variables.map { AnswerForm($0) } + questions.map { AnswerForm($0) } }
}

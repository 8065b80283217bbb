/// A survey and its made-up respondents, small enough to be changed in every way and written as the files of a survey
/// folder.
struct RandomSurvey {
  /// What one respondent said of one item.
  enum Answer: Equatable {
    case none
    /// The label of a group or answer.
    case one(String)
    /// The labels of the options chosen, empty: all were declined; or of the themes raised, with those above them.
    case many(Set<String>)
    case number(Int)
  }

  /// Of whom something is asked or shown: any alternative, all of whose clauses hold.
  typealias Condition = [[(item: String, labels: [String])]]

  struct Variable {
    var id: String
    var groups: [String]
  }

  struct Question {
    enum Kind { case single, scale, multiple, number, theme }

    var id: String
    var kind: Kind
    /// Answers, options, of a number its bands, of a theme question its themes: `ABOVE / BELOW`, each after those above it.
    var labels: [String]
    /// The last so many options exclude the others.
    var exclusive = 0
    /// Upper ends of the bands; each begins where the one before ends, the first at 0.
    var ends: [Int] = []
    /// Label and members; no members: any option that is not exclusive.
    var nets: [(label: String, members: [String])] = []
    var askedIf: Condition?
    var isBaseAsked = false
    var isSensitive = false
  }

  struct Pack {
    var id: String
    /// nil: everyone.
    var who: Condition?
    var banners: [String]
    /// nil: all.
    var questions: [String]?
  }

  var minimumCell = 3
  var minimumBase = 6
  var prefersGroups = false
  var variables: [Variable] = []
  var questions: [Question] = []
  var packs: [Pack] = []
  /// By item.
  var people: [[String: Answer]] = []

  static let largestNumber = 40

  func variable(_ id: String) -> Variable? { variables.first { $0.id == id } }
  func question(_ id: String) -> Question? { questions.first { $0.id == id } }
  func labels(of item: String) -> [String] { variable(item)?.groups ?? question(item)?.labels ?? [] }
}

/// As the files of a survey folder.
extension RandomSurvey {
  var definition: String {
    var lines = [
      "survey: random", "title: A made-up survey",
      "protection: { minimum_cell: \(minimumCell), minimum_base: \(minimumBase)"
        + (prefersGroups ? ", prefer: groups }" : " }"),
      "variables:",
    ]
    lines += variables.map {
      "  \($0.id): { label: \($0.id), column: \($0.id), groups: \(list($0.groups)) }"
    }
    lines.append("questions:")
    lines += questions.map(line) + codebook
    lines.append("packs:")
    lines += packs.map { pack in
      "  \(pack.id): { title: \(pack.id), who: \(pack.who.map(text) ?? "everyone"), banners: \(list(pack.banners))"
        + (pack.questions.map { ", questions: \(list($0))" } ?? "") + " }"
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func line(_ question: Question) -> String {
    var keys = ["text: \(question.id)"]
    switch question.kind {
    case .single: keys.append("kind: single, column: \(question.id), answers: \(list(question.labels))")
    case .scale:
      keys.append("kind: scale, column: \(question.id), answers: \(list(question.labels))")
      // The last of four has no score.
      let scores = zip(question.labels, [3, 0, -2]).map { "\($0.0): \($0.1)" }
      keys.append("scores: { \(scores.joined(separator: ", ")) }")
    case .multiple:
      let columns = question.labels.map { "\($0): \(question.id)_\($0)" }
      keys.append("kind: multiple, columns: { \(columns.joined(separator: ", ")) }")
      if question.exclusive > 0 {
        keys.append("exclusive: \(list(question.labels.suffix(question.exclusive)))")
      }
    case .number:
      keys.append("kind: number, column: \(question.id), valid: [0, \(Self.largestNumber)]")
      let bands = zip(question.labels, zip([0] + question.ends, question.ends)).map {
        "\($0): [\($1.0), \($1.1)]"
      }
      if !bands.isEmpty { keys.append("bands: { \(bands.joined(separator: ", ")) }") }
    case .theme: keys.append("kind: theme")
    }
    let nets = question.nets.map { "\($0.label): \($0.members.isEmpty ? "any" : list($0.members))" }
    if !nets.isEmpty { keys.append("nets: { \(nets.joined(separator: ", ")) }") }
    if let condition = question.askedIf { keys.append("asked_if: \(text(condition))") }
    if question.isBaseAsked { keys.append("base: asked") }
    if question.isSensitive { keys.append("sensitive: true") }
    return "  \(question.id): { \(keys.joined(separator: ", ")) }"
  }

  private func list(_ labels: some Sequence<String>) -> String { "[" + labels.joined(separator: ", ") + "]" }

  private func text(_ condition: Condition) -> String {
    let alternatives = condition.map { clauses in
      "{ " + clauses.map { "\($0.item): \(list($0.labels))" }.joined(separator: ", ") + " }"
    }
    return alternatives.count == 1 ? alternatives[0] : "[" + alternatives.joined(separator: ", ") + "]"
  }

  var responses: String {
    var heading = variables.map(\.id)
    let questions = questions.filter { $0.kind != .theme }
    for question in questions {
      heading += question.kind == .multiple ? question.labels.map { "\(question.id)_\($0)" } : [question.id]
    }
    // A column that nothing reads keeps the record of somebody who said nothing from being empty.
    var lines = [(heading + ["Row"]).joined(separator: ",")]
    for (row, person) in people.enumerated() {
      var cells = variables.map { cell(person[$0.id]) }
      for question in questions {
        if question.kind == .multiple {
          cells += question.labels.map { label in
            guard case .many(let chosen) = person[question.id] else { return "" }
            return chosen.contains(label) ? "1" : "0"
          }
        } else {
          cells.append(cell(person[question.id]))
        }
      }
      lines.append((cells + ["\(row + 1)"]).joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func cell(_ answer: Answer?) -> String {
    switch answer {
    case .one(let label): label
    case .number(let number): "\(number)"
    case .many, .some(.none), nil: ""
    }
  }
}

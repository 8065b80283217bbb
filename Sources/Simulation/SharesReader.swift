public import SurveyDefinition
import Yams

/// Reads shares.yaml strictly: what it does not know is a fault, and every fault is reported at once.
///
/// ```yaml
/// patterns: { even: { Suitable: 0.5, Not suitable: 0.5 } }      # shares that several items or groups have
/// variables:                        # by id, as in survey.yaml
///   role: { unanswered: 0.015, shares: { Police officer: 0.5, Police staff: rest } }
/// questions:
///   equipment:
///     unanswered: 0.02              # of those asked
///     by: role                      # a variable or question whose groups differ
///     shares: even                  # of the base
///     groups: { Police staff: { Suitable: 0.6, Not suitable: rest } }   # `Not stated` too, if need be
///   items:
///     shares: { Laptop: 0.3, None of these: 0.2, (declined): 0 }   # multiple: one share for each option
///     texts: { Other: [A torch] }   # what to write where an answer's text is free
///   hindrances:                     # a theme question: one share for each theme that coders gave
///     column: Comments              # whoever wrote something there is coded
///     shares: { joined_up: 0.3, training: 0.1, (nothing to code): 0.2 }
///     second_coder: { share: 0.2, differs: 0.1 }     # read a fifth of them again
/// focus_groups:                     # by audience: the share of its sessions in which a theme was raised
///   staff: { joined_up: 1, training: 0.5 }
/// free_text:
///   - { column: Comments, share: 0.3, texts: ["None, thank you."] }
/// dirt: { unasked_answers: 0.01, stray_blanks: 0.01, other_texts: 0.02, invalid_numbers: 0.1 }
/// ```
/// `rest` is what the other answers leave. An item that is not named, or has no `shares`, has equal ones; an answer that `shares` does not name has none.
/// - Parameters:
///   - yaml: The text of the file.
///   - file: How to call it in findings.
///   - survey: Whose shares they are.
/// - Returns: The shares, or nil where there is any fault.
public func readShares(
  yaml: String, file: String, for survey: Survey
) -> (shares: Shares?, findings: [Finding]) {
  var reader = SharesReader(survey: survey, file: file)
  let shares = reader.read(yaml)
  let findings = reader.walker.findings.sorted()
  return (findings.allSatisfy(\.isRemark) ? shares : nil, findings)
}

private struct SharesReader {
  let survey: Survey
  var walker: NodeWalker
  private var shares: Shares
  /// Shares by name, checked wherever an item has them.
  private var patterns: [String: Node] = [:]

  init(survey: Survey, file: String) {
    self.survey = survey
    walker = NodeWalker(file: file)
    shares = .equal(for: survey)
  }

  mutating func read(_ yaml: String) -> Shares {
    guard let root = walker.root(of: yaml) else { return shares }
    let known = ["patterns", "variables", "questions", "free_text", "dirt", "focus_groups"]
    let entries = walker.entries(of: root, what: "the file")
    if let node = entries.first(where: { $0.key == "patterns" })?.value {
      for (name, _, value) in walker.entries(of: node, what: "`patterns`") { patterns[name] = value }
    }
    for (key, keyNode, value) in entries {
      switch key {
      case "patterns": break
      case "variables": readItems(value, what: "variable", ids: survey.variables.map(\.id)) { .variable($0) }
      case "questions": readItems(value, what: "question", ids: survey.questions.map(\.id)) { .question($0) }
      case "free_text": readFreeText(value)
      case "dirt": readDirt(value)
      case "focus_groups": readFocusGroups(value)
      default: walker.unknown("unknown-key", key, at: keyNode, what: "key", among: known)
      }
    }
    return shares
  }

  private mutating func readItems(_ node: Node, what: String, ids: [String], item: (Int) -> Item) {
    for (id, idNode, value) in walker.entries(of: node, what: "`\(what)s`") {
      guard let index = ids.firstIndex(of: id) else {
        walker.unknown("unknown-id", id, at: idNode, what: what, among: ids)
        continue
      }
      var reader = ItemSharesReader(item: item(index), id: id, of: survey, patterns: patterns, walker: walker)
      switch item(index) {
      case .variable: reader.read(value, into: &shares.variables[index])
      case .question: reader.read(value, into: &shares.questions[index])
      }
      walker = reader.walker
    }
  }

  private mutating func readFreeText(_ node: Node) {
    guard let columns = node.sequence else {
      return walker.fault("not-a-list", at: node, "`free_text` is a list of columns")
    }
    for column in columns {
      var made = FreeTextColumn(heading: "", share: Decimal6(0), texts: [])
      for (key, keyNode, value) in walker.entries(of: column, what: "a column of open text") {
        switch key {
        case "column": made.heading = walker.text(value, what: "`column`") ?? ""
        case "share": made.share = walker.share(value, what: "`share`") ?? made.share
        case "texts": made.texts = walker.texts(value, what: "a text")
        default:
          walker.unknown("unknown-key", key, at: keyNode, what: "key", among: ["column", "share", "texts"])
        }
      }
      if made.heading.isEmpty || made.texts.isEmpty {
        walker.fault("incomplete", at: column, "a column of open text has a `column` and `texts`")
      }
      shares.freeText.append(made)
    }
  }

  private mutating func readFocusGroups(_ node: Node) {
    let ids = survey.themes.coded.map(\.id)
    for (audience, _, themes) in walker.entries(of: node, what: "`focus_groups`") {
      shares.focusGroups[audience] = [:]
      for (id, idNode, value) in walker.entries(of: themes, what: "an audience of `focus_groups`") {
        guard ids.contains(id) else {
          walker.unknown("unknown-id", id, at: idNode, what: "theme", among: ids)
          continue
        }
        shares.focusGroups[audience]?[id] = walker.share(value, what: "the share of \"\(id)\"")
      }
    }
  }

  private mutating func readDirt(_ node: Node) {
    let known: [(key: String, path: WritableKeyPath<Dirt, Decimal6>)] = [
      ("unasked_answers", \.unaskedAnswers), ("stray_blanks", \.strayBlanks), ("other_texts", \.otherTexts),
      ("invalid_numbers", \.invalidNumbers),
    ]
    for (key, keyNode, value) in walker.entries(of: node, what: "`dirt`") {
      guard let kind = known.first(where: { $0.key == key }) else {
        walker.unknown("unknown-key", key, at: keyNode, what: "kind of dirt", among: known.map(\.key))
        continue
      }
      if let share = walker.share(value, what: "`\(key)`") { shares.dirt[keyPath: kind.path] = share }
    }
  }
}

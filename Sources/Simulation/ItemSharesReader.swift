import SurveyDefinition
import Yams

/// Reads the entry of one variable or question in shares.yaml.
struct ItemSharesReader {
  let survey: Survey
  let patterns: [String: Node]
  var walker: NodeWalker
  let form: AnswerForm
  /// Positions of the answers whose text is not declared, but whatever people write.
  let freeAnswers: Set<Int>
  /// True where an answer without any option can be told from no answer.
  let canDecline: Bool
  let id: String

  init(item: Item, id: String, of survey: Survey, patterns: [String: Node], walker: NodeWalker) {
    self.survey = survey
    self.patterns = patterns
    self.walker = walker
    self.id = id
    form = survey.answerForms[survey.position(of: item)]
    var canDecline = false
    var other: String?
    var free: [Int] = []
    switch item {
    case .variable(let index): other = survey.variables[index].other
    case .question(let index):
      switch survey.questions[index].kind {
      case .single(let choice), .scale(let choice): other = choice.other
      case .multiple(let choice):
        other = choice.other
        if case .columns(let columns) = choice.source {
          canDecline = true
          free = columns.indices.filter { columns[$0].chosen == .any }
        }
      case .theme: canDecline = true
      case .number, .ranking: break
      }
    }
    self.canDecline = canDecline
    if let other, let position = form.labels.firstIndex(of: other) { free.append(position) }
    freeAnswers = Set(free)
  }

  /// The share without any option that was declined by saying so, or without any theme.
  private var declined: String { form.isTheme ? "(nothing to code)" : "(declined)" }
  private static let notStated = "Not stated"

  mutating func read(_ node: Node, into shares: inout ItemShares) {
    var groups: Node?
    for (key, keyNode, value) in walker.entries(of: node, what: "\"\(id)\"") {
      switch key {
      case "unanswered": shares.unanswered = walker.share(value, what: "`unanswered`") ?? shares.unanswered
      case "by": shares.by = readBy(value)
      case "shares": shares.usual = readAnswers(value) ?? shares.usual
      case "groups": groups = value
      case "texts" where !form.isTheme: shares.texts = readTexts(value)
      case "column" where form.isTheme: shares.codedText = walker.text(value, what: "`column`")
      case "second_coder" where form.isTheme: shares.secondCoder = readSecondCoder(value)
      default:
        walker.unknown(
          "unknown-key", key, at: keyNode, what: "key",
          among: ["unanswered", "by", "shares", "groups"]
            + (form.isTheme ? ["column", "second_coder"] : ["texts"]))
      }
    }
    guard let groups else { return }
    guard let by = shares.by else {
      return walker.fault(
        "groups-of-nothing", at: groups, "`groups` has the groups of the item that `by` names",
        remedy: "add `by: ID`")
    }
    shares.groups = readGroups(groups, by: by)
  }

  private mutating func readSecondCoder(_ node: Node) -> SecondCoder {
    var coder = SecondCoder(share: Decimal6(0), differs: Decimal6(0))
    for (key, keyNode, value) in walker.entries(of: node, what: "`second_coder`") {
      switch key {
      case "share": coder.share = walker.share(value, what: "`share`") ?? coder.share
      case "differs": coder.differs = walker.share(value, what: "`differs`") ?? coder.differs
      default: walker.unknown("unknown-key", key, at: keyNode, what: "key", among: ["share", "differs"])
      }
    }
    return coder
  }

  private mutating func readBy(_ node: Node) -> Item? {
    guard let name = walker.text(node, what: "`by`") else { return nil }
    guard let item = survey.item(name) else {
      walker.unknown(
        "unknown-id", name, at: node, what: "variable or question", among: survey.itemIDs.filter { $0 != id })
      return nil
    }
    // Any circle is refused by asking for an order; the order of the definition is the one that people expect.
    guard survey.position(of: item) < (survey.item(id).map { survey.position(of: $0) } ?? 0) else {
      walker.fault(
        "by-later-item", at: node, "\"\(name)\" does not come before \"\(id)\" in the definition",
        remedy: "give \"\(name)\" shares by \"\(id)\" instead")
      return nil
    }
    switch survey.answerForms[survey.position(of: item)] {
    case .one, .number: return item
    case .multiple, .ranking, .theme:
      walker.fault("by-several", at: node, "\"\(name)\" does not put each respondent in one group")
      return nil
    }
  }

  private mutating func readGroups(_ node: Node, by: Item) -> [Int: AnswerShares] {
    let labels = survey.answerForms[survey.position(of: by)].labels + [Self.notStated]
    var groups: [Int: AnswerShares] = [:]
    for (label, labelNode, value) in walker.entries(of: node, what: "`groups`") {
      guard let position = labels.firstIndex(of: label) else {
        walker.unknown("unknown-group", label, at: labelNode, what: "group", among: labels)
        continue
      }
      if let answers = readAnswers(value) { groups[position] = answers }
    }
    return groups
  }

  private mutating func readTexts(_ node: Node) -> [Int: [String]] {
    var texts: [Int: [String]] = [:]
    for (label, labelNode, value) in walker.entries(of: node, what: "`texts`") {
      guard let position = form.labels.firstIndex(of: label) else {
        walker.unknown("unknown-answer", label, at: labelNode, what: "answer", among: form.labels)
        continue
      }
      guard freeAnswers.contains(position) else {
        walker.fault(
          "texts-declared", at: labelNode, "the texts of \"\(label)\" are those that the definition declares",
          remedy: "leave them out; only an undeclared text, or a column whose `chosen` is `any`, is free")
        continue
      }
      let made = walker.texts(value, what: "a text")
      if made.isEmpty || made.contains("") {
        walker.fault("incomplete", at: value, "an answer has at least one text, and none is empty")
      }
      texts[position] = made.isEmpty ? nil : made
    }
    return texts
  }

  /// Shares by answer; nil, with a fault, where they cannot be met.
  private mutating func readAnswers(_ node: Node) -> AnswerShares? {
    if let name = node.scalar?.string, !name.isEmpty {
      if let pattern = patterns[name] {
        return pattern.scalar == nil ? readAnswers(pattern) : notShares(pattern)
      }
      walker.unknown("unknown-pattern", name, at: node, what: "pattern", among: patterns.keys.sorted())
      return nil
    }
    let known = form.labels + (canDecline ? [declined] : [])
    walker.hasNewFaults = false
    var answers = AnswerShares(answers: form.labels.map { _ in Decimal6(0) })
    var rest: Int?
    for (label, labelNode, value) in walker.entries(of: node, what: "shares") {
      guard let position = known.firstIndex(of: label) else {
        walker.unknown("unknown-answer", label, at: labelNode, what: "answer", among: known)
        continue
      }
      if value.scalar?.string == "rest", position < form.labels.count, !isMultiple {
        if rest != nil { walker.fault("rest-twice", at: value, "only one answer can have the rest") }
        rest = position
      } else if let share = walker.share(value, what: "the share of \"\(label)\"") {
        if position < form.labels.count {
          answers.answers[position] = share
        } else {
          answers.declined = share
        }
      }
    }
    guard !walker.hasNewFaults else { return nil }
    return isMultiple ? checkOptions(answers, at: node) : completed(answers, rest: rest, at: node)
  }

  private mutating func notShares(_ node: Node) -> AnswerShares? {
    walker.fault("not-a-map", at: node, "a pattern is a map of answers to shares")
    return nil
  }

  private var isMultiple: Bool { form.options != nil }

  /// Shares of one answer each make 1.
  private mutating func completed(_ answers: AnswerShares, rest: Int?, at node: Node) -> AnswerShares? {
    let sum = answers.answers.reduce(0) { $0 + $1.millionths }
    guard sum <= Decimal6.scale, rest != nil || sum == Decimal6.scale else {
      walker.fault(
        "shares-sum", at: node, "the shares make \(Decimal6(millionths: sum).text), not 1",
        remedy: "give one of them `rest`")
      return nil
    }
    var answers = answers
    if let rest { answers.answers[rest] = Decimal6(millionths: Decimal6.scale - sum) }
    return answers
  }

  /// Of a multiple question: whoever has no exclusive option and declined nothing chose something, and nobody else
  /// chose anything.
  private mutating func checkOptions(_ answers: AnswerShares, at node: Node) -> AnswerShares? {
    guard let (options, exclusive) = form.options else { return answers }
    let alone = exclusive.reduce(answers.declined.millionths) { $0 + answers.answers[$1].millionths }
    let choosing = Decimal6.scale - alone
    let others = options.indices.filter { !exclusive.contains($0) }.map { answers.answers[$0].millionths }
    guard choosing >= 0 else {
      walker.fault("shares-sum", at: node, "the exclusive options make more than 1")
      return nil
    }
    let some = Decimal6(millionths: choosing).text
    if let largest = others.max(), largest > choosing {
      walker.fault(
        "shares-sum", at: node,
        "an option has \(Decimal6(millionths: largest).text), but exclusive options leave only \(some)")
      return nil
    }
    if others.reduce(0, +) < choosing {
      walker.fault(
        "shares-sum", at: node,
        "the options make less than \(some), so that some respondents would have none of them",
        remedy: canDecline
          ? "raise them, or give \(declined) a share" : "raise them, or an exclusive option")
      return nil
    }
    return answers
  }
}

/// Variables and questions that are read from one column of the responses, so that an answer to one is an answer to all:
/// areas and the regions that they lie in, an age and its bands.
///
/// What is published of one tells of the others, as every reader knows which of their groups go together.
public struct SharedColumn: Sendable, Hashable {
  /// In the survey's order, variables first.
  public let items: [Item]
  /// What one respondent can have of each item, by position in `items`: a group or answer, or nil for none. Ascending.
  public let combinations: [[Int?]]

  public init(items: [Item], combinations: [[Int?]]) {
    self.items = items
    self.combinations = combinations
  }
}

extension Survey {
  /// The columns that more than one item is read from, among those that packs show or are made by.
  ///
  /// Variables, single and scale questions are looked at, each of one column and without `other`; no other items may share
  /// one (`shared-column`), and none that routes.
  public var sharedColumns: [SharedColumn] {
    var order: [ColumnReference] = []
    var sharing: [ColumnReference: [Item]] = [:]
    for item in publishedItems {
      guard let column = column(of: item) else { continue }
      if sharing[column] == nil { order.append(column) }
      sharing[column, default: []].append(item)
    }
    return order.compactMap { column in
      guard let items = sharing[column], items.count > 1 else { return nil }
      return SharedColumn(items: items, combinations: combinations(of: items))
    }
  }

  /// Variables and questions that stand across the top of packs, make them or are tabulated.
  private var publishedItems: [Item] {
    var used = Set(packs.flatMap(\.banners))
    for condition in packs.compactMap(\.who) { used.formUnion(condition.alternatives.joined().map(\.item)) }
    used.formUnion(tabulatedQuestions.map(Item.question))
    return (variables.indices.map(Item.variable) + questions.indices.map(Item.question)).filter(used.contains)
  }

  /// The questions of which some pack has tables.
  var tabulatedQuestions: Set<Int> { Set(packs.flatMap(\.questions)) }

  /// The one column that a variable, a single or a scale question is read from; nil for one of several columns, for one that
  /// takes undeclared texts, which could be anything to another, and for what is read otherwise.
  func column(of item: Item) -> ColumnReference? {
    let choice: (source: ChoiceSource, other: String?)
    switch item {
    case .variable(let index): choice = (variables[index].source, variables[index].other)
    case .question(let index):
      switch questions[index].kind {
      case .single(let own), .scale(let own): choice = (own.source, own.other)
      case .multiple, .number, .ranking, .theme: return nil
      }
    }
    guard case .column(let column) = choice.source, choice.other == nil else { return nil }
    return column
  }

  // MARK: - Combinations

  /// What the texts of a cell can mean, over all items that are read from it. Any other text is a fault.
  private func combinations(of items: [Item]) -> [[Int?]] {
    let tables = items.map(meanings)
    var found: Set<[Int?]> = []
    for text in Set(tables.flatMap(\.keys)) {
      let meanings = zip(items, tables).map { orUnasked($1[text].map { [$0] } ?? [], $0) }
      found.formUnion(
        meanings.reduce([[]]) { found, choices in found.flatMap { start in choices.map { start + [$0] } } })
    }
    return found.sorted { one, other in
      for (own, others) in zip(one, other) where own != others { return (own ?? .max) < (others ?? .max) }
      return false
    }
  }

  /// An answer does not count where the question was not asked.
  private func orUnasked(_ meanings: [Int?], _ item: Item) -> [Int?] {
    guard case .question(let index) = item, questions[index].askedIf != nil, !meanings.isEmpty else {
      return meanings
    }
    return meanings + [nil]
  }

  /// By the bytes of a text, what it means to an item, nil for no group: its own `missing` and `not_asked` first, then its
  /// answers, then those of the input.
  private func meanings(of item: Item) -> [[UInt8]: Int?] {
    let options: [AnswerOption]
    let absent: [[String]?]
    switch item {
    case .variable(let index):
      options = variables[index].groups
      absent = [variables[index].missing, variables[index].notAsked]
    case .question(let index):
      absent = [questions[index].missing, questions[index].notAsked]
      switch questions[index].kind {
      case .single(let choice), .scale(let choice): options = choice.answers
      case .multiple, .number, .ranking, .theme: options = []
      }
    }
    var meanings: [[UInt8]: Int?] = [:]
    func add(_ texts: [String], _ code: Int?) {
      for text in texts where meanings[Array(text.utf8)] == nil {
        meanings.updateValue(code, forKey: Array(text.utf8))
      }
    }
    add(absent.compactMap(\.self).flatMap(\.self), nil)
    for (code, option) in options.enumerated() { add(option.texts, code) }
    for (code, option) in options.enumerated() { add([option.label], code) }
    for (own, inputs) in zip(absent, [input.missing, input.notAsked]) where own == nil { add(inputs, nil) }
    return meanings
  }
}

// MARK: - What may not share a column

extension SurveyReader {
  /// Faults of items that packs show and that share a column in a way that protection does not follow, so that what one
  /// withholds the other could tell; and remarks on other questions that share one.
  func reportSharedColumns(_ survey: Survey) {
    let shown = Set(survey.packs.flatMap(\.banners)).union(survey.tabulatedQuestions.map(Item.question))
    let makers = Set(survey.packs.compactMap(\.who).flatMap { $0.alternatives.joined().map(\.item) })
    let routers = Set(survey.questions.compactMap(\.askedIf).flatMap { $0.alternatives.joined().map(\.item) })
    let withholds = survey.protection.minimumCell > 1 || survey.protection.minimumBase > 1
    func isOpen(_ item: Item, _ other: Item) -> Bool {
      let pair = [item, other]
      guard withholds,
        pair.allSatisfy({ shown.contains($0) || makers.contains($0) || routers.contains($0) })
      else { return false }
      return pair.contains { survey.column(of: $0) == nil || routers.contains($0) }
        || pair.allSatisfy(shown.contains)
    }
    var users: [ColumnReference: [Item]] = [:]
    for item in survey.variables.indices.map(Item.variable) + survey.questions.indices.map(Item.question) {
      var told: Set<Item> = [item]
      for column in survey.columns(of: item) {
        for other in users[column] ?? [] where told.insert(other).inserted {
          let remedy: SharingRemedy =
            if !routers.isDisjoint(with: [item, other]) {
              .routing
            } else if shown.isSuperset(of: [item, other]) {
              .showing
            } else { .listing }
          report(item, other, isOpen(item, other) ? remedy : nil)
        }
        if !(users[column]?.contains(item) ?? false) { users[column, default: []].append(item) }
      }
    }
  }

  /// Faults of routed questions whose base, everyone who was asked, adds up groups that are told of where the question is not
  /// shown by them.
  func reportRoutingByGroups(_ survey: Survey) {
    guard survey.protection.minimumCell > 1 || survey.protection.minimumBase > 1 else { return }
    for (index, question) in survey.questions.enumerated() where question.base == .asked {
      let receiving = survey.packs.filter { $0.questions.contains(index) }
      for item in Set((question.askedIf?.alternatives ?? []).joined().map(\.item)) {
        if case .question(let source) = item, survey.tabulatedQuestions.contains(source) { continue }
        let isTold = survey.packs.contains { pack in
          pack.banners.contains(item)
            || (pack.who?.alternatives.joined().contains { $0.item == item } ?? false)
        }
        guard isTold, receiving.contains(where: { !$0.banners.contains(item) }),
          let place = places.routes[question.id], let id = known.first(where: { $0.value.item == item })?.key
        else { continue }
        log.fault(
          "routed-by-group", at: place,
          "the base of `\(question.id)` adds up groups of `\(id)`, which packs tell of where it is not shown by them",
          remedy:
            "put `\(id)` in the banners of every pack that receives `\(question.id)`, or leave out `base: asked`"
        )
      }
    }
  }

  /// What helps where two items share a column.
  private enum SharingRemedy: String {
    case showing =
      "show one of them: a question can stand across the top itself, and `nets` count some of its answers together"
    case routing = "lead to questions by the item that packs show or are made by"
    case listing = "give both one column of single answers, and list every text instead of `other`"
  }

  /// - Parameter remedy: nil: it is no fault.
  private func report(_ item: Item, _ other: Item, _ remedy: SharingRemedy?) {
    guard let (id, known) = known.first(where: { $0.value.item == item }),
      let other = (self.known.first { $0.value.item == other }).map({ (id: $0.key, item: $0.value.item) })
    else { return }
    if let remedy {
      log.fault(
        "shared-column", at: known.place,
        "`\(id)` is read from a column that `\(other.id)` is read from, so what one withholds the other could tell",
        remedy: remedy.rawValue)
    } else if case .question = item, case .question = other.item {
      // Most often one question was copied and not finished.
      log.remark(
        "same-column", at: known.place, "`\(id)` reads a column that `\(other.id)` reads too",
        remedy: "see whether a column was copied along with the question")
    }
  }
}

extension Survey {
  /// Every column that an item is read from.
  fileprivate func columns(of item: Item) -> [ColumnReference] {
    func columns(_ source: ChoiceSource) -> [ColumnReference] {
      switch source {
      case .column(let column): [column]
      case .columnPerAnswer(let columns): columns.map(\.column)
      }
    }
    switch item {
    case .variable(let index): return columns(variables[index].source)
    case .question(let index):
      switch questions[index].kind {
      case .single(let choice), .scale(let choice): return columns(choice.source)
      case .number(let number): return [number.column]
      case .multiple(let choice):
        switch choice.source {
        case .columns(let columns): return columns.map(\.column)
        case .joined(let column, separator: _): return [column]
        }
      case .ranking(let ranking): return ranking.options.map(\.column)
      case .theme: return []
      }
    }
  }
}

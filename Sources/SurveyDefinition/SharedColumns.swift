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
  /// Variables, single and scale questions and numbers with bands are looked at, each of one column; no other items may
  /// share one (`shared-column`). A number without bands tells of no group.
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

  /// Variables and questions that stand across the top of packs, make them, route questions or are tabulated.
  private var publishedItems: [Item] {
    var used = Set(packs.flatMap(\.banners))
    let routed = packs.flatMap(\.questions).compactMap { questions[$0].askedIf }
    for condition in packs.compactMap(\.who) + routed {
      used.formUnion(condition.alternatives.joined().map(\.item))
    }
    used.formUnion(tabulatedQuestions.map(Item.question))
    return (variables.indices.map(Item.variable) + questions.indices.map(Item.question)).filter(used.contains)
  }

  /// The questions of which some pack has tables.
  var tabulatedQuestions: Set<Int> { Set(packs.flatMap(\.questions)) }

  /// The one column that an item with groups is read from; nil for one of several columns, and for one without groups.
  func column(of item: Item) -> ColumnReference? {
    switch item {
    case .variable(let index):
      if case .column(let column) = variables[index].source { return column }
    case .question(let index):
      switch questions[index].kind {
      case .single(let choice), .scale(let choice):
        if case .column(let column) = choice.source { return column }
      case .number(let number): return number.bands.isEmpty ? nil : number.column
      case .multiple, .ranking, .theme: break
      }
    }
    return nil
  }

  // MARK: - Combinations

  /// What the texts of a cell can mean, over all items that are read from it.
  private func combinations(of items: [Item]) -> [[Int?]] {
    var found: Set<[Int?]> = []
    for text in Set(items.flatMap(texts)).sorted() {
      found.formUnion(products(items.map { orUnasked(meanings(of: text, for: $0), $0) }))
    }
    // A text that nobody declared, which each item takes as it takes all others.
    found.formUnion(products(items.map { orUnasked(meaningsOfOthers($0), $0) }))
    return found.sorted { one, other in
      for (own, others) in zip(one, other) where own != others { return (own ?? .max) < (others ?? .max) }
      return false
    }
  }

  private func products(_ choices: [[Int?]]) -> [[Int?]] {
    choices.reduce([[]]) { found, choices in found.flatMap { start in choices.map { start + [$0] } } }
  }

  /// An answer does not count where the question was not asked.
  private func orUnasked(_ meanings: [Int?], _ item: Item) -> [Int?] {
    guard case .question(let index) = item, questions[index].askedIf != nil else { return meanings }
    return meanings + [nil]
  }

  /// Every text that an item says something of.
  private func texts(_ item: Item) -> [String] {
    let absent = absentTexts(of: item)
    return options(of: item).flatMap { $0.texts + [$0.label] } + absent.missing + absent.notAsked
  }

  private func options(of item: Item) -> [AnswerOption] {
    switch item {
    case .variable(let index): return variables[index].groups
    case .question(let index):
      switch questions[index].kind {
      case .single(let choice), .scale(let choice): return choice.answers
      case .multiple, .number, .ranking, .theme: return []
      }
    }
  }

  private func absentTexts(of item: Item) -> (missing: [String], notAsked: [String]) {
    let own: (missing: [String]?, notAsked: [String]?) =
      switch item {
      case .variable(let index): (variables[index].missing, variables[index].notAsked)
      case .question(let index): (questions[index].missing, questions[index].notAsked)
      }
    return (own.missing ?? input.missing, own.notAsked ?? input.notAsked)
  }

  /// What a text that some item declares can mean to one of them: its own `missing` first, then its answers, then that of the
  /// input, then whatever any other text means; nothing where it is a fault.
  private func meanings(of text: String, for item: Item) -> [Int?] {
    let options = options(of: item)
    if let own = ownAbsent(of: item), own.contains(text) { return [nil] }
    if let code = options.firstIndex(where: { $0.texts.contains(text) })
      ?? options.firstIndex(where: { $0.label == text })
    {
      return [code]
    }
    let absent = absentTexts(of: item)
    if absent.missing.contains(text) || absent.notAsked.contains(text) || text.isEmpty { return [nil] }
    if case .question(let index) = item, case .number(let entry) = questions[index].kind {
      guard let number = decimal(text) else { return [] }
      let band = entry.bands.firstIndex { number >= $0.from && number < $0.upTo }
      return [band ?? (number == entry.bands.last?.upTo ? entry.bands.count - 1 : nil)]
    }
    return meaningsOfOthers(item)
  }

  private func ownAbsent(of item: Item) -> [String]? {
    switch item {
    case .variable(let index):
      [variables[index].missing, variables[index].notAsked].compactMap(\.self).flatMap(\.self)
    case .question(let index):
      [questions[index].missing, questions[index].notAsked].compactMap(\.self).flatMap(\.self)
    }
  }

  /// What a text that an item does not declare can mean to it: its `other`, or any band of a number or none; nothing where such
  /// a text is a fault.
  private func meaningsOfOthers(_ item: Item) -> [Int?] {
    let other: String?
    switch item {
    case .variable(let index): other = variables[index].other
    case .question(let index):
      switch questions[index].kind {
      case .single(let choice), .scale(let choice): other = choice.other
      case .number(let number): return number.bands.indices.map(Optional.some) + [nil]
      case .multiple, .ranking, .theme: other = nil
      }
    }
    let labels =
      switch item {
      case .variable(let index): variables[index].groupLabels
      case .question(let index): questions[index].answerLabels
      }
    return other.flatMap(labels.firstIndex).map { [$0] } ?? []
  }
}

// MARK: - What may not share a column

extension SurveyReader {
  /// Faults of items that packs show and that share a column in a way that protection does not follow, so that what one
  /// withholds the other could tell; and remarks on other questions that share one.
  func reportSharedColumns(_ survey: Survey) {
    let shown = Set(survey.packs.flatMap(\.banners)).union(survey.tabulatedQuestions.map(Item.question))
    let makers = Set(survey.packs.compactMap(\.who).flatMap { $0.alternatives.joined().map(\.item) })
    let withholds = survey.protection.minimumCell > 1 || survey.protection.minimumBase > 1
    func isOpen(_ item: Item, _ other: Item) -> Bool {
      let published = [item, other].filter { shown.contains($0) || makers.contains($0) }
      let isFollowed = survey.column(of: item) != nil && survey.column(of: other) != nil
      return withholds && published.count == 2
        && !(isFollowed && [item, other].contains { !shown.contains($0) })
    }
    var users: [ColumnReference: [Item]] = [:]
    for item in survey.variables.indices.map(Item.variable) + survey.questions.indices.map(Item.question) {
      var told: Set<Item> = [item]
      for column in survey.columns(of: item) {
        for other in users[column] ?? [] where told.insert(other).inserted {
          report(item, other, isFault: isOpen(item, other))
        }
        if !(users[column]?.contains(item) ?? false) { users[column, default: []].append(item) }
      }
    }
  }

  private func report(_ item: Item, _ other: Item, isFault: Bool) {
    guard let (id, known) = known.first(where: { $0.value.item == item }),
      let other = (self.known.first { $0.value.item == other }).map({ (id: $0.key, item: $0.value.item) })
    else { return }
    if isFault {
      log.fault(
        "shared-column", at: known.place,
        "`\(id)` is read from a column that `\(other.id)` is read from, so what one withholds the other could tell",
        remedy:
          "show one of them: a question can stand across the top itself, and `nets` count some of its answers together"
      )
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

import ReleaseModel
import Rendering

/// The part of a briefing that tells the results of one question.
struct QuestionSection {
  let content: PackContent
  let words: Words

  /// - Parameter charted: Whether the chart of a block shows the question already.
  func section(_ results: QuestionResults, charted: Bool = false) -> Section {
    let question = results.question
    let nets = question.nets.map { net in
      words.sentence(
        .netJoins, ["net": [.label(net.label)], "answers": Sentence.list(net.answers, words[.and])])
    }
    let data = words.sentence(.inTheData, ["id": [.label(question.id)]])
    var blocks: [Block] = [.paragraph(nets.reduce(route(question) + base(results), +) + data, .note)]
    if !charted, let figure = figure(results) { blocks.append(.figure(figure)) }
    if let scores = scores(results) {
      blocks.append(.paragraph(scores))
      if let numbers = scoresOfAnswers(question) { blocks.append(.paragraph(numbers, .note)) }
    }
    let tables = ResultTables(words: words)
    let told = tables.table(
      results.total.map { [$0] } ?? [],
      caption: words.sentence(.tableOfEveryone, ["question": [.label(question.text)]]))
    if let table = told.table { blocks.append(.table(table)) }
    if !told.withheld.isEmpty { blocks.append(.paragraph(withheldWhole(told.withheld), .note)) }
    blocks += results.byBanner.map { byGroup(results, $0, tables) }
    return Section(id: "q-\(question.id)", heading: Sentence([.label(question.text)]), blocks: blocks)
  }

  private func byGroup(_ results: QuestionResults, _ table: ReleasedTable, _ tables: ResultTables) -> Block {
    let banner = content.label(ofBanner: table.banner)
    var blocks: [Block] = []
    if let figure = comparison(results, table, banner) { blocks.append(.figure(figure)) }
    let told = tables.table(
      [table],
      caption: words.sentence(
        .tableByBanner, ["banner": [.label(banner)], "question": [.label(results.question.text)]]))
    if let table = told.table { blocks.append(.table(table)) }
    if !told.withheld.isEmpty { blocks.append(.paragraph(withheldWhole(told.withheld), .note)) }
    // That a group has nobody in the whole pack is told once, where it says who answered.
    let unasked = told.empty.filter { !content.hasNobody(in: $0, of: table.banner) }
    if !unasked.isEmpty {
      blocks.append(.paragraph(groups(unasked, .groupsOfNoBase), .note))
    }
    return .folded(words.sentence(.byBanner, ["banner": [.label(banner)]]), blocks)
  }

  func withheldWhole(_ withheld: [String]) -> Sentence { groups(withheld, .withheldGroups) }

  /// A sentence that says the same of several groups.
  func groups(_ names: [String], _ phrase: Phrase) -> Sentence {
    words.sentence(phrase, ["groups": Sentence.list(names, words[.and])])
  }

  // MARK: Who was asked

  private func route(_ question: PublicDefinition.Question) -> Sentence {
    guard let alternatives = question.askedIf else { return words.sentence(.askedOfAll) }
    return words.sentence(.askedOf, ["who": condition(alternatives)])
  }

  /// A condition in words.
  func condition(_ alternatives: [[PublicDefinition.Clause]]) -> [Sentence.Run] {
    let definition = content.release.definition
    return words.condition(alternatives) { item in
      if let variable = definition.variables.first(where: { $0.id == item }) {
        return .variable(label: variable.label)
      }
      return definition.questions.first { $0.id == item }.map { .question(text: $0.text) }
    }
  }

  private func base(_ results: QuestionResults) -> Sentence {
    guard let base = results.base else { return words.sentence(.baseWithheld) }
    let phrase: Phrase =
      switch (results.question.kind, results.question.base) {
      case (_, "asked"): .baseAsked
      case ("multiple", _): .baseMultiple
      case ("theme", _): .baseTheme
      default: .baseAnswered
      }
    let sentence = words.sentence(phrase, ["base": [.text(words.number(base))]])
    return results.question.kind == "ranking" ? sentence + words.sentence(.baseRanking) : sentence
  }

  // MARK: Charts

  /// The chart of everyone's answers; nil where nothing of them is published.
  private func figure(_ results: QuestionResults) -> Figure? {
    if let bar = stackedBar(results, label: nil), let answers = stackedAnswers(results) {
      return figure(results, .stackedBars(StackedBars(answers: answers, bars: [bar])), partly: false)
    }
    var rows = results.totalRows.filter {
      switch $0.key.row {
      case .answer, .noAnswer: true
      case .base, .net, .mean, .median, .place, .notRanked, .top: false
      }
    }
    let isOrdered = results.question.kind == "scale" || results.question.kind == "number"
    let isPartly = isOrdered && rows.contains { $0.figure.isWithheld }
    if isPartly {
      // Nets may be told where their answers are not.
      rows += results.netRows.filter { Share($0.figure) != nil }
    }
    if results.question.kind == "theme" {
      let top = Set((results.question.themes ?? []).filter { $0.within == nil }.map(\.answer))
      rows.removeAll { !top.contains($0.key.row.text) }
    }
    let published = rows.count { Share($0.figure) != nil }
    guard published > 1 || (published == 1 && rows.count == 1) else { return nil }
    let told = isOrdered ? (rows: rows, folded: nil) : folded(rows)
    return figure(
      results, .rankedBars(bars(told.rows, byOrder: isOrdered)), partly: isPartly, folded: told.folded,
      of: rows)
  }

  /// More than a few rows that are withheld would be a list of markers instead of a chart: a sentence names them.
  func folded(_ rows: [ReleasedRow]) -> (rows: [ReleasedRow], folded: Sentence?) {
    let withheld = rows.filter { $0.figure.isWithheld }
    guard withheld.count > 3 else { return (rows, nil) }
    let labels = Sentence.list(withheld.map { label($0.key.row) }, words[.and])
    return (
      rows.filter { !$0.figure.isWithheld }, words.sentence(.withheldAnswers, ["answers": labels])
    )
  }

  /// Bars from the longest; what is withheld stands last. The answers of a scale keep their order.
  func bars(_ rows: [ReleasedRow], byOrder: Bool) -> RankedBars {
    var bars = rows.map { row in
      let share = Share(row.figure)
      return RankedBars.Bar(
        label: label(row.key.row), share: share, text: share.map { shown($0) } ?? marker(row.figure))
    }
    if !byOrder {
      let order = bars.indices.sorted { first, second in
        (bars[first].share?.count ?? -1, second) > (bars[second].share?.count ?? -1, first)
      }
      bars = order.map { bars[$0] }
    }
    return RankedBars(bars: bars)
  }

  private func label(_ row: FigureRow) -> String {
    switch row {
    case .answer(let label), .net(let label): label
    case .base, .noAnswer, .mean, .median, .place, .notRanked, .top: row.text
    }
  }

  /// The answers that a stack shows; nil where the question has none.
  func stackedAnswers(_ results: QuestionResults) -> [String]? {
    guard results.question.kind == "scale", (2...Paint.longestScale).contains(results.answerRows.count),
      !results.totalRows.contains(where: { $0.key.row == .noAnswer })
    else { return nil }
    return results.answerRows.map(\.key.row.text)
  }

  /// One bar; nil where an answer is withheld or there is none to show.
  func stackedBar(_ results: QuestionResults, label: String?) -> StackedBars.Bar? {
    guard stackedAnswers(results) != nil else { return nil }
    let shares = results.answerRows.compactMap { Share($0.figure) }
    guard shares.count == results.answerRows.count else { return nil }
    return StackedBars.Bar(label: label, parts: shares.map { .init(count: $0.count, percent: $0.percent) })
  }

  private func figure(
    _ results: QuestionResults, _ chart: Chart, partly: Bool, folded: Sentence? = nil,
    of rows: [ReleasedRow] = []
  ) -> Figure {
    var measure = words.sentence(
      .chartMeasure, ["base": [.text(results.base.map(words.number) ?? words[.withheldMark])]])
    if partly { measure = measure + words.sentence(.chartPartly) }
    if let folded { measure = measure + folded }
    return Figure(title: title(results, of: rows), measure: measure, chart: chart, source: source)
  }

  /// What a chart of everyone shows first.
  /// - Parameter rows: Those that have bars.
  private func title(_ results: QuestionResults, of rows: [ReleasedRow]) -> Sentence {
    // As the main findings do, where there are nets.
    let isOfNets = ["single", "scale"].contains(results.question.kind) && !results.netRows.isEmpty
    guard
      let row = isOfNets
        ? QuestionResults.largest(of: results.netRows)?.row
        : results.question.kind == "theme"
          ? QuestionResults.largest(of: rows)?.row
          : results.totalRows.first(where: { $0.key.row == results.headline })
    else { return words.sentence(.chartPlain) }
    switch row.figure {
    case .share(_, let percent, _, _, _):
      let phrase: Phrase =
        switch results.question.kind {
        case "multiple": .chartChoice
        case "theme": .chartTheme
        case "ranking": .chartRanking
        default: .chartAnswer
        }
      return words.sentence(
        phrase, ["percent": [.text(words.percent(percent))], "answer": [.label(label(row.key.row))]])
    case .value(let value, _, _, _):
      return words.sentence(.chartMean, ["value": [.text(fixedPoint(value, decimals: 2))]])
    case .withheld, .base, .notApplicable, .sessions: return words.sentence(.chartPlain)
    }
  }

  var source: Sentence {
    let definition = content.release.definition
    return words.sentence(
      .source, ["title": [.label(definition.title)], "wave": [.label(content.release.wave)]])
  }

  /// The question's headline figure by group; nil where too little of it is published to compare anything.
  private func comparison(_ results: QuestionResults, _ table: ReleasedTable, _ banner: String) -> Figure? {
    guard let headline = results.headline else { return nil }
    let total = results.totalRows.filter { $0.key.row == headline }
    // A group of nobody has no place to be compared at; the table tells of it.
    let groups = table.rows.filter {
      $0.key.row == headline && $0.figure != .notApplicable && !($0.base == nil && $0.figure.isWithheld)
    }
    let rows = (total + groups).map { row in
      DotPlot.Row(label: row.key.group, figure: mark(row.figure), text: text(row.figure))
    }
    guard rows.dropFirst(total.count).contains(where: { $0.figure != nil }) else { return nil }
    let isValue = headline == .mean
    let ends =
      isValue ? valueEnds(rows) : (DotPlot.End(value: 0, text: "0%"), DotPlot.End(value: 1000, text: "100%"))
    let title =
      isValue
      ? words.sentence(.dotMean, ["banner": [.label(banner)]])
      : words.sentence(.dotTitle, ["answer": [.label(label(headline))], "banner": [.label(banner)]])
    return Figure(
      title: title, measure: words.sentence(isValue ? .chartMeasureValue : .chartMeasureByGroup),
      chart: .dotPlot(DotPlot(from: ends.0, to: ends.1, rows: rows)), source: nil)
  }

  private func mark(_ figure: ReleasedFigure) -> DotPlot.Mark? {
    switch figure {
    case .share(_, let percent, let lower, let upper, _):
      DotPlot.Mark(value: Int64(percent), lower: Int64(lower), upper: Int64(upper))
    case .value(let value, let lower, let upper, _):
      DotPlot.Mark(value: value, lower: lower ?? value, upper: upper ?? value)
    case .withheld, .base, .notApplicable, .sessions: nil
    }
  }

  /// A scale that holds 0 and every interval shown, to whole numbers.
  private func valueEnds(_ rows: [DotPlot.Row]) -> (DotPlot.End, DotPlot.End) {
    let marks = rows.compactMap(\.figure)
    let lowest = min(0, marks.map(\.lower).min() ?? 0)
    let highest = max(0, marks.map(\.upper).max() ?? 0)
    let from = lowest < 0 ? (lowest - 99) / 100 : 0
    let to = max(from + 1, highest > 0 ? (highest + 99) / 100 : 0)
    return (
      DotPlot.End(value: from * 100, text: String(from)), DotPlot.End(value: to * 100, text: String(to))
    )
  }

  private func text(_ figure: ReleasedFigure) -> String {
    switch figure {
    case .share: Share(figure).map { shown($0) } ?? ""
    case .value(let value, _, _, let isUnreliable):
      fixedPoint(value, decimals: 2) + (isUnreliable ? " " + words[.unreliableMark] : "")
    case .withheld, .notApplicable, .base, .sessions: marker(figure)
    }
  }

  private func shown(_ share: Share) -> String {
    words.percent(share.percent) + (share.isUnreliable ? " " + words[.unreliableMark] : "")
  }

  private func marker(_ figure: ReleasedFigure) -> String {
    figure == .notApplicable ? words[.notApplicable] : words[.withheldMark]
  }
}

import ReleaseModel
import Rendering

extension Briefing {
  /// One figure of each question by the groups of each banner.
  var comparison: Section? {
    let compared = content.questions.filter { $0.question.kind == "scale" || $0.question.kind == "single" }
    let tables = content.banners.flatMap { banner in comparison(compared, by: banner) }
    let differences = differences
    guard !tables.isEmpty || !differences.isEmpty else { return nil }
    return Section(
      id: "compare", heading: words.sentence(.compare),
      blocks: tables.isEmpty ? [] : [.paragraph(words.sentence(.compareNote))] + tables, sections: differences
    )
  }

  private func comparison(_ compared: [QuestionResults], by banner: String) -> [Block] {
    var groups: [String] = []
    for results in compared {
      for row in results.tables.first(where: { $0.banner == banner })?.rows ?? []
      where !groups.contains(row.key.group) {
        groups.append(row.key.group)
      }
    }
    var rows: [(question: String, answer: String, figures: [String: ReleasedFigure])] = []
    for results in compared {
      guard let headline = results.headline, let table = results.tables.first(where: { $0.banner == banner }),
        let answer = headline.label
      else { continue }
      var figures: [String: ReleasedFigure] = [:]
      for row in results.totalRows + table.rows where row.key.row == headline {
        figures[row.key.group] = row.figure
      }
      rows.append((results.question.text, answer, figures))
    }
    let total = totalGroup
    // A group of which nothing is shown has no column.
    let leftOut = groups.filter { group in
      rows.allSatisfy { $0.figures[group].flatMap { Share($0) } == nil }
        && rows.contains { $0.figures[group]?.isWithheld ?? false }
    }
    groups = groups.filter { group in rows.contains { $0.figures[group].flatMap { Share($0) } != nil } }
    guard !rows.isEmpty, !groups.isEmpty else { return [] }
    let sizes = content.respondents.flatMap(\.rows).filter { [totalBanner, banner].contains($0.key.banner) }
    let bases = ([total] + groups).map { group -> (text: Cell, shade: ComparisonTable.Shade) in
      let size = sizes.first { $0.key.group == group }?.base
      return (size.map { .number(String($0)) } ?? .marker(words[.withheldMark]), .middle)
    }
    let table = Block.comparison(
      ComparisonTable(
        caption: words.sentence(
          .compareCaption, ["banner": [.label(content.label(ofBanner: banner))]]),
        questionHead: words[.question], answerHead: words[.answer], groups: [total] + groups,
        rows: [ComparisonTable.Row(question: words[.respondedTotal], answer: words[.base], cells: bases)]
          + rows.map { row in
            ComparisonTable.Row(
              question: row.question, answer: row.answer,
              cells: ([total] + groups).map { cell(row.figures[$0]) })
          }))
    guard !leftOut.isEmpty else { return [table] }
    let names = Sentence.list(leftOut, words[.and])
    return [table, .paragraph(words.sentence(.compareLeftOut, ["groups": names]), .note)]
  }

  private var totalGroup: String { "Total" }

  private func cell(_ figure: ReleasedFigure?) -> (text: Cell, shade: ComparisonTable.Shade) {
    guard let figure else { return (.blank, .middle) }
    guard let share = Share(figure) else {
      return (.marker(words[figure == .notApplicable ? .notApplicable : .withheldMark]), .middle)
    }
    let text = fixedPoint(Int64(share.percent), decimals: 1)
    let shown = share.isUnreliable ? Cell.flagged(text, marker: words[.unreliableMark]) : .number(text)
    return (shown, ComparisonTable.Shade(share.percent))
  }

  // MARK: Themes

  /// What people wrote, and what focus groups raised.
  var themes: Section? {
    let themed = content.questions.filter { $0.question.kind == "theme" }
    var sections = themed.compactMap(ranks)
    if let joint { sections.append(joint) }
    if !content.pack.coOccurrences.isEmpty { sections.append(pairs) }
    if let focusGroups { sections.append(focusGroups) }
    guard !sections.isEmpty else { return nil }
    return Section(
      id: "themes", heading: words.sentence(.themes), blocks: [.paragraph(words.sentence(.themesNote))],
      sections: sections)
  }

  private func ranks(_ results: QuestionResults) -> Section? {
    let ranked = content.pack.rankedThemes.filter {
      $0.key.question == results.question.id && $0.key.banner == totalBanner
    }
    guard !ranked.isEmpty else { return nil }
    var blocks: [Block] = []
    for level in Set(ranked.map(\.level)).sorted() {
      let members = ranked.filter { $0.level == level }
      guard members.contains(where: { $0.rank != nil }) else { continue }
      let title = words.sentence(level == 1 ? .themesRanked : .themesBelow)
      let base = results.base.map(words.number) ?? words[.withheldMark]
      let measure = words.sentence(.chartMeasure, ["base": [.text(base)]])
      let told = questions.folded(members.map(\.row))
      blocks.append(
        .figure(
          Figure(
            title: title, measure: told.folded.map { measure + $0 } ?? measure,
            chart: .rankedBars(questions.bars(told.rows, byOrder: false)), source: questions.source))
      )
      // What nobody raised comes last, whatever its rank is called.
      let raised = members.filter { theme in Share(theme.row.figure).map { $0.count > 0 } ?? true }
      guard raised.contains(where: { $0.rank != nil }) else { continue }
      blocks.append(.table(rankTable(raised, level: level, of: results.question)))
    }
    guard !blocks.isEmpty else { return nil }
    let isPartly = ranked.contains { $0.row.figure.isWithheld }
    let note = words.sentence(.rankNote)
    blocks.append(.paragraph(isPartly ? note + words.sentence(.rankPartly) : note, .note))
    return Section(
      id: "themes-\(results.question.id)", heading: Sentence([.label(results.question.text)]), blocks: blocks)
  }

  private func rankTable(
    _ themes: [RankedTheme], level: Int, of question: PublicDefinition.Question
  ) -> Table {
    Table(
      caption: words.sentence(
        level == 1 ? .rankTable : .rankTableBelow, ["question": [.label(question.text)]]),
      question: question.id, banner: totalBanner,
      columns: [.group, .answer, .rank, .rankFrom, .rankTo].map { words[$0] },
      groups: [
        Table.Group(
          heading: totalGroup,
          rows: inOrder(themes).map { theme in
            (
              theme.key.row.text,
              [theme.rank, theme.possible?.lowerBound, theme.possible?.upperBound].map(numberOrWithheld)
            )
          })
      ])
  }

  /// By rank; those of one rank as the codebook has them, and those without one last.
  private func inOrder(_ themes: [RankedTheme]) -> [RankedTheme] {
    themes.enumerated().sorted { first, second in
      (first.element.rank ?? .max, first.offset) < (second.element.rank ?? .max, second.offset)
    }.map(\.element)
  }

  private func numberOrWithheld(_ number: Int?) -> Cell {
    number.map { .number(String($0)) } ?? .marker(words[.withheldMark])
  }

  private var joint: Section? {
    var audiences: [String?] = []
    for theme in content.pack.jointDisplay where !audiences.contains(theme.audience) {
      audiences.append(theme.audience)
    }
    // Where the pack has no figures of an audience, its focus groups have a table of their own.
    let shown = audiences.filter { audience in
      content.pack.jointDisplay.contains { $0.audience == audience && $0.survey != nil }
    }
    guard !shown.isEmpty else { return nil }
    let tables = shown.map { audience in
      let themes = content.pack.jointDisplay.filter { $0.audience == audience }
      let name: Sentence.Run = audience.map { .label($0) } ?? .text(words[.allAudiences])
      let table = Table(
        caption: words.sentence(.jointTable, ["audience": [name]]), question: themes[0].question,
        banner: audience == nil ? totalBanner : "audience",
        columns: [
          .group, .answer, .base, .count, .percentHead, .lower, .upper, .sessions, .raised, .comparison,
        ].map {
          words[$0]
        },
        groups: [Table.Group(heading: audience ?? totalGroup, rows: themes.map { ($0.theme, cells($0)) })])
      return audience == nil
        ? Block.table(table) : .folded(table.caption, [.table(table)])
    }
    return section("joint", .joint, [.paragraph(words.sentence(.jointNote))] + tables)
  }

  private func cells(_ theme: JointTheme) -> [Cell] {
    let none = Cell.words(words[.notCompared])
    let survey =
      theme.survey.map { Array(tables.figures(of: $0)) } ?? [none, none, none, none, none]
    let comparison: Cell =
      switch theme.comparison {
      case .agreement?: .words(words[.agreement])
      case .dissonance?: .words(words[.dissonance])
      case .silence?: .words(words[.silence])
      case .unclear?: .words(words[.unclear])
      case nil: none
      }
    return survey + [.number(String(theme.sessions)), numberOrWithheld(theme.raised), comparison]
  }

  private var pairs: Section {
    let rows = content.pack.coOccurrences
    let table = Table(
      caption: words.sentence(.pairsTable), question: rows[0].row.key.question, banner: totalBanner,
      columns: [.answer, .with, .base, .count, .percentHead, .lower, .upper, .expected].map { words[$0] },
      groups: rows.map { pair in
        Table.Group(
          heading: pair.row.key.row.text,
          rows: [
            (
              pair.with,
              tables.figures(of: pair.row)
                + [
                  pair.expected.map { .number(fixedPoint($0, decimals: 1)) } ?? .marker(words[.withheldMark])
                ]
            )
          ])
      })
    let isTold = rows.contains { !$0.row.figure.isWithheld }
    return section(
      "pairs", .pairs,
      isTold
        ? [.paragraph(words.sentence(.pairsNote)), .table(table)]
        : [.paragraph(words.sentence(.pairsWithheld))])
  }

  private var focusGroups: Section? {
    let total = content.focusGroups.filter { $0.banner == totalBanner }
    let others = content.focusGroups.filter { $0.banner != totalBanner }
    var blocks: [Block] = [.paragraph(words.sentence(.focusGroupsNote))]
    if let table = tables.table(total, caption: words.sentence(.focusGroupsTable)).table {
      blocks.append(.table(table))
    }
    if let table = tables.table(others, caption: words.sentence(.focusGroupsByAudience)).table {
      blocks.append(.folded(table.caption, [.table(table)]))
    }
    return blocks.count > 1 ? section("focus-groups", .focusGroups, blocks) : nil
  }
}

extension FigureRow {
  /// The label of an answer or net; nil for rows that are neither.
  var label: String? {
    switch self {
    case .answer(let label), .net(let label): label
    case .base, .noAnswer, .mean, .median, .place, .notRanked, .top: nil
    }
  }
}

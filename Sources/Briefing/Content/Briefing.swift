import Comparison
import ReleaseModel
import Rendering

/// Makes the document of one pack: what is told, in which order.
struct Briefing {
  let content: PackContent
  let words: Words
  let questions: QuestionSection
  let tables: ResultTables
  /// The formats of the release, and so the files that stand beside the briefing.
  let formats: Set<String>
  /// What it is read on.
  let medium: Medium

  enum Medium { case page, paper }

  init(_ content: PackContent, words: Words, formats: Set<String> = [], medium: Medium = .page) {
    self.formats = formats
    self.content = content
    self.words = words
    self.medium = medium
    questions = QuestionSection(content: content, words: words)
    tables = ResultTables(words: words)
  }

  var definition: PublicDefinition { content.release.definition }

  var document: Document {
    Document(
      words: words, title: Sentence([.label(content.settings.title ?? definition.title)]),
      subtitle: Sentence([.label(content.pack.title), .text(", "), .text(period)]),
      logo: content.settings.logo, warnings: definition.madeUp ? [words.sentence(.madeUp)] : [],
      sections: [
        findings, changes, reading, responded, results, indices, comparison, themes, withheld, strengths,
        method,
        glossary,
        about,
      ]
      .compactMap { $0 })
  }

  /// When the survey was open; the wave's name where the definition does not say.
  private var period: String {
    definition.fieldwork.map(words.period) ?? content.release.wave
  }

  // MARK: The first page

  private var findings: Section {
    let found = mainFindings(content, words)
    var blocks: [Block] =
      found.isEmpty ? [.paragraph(words.sentence(.noFindings))] : [.list(found.map(\.sentence))]
    if !found.isEmpty { blocks.append(.paragraph(words.sentence(.findingsNote), .note)) }
    blocks += (content.settings.notes ?? []).map { .paragraph(Sentence([.label($0)])) }
    blocks.append(.facts(facts))
    return section("findings", .findings, blocks)
  }

  private var facts: [(name: String, text: Sentence)] {
    var facts: [(name: String, text: Sentence)] = []
    func add(_ name: Phrase, _ text: Sentence?) {
      if let text { facts.append((words[name], text)) }
    }
    add(.who, definition.sampling.map { words.sentence(sampling($0)) })
    add(.invited, definition.invited.map { Sentence(words.number($0)) })
    add(.tookPart, Sentence(words.number(content.release.responses)))
    add(.inThisPack, content.responses.map { Sentence(words.number($0)) })
    add(
      .responseRate,
      content.pack.responseRates.first { $0.group.row.key.banner == totalBanner }.map {
        Sentence(words.percent($0.responseRate))
      })
    add(.fieldwork, definition.fieldwork.map { _ in Sentence(period) })
    add(.mode, definition.mode.map { Sentence([.label($0)]) })
    switch content.release.excludedRows {
    case .count(let rows)?: add(.leftOut, Sentence(words.number(rows)))
    case .fewer(than: let minimum)?:
      add(.leftOut, words.sentence(.fewerThan, ["minimum": [.text(words.number(minimum))]]))
    case nil: break
    }
    return facts
  }

  private func sampling(_ word: String) -> Phrase {
    switch word {
    case "random": .samplingRandom
    case "census": .samplingCensus
    default: .samplingOpen
    }
  }

  private var reading: Section {
    section(
      "reading", .reading,
      [
        .list(
          (explanations + (content.release.isWeighted ? [.readingWeighted] : []) + shorthand).map {
            words.sentence($0)
          })
      ])
  }

  private var explanations: [Phrase] {
    if content.banners.isEmpty {
      return [.readingTotalsAlone, .readingBase, .readingInterval, .readingChartOnPaper]
    }
    return medium == .page
      ? [.readingTotals, .readingBase, .readingInterval, .readingChart]
      : [.readingTotalsOnPaper, .readingBase, .readingInterval, .readingChartOnPaper]
  }

  /// What stands in the place of figures of this pack, or beside them.
  private var shorthand: [Phrase] {
    // Groups of nobody stand in no table.
    let columns = content.pack.tables.flatMap { table in
      table.columns.filter { table.banner == totalBanner || !$0.rows.isOfNobody }
    }
    var markers = Set(columns.flatMap(\.rows).map(\.figure.marker))
    markers.formUnion(content.pack.coOccurrences.map(\.row.figure.marker))
    if content.weighted.contains(where: \.isUnreliable) || content.changes.contains(where: \.isFromFew) {
      markers.insert("u")
    }
    return [("c", Phrase.shorthandC), ("u", .shorthandU), ("z", .shorthandZ)].filter {
      markers.contains($0.0)
    }.map(\.1)
  }

  // MARK: Who answered

  private var responded: Section? {
    guard !content.respondents.isEmpty else { return nil }
    let who =
      content.audience?.who.map { words.sentence(.audience, ["who": questions.condition($0)]) }
      ?? words.sentence(.everyone)
    var blocks: [Block] = [.paragraph(who)]
    if !content.banners.isEmpty { blocks.append(.paragraph(words.sentence(.respondedNote), .note)) }
    var (withheldWhole, empty): ([String], [String]) = ([], [])
    for table in content.respondents where table.banner != totalBanner {
      let banner: [Sentence.Run] = [.label(content.label(ofBanner: table.banner))]
      let caption = words.sentence(.respondedChart, ["banner": banner])
      let told = tables.table([table], caption: caption)
      if let table = told.table {
        blocks.append(.folded(words.sentence(.byBanner, ["banner": banner]), [.table(table)]))
      }
      withheldWhole += told.withheld
      empty += told.empty
    }
    let total = content.respondents.filter { $0.banner == totalBanner }
    if let table = tables.table(total, caption: words.sentence(.respondedTotal)).table {
      blocks.insert(.table(table), at: 1)
    }
    if let thin = thinGroups { blocks.append(.paragraph(thin)) }
    if !withheldWhole.isEmpty { blocks.append(.paragraph(questions.withheldWhole(withheldWhole))) }
    if !empty.isEmpty { blocks.append(.paragraph(questions.groups(empty, .groupsOfNobody), .note)) }
    return Section(
      id: "responded", heading: words.sentence(.responded), blocks: blocks,
      sections: [rates].compactMap { $0 })
  }

  /// Groups whose figures are all of low reliability.
  private var thinGroups: Sentence? {
    let rows = content.respondents.filter { $0.banner != totalBanner }.flatMap(\.rows)
    let thin = rows.compactMap { row in row.base.map { (row.key, $0) } }.filter { 0 < $0.1 && $0.1 < 30 }
    guard !thin.isEmpty else { return nil }
    var runs: [Sentence.Run] = []
    for (index, (key, base)) in thin.enumerated() {
      if index > 0 { runs.append(.text(index == thin.count - 1 ? " \(words[.and]) " : ", ")) }
      if content.banners.count > 1 { runs += [.label(content.label(ofBanner: key.banner)), .text(": ")] }
      runs += [.label(key.group), .text(" (\(words.number(base)))")]
    }
    return words.sentence(.thin, ["groups": runs])
  }

  // MARK: Results

  private var results: Section? {
    guard !content.questions.isEmpty else { return nil }
    var done: Set<String> = []
    var sections: [Section] = []
    for results in content.questions where !done.contains(results.question.id) {
      if let block = definition.blocks.first(where: { $0.questions.contains(results.question.id) }) {
        let members = content.questions.filter { block.questions.contains($0.question.id) }
        done.formUnion(members.map(\.question.id))
        sections.append(self.block(block, members))
      } else {
        done.insert(results.question.id)
        sections.append(questions.section(results))
      }
    }
    return Section(id: "results", heading: words.sentence(.results), blocks: [], sections: sections)
  }

  /// Questions on one scale: one chart with a bar each, then each with its tables.
  private func block(_ block: PublicDefinition.Block, _ members: [QuestionResults]) -> Section {
    let bars = members.compactMap { results in
      questions.stackedBar(results, label: results.question.text).map { (results.question.id, $0) }
    }
    let charted = Set(bars.map(\.0))
    let others = members.filter { !charted.contains($0.question.id) }
    let isPartly = !others.isEmpty && others.allSatisfy { $0.answerRows.contains { $0.figure.isWithheld } }
    var blocks: [Block] = []
    if let first = members.first(where: { charted.contains($0.question.id) }),
      let answers = questions.stackedAnswers(first)
    {
      let alone = words.sentence(.blockMeasure)
      var measure = alone + words.sentence(.blockBases)
      if isPartly { measure = measure + words.sentence(.blockPartly) }
      let chart = Chart.stackedBars(StackedBars(answers: answers, bars: bars.map(\.1)))
      blocks.append(
        .figure(
          Figure(
            title: blockTitle(members.filter { charted.contains($0.question.id) }), measure: measure,
            measureAlone: alone, chart: chart,
            source: questions.source)))
    }
    if blocks.isEmpty, isPartly { blocks = [.paragraph(words.sentence(.blockWithheld), .note)] }
    return Section(
      id: "b-\(block.id)", heading: Sentence([.label(block.text)]), blocks: blocks,
      sections: members.map { questions.section($0, charted: charted.contains($0.question.id)) })
  }

  /// From which to which share the first net of the statements goes, where it is one and published of each.
  private func blockTitle(_ members: [QuestionResults]) -> Sentence {
    let nets = members.map { results in results.totalRows.first { $0.key.row == results.headline } }
    let shares = nets.compactMap { row in row.flatMap { Share($0.figure)?.percent } }
    guard members.count > 1, shares.count == members.count, Set(nets.map { $0?.key.row }).count == 1,
      let label = nets[0]?.key.row.label, let lowest = shares.min(), let highest = shares.max()
    else { return words.sentence(.chartPlain) }
    return words.sentence(
      .blockTitle,
      [
        "net": [.label(label)], "lowest": [.text(words.percent(lowest))],
        "highest": [.text(words.percent(highest))],
      ])
  }

  func section(_ id: String, _ heading: Phrase, _ blocks: [Block]) -> Section {
    Section(id: id, heading: words.sentence(heading), blocks: blocks)
  }
}

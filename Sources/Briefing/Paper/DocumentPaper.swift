/// Writes a document as the source of a file for paper, in Typst's language.
///
/// What a page folds stands open: results by group in an annex, in tables that are made for it; the rest where it is. Charts by
/// group are left to the page, as their figures stand in the annex.
struct DocumentPaper {
  private let document: Document
  private let words: Words
  private let accent: Colour?
  private let author: String
  private let repertoire: PaperText.Repertoire
  /// What stands in the corner of each page.
  private let wave: String

  private var statements: [TypstCode] = []
  private var annex: [TypstCode] = []
  private var hasNumbers = false

  /// - Parameters:
  ///   - accent: Of the definition; nil for the page's own.
  ///   - author: The publisher; empty where nobody is named.
  init(_ document: Document, accent: Colour?, author: String, wave: String, repertoire: PaperText.Repertoire)
  {
    self.document = document
    self.words = document.words
    self.accent = accent
    self.author = author
    self.wave = wave
    self.repertoire = repertoire
  }

  /// The whole source.
  var source: String {
    var copy = self
    return copy.written()
  }

  private mutating func written() -> String {
    for warning in document.warnings { add("warning", [sentence(warning)]) }
    add("front", [sentence(document.title), sentence(document.subtitle)])
    for (index, section) in document.sections.enumerated() {
      write(section, level: 1)
      // What matters most and how to read it come first, then where to find the rest.
      if index == min(1, document.sections.count - 1) {
        let entries = document.sections.reduce(1) { $0 + $1.entries }
        add("contents", [text(words[.contents]), .number(3), .truth(entries <= Self.entriesOfAPage)])
      }
    }
    var all = statements
    if hasNumbers { all.append(.call("after", [text(words[.signsByNumber])])) }
    if !annex.isEmpty {
      statements = []
      add("head", [.number(1), .string("annex"), .truth(true), text(words[.annex])])
      add("plain", [text(words[.annexNote])])
      all.append(.call("annex", [.joined(statements + annex)]))
    }
    let language = words.language.split(separator: "-").map(String.init)
    return TypstCode.document(
      PaperTemplate.text,
      show: .call(
        "paper.with", [],
        [
          "title": text(document.title.text), "subtitle": text(document.subtitle.text),
          "author": text(author), "running": text(short(document.title.text + ", " + document.subtitle.text)),
          "wave": text(wave), "foot": text(document.warnings.map(\.text).joined(separator: " ")),
          "page-words": text(words[.pageNumber]), "language": .string(language.first ?? "en"),
          "region": language.count > 1 ? .string(language[1]) : .none,
          "accented": .string(accent?.hex ?? Paint.accent.colours.light),
        ]), statements: all)
  }

  /// How many lines of the contents surely fit a page.
  private static let entriesOfAPage = 44

  /// As much of a title as has room at the head of a page.
  private func short(_ title: String) -> String {
    let lines = lines(title, width: 1200, size: 14)
    return lines.count > 1 ? lines[0] + " …" : lines[0]
  }

  // MARK: Text

  private mutating func add(_ function: StaticString, _ arguments: [TypstCode]) {
    statements.append(.call(function, arguments))
  }

  private mutating func text(_ text: String) -> TypstCode {
    let text = PaperText(text, in: repertoire)
    hasNumbers = hasNumbers || text.hasNumbers
    return .string(text.text)
  }

  private mutating func sentence(_ sentence: Sentence) -> TypstCode {
    var parts: [TypstCode] = []
    var plain = ""
    for run in sentence.runs {
      switch run {
      case .text(let text), .label(let text): plain += text
      case .figure(let figure):
        if !plain.isEmpty { parts.append(text(plain)) }
        plain = ""
        parts.append(.call("strong", [text(figure)]))
      }
    }
    if !plain.isEmpty || parts.isEmpty { parts.append(text(plain)) }
    return .joined(parts)
  }

  // MARK: Sections

  private mutating func write(_ section: Section, level: Int) {
    add("head", [.number(level), .string(section.id), .truth(true), sentence(section.heading)])
    var folded: [Block] = []
    for (index, block) in section.blocks.enumerated() {
      if case .paragraph(let text, let tone) = block, tone != .wording {
        let leads = leadsOn(from: index, in: section)
        switch tone {
        case .note: add(leads ? "note" : "after", [sentence(text)])
        case .plain, .wording: add(leads ? "before" : "plain", [sentence(text)])
        }
      } else if case .folded(let summary, let blocks) = block {
        let (kept, moved) = divided(blocks)
        if !kept.isEmpty, !moved.isEmpty || !kept.contains(where: \.isTable) {
          add("wording", [sentence(summary)])
        }
        for block in kept { write(block, in: section) }
        folded += moved
      } else {
        write(block, in: section)
      }
    }
    if !folded.isEmpty { writeToAnnex(folded, of: section) }
    for section in section.sections { write(section, level: level + 1) }
  }

  /// Whether a paragraph stands before a table, a chart or the first part of a section.
  private func leadsOn(from index: Int, in section: Section) -> Bool {
    guard index + 1 < section.blocks.count else { return !section.sections.isEmpty }
    switch section.blocks[index + 1] {
    case .table, .figure, .comparison: return true
    case .paragraph, .list, .facts, .folded, .links: return false
    }
  }

  /// What stays where it is, and what goes to the annex: tables with several rows a group, and what is said of these.
  private func divided(_ blocks: [Block]) -> (kept: [Block], moved: [Block]) {
    let isLarge = blocks.contains { block in
      guard case .table(let table) = block else { return false }
      return table.groups.count > 1 && table.groups.contains { $0.rows.count > 1 }
    }
    // Where no table is shown, the sentence that says so stays with the question.
    return isLarge ? ([], blocks) : (blocks, [])
  }

  private mutating func writeToAnnex(_ blocks: [Block], of section: Section) {
    let id = "annex-" + section.id
    add("where", [text(words[.annexPage]), .string(id)])
    let before = statements
    statements = []
    add("head", [.number(2), .string(id), .truth(false), sentence(section.heading)])
    let everyone = section.blocks.lazy.compactMap { block in
      if case .table(let table) = block, table.groups.count == 1 { table } else { nil }
    }.first
    for (index, block) in blocks.enumerated() {
      guard case .table(let table) = block else { continue }
      // What is said of a table stands in one piece with it.
      var below: [Sentence] = []
      for case .paragraph(let text, _) in blocks[(index + 1)...].prefix(while: { !$0.isTable }) {
        below.append(text)
      }
      write(table, everyone: everyone, below: below)
    }
    annex += statements
    statements = before
  }

  private mutating func write(_ block: Block, in section: Section) {
    switch block {
    case .paragraph(let text, .plain): add("plain", [sentence(text)])
    case .paragraph(let text, .wording): add("wording", [sentence(text)])
    case .paragraph(let text, .note): add("after", [sentence(text)])
    case .list(let sentences):
      let isFirst = section.id == document.sections.first?.id
      add(isFirst ? "findings" : "list", sentences.map { sentence($0) })
    case .facts(let facts):
      let isLong = facts.contains { textWidth($0.text.text) > 40_000 }
      add(
        isLong ? "long-facts" : "short-facts",
        facts.map { fact in .array([text(fact.name), sentence(fact.text)]) })
    case .links(let links): add("list", links.map { text($0.text) })
    case .folded(_, let blocks): for block in blocks { write(block, in: section) }
    case .figure(let figure): write(figure)
    case .table(let table): write(table, everyone: nil, below: [])
    case .comparison(let table): write(table)
    }
  }

  // MARK: Charts

  private mutating func write(_ figure: Figure) {
    let chart = PaperChart(figure.chart, accent: accent)
    let key = figure.chart.key.map { paint, label in
      TypstCode.array([.string(paint.colours.light), text(label)])
    }
    add(
      "chart",
      [
        sentence(Sentence(figure.title.text)), sentence(figure.measure),
        key.isEmpty ? .none : .call("key", key), figure.source.map { sentence($0) } ?? .none,
        text(figure.title.text + ". " + words[.chartAlternative]),
      ]
        + chart.drawings.map { drawing in
          .call(
            "drawing", [.number(drawing.height)] + drawing.shapes.map { chart.code($0) { text($0) } })
        })
  }

  // MARK: Tables

  /// How many lines a table may have that is never broken over two pages.
  private static let keptWhole = 26

  private mutating func write(_ table: Table, everyone: Table?, below: [Sentence]) {
    if let groups = GroupTable(table, everyone: everyone, words: words), table.groups.count > 1 {
      for piece in groups.pieces {
        let isLast = piece.upperBound == groups.answers.count
        write(piece, of: groups, table, below: isLast ? below : [])
      }
      return
    }
    defer { for sentence in below { add("after", [self.sentence(sentence)]) } }
    let rows = table.groups.flatMap(\.rows)
    if table.groups.allSatisfy({ $0.rows.count == 1 }), Set(rows.map(\.heading)).count == 1, rows.count > 1 {
      // One figure or two a group: what the rows are called says nothing.
      add(
        "sizes",
        [sentence(table.caption), .array(([table.columns[0]] + table.columns.dropFirst(2)).map { text($0) })]
          + table.groups.map { group in
            .array([text(group.heading)] + group.rows[0].cells.map { cell($0) })
          })
      return
    }
    // Of one group, which the caption names, its rows; of several, each row with its group.
    let showsGroups = table.groups.count > 1
    let columns = showsGroups ? table.columns : Array(table.columns.dropFirst())
    let isWords =
      (showsGroups ? [true, true] : [true])
      + (rows.first?.cells.indices.map { column in rows.contains { $0.cells[column].isWords } } ?? [])
    add(
      "figures",
      [
        sentence(table.caption), .truth(rows.count <= Self.keptWhole), .array(columns.map { text($0) }),
        .array(isWords.map { .truth($0) }),
      ]
        + table.groups.flatMap { group in
          group.rows.map { row in
            .array(
              (showsGroups ? [text(group.heading)] : []) + [text(row.heading)] + row.cells.map { cell($0) })
          }
        })
  }

  private mutating func write(
    _ piece: Range<Int>, of groups: GroupTable, _ table: Table, below: [Sentence]
  ) {
    let answers = groups.answers[piece]
    let cells = groups.cells(of: piece)
    let parts = answers.flatMap { answer in
      zip(answer.parts, groups.widths(of: answer)).map { part, width in
        TypstCode.array([text(words[part.phrase]), .truth(part == answer.parts.last), .number(width)])
      }
    }
    let width = answers.reduce(0) { $0 + groups.widths(of: $1).reduce(0, +) }
    add(
      "group-table",
      [
        sentence(table.caption), .truth(groups.rows.count <= Self.keptWhole), .truth(width <= 170),
        text(table.columns[0]), text(words[.base]),
        .array(answers.map { .array([.number($0.parts.count), text($0.label)]) }), .array(parts),
        below.isEmpty ? .none : sentence(below.dropFirst().reduce(below[0], +)),
      ]
        + groups.rows.map { row in
          .array([text(row.group), cell(row.base)] + row.cells[cells].map { cell($0) })
        })
  }

  /// How many groups the table of everything has room for beside the total.
  private static let comparedGroups = 6

  private mutating func write(_ table: ComparisonTable) {
    guard let total = table.groups.first else { return }
    let others = Array(table.groups.indices.dropFirst())
    let count = max(1, (others.count + Self.comparedGroups - 1) / Self.comparedGroups)
    for piece in 0..<count {
      let groups = others[piece * others.count / count..<(piece + 1) * others.count / count]
      add(
        "comparison",
        [
          sentence(table.caption),
          .array([text(table.questionHead), text(total)] + groups.map { text(table.groups[$0]) }),
        ]
          + table.rows.map { row in
            .array(
              [.call("asked", [text(row.question), text(row.answer)])]
                + ([0] + groups).map { index in
                  let (content, shade) = row.cells[index]
                  return shade == .middle
                    ? cell(content) : .call("shade", [.string(shade.rawValue), cell(content)])
                })
          })
    }
  }

  private mutating func cell(_ cell: Cell) -> TypstCode {
    switch cell {
    case .number(let text), .marker(let text), .words(let text): self.text(text)
    case .flagged(let text, let marker): self.text(text + " " + marker)
    case .blank: .string("")
    }
  }
}

extension Section {
  /// How many lines it takes in the contents.
  fileprivate var entries: Int { sections.reduce(1) { $0 + $1.entries } }
}

extension Block {
  fileprivate var isTable: Bool { if case .table = self { true } else { false } }
}

extension Cell {
  fileprivate var isWords: Bool { if case .words = self { true } else { false } }
}

extension GroupTable.Part {
  fileprivate var phrase: Phrase {
    switch self {
    case .count: .count
    case .percent: .percentHead
    case .value: .value
    }
  }
}

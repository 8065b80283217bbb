import ReleaseModel

/// Writes a document as the source of a file for paper, in Typst's language.
///
/// What a page folds stands open: results by group in an annex, in tables that are made for it; the rest where it is. Charts by
/// group are left to the page, as their figures stand in the annex.
struct DocumentPaper {
  private let document: Document
  let words: Words
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
    if let logo = document.logo { write(logo) }
    for warning in document.warnings { add("warning", [sentence(warning)]) }
    add("front", [sentence(document.title), sentence(document.subtitle)])
    for (index, section) in document.sections.enumerated() {
      write(section, level: 1)
      // What matters most comes first, then where to find the rest.
      if index == 0 {
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

  /// In words where a typesetter could not set the picture.
  private mutating func write(_ logo: PublicBriefing.Logo) {
    let bytes = logo.bytes
    if bytes.isEmpty || repertoire == .european { return add("plain", [text(logo.alt)]) }
    let kind: TypstCode = .string(logo.mediaType == "image/png" ? "png" : "svg")
    add("logo", [.bytes(bytes), kind, text(logo.alt)])
  }

  /// How many lines of the contents surely fit a page.
  private static let entriesOfAPage = 44

  /// As much of a title as has room at the head of a page.
  private func short(_ title: String) -> String {
    let lines = lines(title, width: 1200, size: 14)
    return lines.count > 1 ? lines[0] + " …" : lines[0]
  }

  // MARK: Text

  mutating func add(_ function: StaticString, _ arguments: [TypstCode]) {
    statements.append(.call(function, arguments))
  }

  mutating func text(_ text: String) -> TypstCode {
    let text = PaperText(text, in: repertoire)
    hasNumbers = hasNumbers || text.hasNumbers
    return .string(text.text)
  }

  /// The name of a column or a row, whose words are divided only where one is wider than the column.
  /// - Parameters:
  ///   - width: In points.
  ///   - size: Of the letters, in points.
  mutating func name(_ label: String, width: Int, size: Int) -> TypstCode {
    let widest = label.split(whereSeparator: \.isWhitespace).map { textWidth($0) }.max() ?? 0
    guard widest * size > width * 1000 else { return text(label) }
    // A word of a language is divided by its rules; what is longer than two such lines is none.
    let most = min(PaperText.longestWord, 2 * width * 1000 / (size * 600))
    let text = PaperText(label, in: repertoire, longestWord: max(2, most))
    hasNumbers = hasNumbers || text.hasNumbers
    return .call("divided", [.string(text.text)])
  }

  mutating func sentence(_ sentence: Sentence) -> TypstCode {
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
    // What stands above a chart is on its page, as far as the page has room for that.
    let above = [figure.title.text, figure.measure.text] + figure.chart.key.map(\.label)
    let height = PaperHeight.lines(above, size: 9, width: PaperHeight.column)
    add(
      "chart",
      [
        .truth(height + (chart.drawings.first?.height ?? 0) * 2 / 3 <= PaperHeight.page),
        sentence(Sentence(figure.title.text)), sentence(figure.measure),
        key.isEmpty ? .none : .call("key", key), figure.source.map { sentence($0) } ?? .none,
        text(figure.title.text + ". " + words[.chartAlternative]),
      ]
        + chart.drawings.map { drawing in
          .call(
            "drawing", [.number(drawing.height)] + drawing.shapes.map { chart.code($0) { text($0) } })
        })
  }
}

extension Section {
  /// How many lines it takes in the contents.
  fileprivate var entries: Int { sections.reduce(1) { $0 + $1.entries } }
}

extension Block {
  fileprivate var isTable: Bool { if case .table = self { true } else { false } }
}

import ReleaseModel
import Workbooks

/// The content of tables.xlsx and tables.ods: cover, contents, notes, one sheet per question with one table, and sheets on what
/// the figures tell of groups and of waves.
///
/// A question's table has all its banners, the total first, answer by answer with the groups below one another, so that
/// groups can be compared by reading down. The rows are those of tables.csv, and so are the figures; a cell without a
/// figure says why in shorthand. It follows the UK Analysis Function's "Releasing statistics in spreadsheets".
struct TablesWorkbook {
  let pack: ReleasedPack
  let release: Release
  let words: WorkbookWords
  /// In the order of tables.csv.
  let questions: [QuestionSheet]
  let further: [FurtherSheet]
  /// Those that a sheet refers to, in the order of their numbers.
  let notes: [WorkbookNote]

  init(_ pack: ReleasedPack, in release: Release) {
    self.pack = pack
    self.release = release
    let words = WorkbookWords(release.definition)
    let questions = QuestionSheet.sheets(of: pack)
    let asked = questions.filter { $0.source != Measure.sessionSource }
    let titles = Dictionary(asked.map { ($0.question, words.title(of: $0)) }) { first, _ in first }
    self.words = words
    self.questions = questions
    further = FurtherSheet.sheets(of: pack, in: release, words, titles: titles)
    notes = Set(questions.flatMap(\.notes) + further.flatMap(\.notes)).sorted()
  }

  var workbook: Workbook {
    Workbook(
      properties: .init(
        title: title, subject: release.definition.title, author: release.definition.publisher,
        language: WorkbookWords.language,
        keywords: [release.definition.title, pack.title, release.wave] + WorkbookWords.keywords,
        description: release.definition.madeUp ? WorkbookWords.madeUp : WorkbookWords.about),
      sheets: [cover, contents, notesSheet] + questions.map(sheet) + further.map(sheet))
  }

  var title: String { "\(release.definition.title): \(pack.title), wave \(release.wave)" }

  // MARK: Sheets before the tables

  static let coverName = "Cover"
  static let contentsName = "Contents"
  static let notesName = "Notes"

  private var cover: Sheet {
    var rows: [[Cell]] = [[.text(title, .heading1)]]
    if release.definition.madeUp { rows.append([.text(WorkbookWords.madeUp, .paragraph)]) }
    for (head, lines) in words.cover(of: pack, in: release, further: further.map(\.title))
    where !lines.isEmpty {
      rows.append([.text(head, .heading2)])
      rows += lines.map { [.text($0, .paragraph)] }
    }
    rows.append([.text(WorkbookWords.sheetsHead, .heading2)])
    rows.append([.link(Self.contentsName, sheet: Self.contentsName)])
    for name in [Self.notesName] + further.map(\.kind.rawValue) { rows.append([.link(name, sheet: name)]) }
    return Sheet(name: Self.coverName, widths: [90], rows: rows, headerRow: nil)
  }

  private var contents: Sheet {
    var rows: [[Cell]] = [
      [.text(WorkbookWords.contentsHead, .heading1)], [.text(WorkbookWords.contentsRemark, .line)],
      WorkbookWords.contentsColumns.map { .text($0, .textHeader) },
    ]
    rows.append([
      .link(Self.notesName, sheet: Self.notesName), .text(WorkbookWords.notesTitle, .paragraph),
      .text(WorkbookWords.noBanner, .paragraph),
    ])
    for question in questions {
      // Everyone comes first on every sheet; it is named where there is nothing else.
      let compared = question.tables.map(\.banner).filter { $0 != "total" }
      let banners = (compared.isEmpty ? ["total"] : compared).map(words.banner)
      rows.append([
        .link(question.sheetName, sheet: question.sheetName),
        .text(words.title(of: question), .paragraph),
        .text(banners.joined(separator: ", "), .paragraph),
      ])
    }
    for sheet in further {
      rows.append([
        .link(sheet.kind.rawValue, sheet: sheet.kind.rawValue), .text(sheet.title, .paragraph),
        .text(sheet.banners.joined(separator: ", "), .paragraph),
      ])
    }
    return Sheet(name: Self.contentsName, widths: [30, 84, 60], rows: rows, headerRow: 2)
  }

  private var notesSheet: Sheet {
    let rows: [[Cell]] = [
      [.text(WorkbookWords.notesTitle, .heading1)], [.text(WorkbookWords.notesRemark, .line)],
      WorkbookWords.notesColumns.map { .text($0, .textHeader) },
    ]
    let texts = notes.enumerated().map { index, note -> [Cell] in
      [.text("[note \(index + 1)]", .line), .text(words.text(note), .paragraph)]
    }
    return Sheet(name: Self.notesName, widths: [14, 100], rows: rows + texts, headerRow: 2)
  }

  // MARK: Tables

  /// Characters that stand beside one another over the columns of a table.
  private static let longestTitle = 150
  private static let longestLine = 140

  private func sheet(_ question: QuestionSheet) -> Sheet {
    let measures = question.measures
    var rows = above(
      title: words.title(of: question), remark: WorkbookWords.tableRemark, lines: words.lines(on: question),
      shorthand: question.shorthand(in: measures), notes: question.notes)
    let headerRow = rows.count
    rows.append(
      WorkbookWords.keyColumns.map { .text($0, .textHeader) }
        + measures.map { .text(WorkbookWords.column($0), .numberHeader) })
    rows.reserveCapacity(rows.count + question.rowCount)
    for table in question.tables {
      let banner = Cell.text(words.banner(table.banner), .paragraph)
      for row in table.rowsByAnswer {
        var cells = [banner, .text(row.key.row.text, .paragraph), .text(row.key.group, .paragraph)]
        for measure in measures {
          cells.append(measure.cell(of: row, kind: table.kind, source: table.source))
        }
        rows.append(cells)
      }
    }
    return Sheet(
      name: question.sheetName, widths: [22, 48, 32] + measures.map(\.width), rows: rows,
      headerRow: headerRow)
  }

  private func sheet(_ further: FurtherSheet) -> Sheet {
    var rows = above(
      title: further.title, remark: "\(WorkbookWords.oneTable) \(further.remark)", lines: further.lines,
      shorthand: Measure.Shorthand.allCases.filter(further.shorthand.contains), notes: further.notes)
    let headerRow = rows.count
    rows.append(further.columns.map { .text($0.head, $0.style) })
    return Sheet(
      name: further.kind.rawValue, widths: further.columns.map(\.width), rows: rows + further.rows,
      headerRow: headerRow)
  }

  /// What stands above a table: its title, lines on what it is, and the way back.
  private func above(
    title: String, remark: String, lines: [String], shorthand: [Measure.Shorthand],
    notes cited: [WorkbookNote]
  ) -> [[Cell]] {
    let title = title.replacing("\n", with: " ")
    let whole = title.count > Self.longestTitle ? [WorkbookWords.wholeTitle(title)] : []
    let all =
      [remark, words.source(pack, in: release)] + whole + lines + shorthand.map(WorkbookWords.shorthand)
      + [WorkbookWords.notesCited(cited, among: notes)]
    return [[.text(title.cut(to: Self.longestTitle), .heading1)]]
      + all.flatMap { $0.broken(to: Self.longestLine) }.map { [.text($0, .line)] }
      + [[.link(WorkbookWords.backToContents, sheet: Self.contentsName)]]
  }
}

/// The tables of one question, which share a sheet.
struct QuestionSheet {
  let question: String
  let kind: String
  let source: String
  let sheetName: String
  let tables: [ReleasedTable]

  static func sheets(of pack: ReleasedPack) -> [QuestionSheet] {
    struct Key: Hashable {
      var question: String
      var source: String
    }
    var order: [Key] = []
    var tables: [Key: [ReleasedTable]] = [:]
    for table in pack.tables {
      let key = Key(question: table.question, source: table.source)
      if tables[key] == nil { order.append(key) }
      tables[key, default: []].append(table)
    }
    var names = SheetNames()
    let own = [TablesWorkbook.coverName, TablesWorkbook.contentsName, TablesWorkbook.notesName]
    // Also those of sheets that are not there: a question's name is the same in each wave.
    for name in own + FurtherSheet.Kind.allCases.map(\.rawValue) { _ = names.name(name) }
    return order.map { key in
      let tables = tables[key] ?? []
      return QuestionSheet(
        question: key.question, kind: tables.first?.kind ?? "", source: key.source,
        sheetName: names.name(key.question), tables: tables)
    }
  }

  var rowCount: Int { tables.reduce(0) { $0 + $1.rows.count } }

  /// The columns of numbers that the question's kinds of rows have, whether or not their figures are withheld.
  var measures: [Measure] {
    var hasShares = false
    var hasValues = false
    var hasUnreliable = false
    for row in tables.lazy.flatMap(\.rows) {
      switch row.key.row {
      case .base, .place, .notRanked, .top: break
      case .answer, .net, .noAnswer:
        hasShares = hasShares || source != Measure.sessionSource
        hasValues = hasValues || row.meanPlace != nil
      case .mean, .median: hasValues = true
      }
      hasUnreliable = hasUnreliable || row.figure.marker == "u"
    }
    var measures: [Measure] = [.base, .count]
    if hasShares { measures.append(.percent) }
    if hasValues { measures.append(.value) }
    if hasShares || hasValues { measures += [.lower, .upper] }
    if hasUnreliable { measures.append(.reliability) }
    return measures
  }

  /// The shorthand that stands in the table.
  func shorthand(in measures: [Measure]) -> [Measure.Shorthand] {
    var found: Set<Measure.Shorthand> = []
    for table in tables {
      for row in table.rows where found.count < Measure.Shorthand.allCases.count {
        for measure in measures {
          if case .shorthand(let shorthand) = measure.entry(of: row, kind: kind, source: source) {
            found.insert(shorthand)
          }
        }
      }
    }
    return Measure.Shorthand.allCases.filter(found.contains)
  }
}

extension ReleasedTable {
  /// The rows answer by answer, and within an answer group by group.
  var rowsByAnswer: [ReleasedRow] { rows.together { $0.key.row } }
}

extension Array {
  /// Those that are alike in something together, where the first of them stands.
  func together<Kind: Hashable>(by kind: (Element) -> Kind) -> [Element] {
    var places: [Kind: Int] = [:]
    var alike: [[Element]] = []
    for element in self {
      let kind = kind(element)
      if let place = places[kind] {
        alike[place].append(element)
      } else {
        places[kind] = alike.count
        alike.append([element])
      }
    }
    return alike.flatMap { $0 }
  }
}

extension String {
  /// At most so many characters; what is cut off is told by an ellipsis.
  func cut(to count: Int) -> String { self.count <= count ? self : prefix(count - 1) + "…" }

  /// Lines of at most so many characters, broken between words where there are any.
  func broken(to count: Int) -> [String] {
    var lines: [String] = []
    for paragraph in split(whereSeparator: \.isNewline) {
      var rest = paragraph
      while rest.count > count {
        let end = rest.index(rest.startIndex, offsetBy: count)
        // Where a sentence ends, so that each line can be read by itself.
        let blank = rest[..<end].lastIndex(of: " ")
        let sentence = rest[..<end].indices.last { index in
          rest[index] == "." && rest.index(after: index) < end && rest[rest.index(after: index)] == " "
        }
        let cut = sentence.map { rest.index(after: $0) } ?? blank ?? end
        lines.append(String(rest[..<cut]))
        rest = rest[cut...].drop { $0 == " " }
      }
      lines.append(String(rest))
    }
    return lines
  }
}

import ReleaseModel
import Workbooks

/// The content of tables.xlsx and tables.ods: cover, contents, notes, and one sheet per question with one table.
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

  init(_ pack: ReleasedPack, in release: Release) {
    self.pack = pack
    self.release = release
    words = WorkbookWords(release.definition)
    questions = QuestionSheet.sheets(of: pack)
  }

  var workbook: Workbook {
    Workbook(
      properties: .init(
        title: title, subject: release.definition.title, author: release.definition.publisher,
        language: WorkbookWords.language,
        keywords: [release.definition.title, pack.title, release.wave] + WorkbookWords.keywords,
        description: release.definition.madeUp ? WorkbookWords.madeUp : WorkbookWords.about),
      sheets: [cover, contents, notes] + questions.map(sheet))
  }

  var title: String { "\(release.definition.title): \(pack.title), wave \(release.wave)" }

  // MARK: Sheets before the tables

  static let coverName = "Cover"
  static let contentsName = "Contents"
  static let notesName = "Notes"

  private var cover: Sheet {
    var rows: [[Cell]] = [[.text(title, .heading1)]]
    if release.definition.madeUp { rows.append([.text(WorkbookWords.madeUp, .paragraph)]) }
    for (head, lines) in words.cover(of: pack, in: release) where !lines.isEmpty {
      rows.append([.text(head, .heading2)])
      rows += lines.map { [.text($0, .paragraph)] }
    }
    rows.append([.text(WorkbookWords.sheetsHead, .heading2)])
    rows.append([.link(Self.contentsName, sheet: Self.contentsName)])
    rows.append([.link(Self.notesName, sheet: Self.notesName)])
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
    return Sheet(name: Self.contentsName, widths: [30, 84, 60], rows: rows, headerRow: 2)
  }

  private var notes: Sheet {
    let rows: [[Cell]] = [
      [.text(WorkbookWords.notesTitle, .heading1)], [.text(WorkbookWords.notesRemark, .line)],
      WorkbookWords.notesColumns.map { .text($0, .textHeader) },
    ]
    let texts = words.notes(on: questions).enumerated().map { index, text -> [Cell] in
      [.text("[note \(index + 1)]", .line), .text(text, .paragraph)]
    }
    return Sheet(name: Self.notesName, widths: [14, 100], rows: rows + texts, headerRow: 2)
  }

  // MARK: Tables

  /// Characters that stand beside one another over the columns of a table.
  private static let longestTitle = 150
  private static let longestLine = 140

  private func sheet(_ question: QuestionSheet) -> Sheet {
    let measures = question.measures
    let title = words.title(of: question).replacing("\n", with: " ")
    var lines = [WorkbookWords.tableRemark, words.source(pack, in: release)]
    if title.count > Self.longestTitle { lines.append(WorkbookWords.wholeTitle(title)) }
    lines += words.lines(on: question)
    lines += question.shorthand(in: measures).map { WorkbookWords.shorthand($0) }
    lines.append(words.notesCited(on: question))
    var rows: [[Cell]] = [[.text(title.cut(to: Self.longestTitle), .heading1)]]
    rows += lines.flatMap { $0.broken(to: Self.longestLine) }.map { [.text($0, .line)] }
    rows.append([.link(WorkbookWords.backToContents, sheet: Self.contentsName)])
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
    for name in [TablesWorkbook.coverName, TablesWorkbook.contentsName, TablesWorkbook.notesName] {
      _ = names.name(name)
    }
    return order.map { key in
      let own = tables[key] ?? []
      return QuestionSheet(
        question: key.question, kind: own.first?.kind ?? "", source: key.source,
        sheetName: names.name(key.question), tables: own)
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
  var rowsByAnswer: [ReleasedRow] {
    var places: [FigureRow: Int] = [:]
    var byAnswer: [[ReleasedRow]] = []
    for row in rows {
      if let place = places[row.key.row] {
        byAnswer[place].append(row)
      } else {
        places[row.key.row] = byAnswer.count
        byAnswer.append([row])
      }
    }
    return byAnswer.flatMap { $0 }
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
        let cut = rest[..<end].lastIndex(of: " ") ?? end
        lines.append(String(rest[..<cut]))
        rest = rest[cut...].drop { $0 == " " }
      }
      lines.append(String(rest))
    }
    return lines
  }
}

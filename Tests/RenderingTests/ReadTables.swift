import Foundation
import ReleaseModel
import Testing

@testable import Rendering

/// Reads a tables.csv, strictly by RFC 4180, and by the names of its columns.
func readTablesCSV(_ bytes: [UInt8]) throws -> [FigurePlace: ShownFigure] {
  let records = csvRecords(String(decoding: bytes, as: UTF8.self))
  let heads = try #require(records.first)
  var figures: [FigurePlace: ShownFigure] = [:]
  for record in records.dropFirst() {
    try #require(record.count == heads.count)
    let row = Dictionary(uniqueKeysWithValues: zip(heads, record))
    var shown = ShownFigure(marker: row["marker"].flatMap { $0 == "z" ? nil : $0 } ?? "")
    for column in ["base", "count", "percent", "lower", "upper", "value"] {
      if let text = row[column], !text.isEmpty { shown.numbers[column] = text }
    }
    let place = FigurePlace(
      question: row["question"] ?? "", answer: withoutGuard(row["answer"] ?? ""), banner: row["banner"] ?? "",
      group: withoutGuard(row["group"] ?? ""))
    #expect(figures.updateValue(shown, forKey: place) == nil, "twice: \(place)")
  }
  return figures
}

/// Reads a tables.json. Numbers are taken as their text stands in the file, so that 50.0 and 50 differ.
func readTablesJSON(_ bytes: [UInt8]) throws -> [FigurePlace: ShownFigure] {
  struct File: Decodable {
    struct Row: Decodable {
      var question, answer, banner, group: String
      var base, count: Int?
      var percent, lower, upper, value: Decimal?
      var marker: String?
    }
    var columns: [String]
    var rows: [Row]
  }
  let file = try JSONDecoder().decode(File.self, from: Data(bytes))
  #expect(file.columns == TablesCSV.columns)
  // One row a line, so that the decimals can be looked at.
  let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("    {") }
  try #require(lines.count == file.rows.count)
  var figures: [FigurePlace: ShownFigure] = [:]
  for (row, line) in zip(file.rows, lines) {
    var shown = ShownFigure(marker: row.marker.flatMap { $0 == "z" ? nil : $0 } ?? "")
    // The last of a name on the line: a label may look like a member.
    for column in ["base", "count", "percent", "lower", "upper", "value"] {
      let member = try #require(line.range(of: "\"\(column)\": ", options: .backwards))
      let text = line[member.upperBound...].prefix { $0 != "," && $0 != "}" }
      if text != "null" { shown.numbers[column] = String(text) }
    }
    #expect(shown.numbers["base"] == row.base.map(String.init))
    #expect(shown.numbers["percent"].flatMap { Decimal(string: $0) } == row.percent)
    let place = FigurePlace(question: row.question, answer: row.answer, banner: row.banner, group: row.group)
    #expect(figures.updateValue(shown, forKey: place) == nil, "twice: \(place)")
  }
  return figures
}

/// A label without the apostrophe that keeps spreadsheets from running it.
func withoutGuard(_ field: String) -> String {
  let apostrophes = field.unicodeScalars.prefix { $0 == "'" }
  let next = field.unicodeScalars.dropFirst(apostrophes.count).first
  let begins: [Unicode.Scalar?] = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
  return apostrophes.isEmpty || !begins.contains(next) ? field : String(field.dropFirst())
}

func csvRecords(_ text: String) -> [[String]] {
  var records: [[String]] = [[""]]
  var isQuoted = false
  var scalars = Array(text.unicodeScalars)[...]
  while let scalar = scalars.popFirst() {
    let record = records.count - 1
    let field = records[record].count - 1
    switch scalar {
    case "\"" where isQuoted && scalars.first == "\"":
      scalars.removeFirst()
      records[record][field].unicodeScalars.append("\"")
    case "\"": isQuoted.toggle()
    case "," where !isQuoted: records[record].append("")
    case "\n" where !isQuoted: records.append([""])
    default: records[record][field].unicodeScalars.append(scalar)
    }
  }
  return records.dropLast()
}

/// The sheets of what figures tell, after those of questions.
let furtherSheets = ["Response_rates", "Weighted", "Changes", "Differences", "Column_letters", "Scores"]
/// The sheets that have no figures of tables.csv.
let otherSheets = ["Cover", "Contents", "Notes"] + furtherSheets

/// Reads the table of a sheet: of each row its cells by the heads of the columns.
func readTable(_ sheet: ReadWorkbook.Sheet) throws -> [[String: ReadWorkbook.Cell]] {
  let head = try #require(sheet.rows.firstIndex { $0.count > 1 })
  let heads = sheet.rows[head].map(\.text)
  return try sheet.rows.dropFirst(head + 1).map { row in
    try #require(row.count == heads.count, "a table has no empty cells")
    return Dictionary(uniqueKeysWithValues: zip(heads, row))
  }
}

/// Reads the tables of a workbook by what a person sees: titles, column heads and shorthand.
func readTables(_ workbook: ReadWorkbook, of release: Release) throws -> [FigurePlace: ShownFigure] {
  let columns = [
    "Base": "base", "Count": "count", "Per cent": "percent", "Lower bound": "lower", "Upper bound": "upper",
    "Value (mean or median)": "value",
  ]
  let variables = release.definition.variables.map { ($0.label, $0.id) }
  let banners = Dictionary(
    uniqueKeysWithValues: variables + [("Everyone", "total"), ("Audience of focus groups", "audience")])
  var figures: [FigurePlace: ShownFigure] = [:]
  for sheet in workbook.sheets where !otherSheets.contains(sheet.name) {
    let head = try #require(sheet.rows.firstIndex { $0.first?.text == "Compared by" })
    let heads = sheet.rows[head].map(\.text)
    let question = try #require(sheet.rows.first?.first?.text.split(separator: ":").first)
    for row in sheet.rows.dropFirst(head + 1) {
      try #require(row.count == heads.count, "a table has no empty cells")
      var shown = ShownFigure()
      for (name, cell) in zip(heads, row).dropFirst(3) {
        if name == "Reliability" {
          if cell.text == "[u]" { shown.marker = "u" }
        } else if cell.isNumber {
          shown.numbers[try #require(columns[name])] = cell.text
        } else if cell.text == "[c]" {
          shown.marker = "c"
        } else {
          #expect(cell.text == "[z]")
        }
      }
      let place = FigurePlace(
        question: String(question), answer: row[1].text, banner: banners[row[0].text] ?? row[0].text,
        group: row[2].text)
      #expect(figures.updateValue(shown, forKey: place) == nil, "twice: \(place)")
    }
  }
  return figures
}

/// A label as XML can hold it.
@Sendable func shownInWorkbook(_ label: String) -> String {
  var shown = ""
  for scalar in label.replacing("\r\n", with: "\n").unicodeScalars {
    let isControl = scalar.value < 0x20 && scalar != "\n"
    shown.unicodeScalars.append(isControl ? Unicode.Scalar(0x2400 + scalar.value) ?? "?" : scalar)
  }
  return shown
}

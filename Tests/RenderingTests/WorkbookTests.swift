import ReleaseModel
import Testing

@testable import Rendering
@testable import Workbooks

/// What the UK Analysis Function asks of a workbook, in both formats.
@Suite struct WorkbookTests {
  enum Format: CaseIterable {
    case officeOpenXML
    case openDocument

    func read(_ workbook: Workbook) throws -> ReadWorkbook {
      switch self {
      case .officeOpenXML: try ReadWorkbook(officeOpenXML: workbook.officeOpenXML)
      case .openDocument: try ReadWorkbook(openDocument: workbook.openDocument)
      }
    }
  }

  private static func workbook(_ made: MadeRelease.Named) throws -> Workbook {
    TablesWorkbook(try #require(made.release.packs.first), in: made.release).workbook
  }

  @Test(arguments: Format.allCases, MadeRelease.all)
  func `every sheet has its title in A1, tagged, and at most one table that reaches its end`(
    _ format: Format, _ made: MadeRelease.Named
  ) throws {
    let read = try format.read(Self.workbook(made))
    #expect(read.sheets.map(\.name).prefix(3) == ["Cover", "Contents", "Notes"])
    for sheet in read.sheets {
      let title = try #require(sheet.rows.first?.first)
      #expect(title.style == "Heading 1" && !title.text.isEmpty)
      #expect(sheet.rows.dropFirst().joined().allSatisfy { $0.style != "Heading 1" })
      guard sheet.name != "Cover" else {
        #expect(sheet.table == nil)
        continue
      }
      // The table begins in column A, and all above it stands there, too.
      let table = try #require(sheet.table)
      let first = try #require(Int(table.prefix { $0 != ":" }.dropFirst()))
      let heads = sheet.rows[first - 1].map(\.text)
      #expect(table == "A\(first):\(columnLetters(heads.count - 1))\(sheet.rows.count)")
      #expect(Set(heads).count == heads.count && !heads.contains(""))
      #expect(sheet.rows.prefix(first - 1).allSatisfy { $0.count == 1 })
      for row in sheet.rows.dropFirst(first - 1) { #expect(row.count == heads.count) }
      // No empty cell, and none of signs alone that no screen reader reads out.
      for cell in sheet.rows.joined() where !cell.isNumber && made.testDescription != "hostile labels" {
        #expect(cell.text.contains { $0.isLetter || $0.isNumber }, "\(sheet.name): \(cell.text)")
      }
    }
  }

  @Test(arguments: Format.allCases, MadeRelease.all)
  func `contents and notes list what is there, and shorthand is explained above the table`(
    _ format: Format, _ made: MadeRelease.Named
  ) throws {
    let read = try format.read(Self.workbook(made))
    let contents = try #require(read.sheets.first { $0.name == "Contents" })
    let links = contents.rows.dropFirst(3).map { $0[0].link }
    #expect(links == read.sheets.dropFirst(2).map(\.name))
    let notes = try #require(read.sheets.first { $0.name == "Notes" })
    let listed = notes.rows.dropFirst(3).map { $0[0].text }
    #expect(listed == (1...listed.count).map { "[note \($0)]" })
    var cited: Set<String> = []
    for sheet in read.sheets.dropFirst(3) {
      let head = try #require(sheet.rows.firstIndex { $0.count > 1 })
      let labels = try #require(
        sheet.rows[head].firstIndex { ["Base", "Base now", "Letter", "Respondents"].contains($0.text) })
      let above = sheet.rows[..<head].map { $0[0].text }.joined(separator: " ")
      cited.formUnion(above.matches(of: /\[note \d+\]/).map { String($0.0) })
      for shorthand in ["[c]", "[z]", "[u]", "[x]"] {
        let isUsed = sheet.rows[head...].contains { row in
          row.dropFirst(labels).contains { $0.text == shorthand }
        }
        #expect(above.contains(shorthand + " is") == isUsed, "\(sheet.name): \(shorthand)")
      }
    }
    #expect(cited == Set(listed))
  }

  @Test(arguments: Format.allCases)
  func `nothing is merged, hidden, frozen, filtered or computed, and no clock is told`(_ format: Format)
    throws
  {
    for made in MadeRelease.all {
      let read = try format.read(Self.workbook(made))
      let unwanted = [
        "<f>", "<f ", "mergeCell", "autoFilter", "hidden=", "<pane", "state=\"", "dcterms", "table:formula",
        "number-columns-spanned", "number-rows-spanned", "table:visibility",
        "display-filter-buttons=\"true\"",
        "meta:creation-date", "dc:date", "office:annotation", "<comments",
      ]
      for (name, text) in read.parts {
        for mark in unwanted {
          // In text these would be written with entities or without the marks of an attribute.
          #expect(!text.contains(mark), "\(name): \(mark)")
        }
      }
    }
  }

  @Test(arguments: Format.allCases)
  func `title, language, author and keywords are told`(_ format: Format) throws {
    let read = try format.read(Self.workbook(MadeRelease.all[0]))
    let properties = try #require(read.parts[format == .officeOpenXML ? "docProps/core.xml" : "meta.xml"])
    for text in [
      "<dc:title>A tiny survey: Everyone, wave 2026</dc:title>", "<dc:language>en-GB</dc:language>",
      "<dc:creator>Tester</dc:creator>", "staff consultation",
    ] { #expect(properties.contains(text)) }
    if format == .openDocument {
      #expect(read.parts["styles.xml"]?.contains("fo:language=\"en\" fo:country=\"GB\"") == true)
    }
  }

  @Test(arguments: Format.allCases, MadeRelease.all)
  func `made-up responses are said so on the cover and above every table of figures`(
    _ format: Format, _ made: MadeRelease.Named
  ) throws {
    let read = try format.read(Self.workbook(made))
    for sheet in read.sheets where !["Contents", "Notes"].contains(sheet.name) {
      #expect(sheet.rows.joined().contains { $0.text.contains(WorkbookWords.madeUp) }, "\(sheet.name)")
    }
  }

  @Test(arguments: Format.allCases)
  func `text is text, whatever it begins with`(_ format: Format) throws {
    for label in MadeRelease.hostileLabels {
      let sheet = Sheet(name: "t", widths: [20], rows: [[.text(label, .paragraph)]], headerRow: nil)
      let properties = Workbook.Properties(
        title: label, subject: label, author: label, language: "en-GB", keywords: [label], description: label)
      let read = try format.read(Workbook(properties: properties, sheets: [sheet]))
      let cell = try #require(read.sheets.first?.rows.first?.first)
      #expect(cell.text == shownInWorkbook(label) && !cell.isNumber)
    }
  }

  @Test func `a cell that is too long for the format is cut, and told by an ellipsis`() throws {
    let long = String(repeating: "😀", count: 20_000)
    let sheet = Sheet(name: "t", widths: [20], rows: [[.text(long, .paragraph)]], headerRow: nil)
    let properties = Workbook.Properties(
      title: "t", subject: "t", author: nil, language: "en-GB", keywords: [], description: "t")
    let workbook = Workbook(properties: properties, sheets: [sheet])
    let text = try #require(ReadWorkbook(officeOpenXML: workbook.officeOpenXML).sheets[0].rows[0].first?.text)
    #expect(text.utf16.count <= 32_767 && text.hasSuffix("😀…"))
    #expect(try ReadWorkbook(openDocument: workbook.openDocument).sheets[0].rows[0].first?.text == long)
  }

  @Test func `names of sheets are safe and unlike one another`() {
    var names = SheetNames()
    let wanted = [
      "Cover", "cover", "q1", "focus-groups", "focus_groups", "2nd", "history", "", "é",
      String(repeating: "a", count: 40),
      String(repeating: "a", count: 50),
    ]
    let given = wanted.map { names.name($0) }
    #expect(Set(given.map { $0.lowercased() }).count == wanted.count)
    for name in given { #expect(name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]{0,30}/) != nil, "\(name)") }
    #expect(given[0] == "Cover" && given[2] == "q1" && given[3] == "focus_groups")
  }

  @Test(arguments: [
    ("1186", "1,186"), ("48.3", "48.3"), ("-1234567.89", "-1,234,567.89"), ("100.0", "100.0"), ("999", "999"),
    ("-999", "-999"), ("0", "0"), ("12345", "12,345"),
  ])
  func `thousands are parted by commas`(_ digits: String, _ grouped: String) {
    #expect(groupingThousands(digits) == grouped)
  }

  @Test(arguments: [("one two three", 7, 2), ("", 5, 1), ("a\nb", 5, 2), ("abcdefghij", 4, 3), ("あいう", 4, 2)])
  func `lines are broken as a column breaks them`(_ text: String, _ width: Int, _ lines: Int) {
    #expect(linesOfText(text, width: width) == lines)
  }

  @Test func `a long text is told in lines, and nothing of it is lost`() {
    for label in MadeRelease.hostileLabels {
      let lines = label.broken(to: 20)
      #expect(lines.allSatisfy { $0.count <= 20 })
      #expect(lines.joined().filter { !$0.isWhitespace } == label.filter { !$0.isWhitespace })
    }
  }
}

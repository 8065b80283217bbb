extension Workbook {
  /// The workbook as an `.xlsx` file: Office Open XML (ECMA-376), transitional.
  ///
  /// The same workbook gives the same bytes. Cost: linear in the cells; each text is held once.
  public var officeOpenXML: [UInt8] {
    var strings = SharedStrings()
    let sheetFiles = sheets.enumerated().map { index, sheet in
      ZipEntry(
        name: "xl/worksheets/sheet\(index + 1).xml", bytes: sheet.worksheet(isFirst: index == 0, &strings))
    }
    var entries = [
      ZipEntry(name: "[Content_Types].xml", bytes: contentTypes),
      ZipEntry(
        name: "_rels/.rels",
        bytes: relationships([
          ("officeDocument", "xl/workbook.xml"), ("core-properties", "docProps/core.xml"),
          ("extended-properties", "docProps/app.xml"),
        ])),
      ZipEntry(name: "docProps/core.xml", bytes: coreProperties),
      ZipEntry(name: "docProps/app.xml", bytes: applicationProperties),
      ZipEntry(name: "xl/workbook.xml", bytes: workbookPart),
      ZipEntry(
        name: "xl/_rels/workbook.xml.rels",
        bytes: relationships(
          sheets.indices.map { ("worksheet", "worksheets/sheet\($0 + 1).xml") }
            + [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")])),
      ZipEntry(name: "xl/styles.xml", bytes: officeStyles),
      ZipEntry(name: "xl/sharedStrings.xml", bytes: strings.part),
    ]
    entries += sheetFiles
    for (index, sheet) in sheets.enumerated() where sheet.headerRow != nil {
      let number = index + 1
      entries.append(
        ZipEntry(
          name: "xl/worksheets/_rels/sheet\(number).xml.rels",
          bytes: relationships([("table", "../tables/table\(number).xml")])))
      entries.append(ZipEntry(name: "xl/tables/table\(number).xml", bytes: sheet.tablePart(number)))
    }
    return zipArchive(entries)
  }

  private var contentTypes: [UInt8] {
    var xml = XMLBuffer()
    let office = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    xml.append("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">")
    xml.append(
      "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    )
    xml.append("<Default Extension=\"xml\" ContentType=\"application/xml\"/>")
    var parts = [
      ("/xl/workbook.xml", office + "sheet.main+xml"), ("/xl/styles.xml", office + "styles+xml"),
      ("/xl/sharedStrings.xml", office + "sharedStrings+xml"),
      ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
      ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    ]
    for (index, sheet) in sheets.enumerated() {
      parts.append(("/xl/worksheets/sheet\(index + 1).xml", office + "worksheet+xml"))
      if sheet.headerRow != nil { parts.append(("/xl/tables/table\(index + 1).xml", office + "table+xml")) }
    }
    for (name, type) in parts { xml.append("<Override PartName=\"\(name)\" ContentType=\"\(type)\"/>") }
    xml.append("</Types>\n")
    return xml.bytes
  }

  /// Title, language, author and keywords. There is no date: none is known that is not a clock's.
  private var coreProperties: [UInt8] {
    var xml = XMLBuffer()
    xml.append("<cp:coreProperties")
    xml.append(" xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\"")
    xml.append(" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">")
    xml.element("dc:title", properties.title)
    xml.element("dc:subject", properties.subject)
    if let author = properties.author { xml.element("dc:creator", author) }
    xml.element("cp:keywords", properties.keywords.joined(separator: ", "))
    xml.element("dc:description", properties.description)
    xml.element("dc:language", properties.language)
    xml.append("</cp:coreProperties>\n")
    return xml.bytes
  }

  private var applicationProperties: [UInt8] {
    var xml = XMLBuffer()
    xml.append("<Properties xmlns=\"\(officeNamespace)extended-properties\">")
    xml.element("Application", "canvass")
    if let author = properties.author { xml.element("Company", author) }
    xml.append("</Properties>\n")
    return xml.bytes
  }

  private var workbookPart: [UInt8] {
    var xml = XMLBuffer()
    xml.append("<workbook xmlns=\"\(mainNamespace)\" xmlns:r=\"\(officeNamespace)relationships\">")
    xml.append(
      "<bookViews><workbookView activeTab=\"0\" firstSheet=\"0\" tabRatio=\"800\"/></bookViews><sheets>")
    for (index, sheet) in sheets.enumerated() {
      xml.append("<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\" r:id=\"rId\(index + 1)\"/>")
    }
    xml.append("</sheets>")
    // On paper a table's heads stand on each page.
    if sheets.contains(where: { $0.headerRow != nil }) {
      xml.append("<definedNames>")
      for (index, sheet) in sheets.enumerated() {
        guard let row = sheet.headerRow else { continue }
        xml.append("<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"\(index)\">")
        xml.append("'\(sheet.name)'!$\(row + 1):$\(row + 1)</definedName>")
      }
      xml.append("</definedNames>")
    }
    xml.append("</workbook>\n")
    return xml.bytes
  }
}

private let mainNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
private let officeNamespace = "http://schemas.openxmlformats.org/officeDocument/2006/"

/// Relationships `rId1`, `rId2` and on, by kind and target.
private func relationships(_ targets: [(kind: String, target: String)]) -> [UInt8] {
  var xml = XMLBuffer()
  xml.append("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">")
  for (index, (kind, target)) in targets.enumerated() {
    let namespace =
      kind == "core-properties"
      ? "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
      : officeNamespace + "relationships/"
    xml.append("<Relationship Id=\"rId\(index + 1)\" Type=\"\(namespace)\(kind)\" Target=\"\(target)\"/>")
  }
  xml.append("</Relationships>\n")
  return xml.bytes
}

/// Every text of a workbook once, in the order in which the cells first have them.
private struct SharedStrings {
  private var places: [String: Int] = [:]
  private var texts: [String] = []
  private var uses = 0

  mutating func place(_ text: String) -> Int {
    uses += 1
    if let place = places[text] { return place }
    places[text] = texts.count
    texts.append(text)
    return texts.count - 1
  }

  var part: [UInt8] {
    var xml = XMLBuffer()
    xml.append("<sst xmlns=\"\(mainNamespace)\" count=\"\(uses)\" uniqueCount=\"\(texts.count)\">")
    for text in texts {
      xml.append("<si><t xml:space=\"preserve\">")
      xml.append(text: officeText(text))
      xml.append("</t></si>")
    }
    xml.append("</sst>\n")
    return xml.bytes
  }
}

/// A text as this format holds it. Its readers take `_x0041_` for a letter, so an underscore that begins such a form is
/// written as one; and they refuse a file with more than 32,767 UTF-16 units in a cell, so what is longer is cut.
private func officeText(_ text: String) -> String {
  var shown = shownInXML(text)
  let longest = 32_767
  if shown.utf16.count > longest {
    var kept = String.UnicodeScalarView()
    var units = 1
    for scalar in shown.unicodeScalars {
      units += UTF16.width(scalar)
      if units > longest { break }
      kept.append(scalar)
    }
    shown = String(kept) + "…"
  }
  return shown.contains("_x") ? shown.replacing(/_(?=x[0-9A-Fa-f]{4}_)/, with: "_x005F_") : shown
}

extension XMLBuffer {
  /// An element that holds nothing but text.
  mutating func element(_ name: String, _ text: String) {
    append("<\(name)>")
    append(text: shownInXML(text))
    append("</\(name)>")
  }
}

/// The letters of a column, counted from 0: A, B, and so on to Z, AA.
public func columnLetters(_ column: Int) -> String {
  var letters = ""
  var rest = column + 1
  while rest > 0 {
    letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
    rest = (rest - 1) / 26
  }
  return letters
}

extension Sheet {
  fileprivate func worksheet(isFirst: Bool, _ strings: inout SharedStrings) -> [UInt8] {
    var xml = XMLBuffer(capacity: 64 * rows.count * widths.count)
    xml.append("<worksheet xmlns=\"\(mainNamespace)\" xmlns:r=\"\(officeNamespace)relationships\">")
    xml.append("<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>")
    let columns = rows.reduce(1) { max($0, $1.count) }
    xml.append("<dimension ref=\"A1:\(columnLetters(columns - 1))\(max(1, rows.count))\"/>")
    xml.append("<sheetViews><sheetView \(isFirst ? "tabSelected=\"1\" " : "")workbookViewId=\"0\">")
    xml.append("<selection activeCell=\"A1\" sqref=\"A1\"/></sheetView></sheetViews>")
    xml.append("<sheetFormatPr defaultRowHeight=\"15.75\"/><cols>")
    for (index, width) in widths.enumerated() {
      let number = index + 1
      xml.append("<col min=\"\(number)\" max=\"\(number)\" width=\"\(width + 1)\" customWidth=\"1\"/>")
    }
    xml.append("</cols><sheetData>")
    appendRows(to: &xml, &strings)
    xml.append("</sheetData>")
    appendLinks(to: &xml)
    xml.append(
      "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>")
    xml.append("<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>")
    if headerRow != nil { xml.append("<tableParts count=\"1\"><tablePart r:id=\"rId1\"/></tableParts>") }
    xml.append("</worksheet>\n")
    return xml.bytes
  }

  private func appendRows(to xml: inout XMLBuffer, _ strings: inout SharedStrings) {
    // What stands before a cell's row number, and between that and its value.
    let openings = (0..<rows.reduce(1) { max($0, $1.count) }).map {
      Array("<c r=\"\(columnLetters($0))".utf8)
    }
    let styles = CellStyle.all.indices.map { style in
      let type = CellStyle.all[style].decimals == nil ? "\" t=\"s" : ""
      return Array("\" s=\"\(style + 1)\(type)\"><v>".utf8)
    }
    let closing = Array("</v></c>".utf8)
    var heights = RowLines(widths: widths)
    for (index, cells) in rows.enumerated() {
      let number = Array(String(index + 1).utf8)
      xml.append("<row r=\"")
      xml.append(number)
      // Not every program works out the height of a row with broken text.
      let lines = heights.lines(in: cells)
      if let height = headHeight(ofRow: index) ?? (lines > 1 ? lines * 16 : nil) {
        xml.append("\" ht=\"\(height)\" customHeight=\"1")
      }
      xml.append("\">")
      for (column, cell) in cells.enumerated() {
        xml.append(openings[column])
        xml.append(number)
        xml.append(styles[cell.style])
        switch cell {
        case .text(let text, _), .link(let text, _): xml.append(strings.place(text))
        case .number(let digits, _): xml.append(digits)
        }
        xml.append(closing)
      }
      xml.append("</row>")
    }
  }

  private func appendLinks(to xml: inout XMLBuffer) {
    var links: [String] = []
    for (index, cells) in rows.enumerated() {
      for (column, cell) in cells.enumerated() {
        guard case .link(_, let sheet) = cell else { continue }
        links.append("<hyperlink ref=\"\(columnLetters(column))\(index + 1)\" location=\"'\(sheet)'!A1\"/>")
      }
    }
    if links.isEmpty { return }
    xml.append("<hyperlinks>\(links.joined())</hyperlinks>")
  }

  /// The mark of the table: no filter buttons and no style of its own.
  fileprivate func tablePart(_ number: Int) -> [UInt8] {
    let first = (headerRow ?? 0) + 1
    let range = "A\(first):\(columnLetters(columnNames.count - 1))\(rows.count)"
    var xml = XMLBuffer()
    xml.append("<table xmlns=\"\(mainNamespace)\" id=\"\(number)\" name=\"\(tableName)\"")
    xml.append(" displayName=\"\(tableName)\" ref=\"\(range)\" totalsRowShown=\"0\">")
    xml.append("<tableColumns count=\"\(columnNames.count)\">")
    for (index, name) in columnNames.enumerated() {
      xml.append("<tableColumn id=\"\(index + 1)\" name=\"")
      xml.append(text: officeText(name))
      xml.append("\"/>")
    }
    xml.append("</tableColumns><tableStyleInfo showFirstColumn=\"0\" showLastColumn=\"0\"")
    xml.append(" showRowStripes=\"0\" showColumnStripes=\"0\"/></table>\n")
    return xml.bytes
  }
}

/// xl/styles.xml. Heading 1 and 2 and Hyperlink are the format's own styles, so that readers know them as such.
private let officeStyles: [UInt8] = {
  let styles = CellStyle.all
  var xml = XMLBuffer()
  xml.append("<styleSheet xmlns=\"\(mainNamespace)\">")
  xml.append("<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"#,##0.0\"/></numFmts>")
  xml.append("<fonts count=\"\(styles.count + 1)\">")
  for style in [CellStyle(name: "Normal")] + styles {
    xml.append("<font>\(style.isBold ? "<b/>" : "")\(style.isLink ? "<u/>" : "")<sz val=\"\(style.size)\"/>")
    xml.append("\(style.isLink ? "<color rgb=\"FF0563C1\"/>" : "")<name val=\"\(CellStyle.font)\"/>")
    xml.append("<family val=\"2\"/></font>")
  }
  xml.append("</fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>")
  xml.append("<fill><patternFill patternType=\"gray125\"/></fill></fills>")
  xml.append("<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>")
  // A style's place among the named ones: Normal, then Heading 1, Heading 2 and Hyperlink.
  let named = styles.enumerated().filter { $0.element.heading != nil || $0.element.isLink }
  func xf(_ index: Int, of: Int?) -> String {
    let style = styles[index]
    let format = style.decimals.map { [3, 164, 4][$0] } ?? 0
    let parent = of.map { " xfId=\"\($0)\"" } ?? ""
    return "<xf numFmtId=\"\(format)\" fontId=\"\(index + 1)\" fillId=\"0\" borderId=\"0\"\(parent)"
      + " applyNumberFormat=\"1\" applyFont=\"1\" applyAlignment=\"1\"><alignment"
      + " vertical=\"\(style.isAtBottom ? "bottom" : "top")\""
      + "\(style.isRight ? " horizontal=\"right\"" : "")\(style.wraps ? " wrapText=\"1\"" : "")/></xf>"
  }
  xml.append("<cellStyleXfs count=\"\(named.count + 1)\">")
  xml.append("<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>")
  for (index, _) in named { xml.append(xf(index, of: nil)) }
  xml.append("</cellStyleXfs><cellXfs count=\"\(styles.count + 1)\">")
  xml.append("<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>")
  for index in styles.indices {
    xml.append(xf(index, of: (named.firstIndex { $0.offset == index }).map { $0 + 1 } ?? 0))
  }
  xml.append("</cellXfs><cellStyles count=\"\(named.count + 1)\">")
  xml.append("<cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>")
  for (place, (_, style)) in named.enumerated() {
    let name = style.isLink ? "Hyperlink" : style.name
    let builtin = style.heading.map { 15 + $0 } ?? 8
    xml.append("<cellStyle name=\"\(name)\" xfId=\"\(place + 1)\" builtinId=\"\(builtin)\"/>")
  }
  xml.append("</cellStyles></styleSheet>\n")
  return xml.bytes
}()

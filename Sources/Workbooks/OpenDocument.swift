extension Workbook {
  /// The workbook as an `.ods` file: OpenDocument 1.3 (ISO/IEC 26300).
  ///
  /// The same workbook gives the same bytes. Cost: linear in the cells.
  public var openDocument: [UInt8] {
    zipArchive([
      // First and not compressed, so that the kind of the file can be told from its first bytes.
      ZipEntry(name: "mimetype", bytes: Array(mediaType.utf8), isCompressed: false),
      ZipEntry(name: "META-INF/manifest.xml", bytes: openManifest),
      ZipEntry(name: "meta.xml", bytes: meta),
      ZipEntry(name: "styles.xml", bytes: openStyles),
      ZipEntry(name: "content.xml", bytes: content),
    ])
  }

  /// Title, language, author and keywords. There is no date: none is known that is not a clock's.
  private var meta: [UInt8] {
    var xml = XMLBuffer()
    xml.append("<office:document-meta\(namespaces) office:version=\"1.3\"><office:meta>")
    xml.element("meta:generator", "canvass")
    xml.element("dc:title", properties.title)
    xml.element("dc:subject", properties.subject)
    xml.element("dc:description", properties.description)
    for keyword in properties.keywords { xml.element("meta:keyword", keyword) }
    if let author = properties.author {
      xml.element("meta:initial-creator", author)
      xml.element("dc:creator", author)
    }
    xml.element("dc:language", properties.language)
    xml.append("</office:meta></office:document-meta>\n")
    return xml.bytes
  }

  /// Styles of the whole file: the body's language and font, headings, and one style per kind of cell.
  private var openStyles: [UInt8] {
    var xml = XMLBuffer()
    let language = properties.language.split(separator: "-")
    xml.append("<office:document-styles\(namespaces) office:version=\"1.3\"><office:styles>")
    xml.append("<style:default-style style:family=\"table-cell\"><style:text-properties")
    xml.append(" style:font-name=\"\(CellStyle.font)\" fo:font-family=\"\(CellStyle.font)\"")
    xml.append(" style:font-family-generic=\"swiss\" fo:font-size=\"12pt\"")
    xml.append(" fo:language=\"\(language.first ?? "none")\" fo:country=\"\(language.last ?? "none")\"/>")
    xml.append("</style:default-style>")
    xml.append("<number:number-style style:name=\"N0\"><number:number number:min-integer-digits=\"1\"/>")
    xml.append("</number:number-style>")
    for style in NumberStyle.allCases {
      xml.append("<number:number-style style:name=\"D\(style.rawValue)\">")
      xml.append("<number:number number:decimal-places=\"\(style.rawValue)\"")
      xml.append(" number:min-decimal-places=\"\(style.rawValue)\"")
      xml.append(" number:min-integer-digits=\"1\" number:grouping=\"true\"/></number:number-style>")
    }
    xml.append("<style:style style:name=\"Default\" style:family=\"table-cell\"/>")
    for (index, style) in CellStyle.all.enumerated() { xml.append(style, at: index) }
    xml.append("</office:styles><office:automatic-styles><style:page-layout style:name=\"page\">")
    xml.append("<style:page-layout-properties fo:page-width=\"29.7cm\" fo:page-height=\"21cm\"")
    xml.append(" style:print-orientation=\"landscape\" fo:margin=\"1.5cm\" style:scale-to-X=\"1\"")
    xml.append(" style:scale-to-Y=\"0\"/></style:page-layout></office:automatic-styles>")
    xml.append("<office:master-styles><style:master-page style:name=\"Default\"")
    xml.append(" style:page-layout-name=\"page\"/></office:master-styles></office:document-styles>\n")
    return xml.bytes
  }

  private var content: [UInt8] {
    let cells = sheets.reduce(0) { $0 + $1.rows.count * $1.widths.count }
    // A cell takes 130 bytes or so; a buffer that grows is copied whole.
    var xml = XMLBuffer(capacity: 160 * cells)
    xml.append("<office:document-content\(namespaces) office:version=\"1.3\"><office:automatic-styles>")
    for width in Set(sheets.flatMap(\.widths)).sorted() {
      xml.append("<style:style style:name=\"w\(width)\" style:family=\"table-column\">")
      xml.append("<style:table-column-properties style:column-width=\"\(hundredthsOfPoints(width))pt\"/>")
      xml.append("</style:style>")
    }
    xml.append("<style:style style:name=\"r\" style:family=\"table-row\"><style:table-row-properties")
    xml.append(" style:use-optimal-row-height=\"true\"/></style:style>")
    for height in Set(sheets.flatMap { sheet in sheet.rows.indices.compactMap(sheet.headHeight) }).sorted() {
      xml.append("<style:style style:name=\"r\(height)\" style:family=\"table-row\">")
      xml.append("<style:table-row-properties style:row-height=\"\(height)pt\"")
      xml.append(" style:use-optimal-row-height=\"false\"/></style:style>")
    }
    xml.append("<style:style style:name=\"t\" style:family=\"table\" style:master-page-name=\"Default\">")
    xml.append("<style:table-properties table:display=\"true\"/></style:style>")
    xml.append("</office:automatic-styles><office:body><office:spreadsheet>")
    for sheet in sheets { sheet.append(to: &xml) }
    appendTables(to: &xml)
    xml.append("</office:spreadsheet></office:body></office:document-content>\n")
    return xml.bytes
  }

  /// The marks of the tables: no filter buttons.
  private func appendTables(to xml: inout XMLBuffer) {
    let marked = sheets.filter { $0.headerRow != nil }
    if marked.isEmpty { return }
    xml.append("<table:database-ranges>")
    for sheet in marked {
      let first = (sheet.headerRow ?? 0) + 1
      let last = "\(columnLetters(sheet.columnNames.count - 1))\(sheet.rows.count)"
      xml.append("<table:database-range table:name=\"\(sheet.tableName)\"")
      xml.append(" table:target-range-address=\"'\(sheet.name)'.A\(first):'\(sheet.name)'.\(last)\"")
      xml.append(" table:contains-header=\"true\" table:display-filter-buttons=\"false\"/>")
    }
    xml.append("</table:database-ranges>")
  }
}

private let mediaType = "application/vnd.oasis.opendocument.spreadsheet"

private let namespaces: String = {
  let oasis = "urn:oasis:names:tc:opendocument:xmlns:"
  let all = [
    ("office", oasis + "office:1.0"), ("style", oasis + "style:1.0"), ("text", oasis + "text:1.0"),
    ("table", oasis + "table:1.0"), ("number", oasis + "datastyle:1.0"), ("meta", oasis + "meta:1.0"),
    ("fo", oasis + "xsl-fo-compatible:1.0"), ("dc", "http://purl.org/dc/elements/1.1/"),
    ("xlink", "http://www.w3.org/1999/xlink"),
  ]
  return all.map { " xmlns:\($0.0)=\"\($0.1)\"" }.joined()
}()

private let openManifest: [UInt8] = {
  var xml = XMLBuffer()
  let namespace = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
  xml.append("<manifest:manifest xmlns:manifest=\"\(namespace)\" manifest:version=\"1.3\">")
  xml.append("<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\"")
  xml.append(" manifest:media-type=\"\(mediaType)\"/>")
  for file in ["meta.xml", "styles.xml", "content.xml"] {
    xml.append("<manifest:file-entry manifest:full-path=\"\(file)\" manifest:media-type=\"text/xml\"/>")
  }
  xml.append("</manifest:manifest>\n")
  return xml.bytes
}()

/// A width in digits as points: a digit of the body's font is 0.556 em of 12 points wide, and a cell keeps a margin.
private func hundredthsOfPoints(_ digits: Int) -> String {
  let hundredths = digits * 667 + 600
  return "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)"
}

/// The name of a style in the file; the two headings go by those that programs know.
private func openName(_ style: CellStyle, _ index: Int) -> String {
  style.heading.map { "Heading_20_\($0)" } ?? "s\(index)"
}

extension XMLBuffer {
  fileprivate mutating func append(_ style: CellStyle, at index: Int) {
    append("<style:style style:name=\"\(openName(style, index))\" style:display-name=\"\(style.name)\"")
    append(" style:family=\"table-cell\" style:parent-style-name=\"Default\"")
    append(" style:data-style-name=\"\(style.decimals.map { "D\($0)" } ?? "N0")\">")
    append("<style:table-cell-properties style:vertical-align=\"\(style.isAtBottom ? "bottom" : "top")\"")
    append(" style:text-align-source=\"fix\"")
    append(style.wraps ? " fo:wrap-option=\"wrap\"/>" : "/>")
    append("<style:paragraph-properties fo:text-align=\"\(style.isRight ? "end" : "start")\"/>")
    append("<style:text-properties fo:font-size=\"\(style.size)pt\"")
    if style.isBold { append(" fo:font-weight=\"bold\"") }
    if style.isLink {
      append(
        " fo:color=\"#0563c1\" style:text-underline-style=\"solid\" style:text-underline-type=\"single\"")
    }
    append("/></style:style>")
  }

  /// A text as paragraphs; blanks that XML readers would fold are written out.
  fileprivate mutating func appendParagraphs(_ text: String) {
    if Self.isPlain(text) {
      append("<text:p>")
      append(text: text)
      append("</text:p>")
      return
    }
    for line in shownInXML(text).split(separator: "\n", omittingEmptySubsequences: false) {
      append("<text:p>")
      appendBlanks(line)
      append("</text:p>")
    }
  }

  /// Whether a text stands in one paragraph as it is: no blanks at its ends or beside one another, no control character and
  /// none of the code points that are no characters.
  private static func isPlain(_ text: String) -> Bool {
    var isAfterBlank = true
    for byte in text.utf8 {
      if byte < 0x20 || byte == 0xEF || (byte == 0x20 && isAfterBlank) { return false }
      isAfterBlank = byte == 0x20
    }
    return !isAfterBlank
  }

  private mutating func appendBlanks(_ line: Substring) {
    for character in line.unicodeScalars {
      if character == " " { append("<text:s/>") } else { append(text: String(character)) }
    }
  }
}

extension Sheet {
  fileprivate func append(to xml: inout XMLBuffer) {
    xml.append("<table:table table:name=\"\(name)\" table:style-name=\"t\">")
    for width in widths { xml.append("<table:table-column table:style-name=\"w\(width)\"/>") }
    let styles = CellStyle.all.enumerated().map { index, style in
      let type = style.decimals == nil ? "string\">" : "float\" office:value=\""
      let name = openName(style, index)
      return Array("<table:table-cell table:style-name=\"\(name)\" office:value-type=\"\(type)".utf8)
    }
    let closing = Array("</table:table-cell>".utf8)
    for (index, cells) in rows.enumerated() {
      if index == headerRow { xml.append("<table:table-header-rows>") }
      let height = headHeight(ofRow: index).map(String.init) ?? ""
      xml.append("<table:table-row table:style-name=\"r\(height)\">")
      for cell in cells {
        xml.append(styles[cell.style])
        switch cell {
        case .text(let text, _): xml.appendParagraphs(text)
        case .number(let digits, _):
          xml.append(digits)
          xml.append("\"><text:p>")
          xml.append(groupingThousands(digits))
          xml.append("</text:p>")
        case .link(let text, let sheet):
          xml.append("<text:p><text:a xlink:type=\"simple\" xlink:href=\"#'\(sheet)'.A1\">")
          xml.append(text: shownInXML(text))
          xml.append("</text:a></text:p>")
        }
        xml.append(closing)
      }
      xml.append("</table:table-row>")
      if index == headerRow { xml.append("</table:table-header-rows>") }
    }
    xml.append("</table:table>")
  }
}

/// A number as people read it: commas between thousands.
public func groupingThousands(_ digits: String) -> String {
  var whole = 0
  for byte in digits.utf8 {
    if byte == UInt8(ascii: ".") { break }
    if byte != UInt8(ascii: "-") { whole += 1 }
  }
  guard whole > 3 else { return digits }
  var grouped = ""
  for character in digits {
    if character.isNumber, whole > 0 {
      if whole % 3 == 0, grouped.last?.isNumber ?? false { grouped.append(",") }
      whole -= 1
    }
    grouped.append(character)
  }
  return grouped
}

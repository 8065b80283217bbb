import Testing

/// A workbook as a program reads it back.
struct ReadWorkbook {
  struct Cell: Equatable {
    var text: String
    var isNumber = false
    /// The name of the cell's style.
    var style: String
    /// The sheet that it links to.
    var link: String?
  }

  struct Sheet {
    var name: String
    var rows: [[Cell]]
    /// The cells that are marked as a table, as in `A9:H21`; nil: none.
    var table: String?
    var tableName: String?
  }

  var sheets: [Sheet]
  /// Every file of the archive as text, to look for what must not be in any.
  var parts: [String: String]
}

// MARK: Office Open XML

extension ReadWorkbook {
  init(officeOpenXML bytes: [UInt8]) throws {
    let files = try readArchive(bytes)
    parts = Dictionary(
      uniqueKeysWithValues: files.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) })
    let byName = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.bytes) })
    func part(_ name: String) throws -> Element { try Element.read(try #require(byName[name], "\(name)")) }

    let strings = try part("xl/sharedStrings.xml").all("si").map { Self.unescaped($0.allText) }
    let styles = try part("xl/styles.xml")
    let named = Dictionary(
      uniqueKeysWithValues: styles.all("cellStyle").map {
        ($0.attributes["xfId"] ?? "", $0.attributes["name"] ?? "")
      })
    let cellStyles = try #require(styles.all("cellXfs").first).children.map {
      named[$0.attributes["xfId"] ?? ""] ?? ""
    }
    let relations = try part("xl/_rels/workbook.xml.rels").all("Relationship")
    sheets = try part("xl/workbook.xml").all("sheet").map { entry in
      let target = relations.first { $0.attributes["Id"] == entry.attributes["r:id"] }?.attributes["Target"]
      let file = "xl/" + (target ?? "")
      let sheet = try part(file)
      let links = Dictionary(
        uniqueKeysWithValues: sheet.all("hyperlink").map {
          ($0.attributes["ref"] ?? "", $0.attributes["location"] ?? "")
        })
      var rows: [[Cell]] = []
      for row in sheet.all("row") {
        #expect(row.attributes["r"] == "\(rows.count + 1)")
        rows.append(
          row.all("c").map { cell in
            let value = cell.all("v").first?.allText ?? ""
            let isText = cell.attributes["t"] == "s"
            return Cell(
              text: isText ? strings[Int(value) ?? 0] : value, isNumber: !isText,
              style: cellStyles[Int(cell.attributes["s"] ?? "0") ?? 0],
              link: links[cell.attributes["r"] ?? ""].map { String($0.dropFirst().prefix { $0 != "'" }) })
          })
      }
      var table: Element?
      if sheet.all("tablePart").first != nil {
        let own = file.replacing("worksheets/", with: "worksheets/_rels/") + ".rels"
        let place = try part(own).all("Relationship").first?.attributes["Target"] ?? ""
        table = try part(place.replacing("..", with: "xl")).children.first
      }
      return Sheet(
        name: entry.attributes["name"] ?? "", rows: rows, table: table?.attributes["ref"],
        tableName: table?.attributes["displayName"])
    }
  }

  /// What a reader of the format makes of `_x0041_`.
  private static func unescaped(_ text: String) -> String {
    text.replacing(/_x([0-9A-Fa-f]{4})_/) { match in
      UInt32(match.1, radix: 16).flatMap(Unicode.Scalar.init).map { String($0) } ?? ""
    }
  }
}

// MARK: OpenDocument

extension ReadWorkbook {
  init(openDocument bytes: [UInt8]) throws {
    let files = try readArchive(bytes)
    #expect(files.first?.name == "mimetype")
    parts = Dictionary(
      uniqueKeysWithValues: files.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) })
    let byName = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.bytes) })
    let content = try Element.read(try #require(byName["content.xml"]))
    let styles = try Element.read(try #require(byName["styles.xml"]))
    let names = Dictionary(
      uniqueKeysWithValues: styles.all("style:style").map {
        ($0.attributes["style:name"] ?? "", $0.attributes["style:display-name"] ?? "")
      })
    let tables = content.all("table:database-range")
    sheets = content.all("table:table").map { sheet in
      let name = sheet.attributes["table:name"] ?? ""
      let marked = tables.first {
        ($0.attributes["table:target-range-address"] ?? "").hasPrefix("'\(name)'.")
      }
      let range = marked?.attributes["table:target-range-address"]?.replacing("'\(name)'.", with: "")
      let rows = sheet.all("table:table-row").map { row in
        row.all("table:table-cell").map { cell in
          let number = cell.attributes["office:value"]
          let link = cell.all("text:a").first?.attributes["xlink:href"]
          return Cell(
            text: number ?? cell.all("text:p").map(\.allText).joined(separator: "\n"),
            isNumber: number != nil,
            style: names[cell.attributes["table:style-name"] ?? ""] ?? "",
            link: link.map { String($0.dropFirst(2).prefix { $0 != "'" }) })
        }
      }
      return Sheet(name: name, rows: rows, table: range, tableName: marked?.attributes["table:name"])
    }
  }
}

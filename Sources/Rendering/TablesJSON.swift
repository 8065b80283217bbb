public import ReleaseModel

/// tables.json: the rows of tables.csv for programs, with the same keys.
///
/// A number is a number, with as many decimals as in tables.csv; what is withheld or does not apply is `null`, and the row's
/// `marker` says why; labels stand as they are. The file is written by hand, a row a line, in the order of tables.csv.
public struct TablesJSON: PackWriter {
  public let format = "json"
  public let isUsual = false
  public let fileName = "tables.json"

  public init() {}

  public func bytes(of pack: ReleasedPack, in release: Release) -> [UInt8] {
    var buffer = ByteBuffer()
    let head: [(String, JSONText)] = [
      ("survey", .text(release.survey)), ("wave", .text(release.wave)), ("pack", .text(pack.id)),
      ("title", .text("\(release.definition.title): \(pack.title)")),
      ("made_up", .boolean(release.definition.madeUp)), ("columns", .texts(TablesCSV.columns(in: release))),
    ]
    buffer.append("{\n")
    for (key, value) in head {
      buffer.append("  \"\(key)\": ")
      value.append(to: &buffer)
      buffer.append(",\n")
    }
    buffer.append("  \"rows\": [")
    var isFirst = true
    for table in pack.tables {
      for row in table.rows {
        buffer.append(isFirst ? "\n    {" : ",\n    {")
        isFirst = false
        append(row, of: table, release, to: &buffer)
        buffer.append("}")
      }
    }
    buffer.append("\n  ]\n}\n")
    return buffer.bytes
  }

  private func append(
    _ row: ReleasedRow, of table: ReleasedTable, _ release: Release, to buffer: inout ByteBuffer
  ) {
    let keys = [
      row.key.pack, release.wave, table.question, table.kind, table.source, row.key.row.text, row.key.banner,
      row.key.group,
    ]
    for (column, text) in zip(TablesCSV.columns, keys) {
      buffer.append("\"\(column)\": ")
      JSONText.text(text).append(to: &buffer)
      buffer.append(", ")
    }
    let figure = FigureColumns(row)
    let numbers = [
      row.base.map(String.init), figure.count.map(String.init),
      figure.percent.map { fixedPoint(Int64($0), decimals: 1) },
      figure.lower.map { fixedPoint($0, decimals: figure.decimals) },
      figure.upper.map { fixedPoint($0, decimals: figure.decimals) },
    ]
    for (column, number) in zip(TablesCSV.columns.dropFirst(keys.count), numbers) {
      buffer.append("\"\(column)\": \(number ?? "null"), ")
    }
    buffer.append("\"marker\": \(figure.marker.isEmpty ? "null" : "\"\(figure.marker)\""), ")
    var value: String?
    if case .value(let hundredths, _, _, _) = row.figure { value = fixedPoint(hundredths, decimals: 2) }
    if let mean = row.meanPlace { value = fixedPoint(mean, decimals: 2) }
    buffer.append("\"value\": \(value ?? "null")")
    guard release.isWeighted else { return }
    let size = row.effectiveBase.map { fixedPoint(Int64($0), decimals: 1) }
    buffer.append(", \"\(TablesCSV.effectiveBase)\": \(size ?? "null")")
  }
}

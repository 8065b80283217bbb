public import ReleaseModel

/// tables.csv: every published figure of a pack, one row per cell.
///
/// UTF-8, lines ended by LF, a field quoted only where RFC 4180 needs it.
public struct TablesCSV: PackWriter {
  /// The columns in their order. Readers find a column by its name; more may follow in later versions.
  public static let columns = [
    "pack", "wave", "question", "kind", "source", "answer", "banner", "group", "base", "count", "percent",
    "lower", "upper", "marker", "value",
  ]

  public let format = "csv"
  public let fileName = "tables.csv"

  public init() {}

  public func bytes(of pack: ReleasedPack, in release: Release) -> [UInt8] {
    var buffer = ByteBuffer()
    buffer.append(Self.columns.joined(separator: ","))
    buffer.append(lineFeed)
    for table in pack.tables {
      for row in table.rows {
        Self.append(row, of: table, in: pack, wave: release.wave, to: &buffer)
      }
    }
    return buffer.bytes
  }

  private static func append(
    _ row: ReleasedRow, of table: ReleasedTable, in pack: ReleasedPack, wave: String,
    to buffer: inout ByteBuffer
  ) {
    let keys = [
      pack.id, wave, table.question, table.kind, table.source, row.key.row.text, row.key.banner,
      row.key.group,
    ]
    for key in keys {
      buffer.append(csvField(key))
      buffer.append(comma)
    }
    if let base = row.base { buffer.append(base) }
    buffer.append(comma)
    append(FigureColumns(row), to: &buffer)
    buffer.append(lineFeed)
  }

  private static func append(_ figure: FigureColumns, to buffer: inout ByteBuffer) {
    if let count = figure.count { buffer.append(count) }
    buffer.append(comma)
    if let percent = figure.percent { buffer.append(Int64(percent), decimals: 1) }
    buffer.append(comma)
    if let lower = figure.lower { buffer.append(lower, decimals: figure.decimals) }
    buffer.append(comma)
    if let upper = figure.upper { buffer.append(upper, decimals: figure.decimals) }
    buffer.append(comma)
    buffer.append(figure.marker)
    buffer.append(comma)
    if let value = figure.value { buffer.append(value, decimals: 2) }
  }
}

/// What stands in the columns after `base`; nil: the field is empty.
private struct FigureColumns {
  var count: Int?
  var percent: Int?
  var lower: Int64?
  var upper: Int64?
  /// 1 where the interval is a percentage's, 2 where it is a mean's.
  var decimals = 1
  var marker: String
  var value: Int64?

  init(_ row: ReleasedRow) {
    marker = row.figure.marker
    switch row.figure {
    case .withheld:
      break
    case .base(let respondents):
      count = respondents
    case .share(let respondents, let share, let low, let high, _):
      count = respondents
      percent = share
      lower = Int64(low)
      upper = Int64(high)
    case .notApplicable:
      // A mean or median has no count, not even of nobody.
      switch row.key.row {
      case .mean, .median: break
      case .base, .answer, .net, .noAnswer: count = 0
      }
    case .value(let hundredths, let low, let high, _):
      value = hundredths
      lower = low
      upper = high
      decimals = 2
    }
  }
}

/// A field as RFC 4180 writes it: in quotes only where it holds a comma, a quote or a line break.
func csvField(_ text: String) -> String {
  let needsQuotes = text.utf8.contains { byte in
    byte == comma || byte == quote || byte == lineFeed || byte == UInt8(ascii: "\r")
  }
  guard needsQuotes else { return text }
  var quoted = "\""
  for scalar in text.unicodeScalars {
    if scalar == "\"" { quoted.unicodeScalars.append("\"") }
    quoted.unicodeScalars.append(scalar)
  }
  return quoted + "\""
}

private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
private let lineFeed = UInt8(ascii: "\n")

import Comparison
public import ReleaseModel

/// tables.csv: every published figure of a pack, one row per cell.
///
/// UTF-8, lines ended by LF, a field quoted only where RFC 4180 needs it. A label that a spreadsheet would run as a formula has
/// an apostrophe in front, as OWASP advises; numbers have none.
public struct TablesCSV: PackWriter {
  /// The columns in their order. Readers find a column by its name; more may follow in later versions.
  public static let columns = [
    "pack", "wave", "question", "kind", "source", "answer", "banner", "group", "base", "count", "percent",
    "lower", "upper", "marker", "value",
  ]
  /// The column after these where percentages are weighted: how many respondents of equal weight would tell as much.
  public static let effectiveBase = "effective_base"

  /// The columns of a release's tables.
  static func columns(in release: Release) -> [String] {
    columns + (release.isWeighted ? [effectiveBase] : [])
  }

  /// Whether these are the columns of a tables.csv.
  public static func isHeading(_ fields: [String]) -> Bool {
    fields == columns || fields == columns + [effectiveBase]
  }

  public let format = "csv"
  public let fileName = "tables.csv"

  public init() {}

  public func bytes(of pack: ReleasedPack, in release: Release) -> [UInt8] {
    var buffer = ByteBuffer()
    let isWeighted = release.isWeighted
    buffer.append(Self.columns(in: release).joined(separator: ","))
    buffer.append(lineFeed)
    for table in pack.tables {
      for row in table.rows {
        buffer.append([pack.id, release.wave, table.question, table.kind, table.source], row.key)
        buffer.append(row)
        buffer.append(comma)
        if case .value(let value, _, _, _) = row.figure { buffer.append(value, decimals: 2) }
        if let mean = row.meanPlace { buffer.append(mean, decimals: 2) }
        if isWeighted {
          buffer.append(comma)
          if let size = row.effectiveBase { buffer.append(Int64(size), decimals: 1) }
        }
        buffer.append(lineFeed)
      }
    }
    return buffer.bytes
  }

  /// The metadata of tables.csv, and the files for what has no place in it, each with its own.
  public func companions(of pack: ReleasedPack, in release: Release) -> [CompanionFile] {
    var files = [CSVWMetadata.companion(CSVWMetadata.tables(in: release), of: pack, in: release)]
    func add(_ file: CSVWMetadata.File, _ bytes: [UInt8]) {
      files.append(CompanionFile(name: file.name, bytes: bytes))
      files.append(CSVWMetadata.companion(file, of: pack, in: release))
    }
    if !pack.rankings.isEmpty { add(CSVWMetadata.rankings, rankingsCSV(of: pack, in: release)) }
    if !pack.rankedThemes.isEmpty { add(CSVWMetadata.themeRanks, themeRanksCSV(of: pack, in: release)) }
    if !pack.jointDisplay.isEmpty { add(CSVWMetadata.jointDisplay, jointDisplayCSV(of: pack, in: release)) }
    if !pack.coOccurrences.isEmpty { add(CSVWMetadata.coOccurrence, coOccurrenceCSV(of: pack, in: release)) }
    if !pack.populations.isEmpty {
      add(CSVWMetadata.participation, participationCSV(of: pack, in: release))
    }
    let weighted = weightedShares(of: pack, in: release)
    if !weighted.isEmpty { add(CSVWMetadata.weighted, weightedCSV(weighted, of: pack, in: release)) }
    let differences = groupDifferences(of: pack, in: release)
    if !differences.isEmpty {
      add(CSVWMetadata.differences, differencesCSV(differences, of: pack, in: release))
    }
    let associations = associations(of: pack, in: release)
    if !associations.isEmpty {
      add(CSVWMetadata.associations, associationsCSV(associations, of: pack, in: release))
    }
    let scores = groupScores(of: pack, in: release)
    if !scores.isEmpty { add(CSVWMetadata.scores, scoresCSV(scores, of: pack, in: release)) }
    let changes = changesCSV(of: pack, in: release)
    if !changes.isEmpty { add(CSVWMetadata.changes, changes) }
    return files
  }
}

extension ByteBuffer {
  /// The key columns of a row, each followed by a comma.
  mutating func append(_ table: [String], _ key: FigureKey) {
    for field in table + [key.row.text, key.banner, key.group] {
      append(csvField(field))
      append(comma)
    }
  }

  /// The columns `base` to `marker`.
  mutating func append(_ row: ReleasedRow) {
    let figure = FigureColumns(row)
    if let base = row.base { append(base) }
    append(comma)
    if let count = figure.count { append(count) }
    append(comma)
    if let percent = figure.percent { append(Int64(percent), decimals: 1) }
    append(comma)
    if let lower = figure.lower { append(lower, decimals: figure.decimals) }
    append(comma)
    if let upper = figure.upper { append(upper, decimals: figure.decimals) }
    append(comma)
    append(figure.marker)
  }
}

/// What stands in the columns after `base`; nil: the field is empty.
struct FigureColumns {
  var count: Int?
  var percent: Int?
  var lower: Int64?
  var upper: Int64?
  /// 1 where the interval is a percentage's, 2 where it is a mean's.
  var decimals = 1
  var marker: String

  init(_ row: ReleasedRow) {
    marker = row.figure.marker
    switch row.figure {
    case .withheld:
      break
    case .base(let number), .sessions(let number):
      count = number
    case .share(let respondents, let share, let low, let high, _):
      count = respondents
      percent = share
      lower = Int64(low)
      upper = Int64(high)
    case .notApplicable:
      // A mean or median has no count, not even of nobody.
      switch row.key.row {
      case .mean, .median: break
      case .base, .answer, .net, .noAnswer, .place, .notRanked, .top: count = 0
      }
    case .value(_, let low, let high, _):
      lower = low
      upper = high
      decimals = 2
    }
  }
}

/// A label as the rows of tables.csv have it: with an apostrophe in front where a spreadsheet would run it.
public func labelInTables(_ label: String) -> String { runsInSpreadsheet(label) ? "'" + label : label }

/// A label as it was before it stood in tables.csv.
public func labelFromTables(_ field: String) -> String {
  guard field.unicodeScalars.first == "'", runsInSpreadsheet(field) else { return field }
  return String(String.UnicodeScalarView(field.unicodeScalars.dropFirst()))
}

/// A text field as RFC 4180 writes it, in quotes only where it holds a comma, a quote or a line break.
func csvField(_ text: String) -> String {
  let text = labelInTables(text)
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

/// Whether a spreadsheet that opens the file could take a field for a formula: after any apostrophes it begins with one of the
/// characters that OWASP names ("CSV Injection"). With the apostrophes counted, one may be taken off such a field to have
/// the label back.
private func runsInSpreadsheet(_ text: String) -> Bool {
  for scalar in text.unicodeScalars {
    switch scalar {
    case "'": continue
    case "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": return true
    default: return false
    }
  }
  return false
}

let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
let lineFeed = UInt8(ascii: "\n")

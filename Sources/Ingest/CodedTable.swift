public import SurveyDefinition

/// A table of which nobody knows yet what its columns mean: each cell as the code of its text.
public struct CodedTable: Sendable {
  /// The header rows, blanks at both ends of a cell left out.
  public internal(set) var headerRows: [[String]] = []
  /// Records after the header, those without any text left out.
  public internal(set) var recordCount = 0
  /// Records of another width than the header, which are not counted.
  public internal(set) var unevenRecords = 0
  public var columns: [CodedColumn] = []

  /// Of how many records the codes are kept, and of how many cells.
  static let recordsKept = 50_000
  static let cellsKept = 50_000_000
  /// How many bytes of distinct texts are kept of all columns together.
  static let bytesKept = 1 << 28
}

/// The texts of one column: how often each came, and which one each record has.
public struct CodedColumn: Sendable {
  /// The code of an empty cell.
  public static let blank: Int32 = -1
  /// The code of a text that came after the last that was kept.
  public static let beyond: Int32 = -2
  /// Distinct texts that are kept of a column, and bytes of the longest of them: texts are kept whole or not at all.
  static let textsKept = 4_000
  static let longestKept = 8_192

  /// Distinct texts without blanks at both ends, in the order in which they first came.
  public internal(set) var texts: [ResponseText] = []
  /// How many records have each text.
  public internal(set) var counts: [Int] = []
  /// Records whose text came after the last that was kept.
  public internal(set) var countBeyond = 0
  /// Records in which the cell is empty.
  public internal(set) var blanks = 0
  /// Of the first records, as many as are kept: the position of the text, `blank` or `beyond`.
  public internal(set) var codes: [Int32] = []

  private var table = [Int32](repeating: -1, count: 64)
  private var hashes: [(low: UInt64, high: UInt64)] = []

  /// Records with a text.
  public var answered: Int { counts.reduce(countBeyond, +) }

  /// The same column with some texts taken for empty cells, as the definition will.
  public func blanking(_ silent: Set<String>) -> CodedColumn {
    let blanked = texts.map { silent.contains($0.revealed()) }
    guard blanked.contains(true) else { return self }
    var column = CodedColumn()
    var codes: [Int32] = []
    column.blanks = blanks
    column.countBeyond = countBeyond
    for (index, isBlank) in blanked.enumerated() {
      codes.append(isBlank ? Self.blank : Int32(column.texts.count))
      if isBlank {
        column.blanks += counts[index]
      } else {
        column.texts.append(texts[index])
        column.counts.append(counts[index])
      }
    }
    column.codes = self.codes.map { $0 >= 0 ? codes[Int($0)] : $0 }
    return column
  }

  /// Takes the cell of a record.
  /// - Parameter keepsText: Whether a text that has not come before is kept.
  /// - Returns: Bytes of the text where it had not come before, and is kept.
  mutating func add(_ cell: CellRange, in bytes: RawSpan, keepsCode: Bool, keepsText: Bool) -> Int {
    let known = texts.count
    let code = code(of: cell, in: bytes, keepsText: keepsText)
    switch code {
    case Self.blank: blanks += 1
    case Self.beyond: countBeyond += 1
    default: counts[Int(code)] += 1
    }
    if keepsCode { codes.append(code) }
    return texts.count > known ? cell.count : 0
  }

  private mutating func code(of cell: CellRange, in bytes: RawSpan, keepsText: Bool) -> Int32 {
    if cell.isEmpty { return Self.blank }
    let hash = sipHash128(cell, in: bytes)
    var index = Int(truncatingIfNeeded: hash.low) & (table.count - 1)
    while table[index] >= 0 {
      let other = hashes[Int(table[index])]
      if other.low == hash.low, other.high == hash.high { return table[index] }
      index = (index + 1) & (table.count - 1)
    }
    guard keepsText, texts.count < Self.textsKept, cell.count <= Self.longestKept else { return Self.beyond }
    table[index] = Int32(texts.count)
    texts.append(ResponseText(HiddenText(bytes: cell.copy(of: bytes))))
    counts.append(0)
    hashes.append(hash)
    if 2 * texts.count > table.count { grow() }
    return Int32(texts.count - 1)
  }

  private mutating func grow() {
    table = [Int32](repeating: -1, count: 4 * table.count)
    for (code, hash) in hashes.enumerated() {
      var index = Int(truncatingIfNeeded: hash.low) & (table.count - 1)
      while table[index] >= 0 { index = (index + 1) & (table.count - 1) }
      table[index] = Int32(code)
    }
  }
}

/// The text of a cell: it never prints itself.
public struct ResponseText: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let text: HiddenText

  init(_ text: HiddenText) { self.text = text }

  /// The text itself: for those who decide whether enough respondents gave it, and for nobody else.
  public func revealed() -> String { String(decoding: text.bytes, as: UTF8.self) }

  public var description: String { text.description }
  public var debugDescription: String { text.description }
  public var customMirror: Mirror { text.customMirror }
}

/// Reads an export whose layout is known, but not what its columns mean.
/// - Parameter progress: Called once per 256 KiB with the bytes read so far and in all, nil where unknown.
/// - Returns: The table, and faults after which nothing more could be read.
public func readCodedTable(
  _ input: ResponseInput, _ layout: InputLayout, progress: ((Int, Int?) -> Void)? = nil
) throws(IngestFailure) -> (table: CodedTable, findings: [Finding]) {
  var reader = CodedTableReader(file: input.displayName, headerRows: layout.headerRows)
  let form = TextForm(encoding: layout.encoding, separator: layout.separator, quoting: layout.quoting)
  _ = try readTable(input, form, chunkSize: 1 << 18, progress: progress, into: &reader) {
    $0.read($1, $2, $3)
  }
  return (reader.table, reader.findings)
}

private struct CodedTableReader: TableReading {
  let file: String
  let content = "responses"
  let hasDeclaredText = true
  private let headerRows: Int
  private var width: Int?
  private var byteCount = 0
  private(set) var hasStopped = false
  private(set) var findings: [Finding] = []
  private(set) var table = CodedTable()

  init(file: String, headerRows: Int) {
    self.file = file
    self.headerRows = headerRows
  }

  var hasHeader: Bool { width != nil }

  mutating func stop(_ code: String, at place: Place, _ message: String, remedy: String?) {
    hasStopped = true
    findings.append(Finding(.fault, code: code, at: place, message, remedy: remedy))
  }

  mutating func remark(_ code: String, at place: Place, _ message: String, remedy: String?) {}

  mutating func read(_ bytes: RawSpan, _ bounds: Span<UInt32>, _ heads: Span<RecordHead>) {
    for index in 0..<heads.count { read(heads[index], bytes, bounds) }
  }

  private mutating func read(_ head: RecordHead, _ bytes: RawSpan, _ bounds: Span<UInt32>) {
    func cell(_ column: Int) -> CellRange {
      let bound = head.firstBound + column
      return CellRange(start: Int(bounds[bound]), end: Int(bounds[bound + 1])).trimmed(in: bytes)
    }
    if width == nil {
      width = head.cellCount
      table.columns = Array(repeating: CodedColumn(), count: head.cellCount)
    }
    if table.headerRows.count < headerRows {
      table.headerRows.append(
        (0..<head.cellCount).map { String(decoding: cell($0).copy(of: bytes), as: UTF8.self) })
      return
    }
    guard head.cellCount == width else {
      table.unevenRecords += 1
      return
    }
    if (0..<head.cellCount).allSatisfy({ cell($0).isEmpty }) { return }
    let isKept = table.recordCount < CodedTable.recordsKept
    let keepsCode = isKept && (table.recordCount + 1) * head.cellCount <= CodedTable.cellsKept
    for column in 0..<head.cellCount {
      byteCount += table.columns[column].add(
        cell(column), in: bytes, keepsCode: keepsCode, keepsText: byteCount < CodedTable.bytesKept)
    }
    table.recordCount += 1
  }
}

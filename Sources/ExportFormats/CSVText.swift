/// Writes CSV as RFC 4180 has it, in UTF-8 and with LF.
struct CSVText {
  private(set) var bytes: [UInt8] = []
  /// Cells of the record that has not ended.
  private(set) var cellCount = 0

  mutating func append(_ cell: String) {
    if cellCount > 0 { bytes.append(UInt8(ascii: ",")) }
    cellCount += 1
    guard needsQuotes(cell.utf8) else { return bytes.append(contentsOf: cell.utf8) }
    bytes.append(0x22)
    for byte in cell.utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  mutating func endRecord() {
    // A lone empty cell would be an empty line, which readers pass over.
    if cellCount == 1, bytes.isEmpty || bytes.last == UInt8(ascii: "\n") { bytes += [0x22, 0x22] }
    bytes.append(UInt8(ascii: "\n"))
    cellCount = 0
  }

  mutating func appendRecord(_ cells: [String]) {
    for cell in cells { append(cell) }
    endRecord()
  }

  /// Blanks at the ends are kept by quotes alone: readers drop bare ones.
  private func needsQuotes(_ cell: String.UTF8View) -> Bool {
    guard let first = cell.first, let last = cell.last else { return false }
    if first <= 0x20 || last <= 0x20 { return true }
    return cell.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
  }
}

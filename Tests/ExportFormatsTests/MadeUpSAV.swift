@testable import ExportFormats

/// Writes small SPSS system files, whose data is not compressed, byte by byte.
/// Source: https://www.gnu.org/software/pspp/pspp-dev/html_node/System-File-Format.html.
struct MadeUpSAV {
  struct Variable {
    var name: String
    /// Bytes of a string; 0 for a number.
    var width = 0
    var label = ""
    /// 5 for numbers, 20 for dates, 22 for dates with time, 21 for times.
    var format = 5
    /// Two values, low and high, where `isRange`, and maybe a third.
    var missing: [Double] = []
    var isRange = false
    /// 1 nominal, 2 ordinal, 3 scale.
    var measure = 0
  }

  enum Cell {
    case number(Double)
    case missing
    /// Blanks fill it up.
    case text(String)
    case raw([UInt8])
  }

  var variables: [Variable] = []
  /// Labels of numbers, for variables by position.
  var labels: [(values: [(Double, String)], variables: [Int])] = []
  /// Content of extension records of one-byte elements, by subtype.
  var extensions: [(subtype: Int, content: String)] = []
  var characterCode = 65001
  var declaresEncoding = true
  var records: [[Cell]] = []
  var recordCount: Int?
  var isBigEndian = false

  static let systemMissing = -Double.greatestFiniteMagnitude

  private(set) var bytes: [UInt8] = []

  func made() -> [UInt8] {
    var file = self
    file.write()
    return file.bytes
  }

  private mutating func write() {
    writeHeader()
    for variable in variables { write(variable) }
    for set in labels { write(set.values, of: set.variables) }
    if declaresEncoding {
      integers([7, 3, 4, 8, 20, 0, 0, -1, 1, 1, 2, characterCode])
    }
    integers([7, 4, 8, 3])
    for value in [MadeUpSAV.systemMissing, .greatestFiniteMagnitude, -.greatestFiniteMagnitude] {
      double(value)
    }
    integers([7, 11, 4, 3 * variables.count])
    for variable in variables { integers([variable.measure, 8, 0]) }
    for (subtype, content) in extensions {
      integers([7, subtype, 1, content.utf8.count])
      bytes += content.utf8
    }
    integers([999, 0])
    for record in records { write(record) }
  }

  private mutating func writeHeader() {
    text("$FL2@(#) made up", 64)
    let cases = variables.reduce(0) { $0 + max(1, ($1.width + 7) / 8) }
    integers([2, cases, 0, 0, recordCount ?? records.count])
    double(100)
    text("01 Jan 2400:00:00", 17)
    text("", 67)
  }

  private mutating func write(_ variable: Variable) {
    let kind = variable.width > 0 ? 1 : variable.format
    let form = kind << 16 | max(variable.width, 8) << 8
    integers([2, variable.width, variable.label.isEmpty ? 0 : 1])
    integers([variable.isRange ? -variable.missing.count : variable.missing.count, form, form])
    text(variable.name, 8)
    if !variable.label.isEmpty {
      integers([variable.label.utf8.count])
      text(variable.label, (variable.label.utf8.count + 3) / 4 * 4)
    }
    for value in variable.missing { double(value) }
    for _ in 0..<max(0, (variable.width + 7) / 8 - 1) {
      integers([2, -1, 0, 0, 0, 0])
      text("", 8)
    }
  }

  private mutating func write(_ values: [(Double, String)], of variables: [Int]) {
    integers([3, values.count])
    for (value, label) in values {
      double(value)
      bytes.append(UInt8(label.utf8.count))
      text(label, (label.utf8.count + 8) / 8 * 8 - 1)
    }
    integers([4, variables.count] + variables.map { place(of: $0) + 1 })
  }

  /// Counted in pieces of eight bytes.
  private func place(of variable: Int) -> Int {
    variables[..<variable].reduce(0) { $0 + max(1, ($1.width + 7) / 8) }
  }

  private mutating func write(_ record: [Cell]) {
    for (cell, variable) in zip(record, variables) {
      switch cell {
      case .number(let value): double(value)
      case .missing: double(MadeUpSAV.systemMissing)
      case .text(let string): text(string, (variable.width + 7) / 8 * 8)
      case .raw(let raw): bytes += raw
      }
    }
  }

  private mutating func integers(_ values: [Int]) {
    for value in values {
      let pattern = UInt32(truncatingIfNeeded: value)
      let order = isBigEndian ? [24, 16, 8, 0] : [0, 8, 16, 24]
      bytes += order.map { UInt8(truncatingIfNeeded: pattern >> UInt32($0)) }
    }
  }

  private mutating func double(_ value: Double) {
    let order = stride(from: 0, through: 56, by: 8)
    let little = order.map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt64($0)) }
    bytes += isBigEndian ? little.reversed() : little
  }

  private mutating func text(_ string: String, _ count: Int) {
    let content = Array(string.utf8.prefix(count))
    bytes += content + [UInt8](repeating: 0x20, count: count - content.count)
  }
}

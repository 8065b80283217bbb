/// The dictionary part of an SPSS system file, walked before libreadstat sees the file.
///
/// libreadstat holds to no limits of its own on variables, and trusts what some records say of each other; a file made
/// to exhaust or to mislead it is refused here. What it does not tell is taken from here, too: the sets of multiple
/// answers, and the name of the encoding.
///
/// Source: the PSPP developers' description of the format, https://www.gnu.org/software/pspp/pspp-dev/html_node.
struct SPSSLayout {
  /// In the file's encoding: variables by their short names, which are upper case.
  private(set) var longNames: [[UInt8]: [UInt8]] = [:]
  private(set) var multipleSets: [SPSSMultipleSet] = []
  /// The name that the file gives its encoding; nil where it gives none.
  private(set) var encoding: String?
  /// The number of a Windows code page, where the file gives its encoding by that.
  private(set) var characterCode: Int?
  /// Whether strings may be longer than 255 bytes.
  private(set) var hasVeryLongStrings = false
  /// Variables; each piece of a string of more than 255 bytes counts as one.
  private(set) var variableCount = 0
  /// Bytes of a record that is not compressed.
  private(set) var recordSize = 0
  private(set) var compression: Compression
  /// Negative where the file does not tell it, and it cannot be known before the data is read.
  private(set) var recordCount: Int
  /// Whether the file itself tells how many records it has.
  private(set) var tellsRecordCount: Bool
  /// Where the data begins.
  private(set) var dataStart = 0

  enum Compression: Int {
    case none = 0
    case bytecode, zlib
  }

  private var file: SPSSBytes
  private let limits: ExportLimits
  /// Real files have some twenty.
  private var extensionCount = 0
  private var longLabelCount = 0

  init(_ bytes: [UInt8], limits: ExportLimits) throws(ExportFault) {
    self.limits = limits
    guard bytes.starts(with: Array("$FL2".utf8)) || bytes.starts(with: Array("$FL3".utf8)), bytes.count >= 176
    else {
      throw ExportFault(
        .notSPSS, "the file is no SPSS system file",
        remedy: "Save the data as .sav; portable (.por) and Stata or SAS files are not read")
    }
    file = SPSSBytes(bytes, isBigEndian: false)
    if !(2...3 ~= file.peekInteger(at: 64)) {
      file.isBigEndian = true
      guard 2...3 ~= file.peekInteger(at: 64) else { throw .damagedSPSS }
    }
    guard let compression = Compression(rawValue: file.peekInteger(at: 72)) else { throw .damagedSPSS }
    self.compression = compression
    recordCount = file.peekInteger(at: 80)
    tellsRecordCount = recordCount >= 0
    file.offset = 176
    try walk()
    guard variableCount > 0 else {
      throw ExportFault(.noColumns, "the file has no variable", remedy: "Save the data anew")
    }
    dataStart = file.offset
    try checkData()
  }

  private mutating func checkData() throws(ExportFault) {
    let size = file.size - dataStart
    switch compression {
    case .none where !tellsRecordCount:
      guard size.isMultiple(of: recordSize) else { throw .damagedSPSS }
      recordCount = size / recordSize
    case .bytecode where !tellsRecordCount:
      guard size.isMultiple(of: 8) else { throw .damagedSPSS }
    case .zlib: try checkBlocks()
    case .none, .bytecode: break
    }
  }

  private mutating func walk() throws(ExportFault) {
    while true {
      switch try file.count() {
      case 2: try walkVariable()
      case 3: try walkValueLabels()
      case 6: try file.skip(80 * file.count())
      case 7: try walkExtension()
      case 999:
        _ = try file.count()
        return
      default: throw .damagedSPSS
      }
    }
  }

  private mutating func walkVariable() throws(ExportFault) {
    let type = try file.integer()
    let hasLabel = try file.integer() != 0
    let missing = try file.integer()
    try file.skip(16)
    guard -3...3 ~= missing, type <= 255 else { throw .damagedSPSS }
    recordSize += 8
    // The next eight bytes of a string. Libreadstat's two passes would not agree on what more it has.
    if type < 0 {
      guard !hasLabel, missing == 0 else { throw .damagedSPSS }
      return
    }
    variableCount += 1
    guard variableCount <= limits.maximumColumns else { throw .tooManyColumns(limit: limits.maximumColumns) }
    if hasLabel {
      let length = try file.count()
      guard length <= 1 << 16 else { throw .damagedSPSS }
      try file.skip((length + 3) / 4 * 4)
    }
    try file.skip(abs(missing) * 8)
  }

  private mutating func walkValueLabels() throws(ExportFault) {
    for _ in 0..<(try file.count()) {
      try file.skip(8)
      let length = try file.byte()
      try file.skip((length + 8) / 8 * 8 - 1)
      try countLabel()
    }
    guard try file.count() == 4 else { throw .damagedSPSS }
    let count = try file.count()
    guard count <= 64 * limits.maximumColumns else { throw .damagedSPSS }
    try file.skip(4 * count)
  }

  private mutating func countLabel() throws(ExportFault) {
    longLabelCount += 1
    guard longLabelCount <= limits.maximumAnswers else { throw .tooManyAnswers(limit: limits.maximumAnswers) }
  }

  private mutating func walkExtension() throws(ExportFault) {
    extensionCount += 1
    guard extensionCount <= 256 else { throw .damagedSPSS }
    let subtype = try file.count()
    let size = try file.count()
    let count = try file.count()
    guard size <= 1 << 24, count <= 1 << 24, size * count <= 1 << 24 else { throw .damagedSPSS }
    let content = try file.take(size * count)
    switch subtype {
    case 3 where content.count == 32:
      characterCode = SPSSBytes(content, isBigEndian: file.isBigEndian).peekInteger(at: 28)
    case 7, 19: multipleSets += SPSSMultipleSet.sets(in: content)
    case 13: addLongNames(content)
    case 14: hasVeryLongStrings = true
    case 20: encoding = SPSSLayout.encodingName(content)
    case 21, 22:
      // Each entry makes libreadstat look through all variables. A real file has one for a variable.
      guard entryCount(of: subtype, content) <= variableCount else { throw .damagedSPSS }
    default: break
    }
  }

  private mutating func addLongNames(_ content: [UInt8]) {
    for pair in content.split(separator: UInt8(ascii: "\t")) {
      guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { continue }
      longNames[upperCased(pair[..<equals])] = Array(pair[(equals + 1)...])
    }
  }

  private static func encodingName(_ content: [UInt8]) -> String? {
    let isPlain = content.allSatisfy { byte in
      0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte || Array("-_.:".utf8).contains(byte)
    }
    return isPlain && 1...40 ~= content.count ? String(decoding: content, as: UTF8.self) : nil
  }

  /// How many variables long labels or missing values are told of; more than there can be where the record is cut off.
  private mutating func entryCount(of subtype: Int, _ content: [UInt8]) -> Int {
    var entries = SPSSBytes(content, isBigEndian: file.isBigEndian)
    var result = 0
    do throws(ExportFault) {
      while !entries.isAtEnd {
        result += 1
        try entries.skip(entries.count())
        if subtype == 21 {
          _ = try entries.count()
          for _ in 0..<(try entries.count()) {
            try entries.skip(entries.count())
            try entries.skip(entries.count())
            try countLabel()
          }
        } else {
          let count = try entries.byte()
          try entries.skip(count * entries.count())
        }
      }
    } catch {
      return .max
    }
    return result
  }

  /// Blocks of a .zsav lie one after the other, and inflate to no more than the limit.
  private mutating func checkBlocks() throws(ExportFault) {
    guard try file.longInteger() == dataStart else { throw .damagedSPSS }
    let trailer = try file.longInteger()
    guard trailer > dataStart, trailer <= file.size - 24 else { throw .damagedSPSS }
    file.offset = trailer + 20
    var end = dataStart + 24
    var inflated = 0
    for _ in 0..<(try file.count()) {
      try file.skip(8)
      let start = try file.longInteger()
      let inflatedSize = try file.count()
      let size = try file.count()
      guard start >= end, start <= trailer, size <= trailer - start else { throw .damagedSPSS }
      end = start + size
      inflated += inflatedSize
      guard inflated <= limits.maximumTableBytes else {
        throw .tableTooLarge(limit: limits.maximumTableBytes)
      }
    }
  }
}

extension ExportFault {
  static var damagedSPSS: ExportFault {
    ExportFault(
      .damaged, "the SPSS file is damaged, or cut off", remedy: "Copy it anew, or save it anew with SPSS")
  }
}

/// The bytes of an SPSS file, read in the order that it was written in.
struct SPSSBytes {
  private let bytes: [UInt8]
  var isBigEndian: Bool
  var offset = 0

  init(_ bytes: [UInt8], isBigEndian: Bool) {
    self.bytes = bytes
    self.isBigEndian = isBigEndian
  }

  var size: Int { bytes.count }
  var isAtEnd: Bool { offset >= bytes.count }

  func peekInteger(at start: Int) -> Int { Int(Int32(bitPattern: word(at: start))) }

  private func word(at start: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 << 8 | UInt32(bytes[start + (isBigEndian ? $1 : 3 - $1)]) }
  }

  mutating func skip(_ count: Int) throws(ExportFault) {
    guard count >= 0, count <= bytes.count - offset else { throw .damagedSPSS }
    offset += count
  }

  mutating func take(_ count: Int) throws(ExportFault) -> [UInt8] {
    let start = offset
    try skip(count)
    return Array(bytes[start..<offset])
  }

  mutating func byte() throws(ExportFault) -> Int {
    try skip(1)
    return Int(bytes[offset - 1])
  }

  /// Four bytes with a sign.
  mutating func integer() throws(ExportFault) -> Int {
    try skip(4)
    return peekInteger(at: offset - 4)
  }

  /// Four bytes without a sign.
  mutating func count() throws(ExportFault) -> Int {
    try skip(4)
    return Int(word(at: offset - 4))
  }

  /// Eight bytes, which no place in a file needs the highest of.
  mutating func longInteger() throws(ExportFault) -> Int {
    try skip(8)
    let (first, second) = (word(at: offset - 8), word(at: offset - 4))
    let high = isBigEndian ? first : second
    guard high < 1 << 30 else { throw .damagedSPSS }
    return Int(high) << 32 | Int(isBigEndian ? second : first)
  }
}

/// The bytes with the letters of ASCII upper case, as short names of variables are compared.
func upperCased(_ bytes: some Sequence<UInt8>) -> [UInt8] {
  bytes.map { 0x61...0x7A ~= $0 ? $0 - 0x20 : $0 }
}

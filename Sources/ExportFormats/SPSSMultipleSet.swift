/// A set of variables that are one question of several answers.
///
/// Source: https://www.gnu.org/software/pspp/pspp-dev/html_node/Multiple-Response-Sets-Records.html.
struct SPSSMultipleSet: Hashable {
  /// Without its dollar sign.
  var name: String
  var label: String
  /// The cell text that means chosen, where each variable is an option; nil where each holds one of the answers.
  var countedValue: String?
  /// Short names, upper case, in the file's encoding.
  var variables: [[UInt8]]

  /// The sets of a record, one a line: `$name=D1 1 5 label a b c`, where D1 says that the counted value has one
  /// character, and 5 that the label has five; `$name=C 5 label a b c`; `$name=E 1 1 1 5 label a b c`. A line of
  /// another form ends the reading.
  static func sets(in content: [UInt8]) -> [SPSSMultipleSet] {
    var sets: [SPSSMultipleSet] = []
    for line in content.split(separator: UInt8(ascii: "\n")) {
      var scanner = SetScanner(rest: line)
      guard let set = scanner.set() else { break }
      sets.append(set)
    }
    return sets
  }
}

private struct SetScanner {
  var rest: ArraySlice<UInt8>

  mutating func set() -> SPSSMultipleSet? {
    guard let equals = rest.firstIndex(of: UInt8(ascii: "=")), rest.first == UInt8(ascii: "$") else {
      return nil
    }
    let name = String(decoding: rest[(rest.startIndex + 1)..<equals], as: UTF8.self)
    rest = rest[(equals + 1)...]
    guard let kind = rest.popFirst() else { return nil }
    var counted: String?
    switch kind {
    case UInt8(ascii: "C"): guard takeBlank() else { return nil }
    case UInt8(ascii: "D"):
      guard let value = countedText() else { return nil }
      counted = value
    case UInt8(ascii: "E"):
      guard takeBlank(), number() != nil, takeBlank(), let value = countedText() else { return nil }
      counted = value
    default: return nil
    }
    guard let label = countedText() else { return nil }
    let variables = rest.split(separator: UInt8(ascii: " ")).map { upperCased($0.filter { $0 != 0x0D }) }
    return SPSSMultipleSet(
      name: collapsed(name), label: collapsed(label), countedValue: counted.map(plainCode),
      variables: variables.filter { !$0.isEmpty })
  }

  /// A length, a blank, as many bytes, and a blank.
  private mutating func countedText() -> String? {
    guard let length = number(), takeBlank(), length <= rest.count else { return nil }
    let text = rest.prefix(length)
    rest = rest.dropFirst(length)
    if !rest.isEmpty { guard takeBlank() else { return nil } }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func number() -> Int? {
    let digits = rest.prefix { 0x30...0x39 ~= $0 }
    rest = rest.dropFirst(digits.count)
    return Int(String(decoding: digits, as: UTF8.self))
  }

  private mutating func takeBlank() -> Bool {
    guard rest.first == 0x20 else { return false }
    rest = rest.dropFirst()
    return true
  }
}

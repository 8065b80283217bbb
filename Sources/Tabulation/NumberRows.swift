import SurveyDefinition

/// One distinct value of the answers to a number, in one atom.
struct NumberKey: Hashable, Comparable {
  /// The atom's key, as its position may still change.
  var atom: Tally.AtomKey
  var table: Int
  var value: Int64

  static func < (one: Self, other: Self) -> Bool {
    (one.atom, one.table, one.value) < (other.atom, other.table, other.value)
  }
}

/// What is counted of each distinct value of numbers: a row with one place for each group of each column.
///
/// Memory depends on how many different values there are, not on how many responses.
struct NumberRows<Number: Sendable & Equatable>: Sendable {
  /// Groups of all columns, the total first.
  let width: Int
  private let nothing: Number
  private(set) var rows: [NumberKey: Int] = [:]
  /// Row after row.
  private var numbers: [Number] = []

  init(width: Int, nothing: Number) {
    self.width = width
    self.nothing = nothing
  }

  /// The row of a key, which is made where there is none.
  mutating func row(_ key: NumberKey) -> Int {
    if let row = rows[key] { return row }
    let row = rows.count
    rows[key] = row
    numbers.append(contentsOf: repeatElement(nothing, count: width))
    return row
  }

  /// What a row has of a group of a column.
  subscript(row: Int, group: Int) -> Number {
    get { numbers[row * width + group] }
    set { numbers[row * width + group] = newValue }
    _modify { yield &numbers[row * width + group] }
  }

  /// Adds other rows.
  /// - Parameters:
  ///   - key: Which key another becomes; nil leaves it out.
  ///   - group: Which group of a column another becomes.
  mutating func add<Other>(
    _ other: NumberRows<Other>, key: (NumberKey) -> NumberKey? = { $0 }, group: (Int) -> Int = { $0 },
    _ add: (inout Number, Other, NumberKey) -> Void
  ) {
    for (old, from) in other.rows {
      guard let new = key(old) else { continue }
      let row = row(new)
      for place in 0..<other.width { add(&self[row, group(place)], other[from, place], old) }
    }
  }

  /// All rows in the order of their keys.
  var listed: [(key: NumberKey, numbers: [Number])] {
    rows.sorted { $0.key < $1.key }.map {
      ($0.key, Array(numbers[$0.value * width..<($0.value + 1) * width]))
    }
  }

  /// Puts a row where there is none yet.
  /// - Returns: False where the row has another width, or there is one already.
  mutating func restore(_ key: NumberKey, _ row: [Number]) -> Bool {
    guard row.count == width, rows[key] == nil else { return false }
    rows[key] = rows.count
    numbers += row
    return true
  }
}

/// What references may say about a variable or a question.
struct KnownItem {
  var item: Item
  var place: Place
  /// The word for what it is, with its article: `a variable`, `a multiple question`.
  var what: String
  /// Answer or group labels; nil where they could not be read, and then every reference is taken for good.
  var labels: LabelPositions?
  var nets = LabelPositions([])
  /// What each net counts, in the order of `nets`.
  var members: [Net.Members] = []
  var exclusive: Set<Int> = []
  /// True where it may stand across the top of a table.
  var isBanner: Bool

  var isVariable: Bool { if case .variable = item { true } else { false } }

  /// The positions of the answers that a net counts.
  func positions(of net: Int) -> [Int] {
    switch members[net] {
    case .answers(let positions): positions
    case .any: (labels?.labels.indices).map { $0.filter { !exclusive.contains($0) } } ?? []
    }
  }
}

/// Labels in order, each found in constant time: a definition may refer to thousands of them, thousands of times.
struct LabelPositions {
  let labels: [String]
  private let positions: [String: Int]

  init(_ labels: [String]) {
    self.labels = labels
    positions = Dictionary(zip(labels, labels.indices), uniquingKeysWith: { first, _ in first })
  }

  /// Where a label stands; of a repeated one, which is a fault told elsewhere, the first place.
  subscript(label: String) -> Int? { positions[label] }
}

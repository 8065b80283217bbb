/// What is known of a column of weights while responses are read.
///
/// As long as weights are few, respondents of each are counted apart; when they turn out to be many, what they add up to is
/// kept with each count instead. Memory depends on the definition either way.
struct WeightColumn: Sendable {
  /// Beyond this many different weights they are summed.
  static let limit = 16

  /// By part: its weight in units of 10⁻¹².
  private(set) var weights: [Int64] = []
  /// Whether weights are summed with each count, and parts are no more.
  private(set) var isSummed = false
  /// Parallel to the tally's counts, and to its histogram.
  var sums: [WeightSum] = []
  var histogram: NumberRows<WeightSum>
  private var partOfWeight: [Int64: Int] = [:]

  /// - Parameter groups: Of all columns of the tally.
  init(groups: Int) { histogram = NumberRows(width: groups, nothing: WeightSum()) }

  /// A column of few weights, each of which is another one's part.
  init(_ weights: [Int64], groups: Int) {
    self.init(groups: groups)
    self.weights = weights
    partOfWeight = Dictionary(uniqueKeysWithValues: weights.enumerated().map { ($1, $0) })
  }

  /// The part of a respondent of this weight; nil where one more would be too many.
  mutating func part(of weight: Int64) -> Int? {
    if isSummed { return 0 }
    if let part = partOfWeight[weight] { return part }
    guard weights.count < Self.limit else { return nil }
    partOfWeight[weight] = weights.count
    weights.append(weight)
    return weights.count - 1
  }

  /// Whether the different weights of both are no more than can have a part each.
  func hasRoom(for other: WeightColumn) -> Bool {
    weights.count + other.weights.count { partOfWeight[$0] == nil } <= Self.limit
  }

  /// Takes up the weights of another column, for which there is room.
  /// - Returns: By part of the other: the part here.
  mutating func join(_ other: WeightColumn) -> [Int] {
    other.weights.map { weight in
      guard let part = part(of: weight) else { preconditionFailure("there is room for both") }
      return part
    }
  }

  /// A column whose weights are summed from now on.
  static func summed(_ sums: [WeightSum], _ histogram: NumberRows<WeightSum>) -> WeightColumn {
    var column = WeightColumn(groups: histogram.width)
    column.isSummed = true
    column.sums = sums
    column.histogram = histogram
    return column
  }
}

/// What is needed of the items of a scale: sums and sums of products over respondents who answered all of them.
///
/// Exact for whole numbers, in whatever order they are added, up to sums of 2⁵³.
public struct ItemSums: Sendable, Equatable {
  /// How many items the scale has, at least 2.
  public let items: Int
  /// Respondents added.
  public private(set) var respondents = 0
  private var sums: [Double]
  private var products: [[Double]]

  /// Sums of nobody.
  public init(items: Int) {
    precondition(items >= 2, "a scale has at least two items")
    self.items = items
    sums = Array(repeating: 0, count: items)
    products = Array(repeating: sums, count: items)
  }

  /// Adds a respondent who answered all items, or several who gave the same answers.
  /// - Parameter answers: A number for each item; all items are scored in one direction.
  public mutating func add(_ answers: [Double], times: Int = 1) {
    precondition(answers.count == items, "a complete case answers each item")
    precondition(times >= 0, "respondents are counted")
    respondents += times
    for (item, answer) in answers.enumerated() {
      sums[item] += answer * Double(times)
      for (other, second) in answers.enumerated() { products[item][other] += answer * second * Double(times) }
    }
  }

  /// Adds the respondents of another part of the sample.
  public mutating func merge(_ other: ItemSums) {
    precondition(items == other.items, "both have the same items")
    respondents += other.respondents
    for item in 0..<items {
      sums[item] += other.sums[item]
      for second in 0..<items { products[item][second] += other.products[item][second] }
    }
  }

  /// Covariances of the items with divisor n - 1; nil for fewer than two respondents.
  public var covariances: [[Double]]? {
    guard respondents > 1 else { return nil }
    let size = Double(respondents)
    return (0..<items).map { item in
      (0..<items).map { (products[item][$0] - sums[item] * sums[$0] / size) / (size - 1) }
    }
  }

  /// Nil for fewer than two respondents, and where the sums of all respondents' answers are the same.
  public func cronbachAlpha() -> CronbachAlpha? {
    covariances.flatMap { CronbachAlpha(covariances: $0, respondents: respondents) }
  }
}

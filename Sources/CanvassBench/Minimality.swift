/// A release of a tiny table as the reader who knows the protector has it: counts over a few cells, shown or not.
struct TinyRelease: Hashable {
  struct Count: Hashable {
    /// The cells that are added up.
    var cells: [Int]
    /// nil: withheld.
    var value: Int?
    /// What the release shows of the base that the count is part of.
    var base: Int?
  }

  var counts: [Count]
}

/// Runs a protector backwards: of all data that agree with what a release shows, only those count of which the
/// protector would have made this very release.
///
/// Source: Wong, Fu, Wang and Pei (2007), Minimality attack in privacy preserving data publishing, VLDB, 543-554.
struct MinimalityAttack {
  /// What both readers know of a withheld count.
  struct Known: Hashable {
    var truth: Int
    /// By what the release shows.
    var plain: ClosedRange<Int>
    /// By what it shows and how it was made.
    var informed: ClosedRange<Int>
    /// The number of values that the informed reader still takes for possible.
    var values: Int
    var base: Int?

    /// Whether a range keeps what is promised for `minimumCell`.
    func keepsPromise(_ range: ClosedRange<Int>, minimumCell: Int) -> Bool {
      if range.lowerBound >= minimumCell || range.upperBound == 0 { return true }
      if let base, range.lowerBound == 0, range.upperBound == base { return true }
      return range.upperBound >= minimumCell && range.count > minimumCell
    }
  }

  var known: [Known] = []
  /// Data sets that agree with what is shown, and those among them of the very same release.
  var agreeing = 0
  var same = 0

  /// nil where more data sets agree than `limit`.
  init?(truth: [Int], limit: Int, release: ([Int]) -> TinyRelease) {
    let published = release(truth)
    var search = AgreeingData(cells: truth.count, published, limit: limit)
    search.run()
    guard !search.isOverLimit else { return nil }
    let same = search.found.filter { release($0) == published }
    agreeing = search.found.count
    self.same = same.count
    for count in Set(published.counts.filter { $0.value == nil }) {
      func values(_ data: [[Int]]) -> Set<Int> {
        Set(data.map { set in count.cells.reduce(0) { $0 + set[$1] } })
      }
      let plain = values(search.found)
      let informed = values(same)
      guard let low = plain.min(), let high = plain.max(), let first = informed.min(),
        let last = informed.max()
      else { continue }
      known.append(
        Known(
          truth: count.cells.reduce(0) { $0 + truth[$1] }, plain: low...high, informed: first...last,
          values: informed.count, base: count.base))
    }
  }
}

/// All whole numbers for the cells that agree with what a release shows.
private struct AgreeingData {
  private let limit: Int
  private let sums: [(cells: Set<Int>, last: Int)]
  /// By cell: the sums that it is part of.
  private let sumsOfCell: [[Int]]
  private var left: [Int]
  private var cells: [Int]
  var found: [[Int]] = []
  var isOverLimit = false

  init(cells number: Int, _ release: TinyRelease, limit: Int) {
    self.limit = limit
    var seen: [Set<Int>: Int] = [:]
    for count in release.counts { if let value = count.value { seen[Set(count.cells)] = value } }
    // The order decides how soon a branch ends, not what is found.
    let ordered = seen.map { (cells: $0.key, value: $0.value) }.filter { !$0.cells.isEmpty }
      .sorted { ($0.cells.count, $0.cells.min() ?? 0) < ($1.cells.count, $1.cells.min() ?? 0) }
    sums = ordered.map { ($0.cells, $0.cells.max() ?? 0) }
    left = ordered.map(\.value)
    let members = ordered.map(\.cells)
    sumsOfCell = (0..<number).map { cell in members.indices.filter { members[$0].contains(cell) } }
    cells = Array(repeating: 0, count: number)
    precondition(sumsOfCell.allSatisfy { !$0.isEmpty }, "the number of respondents is known")
  }

  mutating func run() { fill(0) }

  private mutating func fill(_ cell: Int) {
    guard !isOverLimit else { return }
    guard cell < cells.count else {
      isOverLimit = found.count == limit
      if !isOverLimit { found.append(cells) }
      return
    }
    let mine = sumsOfCell[cell]
    let most = mine.map { left[$0] }.min() ?? 0
    // The last cell of a sum takes all that is left of it.
    let ending = mine.filter { sums[$0].last == cell }.map { left[$0] }
    let least = ending.max() ?? 0
    guard least <= most else { return }
    for value in least...most where ending.allSatisfy({ $0 == value }) {
      cells[cell] = value
      for sum in mine { left[sum] -= value }
      fill(cell + 1)
      for sum in mine { left[sum] += value }
    }
  }
}

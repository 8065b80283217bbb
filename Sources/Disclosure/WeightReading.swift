import Tabulation

/// What a reader can tell of the weights of those counted by one figure, from its count and its weighted percentage.
///
/// The two are two equations for how many there are of each class of weights. With very few classes they, and others like them,
/// are taken to tell all. With some more, they tell how many there are of a class where the same count and the same percentage,
/// as it is rounded, come about with that number only.
struct WeightReading {
  /// Some more of some classes and as many fewer of others.
  private struct Exchange {
    /// By how much the weight changes, in units of a weight of 1.
    var change: Double
    /// By class.
    var moves: [Int8]
  }

  /// Whether all is taken as told.
  let isReadable: Bool
  /// By class; empty where all is taken as told.
  private let weights: [Double]
  /// By change, the least first.
  private let exchanges: [Exchange]
  private let minimumCell: Int

  init(_ partition: WeightPartition, minimumCell: Int) {
    self.minimumCell = minimumCell
    isReadable = partition.isReadable
    weights = partition.isReadable ? [] : partition.classes.map { Double($0.weight ?? 0) / 1e12 }
    exchanges = weights.isEmpty ? [] : Self.exchanges(weights)
  }

  /// Whether few of those counted, or few of the others of the base where these follow, are told by their weight.
  /// - Parameters:
  ///   - counts: Of those counted, by class.
  ///   - bases: Of those who could be, by class.
  func tellsFew(_ counts: [Int], of bases: [Int], complementFollows: Bool) -> Bool {
    let others = zip(bases, counts).map { $0 - $1 }
    if isReadable {
      return counts.contains(where: isFew) || complementFollows && others.contains(where: isFew)
    }
    let isOpen = openClasses(counts, bases)
    return counts.indices.contains {
      !isOpen[$0] && (isFew(counts[$0]) || complementFollows && isFew(others[$0]))
    }
  }

  private func isFew(_ count: Int) -> Bool { count > 0 && count < minimumCell }

  /// By class: whether another number of respondents would give the same percentage.
  private func openClasses(_ counts: [Int], _ bases: [Int]) -> [Bool] {
    var isOpen = counts.map { _ in false }
    let whole = zip(bases, weights).reduce(0) { $0 + Double($1.0) * $1.1 }
    let own = zip(counts, weights).reduce(0) { $0 + Double($1.0) * $1.1 }
    guard whole > 0 else { return isOpen.map { _ in true } }
    // What the percentage may be without being rounded to another tenth, less what doubles err by.
    let tenths = 1_000 * own / whole
    let shown = tenths.rounded(.toNearestOrAwayFromZero)
    let least = (shown - 0.5 - tenths) * whole / 1_000 + 1e-9
    let most = (shown + 0.5 - tenths) * whole / 1_000 - 1e-9
    var index = exchanges.partitioningIndex { $0.change >= least }
    while index < exchanges.count, exchanges[index].change <= most {
      let moves = exchanges[index].moves
      index += 1
      guard zip(isOpen, moves).contains(where: { !$0 && $1 != 0 }),
        counts.indices.allSatisfy({ (0...bases[$0]).contains(counts[$0] + Int(moves[$0])) })
      else { continue }
      for (position, move) in moves.enumerated() where move != 0 { isOpen[position] = true }
      if isOpen.allSatisfy(\.self) { break }
    }
    return isOpen
  }

  /// Exchanges of up to three people of a class between up to four classes: there may be others, which would only leave more
  /// open.
  private static func exchanges(_ weights: [Double]) -> [Exchange] {
    let most = 3
    var found: [Exchange] = []
    var moves = weights.map { _ in Int8(0) }
    func add(_ position: Int, _ left: Int, _ sum: Int, _ change: Double) {
      guard position < weights.count else {
        if sum == 0, left < 4 { found.append(Exchange(change: change, moves: moves)) }
        return
      }
      add(position + 1, left, sum, change)
      guard left > 0 else { return }
      for move in -most...most where move != 0 {
        moves[position] = Int8(move)
        add(position + 1, left - 1, sum + move, change + Double(move) * weights[position])
      }
      moves[position] = 0
    }
    add(0, 4, 0, 0)
    return found.sorted {
      $0.change == $1.change ? $0.moves.lexicographicallyPrecedes($1.moves) : $0.change < $1.change
    }
  }
}

extension Array {
  /// The first position of which a condition holds that holds of all after it; their count where it holds of none.
  fileprivate func partitioningIndex(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

import SurveyDefinition
import Tabulation

/// The poolings worth looking at, per variable or number across the top of some pack, the most obvious first.
func poolingCandidates(
  _ tally: Tally, _ losses: ProtectionLosses, isPoolable: (Item, Int) -> Bool
) -> [[Pooling]] {
  tally.plan.banners.indices.map { banner in
    PoolingCandidates(tally, losses, banner: banner, isPoolable: isPoolable).poolings
  }
}

/// The candidates of one banner.
private struct PoolingCandidates {
  private let item: Item
  private let groupCount: Int
  private let isOrdered: Bool
  /// By position of the group: people over all packs' responses.
  private let sizes: [Int]
  private let poolable: [Int]
  /// Poolable groups that lose most of their cells in some pack, those that lose most cells over all packs first.
  private let worst: [Int]

  /// Beyond this many groups at once, or of the worst, candidates are no longer small.
  private static let stepLimit = 7
  private static let worstLimit = 4

  init(_ tally: Tally, _ losses: ProtectionLosses, banner: Int, isPoolable: (Item, Int) -> Bool) {
    let axis = tally.plan.banners[banner]
    let survey = tally.plan.survey
    item = axis.item
    groupCount = axis.notStated
    isOrdered = survey.isOrdered(item)
    sizes = axis.groups.indices.map { group in
      tally.atoms.indices.reduce(0) {
        $0 + tally.count(atom: $1, table: 0, banner: banner, group: group, category: 0)
      }
    }
    let item = item
    let poolable = survey.poolableGroups(of: item).filter { isPoolable(item, $0) }
    self.poolable = poolable
    var lost: [Int: Int] = [:]
    var suffering: Set<Int> = []
    for group in losses.packs.flatMap(\.groups) where group.item == item && poolable.contains(group.position)
    {
      lost[group.position, default: 0] += group.cells.withheld
      if group.losesMost { suffering.insert(group.position) }
    }
    worst = suffering.sorted { (lost[$1] ?? 0, $0) < (lost[$0] ?? 0, $1) }
  }

  /// Each once, in the order in which they were thought of.
  var poolings: [Pooling] {
    guard !worst.isEmpty else { return [] }
    var poolings: [Pooling] = []
    for sets in isOrdered ? neighbours + stepsOfNeighbours : stepsOfSmallest + pairs {
      // A variable of one group compares nothing.
      guard groupCount - sets.reduce(0, { $0 + $1.count - 1 }) >= 2 else { continue }
      let pooling = Pooling(item: item, sets: sets)
      if !poolings.contains(pooling) { poolings.append(pooling) }
    }
    return poolings
  }

  /// The smallest groups together, one more each time, and all that lose most.
  private var stepsOfSmallest: [[[Int]]] {
    let bySize = poolable.filter { sizes[$0] > 0 || worst.contains($0) }.sorted {
      (sizes[$0], $0) < (sizes[$1], $1)
    }
    let steps =
      bySize.count < 2 ? [] : (2...bySize.count).prefix(Self.stepLimit).map { [Array(bySize.prefix($0))] }
    return steps + (worst.count > 1 ? [[worst]] : [])
  }

  /// The worst groups two by two, and each with the next smallest that is not among them.
  private var pairs: [[[Int]]] {
    let few = Array(worst.prefix(Self.worstLimit))
    var pairs: [[[Int]]] = []
    for (index, left) in few.enumerated() {
      for right in few[(index + 1)...] { pairs.append([[left, right]]) }
    }
    let others = poolable.filter { !worst.contains($0) && sizes[$0] > 0 }
    if let next = others.min(by: { (sizes[$0], $0) < (sizes[$1], $1) }) {
      for left in few { pairs.append([[left, next]]) }
    }
    return pairs
  }

  /// Each of the worst groups with its neighbour on either side, and with both.
  private var neighbours: [[[Int]]] {
    worst.prefix(Self.worstLimit).flatMap { group in
      [[group - 1, group], [group, group + 1], [group - 1, group, group + 1]]
        .filter { $0.allSatisfy(poolable.contains) }.map { [$0] }
    }
  }

  /// Again and again the smallest of what is left with the smaller of its neighbours.
  private var stepsOfNeighbours: [[[Int]]] {
    var runs = (0..<groupCount).map { [$0] }
    func size(_ run: [Int]) -> Int { run.reduce(0) { $0 + sizes[$1] } }
    func canPool(_ run: [Int]) -> Bool { run.allSatisfy(poolable.contains) }
    var steps: [[[Int]]] = []
    while steps.count < Self.stepLimit {
      // Pairs of neighbours by the smaller of the two, then by the other: the first is the one to pool.
      let places = runs.indices.dropLast().filter { canPool(runs[$0]) && canPool(runs[$0 + 1]) }
      let next = places.min { left, right in
        let l = [size(runs[left]), size(runs[left + 1])].sorted() + [left]
        let r = [size(runs[right]), size(runs[right + 1])].sorted() + [right]
        return l.lexicographicallyPrecedes(r)
      }
      guard let next else { break }
      runs[next] += runs.remove(at: next + 1)
      steps.append(runs.filter { $0.count > 1 })
    }
    return steps
  }
}

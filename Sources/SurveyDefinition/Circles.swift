/// The positions that lead back to themselves, ascending, each step going from a position to one of those it asks.
///
/// These are the members of strongly connected components of more than one member, and those that ask themselves.
/// Cost: linear in positions and steps. A search from every position would take hours on a circle of twenty thousand
/// questions, and recursion would run out of stack.
/// Source: Sharir (1981), Computers and Mathematics with Applications 7(1), 67-72,
/// https://doi.org/10.1016/0898-1221(81)90008-0
func positionsInCircles(_ asks: [Set<Int>]) -> [Int] {
  var askers = asks.map { _ in [Int]() }
  for (asker, asked) in asks.enumerated() {
    for position in asked { askers[position].append(asker) }
  }
  var isPlaced = asks.map { _ in false }
  var inCircles: [Int] = []
  // Backwards from the last one finished, a search stays within one component.
  for start in orderOfFinishing(asks.map(Array.init)).reversed() where !isPlaced[start] {
    var component: [Int] = []
    var open = [start]
    isPlaced[start] = true
    while let position = open.popLast() {
      component.append(position)
      for asker in askers[position] where !isPlaced[asker] {
        isPlaced[asker] = true
        open.append(asker)
      }
    }
    if component.count > 1 || asks[start].contains(start) { inCircles += component }
  }
  return inCircles.sorted()
}

/// All positions in the order in which a search, depth first, is done with them.
private func orderOfFinishing(_ asks: [[Int]]) -> [Int] {
  var isSeen = asks.map { _ in false }
  var finished: [Int] = []
  for start in asks.indices where !isSeen[start] {
    isSeen[start] = true
    var path = [(position: start, step: 0)]
    while let (position, step) = path.last {
      guard step < asks[position].count else {
        finished.append(position)
        path.removeLast()
        continue
      }
      path[path.count - 1].step += 1
      let next = asks[position][step]
      if !isSeen[next] {
        isSeen[next] = true
        path.append((next, 0))
      }
    }
  }
  return finished
}

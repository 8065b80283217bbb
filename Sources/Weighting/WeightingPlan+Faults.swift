extension WeightingPlan {
  func faultsOfBaseWeights(_ combinations: [Combination]) -> [WeightingFault] {
    guard !combinations.isEmpty else { return [.noRespondents] }
    let unusable = combinations.filter { !($0.baseWeight >= 0 && $0.baseWeight.isFinite) }
    guard unusable.isEmpty else {
      return [.baseWeightsUnusable(respondents: unusable.reduce(0) { $0 + $1.respondents })]
    }
    let sum = combinations.map { Double($0.respondents) * $0.baseWeight }.compensatedSum()
    return sum > 0 && sum.isFinite ? [] : [.baseWeightsWithoutSum]
  }

  func faultsOfBounds() -> [WeightingFault] {
    guard let trimming, !trimming.areBoundsUsable else { return [] }
    return [.boundsUnusable(lower: trimming.lower, upper: trimming.upper)]
  }

  func faultsOfMargins(_ combinations: [Combination]) -> [WeightingFault] {
    var faults: [WeightingFault] = []
    for (place, margin) in margins.enumerated() {
      if margins[..<place].contains(where: { $0.name == margin.name }) {
        faults.append(.marginTwice(margin.name))
      }
      faults += faultsOfTargets(of: margin)
      faults += faultsOfRespondents(combinations, in: margin, at: place)
    }
    return faults + faultsOfTotals()
  }

  private func faultsOfTargets(of margin: Margin) -> [WeightingFault] {
    var faults: [WeightingFault] = []
    for (place, category) in margin.categories.enumerated() {
      if margin.categories[..<place].contains(where: { $0.label == category.label }) {
        faults.append(.categoryTwice(margin: margin.name, category: category.label))
      }
      if let target = category.target, !(target >= 0 && target.isFinite) {
        faults.append(.targetUnusable(margin: margin.name, category: category.label, target: target))
      }
    }
    guard margin.hasUsableTargets else { return faults }
    if !(margin.total > 0 && margin.total.isFinite) {
      faults.append(.targetsWithoutSum(margin: margin.name))
    } else if margin.scale == .shares, abs(margin.total - 1) > shareTolerance {
      faults.append(.sharesNotOne(margin: margin.name, total: margin.total))
    }
    return faults
  }

  private func faultsOfRespondents(
    _ combinations: [Combination], in margin: Margin, at place: Int
  ) -> [WeightingFault] {
    // That there is nobody is told once.
    guard !combinations.isEmpty else { return [] }
    var weighted = [Int](repeating: 0, count: margin.categories.count)
    var unweighted = weighted
    for combination in combinations {
      guard let category = combination.categories[place] else { continue }
      if combination.baseWeight == 0 {
        unweighted[category] += combination.respondents
      } else {
        weighted[category] += combination.respondents
      }
    }
    var faults: [WeightingFault] = []
    for (slot, category) in margin.categories.enumerated() {
      let target = category.target ?? 0
      if weighted[slot] > 0, target == 0 {
        faults.append(
          .respondentsWithoutTarget(
            margin: margin.name, category: category.label, respondents: weighted[slot]))
      } else if weighted[slot] == 0, target > 0, unweighted[slot] > 0 {
        faults.append(
          .targetWithoutWeight(
            margin: margin.name, category: category.label, target: target, respondents: unweighted[slot]))
      } else if weighted[slot] == 0, target > 0 {
        faults.append(
          .targetWithoutRespondents(margin: margin.name, category: category.label, target: target))
      }
    }
    return faults
  }

  /// Each margin of counts against the first of them.
  private func faultsOfTotals() -> [WeightingFault] {
    let counted = margins.filter { $0.scale == .counts && $0.hasUsableTargets && $0.total.isFinite }
    guard let first = counted.first else { return [] }
    return counted.dropFirst().filter {
      abs($0.total - first.total) > totalTolerance * max($0.total, first.total)
    }.map {
      .totalsContradict(margin: first.name, total: first.total, other: $0.name, otherTotal: $0.total)
    }
  }
}

extension Margin {
  /// What all targets add up to.
  var total: Double { categories.compactMap(\.target).compensatedSum() }

  var hasUsableTargets: Bool { categories.allSatisfy { ($0.target ?? 0) >= 0 && ($0.target ?? 0).isFinite } }

  /// By how much a share of the sample is multiplied to stand on the margin's scale.
  var scaleOfShares: Double { scale == .counts ? total : 1 }
}

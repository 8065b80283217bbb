import Testing
import Weighting

/// Targets that respondents cannot be weighted to are refused, never returned.
struct InfeasibleTargetsTests {
  /// Whether weights above 0 exist, by trying every set of rows: it may not have more to carry than the columns where
  /// its respondents are found, and as much only where these hold nobody else. Whole numbers throughout.
  private enum Feasibility {
    case feasible
    case onlyWithNothingForSome
    case infeasible

    init(rows: [Int], columns: [Int], occurs: [[Bool]]) {
      var worst = Feasibility.feasible
      for bits in 1..<(1 << rows.count) {
        let these = rows.indices.filter { bits >> $0 & 1 == 1 }
        let others = rows.indices.filter { bits >> $0 & 1 == 0 }
        let found = columns.indices.filter { column in these.contains { occurs[$0][column] } }
        let room = found.reduce(0) { $0 + columns[$1] } - these.reduce(0) { $0 + rows[$1] }
        let shared = others.contains { other in found.contains { occurs[other][$0] } }
        if room < 0 {
          self = .infeasible
          return
        }
        if room == 0, shared { worst = .onlyWithNothingForSome }
      }
      self = worst
    }
  }

  private func target(in fault: WeightingFault) -> UnmetTarget? {
    switch fault {
    case .targetsContradict(let unmet), .targetLeavesOutOthers(let unmet), .targetNotReached(let unmet, _):
      unmet
    default: nil
    }
  }

  /// 2,000 tables in all.
  @Test(arguments: [UInt64](0..<20))
  func `two margins are met where they can be and refused where they cannot`(seed: UInt64) throws {
    var seen: [Feasibility: Int] = [:]
    for one in seed * 100..<(seed + 1) * 100 {
      let (rows, columns, respondents) = SampleTable.careless(seed: one)
      let occurs = respondents.map { $0.map { $0 > 0 } }
      let feasibility = Feasibility(rows: rows, columns: columns, occurs: occurs)
      seen[feasibility, default: 0] += 1
      let plan = WeightingPlan(margins: [
        .counts("row", rows.map(Double.init)), .counts("column", columns.map(Double.init)),
      ])
      let combinations = rows.indices.flatMap { row in
        columns.indices.map { Combination([row, $0], respondents: respondents[row][$0]) }
      }
      do {
        let sample = try plan.weights(for: combinations)
        #expect(feasibility == .feasible, "seed \(one)")
        #expect(sample.diagnostics.convergence.last ?? 1 <= 1e-13)
      } catch {
        #expect(feasibility != .feasible, "seed \(one): \(error.faults)")
        for fault in error.faults {
          let unmet = try #require(target(in: fault))
          try check(fault, unmet, plan: plan, occurs: occurs, feasibility: feasibility, seed: one)
        }
      }
    }
    #expect(seen[.feasible, default: 0] >= 5 && seen[.infeasible, default: 0] >= 20)
    #expect(seen[.onlyWithNothingForSome, default: 0] >= 1)
  }

  /// What a fault says must be so.
  private func check(
    _ fault: WeightingFault, _ unmet: UnmetTarget, plan: WeightingPlan, occurs: [[Bool]],
    feasibility: Feasibility,
    seed: UInt64
  ) throws {
    let name: Comment = "seed \(seed)"
    let isRow = unmet.margin == "row"
    let margin = plan.margins[isRow ? 0 : 1]
    let other = plan.margins[isRow ? 1 : 0]
    let occurs = isRow ? occurs : occurs[0].indices.map { column in occurs.map { $0[column] } }
    let these = unmet.categories.compactMap { label in margin.categories.firstIndex { $0.label == label } }
    let found = other.categories.indices.filter { column in these.contains { occurs[$0][column] } }
    let confinement = try #require(unmet.confinedTo.first)
    #expect(unmet.confinedTo.count == 1 && confinement.margin == other.name, name)
    #expect(confinement.categories == found.map { other.categories[$0].label }, name)
    let target = these.reduce(0) { $0 + (margin.categories[$1].target ?? 0) }
    let room = found.reduce(0) { $0 + (other.categories[$1].target ?? 0) }
    #expect(abs(unmet.target - target) < 1e-9 && abs(unmet.reached - room) < 1e-9, name)
    // No smaller set of these is in the way.
    for bits in 1..<(1 << these.count) - 1 {
      let fewer = these.indices.filter { bits >> $0 & 1 == 1 }.map { these[$0] }
      let found = other.categories.indices.filter { column in fewer.contains { occurs[$0][column] } }
      let room = found.reduce(0) { $0 + (other.categories[$1].target ?? 0) }
      let target = fewer.reduce(0) { $0 + (margin.categories[$1].target ?? 0) }
      let shared = occurs.indices.contains { row in
        !fewer.contains(row) && found.contains { occurs[row][$0] }
      }
      #expect(target < room || (target == room && !shared), name)
    }
    if case .targetsContradict = fault {
      #expect(target > room && feasibility == .infeasible, name)
    } else if case .targetLeavesOutOthers = fault {
      #expect(target == room, name)
      #expect(
        occurs.indices.contains { row in !these.contains(row) && found.contains { occurs[row][$0] } }, name)
    } else {
      Issue.record("two margins are always told apart: \(fault)")
    }
  }

  @Test(arguments: [UInt64](0..<20))
  func `merging as suggested makes targets feasible`(seed: UInt64) throws {
    var tried = 0
    for one in seed * 100..<(seed + 1) * 100 {
      let (rows, columns, respondents) = SampleTable.careless(seed: one)
      let margins: [Margin] = [
        .counts("row", rows.map(Double.init)), .counts("column", columns.map(Double.init)),
      ]
      let combinations = rows.indices.flatMap { row in
        columns.indices.map { Combination([row, $0], respondents: respondents[row][$0]) }
      }
      guard let refusal = faults(of: combinations, by: WeightingPlan(margins: margins)),
        refusal.count == 1
      else { continue }
      let unmet = try #require(target(in: refusal[0]))
      let place = unmet.margin == "row" ? 0 : 1
      let margin = margins[place]
      for (partner, category) in margin.categories.enumerated()
      where !unmet.categories.contains(category.label) {
        // The merged category takes the partner's place; those that it came from lose their targets.
        let these = unmet.categories.compactMap { label in margin.categories.firstIndex { $0.label == label }
        }
        let sum = (these + [partner]).reduce(0) { $0 + (margin.categories[$1].target ?? 0) }
        let categories = margin.categories.enumerated().map { slot, category in
          Margin.Category(
            category.label, target: slot == partner ? sum : these.contains(slot) ? nil : category.target)
        }
        var merged = margins
        merged[place] = Margin(margin.name, .counts, categories)
        let respondents = combinations.map { combination in
          var codes = combination.categories
          if let code = codes[place], these.contains(code) { codes[place] = partner }
          return Combination(codes, respondents: combination.respondents)
        }
        let isMet = faults(of: respondents, by: WeightingPlan(margins: merged)) == nil
        #expect(isMet == unmet.mergeWith.contains(category.label), "seed \(one), \(category.label)")
        tried += 1
      }
    }
    #expect(tried > 20)
  }

  private func faults(of combinations: [Combination], by plan: WeightingPlan) -> [WeightingFault]? {
    do {
      _ = try plan.weights(for: combinations)
      return nil
    } catch {
      return error.faults
    }
  }

  /// R's `rake` (survey 4.1.1) gives weights here without a warning: raked to role first, it meets area and has
  /// 403.6 for Staff; raked to area first, with epsilon 1e-6 and 1,000 iterations, it has 300 for Headquarters.
  @Test func `a margin that is off by 100 of 1,200 is refused, and told with what to do`() throws {
    let area = Margin(
      "area", .counts, ["Headquarters", "North", "South"].map { Margin.Category($0, target: 400) })
    let role = Margin(
      "role", .counts, [Margin.Category("Staff", target: 300), Margin.Category("Officer", target: 900)])
    let combinations = [
      Combination([0, 0], respondents: 30), Combination([1, 0], respondents: 30),
      Combination([1, 1], respondents: 30),
      Combination([2, 0], respondents: 30), Combination([2, 1], respondents: 30),
    ]
    let refusal = try #require(faults(of: combinations, by: WeightingPlan(margins: [area, role])))
    #expect(refusal.count == 1)
    let unmet = try #require(target(in: refusal[0]))
    #expect(refusal == [.targetsContradict(unmet)])
    #expect(unmet.margin == "area" && unmet.categories == ["Headquarters"])
    #expect(abs(unmet.target - 400) < 1e-9 && abs(unmet.reached - 300) < 1e-9)
    #expect(unmet.confinedTo.map(\.margin) == ["role"] && unmet.confinedTo[0].categories == ["Staff"])
    #expect(unmet.mergeWith == ["North", "South"])
  }

  /// A and B are found in columns A and B only, C and D in C and D only, either pair being too much for its columns.
  @Test func `of two sets that are in the way one is told, and none that holds both`() throws {
    let columns = [[0, 1], [0, 1], [2, 3], [2, 3], [0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5]]
    let combinations = columns.indices.flatMap { row in
      columns[row].map { Combination([row, $0], respondents: 10) }
    }
    let plan = WeightingPlan(margins: [
      .counts("row", [4, 4, 4, 4, 4, 4]), .counts("column", [3, 3, 3, 3, 6, 6]),
    ])
    let refusal = try #require(faults(of: combinations, by: plan))
    let unmet = try #require(target(in: refusal[0]))
    #expect(refusal == [.targetsContradict(unmet)])
    #expect(unmet.margin == "row" && [["A", "B"], ["C", "D"]].contains(unmet.categories))
    #expect(unmet.confinedTo.map(\.categories) == [unmet.categories])
    #expect(abs(unmet.target - 8) < 1e-9 && abs(unmet.reached - 6) < 1e-9)
  }

  /// Nobody is in category B of two margins. Any two margins can be met, all three cannot: everybody is in at most
  /// one B, but B is to have 0.4 of the sample in each.
  @Test func `three margins that contradict each other only together are refused with a proof`() throws {
    let margins = (1...3).map { Margin.shares("margin \($0)", [0.6, 0.4]) }
    let combinations = [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]].map { Combination($0, respondents: 10) }
    for pair in [[0, 1], [0, 2], [1, 2]] {
      _ = try WeightingPlan(margins: pair.map { margins[$0] }).weights(
        for: combinations.map { combination in
          Combination(pair.map { combination.categories[$0] }, respondents: combination.respondents)
        })
    }
    let refusal = try #require(faults(of: combinations, by: WeightingPlan(margins: margins)))
    guard case .targetsContradict(let unmet) = refusal.first, refusal.count == 1 else {
      Issue.record("\(refusal)")
      return
    }
    #expect(unmet.categories == ["B"] && unmet.reached < unmet.target && unmet.target == 0.4)
    #expect(unmet.confinedTo.count == 2 && unmet.confinedTo.allSatisfy { $0.categories == ["A"] })
    #expect(unmet.mergeWith == ["A"])
  }

  /// The same with thirds: weights exist, but those who are in no B get 0.
  @Test func `three margins that leave nothing to some are refused, though without a proof`() throws {
    let margins = (1...3).map { Margin.counts("margin \($0)", [200, 100]) }
    let combinations = [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]].map { Combination($0, respondents: 10) }
    let plan = WeightingPlan(margins: margins, iterationLimit: 2_000)
    let refusal = try #require(faults(of: combinations, by: plan))
    guard case .targetNotReached(let unmet, 2_000) = refusal.first, refusal.count == 1 else {
      Issue.record("\(refusal)")
      return
    }
    #expect(unmet.categories == ["B"] && unmet.reached < unmet.target && unmet.target == 100)
  }

  @Test func `raking that would take longer than it may is refused`() throws {
    let table = SampleTable.feasible(seed: 7, density: 0.6, margins: 3)
    let sample = try WeightingPlan(margins: table.margins).weights(for: table.combinations)
    let needed = sample.diagnostics.iterations
    #expect(needed > 2)
    let enough = try WeightingPlan(margins: table.margins, iterationLimit: needed).weights(
      for: table.combinations)
    #expect(enough == sample)
    let refusal = faults(
      of: table.combinations, by: WeightingPlan(margins: table.margins, iterationLimit: needed - 1))
    guard case .targetNotReached(_, let iterations)? = refusal?.first else {
      Issue.record("\(String(describing: refusal))")
      return
    }
    #expect(iterations == needed - 1)
  }
}

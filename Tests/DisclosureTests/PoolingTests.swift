import ReleaseModel
import SurveyDefinition
import Tabulation
import Testing

@testable import Disclosure

/// Poolings of groups: what they come to is exact, and what is told of a release is what the release has.
@Suite struct PoolingTests {
  /// The same responses as a definition that pools these groups would read them.
  private func retallied(_ made: MadeUpSurvey, _ pooling: Pooling, seed: UInt64) -> Tally {
    let survey = made.definition().pooled(pooling)
    var tally = Tally(TabulationPlan(survey))
    let slot: Int
    let count: Int
    switch pooling.item {
    case .variable(let index):
      (slot, count) = (tally.plan.layout.variables[index], made.definition().variables[index].groups.count)
    case .question(let index):
      (slot, count) = (
        tally.plan.layout.questions[index] ?? 0, made.definition().questions[index].answerLabels.count
      )
    }
    for var response in made.responses(seed: seed) {
      if response.codes[slot] >= 0 {
        response.codes[slot] = Int32(pooling.positions(of: count)[Int(response.codes[slot])])
      }
      tally.add(response)
    }
    return tally
  }

  private func expectSame(_ left: Tally, _ right: Tally, _ what: String) {
    #expect(left.atoms == right.atoms && left.responses == right.responses, "\(what)")
    #expect(left.routingViolations == right.routingViolations, "\(what)")
    #expect(left.plan.survey == right.plan.survey, "\(what)")
    let plan = left.plan
    for table in plan.tables.indices {
      for banner in [nil] + plan.banners.indices.map(Optional.some) {
        for group in 0..<plan.groupCount(banner) {
          for atom in left.atoms.indices {
            for category in 0..<plan.tables[table].categories {
              let counts = [left, right].map {
                $0.count(atom: atom, table: table, banner: banner, group: group, category: category)
              }
              #expect(counts[0] == counts[1], "\(what)")
            }
            let values = [left, right].map {
              $0.values(atoms: [atom], table: table, banner: banner, group: group).map {
                [$0.value.millionths, Int64($0.count)]
              }
            }
            #expect(values[0] == values[1], "\(what)")
          }
        }
      }
    }
  }

  @Test(arguments: 1...2 as ClosedRange<UInt64>)
  func `pooling a tally gives what reading the responses again would give`(_ seed: UInt64) {
    var made = MadeUpSurvey()
    made.respondents = 120
    let hours = made.definition().questions.count - 1
    made.packs = made.defaultPacks(hours + 1).map { pack in
      var pack = pack
      if pack.id == "all" { pack.banners.append(.question(hours)) }
      return pack
    }
    let poolings = [
      Pooling(item: .variable(1), sets: [[0, 7]]), Pooling(item: .variable(1), sets: [[2, 3, 5], [1, 6]]),
      Pooling(item: .question(hours), sets: [[0, 1]]),
    ]
    for pooling in poolings {
      expectSame(
        made.tally(seed: seed).pooled(pooling), retallied(made, pooling, seed: seed),
        "seed \(seed), \(pooling)")
    }
  }

  private func wave(_ survey: Survey) -> Wave { Wave(id: "2026", survey: survey) }

  @Test(arguments: 1...2 as ClosedRange<UInt64>)
  func `losses are those of the release, each with one reason, and the thresholds leave nothing shown`(
    _ seed: UInt64
  ) {
    var made = MadeUpSurvey()
    made.areas = 5
    made.scales = 1
    made.respondents = 160
    let tally = made.tally(seed: seed)
    let release = protect(tally, of: wave(tally.plan.survey)).release
    let losses = ProtectionLosses(tally, of: wave(tally.plan.survey))
    let raw = RawFigures(tally)
    for ((released, told), declared) in zip(zip(release.packs, losses.packs), declare(tally).packs) {
      #expect(told.cells.withheld == released.withheldRows && told.cells.printed == released.rowCount)
      #expect(told.reasons.values.reduce(0, +) == told.cells.withheld)
      #expect(told.tables.reduce(0) { $0 + $1.cells.withheld } == told.cells.withheld)
      let shown = Set(released.tables.flatMap(\.rows).filter { !$0.figure.isWithheld }.map(\.key))
      for column in declared.tables.flatMap(\.columns) {
        for (figure, reason) in zip(column, raw.thresholdReasons(column, isSensitive: false))
        where reason != nil {
          #expect(!shown.contains(figure.key), "seed \(seed): \(figure.key) is \(String(describing: reason))")
        }
      }
    }
  }

  @Test(arguments: [3] as [UInt64])
  func `what is proposed shows as much more as it says, and is the same every time`(_ seed: UInt64) {
    var made = MadeUpSurvey()
    made.areas = 12
    made.respondents = 120
    made.scales = 1
    // A second pack, without banners, so that `role` makes it.
    made.packs = made.defaultPacks(made.definition().questions.count).filter {
      ["all", "officers"].contains($0.id)
    }
    .map { pack in
      var pack = pack
      if pack.id == "officers" { pack.banners = [] }
      return pack
    }
    let tally = made.tally(seed: seed)
    let losses = ProtectionLosses(tally, of: wave(tally.plan.survey))
    let search = PoolingSearch(tally, of: wave(tally.plan.survey), losses: losses)
    #expect(!search.outcomes.isEmpty, "seed \(seed)")
    #expect(search.tried <= PoolingSearch.tries && search.tried <= search.candidates)
    for outcome in search.outcomes {
      // `role` makes a pack of officers, who may not be pooled with others.
      #expect(outcome.pooling.item != .variable(0) || !outcome.pooling.sets.joined().contains(0))
      let again = retallied(made, outcome.pooling, seed: seed)
      let release = protect(again, of: wave(again.plan.survey)).release
      let withheld = release.packs.reduce(0) { $0 + $1.withheldRows }
      let printed = release.packs.reduce(0) { $0 + $1.rowCount }
      #expect(outcome.losses.cells.withheld == withheld)
      #expect(outcome.recovered == printed - withheld - losses.cells.shown)
    }
    let repeated = PoolingSearch(tally, of: wave(tally.plan.survey), losses: losses)
    #expect(repeated.outcomes.map(\.pooling) == search.outcomes.map(\.pooling))
    #expect(
      PoolingSearch(tally, of: wave(tally.plan.survey), losses: losses, isPoolable: { _, _ in false })
        .candidates == 0)
  }

  @Test func `packs that differ by few are found with their number`() {
    func who(_ groups: [Int]) -> Condition {
      Condition(alternatives: [[.init(item: .variable(0), accepted: groups)]])
    }
    var made = MadeUpSurvey()
    made.respondents = 100
    made.packs = [
      Pack(id: "workers", title: "", who: who([0, 1]), banners: [], questions: [0]),
      Pack(id: "all", title: "", who: who([0, 1, 3]), banners: [], questions: [0]),
    ]
    let tally = made.tally(seed: 9)
    let specials = made.responses(seed: 9).count { $0.codes[tally.plan.layout.variables[0]] == 3 }
    let found = PackDifference.small(in: tally)
    #expect((1..<10).contains(specials))
    #expect(found.contains { $0.pack == "all" && $0.without == ["workers"] && $0.people == specials })
  }
}

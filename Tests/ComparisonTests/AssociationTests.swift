import Estimation
@_spi(Protection) import ReleaseModel
import Testing

@testable import Comparison

struct AssociationTests {
  private func release(
    _ groups: [(group: String, yes: Int?, no: Int)], kind: String = "single", responses: Int = 200
  ) -> Release {
    func cells(_ count: (Int?, Int) -> Int?) -> MadeUpPack.Cells {
      groups.map { group in
        (group.group, count(group.yes, group.no).map { ($0, (group.yes ?? 0) + group.no) })
      }
    }
    return MadeUpPack.release([
      MadeUpPack.table(
        "area", [(.answer("Yes"), cells { yes, _ in yes }), (.answer("No"), cells { $1 })], kind: kind)
    ])
  }

  /// R 4.2.2 gives `chisq.test(matrix(c(762, 327, 468, 484, 239, 477), 2, byrow = TRUE))` on its help page: X-squared = 30.07, df = 2,
  /// p-value = 2.954e-07 (Agresti, 2007, An Introduction to Categorical Data Analysis, p. 39). V = √(30.07/2,757) = 0.104.
  /// Rao and Scott's second order comes near Pearson's where nothing is weighted; EstimationTests holds it to R's digits.
  @Test func `party and gender hang together as closely as Agresti's table says`() throws {
    let test = try #require(
      association([[762, 327, 468], [484, 239, 477]], SampledStratum(sampled: 2_757)))
    #expect(abs(test.cramersV - 0.10444) < 5e-5)
    #expect(abs(test.degrees.above - 2) < 0.01 && (1e-07...5e-07).contains(test.p))
  }

  @Test func `only a table of which every count is published is tested`() {
    func tested(_ release: Release) -> Int { associations(of: release.packs[0], in: release).count }
    #expect(tested(release([("North", 30, 20), ("South", 20, 60)])) == 1)
    #expect(tested(release([("North", nil, 20), ("South", 20, 60)])) == 0)
    #expect(tested(release([("North", 30, 20), ("South", 20, 60)], kind: "multiple")) == 0)
    #expect(tested(release([("North", 30, 20), ("Not stated", 20, 60)])) == 0)
  }

  @Test func `those who did not state the banner are in no group`() throws {
    let with = release([("North", 30, 20), ("South", 20, 60), ("Not stated", 50, 5)])
    let without = release([("North", 30, 20), ("South", 20, 60)])
    let found = try #require(associations(of: with.packs[0], in: with).first)
    #expect(found == associations(of: without.packs[0], in: without).first)
    #expect(found.base == 130 && found.banner == "area" && found.adjusted == found.p)
  }
}

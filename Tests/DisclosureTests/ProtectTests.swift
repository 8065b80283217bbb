import ReleaseModel
import SurveyDefinition
import Tabulation
import Testing

@testable import Disclosure

@Suite struct ProtectTests {
  @Test(arguments: [1, 2, 3] as [UInt64]) func `a release of several packs is protected and shows most`(
    _ seed: UInt64
  ) {
    var made = MadeUpSurvey()
    made.respondents = 1_200
    made.areas = 20
    made.scales = 12
    let survey = made.definition()
    let tally = made.tally(seed: seed)
    let clock = ContinuousClock()
    let start = clock.now
    let protection = protect(tally, of: Wave(id: "w", survey: survey))
    print("seed", seed, clock.now - start)
    for pack in protection.release.packs {
      print(pack.id, pack.withheldRows, "of", pack.rowCount)
    }
  }
}

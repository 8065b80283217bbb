import ReleaseModel
import Tabulation

/// Everything that a tallied wave may publish: `Not stated` has its column wherever somebody did not state a banner.
func declare(_ tally: Tally) -> Declaration {
  declare(tally.plan, sessions: tally.sessions) { banner in
    let group = tally.plan.banners[banner].notStated
    return tally.atoms.indices.contains {
      tally.count(atom: $0, table: 0, banner: banner, group: group, category: 0) > 0
    }
  }
}

@_spi(Protection) import ReleaseModel
import Testing

@testable import Briefing

/// What the script does is tried in a browser (`make test-pages`).
@Suite struct PageScriptTests {
  @Test func `what needs the script is hidden until it runs, and is not there for a question or two`() {
    let tables = ["a", "b", "c"].map { MadePack.table($0, [20, 30, 40]) }
    func tools(_ count: Int) -> Int {
      let release = MadePack.release(Array(tables.prefix(count)))
      let page = String(decoding: BriefingHTML().bytes(of: release.packs[0], in: release), as: UTF8.self)
      let hidden = page.ranges(of: #/<(p|div) id="tools[^>]* hidden="hidden">/#).count
      #expect(page.ranges(of: #/<(p|div) id="tools/#).count == hidden)
      return hidden
    }
    #expect(tools(3) == 2 && tools(2) == 0)
  }
}

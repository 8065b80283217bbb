import Solver
import Testing

@testable import DisclosureAudit

/// What a question demands of sizes that are not printed.
@Suite struct SizeLimitTests {
  /// Eight people gave one of two answers, each in a group of its own: the groups have eight people at least, together.
  private let system = {
    var system = CountSystem(responses: 10)
    let unknowns = (0..<4).map { _ in system.addUnknown() }
    system.require(CountForm(sum: [unknowns[2], unknowns[3]]), equals: 8, .structure)
    for group in 0..<2 {
      let form = CountForm(terms: [(unknowns[group], 1), (unknowns[2 + group], -1)])
      system.require(form, lower: 0, .structure)
    }
    return system
  }()

  private func limit(_ first: Int, _ second: Int) -> SizeLimit? {
    let bounds = Propagation(system, workLimit: 1_000)
    let component = Component(unknowns: [0, 1, 2, 3], constraints: Array(system.constraints.indices))
    return Auditor.limit(LocalSystem(component, system, bounds), component, [0: first, 1: second])
  }

  @Test func `sizes that go with a table break no limit`() {
    #expect(limit(4, 4) == nil)
    #expect(limit(8, 0) == nil)
    #expect(limit(10, 10) == nil)
  }

  @Test(arguments: [(0, 0), (3, 3), (7, 0), (1, 6)])
  func `a limit leaves out the sizes that broke it and none that go with a table`(_ first: Int, _ second: Int)
    throws
  {
    let broken = try #require(limit(first, second))
    func value(_ sizes: [Int]) -> Double {
      broken.terms.reduce(0) { $0 + $1.weight * Double(sizes[$1.unknown]) }
    }
    #expect(value([first, second]) > broken.upper + 0.5)
    for first in 0...10 {
      for second in 0...10 where first + second >= 8 {
        #expect(value([first, second]) <= broken.upper + 1e-6)
      }
    }
  }
}

import Foundation
import Ingest
import Testing

@testable import Canvass

@Suite struct EarlierReleaseTests {
  private let open = TinySurvey.definition + "protection: { minimum_cell: 1, minimum_base: 1 }\n"

  @Test func `figures that changed are counted by pack, with a warning`() throws {
    let tiny = try TinySurvey(definition: open)
    _ = tiny.run()
    try tiny.write(TinySurvey.responses(rows: 85), to: "2026/responses.csv")
    let told = tiny.run()
    #expect(told.status == .done)
    #expect(told.errors.contains("figures of the earlier release in \(tiny.release) changed:"))
    #expect(told.errors.contains("    all: "))
    #expect(told.errors.contains("tools, Good, total Total: has another value"))
    #expect(told.errors.contains("Publishing a wave twice can expose people"))
  }

  @Test func `what is newly withheld is told apart`() throws {
    let tiny = try TinySurvey(definition: open)
    _ = tiny.run()
    try tiny.write(
      TinySurvey.definition + "protection: { minimum_cell: 13, minimum_base: 13 }\n", to: "survey.yaml")
    #expect(tiny.run().errors.contains("newly withheld"))
    try tiny.write(open, to: "survey.yaml")
    #expect(tiny.run().errors.contains("newly shown"))
  }

  @Test func `a damaged earlier table is remarked on and replaced`() throws {
    let tiny = try TinySurvey()
    _ = tiny.run()
    try Data("pack,wave\nall,\"2026".utf8).write(to: URL(filePath: tiny.release + "/all/tables.csv"))
    let told = tiny.run()
    #expect(told.status == .done)
    #expect(told.errors.contains("all/tables.csv of the earlier release is damaged"))
    #expect(try !tiny.table().isEmpty)
  }

  @Test(arguments: ["a,b\n1,\"2\n", "a\"b\n", "\"a\"b\n", "\"a"])
  func `a table with damaged quotes is not read`(_ text: String) {
    #expect(csvRecords(Array(text.utf8)) == nil)
  }

  @Test func `a table that we wrote is read back`() {
    #expect(csvRecords(Array("a,\"b\"\",\n\"\n,\n".utf8)) == [["a", "b\",\n"], ["", ""]])
    #expect(csvRecords([]) == [])
  }
}

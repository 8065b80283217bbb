import Testing

@testable import QDAImport

/// Quotations, memos, descriptions and names of persons: none comes out by being printed, and most are not held at all.
struct ConfidentialityTests {
  func everyPrint(of value: some Any) -> String {
    var dumped = ""
    dump(value, to: &dumped)
    return "\(value) \(String(reflecting: value)) \(dumped)"
  }

  @Test func `nothing confidential is printed`() throws {
    let project = try #require(read(madeUpProject).content())
    #expect((0..<secretCount).allSatisfy { madeUpProject.contains(secret($0)) })
    let printed = everyPrint(of: project)
    #expect(!printed.contains("SECRET"))
    #expect(printed.contains("<not shown>"))
  }

  @Test func `only names of coders, cases and sources and the values of variables are held`() throws {
    let project = try #require(read(madeUpProject).content())
    let values = project.cases.flatMap(\.values) + project.sources.flatMap(\.values)
    let held =
      project.coders.compactMap(\.name) + project.cases.compactMap(\.name)
      + project.sources.compactMap(\.name)
      + values.compactMap(\.text)
    #expect(Set(held.map(\.revealed)) == Set([2, 6, 8, 9, 15, 20, 24].map(secret) + ["17"]))
  }

  @Test func `faults quote nothing but names of codes`() throws {
    // Every GUID, one after the other, is given to something else, left out, and damaged.
    for number in [1, 2, 10, 11, 12, 13, 20, 21, 30, 31, 40, 41, 42, 60, 61, 70, 71, 72, 75] {
      for other in [guid(99), guid(10), guid(70), guid(40), secret(99), ""] {
        let damaged = madeUpProject.replacing(guid(number), with: other, maxReplacements: 1)
        #expect(!everyPrint(of: read(damaged)).contains("SECRET"), "\(number) as \(other)")
      }
    }
  }

  @Test func `the name of a code is shown in part, on one line`() {
    #expect(shownName("rushed") == "'rushed'")
    #expect(shownName("a\nb\u{200B}\u{202E}") == "'a\\u{A}b\\u{200B}\\u{202E}'")
    #expect(shownName(String(repeating: "x", count: 40)) == "'\(String(repeating: "x", count: 40))'")
    #expect(shownName(String(repeating: "x", count: 41)) == "'\(String(repeating: "x", count: 40))…'")
  }
}

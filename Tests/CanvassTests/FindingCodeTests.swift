import Foundation
import Testing

/// Findings.md has every code that the sources give to a finding, with its severity, and no other.
@Suite struct FindingCodeTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources").path()

  /// By code: how the sources give it out.
  private static func codes() throws -> [String: Set<String>] {
    let files = try #require(FileManager.default.enumerator(atPath: sources)?.allObjects as? [String])
    var codes: [String: Set<String>] = [:]
    // Who takes a code, and the code as a literal: a code that is put together at run time could not be looked up.
    let given =
      /(?:(?<taker>\b(?:fault|remark|stop|unknown)\(|severity, code: |perQuestion\([^"\n]*, |\.fault, code: |\.remark, code: )|\bcode: )\s*"(?<code>[a-z0-9]+(?:-[a-z0-9]+)*)"/
      .wordBoundaryKind(.simple)
    let imported = /case \w+ = "(?<code>[a-z-]+)"/
    for file in files where file.hasSuffix(".swift") {
      let text = try String(contentsOfFile: sources + "/" + file, encoding: .utf8)
      for match in text.matches(of: given) {
        let taker = match.taker ?? ""
        let severities: [String] =
          if taker.hasPrefix("severity") {
            ["fault", "remark"]
          } else if taker.hasPrefix("remark") || taker.hasPrefix(".remark") || taker.hasPrefix("perQuestion")
          {
            ["remark"]
          } else {
            ["fault"]
          }
        codes[String(match.code), default: []].formUnion(severities)
      }
      // The two modules that know no findings have lists of their codes.
      guard file.hasSuffix("/ImportFault.swift") || file.hasSuffix("/ExportFault.swift") else { continue }
      for match in text.matches(of: imported) { codes[String(match.code), default: []].insert("fault") }
    }
    return codes
  }

  /// By code: the severities that its entries tell; there should be one entry.
  private static func documented() throws -> [String: [String]] {
    let page = try String(
      contentsOfFile: sources + "/Canvass/Documentation.docc/Findings.md", encoding: .utf8)
    var entries: [String: [String]] = [:]
    for line in page.split(separator: "\n") where line.hasPrefix("- ") {
      let match = try #require(
        line.prefixMatch(of: /- `(?<code>[a-z0-9-]+)` \((?<severity>[a-z ]+)\): \S/), "\(line)")
      entries[String(match.code), default: []].append(String(match.severity))
    }
    return entries
  }

  @Test func `every code has its entry, and every entry its code`() throws {
    let codes = try Self.codes()
    let documented = try Self.documented()
    #expect(codes.count > 140, "the test reads no codes")
    for (code, severities) in codes.sorted(by: { $0.key < $1.key }) {
      let wanted = severities.sorted().joined(separator: " or ")
      #expect(documented[code] == [wanted], "Findings.md needs one entry for `\(code)` (\(wanted))")
    }
    for code in documented.keys.sorted() where codes[code] == nil {
      Issue.record("Findings.md explains \(code), which no source gives out")
    }
  }
}

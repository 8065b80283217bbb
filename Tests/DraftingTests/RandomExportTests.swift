import Ingest
import SurveyDefinition
import Testing

@testable import Drafting

/// Exports made at random: whatever they hold, the draft is accepted and tells nobody's text.
struct RandomExportTests {
  /// A generator whose seed is the test's argument (Steele, Lea and Flood 2014, SplitMix64).
  struct Random {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((value ^ (value >> 31)) % UInt64(bound))
    }
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[next(elements.count)] }
  }

  static let words = [
    "Yes", "No", "Don't know", "Agree", "Strongly agree", "Disagree", "Neutral", "1", "2", "3", "4", "5",
    "10+", "2-50", "",
    "", "Red", "Blue; Green", "A, B", "(none)", "Total", "Not stated", "#7", "null", "true", "- x", "é“ü”",
    "3.0", "0", "x",
    "Other (please specify)", "[x]", "{a: b}", "\"q\"", "a: b", "*", "&a", "1e3", "12:30",
  ]

  @Test(arguments: 1...300)
  func `any export drafts into a definition that reads it`(seed: Int) throws {
    var random = Random(state: UInt64(seed))
    let width = 1 + random.next(8)
    let headings = (0..<width).map { _ in
      random.pick([
        "Q", "Q", "Age", "How [a]", "How [b]", "", "code[SQ001]. How? [x]", "q_1", "q_2", "Role: x", "Total",
        "#", "\u{A0}z",
      ])
    }
    var rare: [String] = []
    var rows: [(times: Int, cells: [String])] = []
    let vocabulary = (0..<width).map { _ in (0..<(1 + random.next(6))).map { _ in random.pick(Self.words) } }
    for row in 0..<(20 + random.next(80)) {
      let cells = (0..<width).map { column -> String in
        if random.next(60) == 0 {
          let text = "MARKER\(row)c\(column)"
          rare.append(text)
          return text
        }
        return random.pick(vocabulary[column])
      }
      rows.append((1, cells))
    }
    let bytes = Array(csv(headings, rows).utf8)
    var drafted = try Drafted(bytes)
    for _ in 0..<6 {
      if drafted.draft.items.isEmpty { return }
      #expect(drafted.definitionFaults == [])
      let survey = try #require(drafted.survey)
      let report = try readResponses(.bytes(bytes, displayName: "f"), of: survey) { _ in }
      if report.findings.allSatisfy(\.isRemark) { break }
      let isMended = drafted.draft.mend(by: report.findings)
      #expect(isMended)
      drafted.yaml = drafted.draft.yaml(drafted.layout, isEncodingGuessed: false)
    }
    if !drafted.draft.items.isEmpty { #expect(try drafted.faults(bytes) == []) }
    #expect(!drafted.yaml.contains("MARKER"))
  }
}

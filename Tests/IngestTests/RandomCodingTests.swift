import SurveyDefinition
import Testing

@testable import Ingest

/// What must hold of any codings, tried on random ones.
struct RandomCodingTests {
  /// One row of a table of codings.
  private struct Row {
    var respondent: Int
    var theme: String
    var coder: String
  }

  private static let above: [String: [String]] = [
    "ict": ["ict"], "joined_up": ["ict", "joined_up"], "twice": ["ict", "joined_up", "twice"],
    "crashes": ["ict", "crashes"], "estate": ["estate"], "": [],
  ]
  private static let order = ["ict", "joined_up", "twice", "crashes", "estate"]

  /// What a rule makes of some rows, read plainly.
  private func expected(_ rows: [Row], people: Int, _ rule: CoderRule) -> [[String]?] {
    (0..<people).map { respondent in
      var coders: [String: Set<String>] = [:]
      for row in rows where row.respondent == respondent {
        coders[row.coder, default: []].formUnion(Self.above[row.theme] ?? [])
      }
      var found = Set(Self.order)
      switch rule {
      case .coder(let name):
        guard let own = coders[name] else { return nil }
        found = own
      case .agreedByAny: found = coders.values.reduce([]) { $0.union($1) }
      case .agreedByAll: for own in coders.values { found.formIntersection(own) }
      }
      return coders.isEmpty ? nil : Self.order.filter(found.contains)
    }
  }

  @Test(arguments: 1...12)
  func `rows in any order and any layout give what a plain count gives`(seed: UInt64) throws {
    var random = SeededRandom(state: seed)
    func draw<Item>(_ items: [Item]) -> Item { items[Int.random(in: 0..<items.count, using: &random)] }
    for _ in 0..<12 {
      let people = Int.random(in: 1...12, using: &random)
      var rows = (0..<Int.random(in: 1...40, using: &random)).map { _ in
        Row(
          respondent: Int.random(in: 0..<people, using: &random), theme: draw(Self.order + [""]),
          coder: draw(["A", "B", "C"]))
      }
      let rule = draw([CoderRule.agreedByAny, .agreedByAll, .coder(rows[0].coder)])
      let wanted = expected(rows, people: people, rule)
      let survey = codedSurvey([theme("why", coders: rule)])
      let separator = draw([",", ";", "\t"])
      let ending = draw(["\n", "\r\n", "\r"])
      var layout = CodingFile.openText
      layout.separator = Array(separator.utf8)[0]
      let columns = ["respondent", "theme", "coder", "text"].shuffled(using: &random)
      for _ in 0..<2 {
        rows.shuffle(using: &random)
        let lines = rows.map { row in
          columns.map { column in
            switch column {
            case "respondent": draw(["id\(row.respondent)", " id\(row.respondent) "])
            case "theme": draw([row.theme, "\"\(row.theme)\""])
            case "coder": row.coder
            default: draw(["", "x", "\"a,\"\"b\"\"\n;\""])
            }
          }.joined(separator: separator)
        }
        let text = ([columns.joined(separator: separator)] + lines).joined(separator: ending) + ending
        let wave = try CodedWave(
          responses((0..<people).map { "id\($0)" }), codings: [(layout, Array(text.utf8))], of: survey,
          chunkSize: Int.random(in: 1...200, using: &random))
        #expect(wave.findings == [], "seed \(seed)")
        #expect(wave.first == wanted, "seed \(seed): \(text.debugDescription)")
      }
    }
  }

  /// Every cell has a secret or a fault; none may be told.
  @Test(arguments: 1...12)
  func `no finding tells anything of a cell`(seed: UInt64) throws {
    var random = SeededRandom(state: seed)
    func draw<Item>(_ items: [Item]) -> Item { items[Int.random(in: 0..<items.count, using: &random)] }
    let rules: [CoderRule?] = [nil, .agreedByAny, .agreedByAll, .coder("Nobody")]
    var codes: Set<String> = []
    for round in 0..<40 {
      let rows = (0..<Int.random(in: 1...60, using: &random)).map { row in
        [
          draw(["SECRET\(row)", "1", "", "SECRET1"]), draw(["why", "else", "SECRET", "wh", ""]),
          draw(["ict", "", "estate", "SECRET theme \(row)", "icts"]),
          draw(["SECRET coder", "SECRET other", ""]),
          draw(["SECRET quotation", "\"SECRET\nmemo\"", "\"SECRET", "SECRET\"", "SECRET,SECRET", ""]),
        ].joined(separator: ",")
      }
      // Faults that stop the reading come at the end, or nothing else would ever be reached.
      let usable = rows.filter { $0.count(where: { $0 == "\"" }) % 2 == 0 }
      let all = round % 4 == 0 ? usable + rows.filter { !usable.contains($0) } : usable
      let header = draw([
        "respondent,question,theme,coder,SECRET", "respondent,SECRET,theme,coder,SECRET",
        "respondent,question,theme,coder,SECRET",
      ])
      let survey = codedSurvey([theme("why", coders: draw(rules)), theme("else", coders: draw(rules))])
      let text = ([header] + all).joined(separator: "\n")
      let wave = try CodedWave(
        draw(["ID,Q\n1,Yes\nSECRET1,No\n", "ID,Q\nSECRET,Yes\n"]), codings: [(.openText, Array(text.utf8))],
        of: survey)
      codes.formUnion(wave.findings.map(\.code))
      var dumped = ""
      dump(wave.findings, to: &dumped)
      #expect(!dumped.contains("SECRET") && !wave.printed.contains("SECRET"), "seed \(seed), round \(round)")
    }
    #expect(
      codes.isSuperset(of: [
        "unknown-theme", "unknown-question", "empty-unit", "wrong-width", "several-coders",
      ]),
      "seed \(seed): \(codes.sorted())")
  }

  @Test func `a coding never prints what it holds`() throws {
    let codings = try readOpenTextCodings(
      [(.openText, .memory(Array("respondent,theme,coder,q\nSECRET,ict,SECRET,SECRET\n".utf8)))],
      of: codedSurvey())
    var dumped = "\(codings) \(String(reflecting: codings)) \(codings.records)"
    dump(codings, to: &dumped)
    #expect(!dumped.contains("SECRET"))
    #expect(!dumped.contains("\(Array("SECRET".utf8))".dropFirst().dropLast()))
  }
}

import Disclosure
import ReleaseModel
import SurveyDefinition
import Tabulation

/// One question under one banner, so small that all data which agree with its release can be tried.
struct TinyShape: Hashable {
  var groups: Int
  var answers: Int
  /// 1: everyone; 2: everyone, and those of one of two roles.
  var packs: Int
  static let minimumCell = 3
  static let minimumBase = 6

  static let measured = [
    TinyShape(groups: 2, answers: 2, packs: 1), TinyShape(groups: 2, answers: 3, packs: 1),
    TinyShape(groups: 3, answers: 2, packs: 1), TinyShape(groups: 3, answers: 3, packs: 1),
    TinyShape(groups: 2, answers: 2, packs: 2), TinyShape(groups: 3, answers: 2, packs: 2),
  ]

  private var roles: Int { packs }
  var cells: Int { roles * groups * answers }

  func cell(role: Int, group: Int, answer: Int) -> Int { (role * groups + group) * answers + answer }

  var definition: String {
    func labels(_ name: String, _ count: Int) -> String {
      (1...count).map { "\(name) \($0)" }.joined(separator: ", ")
    }
    return """
      survey: tiny
      title: A tiny table
      protection: { minimum_cell: \(Self.minimumCell), minimum_base: \(Self.minimumBase) }
      variables:
        role: { label: Role, column: role, groups: [Role 1, Role 2] }
        area: { label: Area, column: area, groups: [\(labels("Area", groups))] }
      questions:
        q: { text: Q, kind: single, column: q, answers: [\(labels("Answer", answers))] }
      packs:
        all: { title: All, who: everyone, banners: [area] }
      \(packs == 2 ? "  first: { title: First, who: { role: [Role 1] }, banners: [area] }\n" : "")
      """
  }

  /// Counts in which something is small: groups of very different sizes.
  func data(seed: Int) -> [Int] {
    var generator = Lehmer(seed: UInt64(seed))
    var data: [Int] = []
    for _ in 0..<roles {
      for _ in 0..<groups {
        let size = generator.below(3) + 1
        for _ in 0..<answers { data.append(generator.below(3 * size + 1)) }
      }
    }
    return data
  }
}

/// A small source of chance: the minimal standard of Park and Miller (1988), Communications of the ACM 31(10), 1192-1201.
private struct Lehmer {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed * 7_919 % 2_147_483_647
    for _ in 0..<5 { _ = below(2) }
  }

  mutating func below(_ bound: Int) -> Int {
    state = state * 48_271 % 2_147_483_647
    return Int(state / 8 % UInt64(bound))
  }
}

/// The protector of canvass, from counts to what a reader has.
struct TinyProtector {
  private let shape: TinyShape
  private let wave: Wave
  private let plan: TabulationPlan

  init(_ shape: TinyShape) throws {
    self.shape = shape
    wave = try readWave(shape.definition, wave: "made_up: true\n")
    plan = TabulationPlan(wave.survey)
  }

  func release(_ data: [Int]) -> TinyRelease {
    var tally = Tally(plan)
    let layout = plan.layout
    for role in 0..<shape.packs {
      for group in 0..<shape.groups {
        for answer in 0..<shape.answers {
          var response = CodedResponse(layout)
          response.codes[layout.variables[0]] = Int32(role)
          response.codes[layout.variables[1]] = Int32(group)
          if let question = layout.questions[0] { response.codes[question] = Int32(answer) }
          for _ in 0..<data[shape.cell(role: role, group: group, answer: answer)] { tally.add(response) }
        }
      }
    }
    let everyone = TinyRelease.Count(cells: Array(0..<shape.cells), value: data.reduce(0, +), base: nil)
    let rows = protect(tally, of: wave).release.packs.flatMap { $0.tables.flatMap(\.rows) }
    return TinyRelease(counts: [everyone] + rows.map(count))
  }

  private func count(_ row: ReleasedRow) -> TinyRelease.Count {
    let roles = row.key.pack == "all" ? 0..<shape.packs : 0..<1
    let groups = number(row.key.group, of: "Area").map { $0..<($0 + 1) } ?? 0..<shape.groups
    let answers = number(row.key.row.text, of: "Answer").map { $0..<($0 + 1) } ?? 0..<shape.answers
    var cells: [Int] = []
    for role in roles {
      for group in groups {
        for answer in answers { cells.append(shape.cell(role: role, group: group, answer: answer)) }
      }
    }
    let value: Int? =
      switch row.figure {
      case .withheld, .sessions, .value: nil
      case .base(let base): base
      case .share(let count, _, _, _, _): count
      case .notApplicable: 0
      }
    return TinyRelease.Count(cells: cells, value: value, base: row.key.row == .base ? nil : row.base)
  }

  /// The position in a label like `Area 2`; nil for others.
  private func number(_ label: String, of name: String) -> Int? {
    label.hasPrefix(name + " ") ? Int(label.dropFirst(name.count + 1)).map { $0 - 1 } : nil
  }
}

/// What the attack finds on tables of one shape.
struct MinimalityRow {
  private let shape: TinyShape
  private var releases = 0
  private var tooMany = 0
  private var small: [MinimalityAttack.Known] = []
  private var withheld: [MinimalityAttack.Known] = []
  private var told = 0

  init(_ shape: TinyShape, seeds: ClosedRange<Int>, limit: Int) {
    self.shape = shape
    guard let protector = try? TinyProtector(shape) else { preconditionFailure("the definition has a fault") }
    for seed in seeds {
      let data = shape.data(seed: seed)
      guard data.reduce(0, +) >= TinyShape.minimumCell,
        protector.release(data).counts.contains(where: { $0.value == nil })
      else { continue }
      guard let attack = MinimalityAttack(truth: data, limit: limit, release: protector.release) else {
        tooMany += 1
        continue
      }
      releases += 1
      let small = attack.known.filter { (1..<TinyShape.minimumCell).contains($0.truth) }
      withheld += attack.known
      self.small += small
      if small.contains(where: isTold) { told += 1 }
    }
  }

  private func isTold(_ known: MinimalityAttack.Known) -> Bool {
    !known.keepsPromise(known.informed, minimumCell: TinyShape.minimumCell)
  }

  static func table(_ rows: [MinimalityRow]) -> [[String]] {
    [
      [
        "groups × answers, packs", "releases", "left out", "small counts", "below the promise by the figures",
        "below it by the protector too", "known exactly", "releases concerned", "mean width, figures",
        "mean width, protector too", "all withheld counts", "of these below the promise",
      ]
    ] + rows.map(\.cells)
  }

  private var cells: [String] {
    let minimumCell = TinyShape.minimumCell
    func share(_ part: Int, _ whole: Int) -> String {
      whole == 0 ? "–" : "\(part) (\(decimal(100 * Double(part) / Double(whole), places: 0))%)"
    }
    func width(_ range: (MinimalityAttack.Known) -> ClosedRange<Int>) -> String {
      small.isEmpty
        ? "–" : decimal(Double(small.reduce(0) { $0 + range($1).count - 1 }) / Double(small.count), places: 1)
    }
    return [
      "\(shape.groups) × \(shape.answers), \(shape.packs)", "\(releases)", "\(tooMany)", "\(small.count)",
      share(small.filter { !$0.keepsPromise($0.plain, minimumCell: minimumCell) }.count, small.count),
      share(small.filter(isTold).count, small.count),
      share(small.filter { $0.values == 1 }.count, small.count),
      share(told, releases), width(\.plain), width(\.informed), "\(withheld.count)",
      share(withheld.filter(isTold).count, withheld.count),
    ]
  }
}

/// Every whole-number table of respondents that agrees with a printed release, gone through one by one: what the promise
/// means, without any solver. For tiny releases only.
struct Enumeration {
  /// A count of the release: which kinds of respondents it counts, and whom they are a part of (the group's respondents,
  /// of an answer also its base).
  struct Target {
    var name: String
    var counted: [Bool]
    var whole: [Bool]?
    /// Of an answer and of what it leaves.
    var base: [Bool]?
    /// Whether minimum_base holds for it.
    var isAnswer = false
    /// Whether nobody may be counted as long as somebody is in the base: the complement of an answer to a sensitive question.
    var mayNotBeEmpty = false
  }

  /// What readers can tell of a target: an outsider, and respondents who know that a count holds them.
  struct Finding {
    var range: ClosedRange<Int>
    var byInsiders: [ClosedRange<Int>]
    /// Whether the promise fails, with what the base of the group allows wherever the base can be told.
    var isBroken: Bool
    /// The same with no allowance for a small base: wider than the promise where the base is printed.
    var isBrokenUnlessPrinted: Bool
  }

  let wave: MadeUpWave
  let targets: [Target]
  private(set) var tables = 0
  /// By target; nil where there were more tables than can be gone through.
  private(set) var findings: [Finding]?

  init(_ release: PrintedRelease, tableLimit: Int) {
    wave = release.wave
    targets = Self.targets(release.wave)
    let figures = Self.figures(release)
    var walk = Walk(
      figures, kinds: wave.kinds.count, targets: targets, insiders: Self.insiders(release.wave),
      limit: tableLimit)
    walk.run()
    tables = walk.tables
    guard !walk.isCutShort else { return }
    findings = targets.indices.map { finding($0, walk) }
  }

  // MARK: - What is printed

  struct Figure {
    var counted: [Bool]
    var value: Int
  }

  static func figures(_ release: PrintedRelease) -> [Figure] {
    let wave = release.wave
    var figures = [
      Figure(counted: wave.kinds.map { _ in true }, value: wave.count { _ in true })
    ]
    for row in release.rows {
      guard let pack = wave.packs.first(where: { $0.id == row.pack }) else { continue }
      let question = wave.questions.first { $0.id == row.question }
      func counted(_ label: String) -> [Bool] {
        wave.kinds.map { kind in
          wave.isMember(kind, pack) && wave.isIn(kind, banner: row.banner, group: row.group)
            && question.map { wave.isCounted(kind, $0, label) } ?? true
        }
      }
      if let base = Int(row.base) { figures.append(Figure(counted: counted("(base)"), value: base)) }
      if let count = Int(row.count) { figures.append(Figure(counted: counted(row.answer), value: count)) }
    }
    return figures
  }

  // MARK: - What is to be protected

  /// Bases, answers, and what is left of a base or of a pack when others are taken from it.
  static func targets(_ wave: MadeUpWave) -> [Target] {
    var targets: [Target] = []
    for part in parts(wave) {
      let shared = part.packs.compactMap { id in wave.packs.first { $0.id == id } }
      let banners = Set(shared.map { Set($0.banners) }.reduce(Set(shared[0].banners)) { $0.intersection($1) })
      let packs =
        part.packs[0]
        + (part.packs.count > 1 ? " without " + part.packs.dropFirst().joined(separator: " and ") : "")
      for banner in ["total"] + banners.sorted() {
        for group in wave.groups(banner) {
          let people = zip(wave.kinds, part.members).map { $1 && wave.isIn($0, banner: banner, group: group) }
          let across = banner == "total" ? "total" : "\(banner) \(group)"
          targets.append(
            Target(name: "\(packs), respondents, \(across)", counted: people))
          for question in wave.questions
          where question.id != banner && shared.allSatisfy({ $0.questions.contains(question.id) }) {
            func counted(_ label: String) -> [Bool] {
              zip(wave.kinds, people).map { $1 && wave.isCounted($0, question, label) }
            }
            func name(_ row: String) -> String { "\(packs), \(question.id) \(row), \(across)" }
            let base = counted("(base)")
            targets.append(Target(name: name("(base)"), counted: base, whole: people))
            if question.isSensitive, question.base != "asked" {
              targets.append(
                Target(
                  name: name("not answering"), counted: zip(people, base).map { $0 && !$1 }, whole: people))
            }
            for label in wave.rowLabels(question).dropFirst()
            where question.isSensitive || label != "(no answer)" {
              let row = counted(label)
              targets.append(
                Target(
                  name: name("\u{201C}\(label)\u{201D}"), counted: row, whole: base, base: base,
                  isAnswer: true))
              targets.append(
                Target(
                  name: name("all but \u{201C}\(label)\u{201D}"), counted: zip(base, row).map { $0 && !$1 },
                  whole: base, base: base,
                  mayNotBeEmpty: question.isSensitive && question.answers.contains(label)))
            }
            for (outer, inner) in rowsWithin(question) {
              let rest = zip(counted(outer), counted(inner)).map { $0 && !$1 }
              targets.append(
                Target(
                  name: name("\u{201C}\(outer)\u{201D} but \u{201C}\(inner)\u{201D}"), counted: rest,
                  whole: base, base: base))
            }
            guard question.isMultiple, question.base == "asked" else { continue }
            for label in wave.rowLabels(question).dropFirst() where label != "(no answer)" {
              let rest = zip(zip(base, counted("(no answer)")), counted(label)).map { $0.0 && !$0.1 && !$1 }
              targets.append(
                Target(
                  name: name("any answer but \u{201C}\(label)\u{201D}"), counted: rest, whole: base,
                  base: base))
            }
          }
        }
      }
    }
    return targets.filter { $0.counted.contains(true) }
  }

  /// Of a multiple question: options and nets that lie within a net. Of a theme question: themes within others.
  private static func rowsWithin(_ question: MadeUpWave.Question) -> [(outer: String, inner: String)] {
    guard question.isMultiple else { return [] }
    return question.themesWithin
      + question.nets.flatMap { net in
        let smaller = question.nets.filter {
          $0.answers.count < net.answers.count && $0.answers.allSatisfy(net.answers.contains)
        }
        return (question.answers.filter(net.answers.contains) + smaller.map { "(net) " + $0.label }).map {
          ("(net) " + net.label, $0)
        }
      }
  }

  /// What one respondent may know of themselves: to have answered a question so, or not, in a group, with the packs that
  /// they are in; and everything.
  static func insiders(_ wave: MadeUpWave) -> [[Bool]] {
    let audiences = wave.kinds.map { kind in wave.packs.map { wave.isMember(kind, $0) } }
    var found = Set<[Bool]>()
    for audience in Set(audiences) {
      for banner in Set(["total"] + wave.packs.flatMap(\.banners)) {
        for group in wave.groups(banner) {
          let people = wave.kinds.indices.map {
            audiences[$0] == audience && wave.isIn(wave.kinds[$0], banner: banner, group: group)
          }
          found.insert(people)
          for question in wave.questions where question.id != banner {
            let base = zip(wave.kinds, people).map { $1 && wave.isInBase($0, question) }
            found.insert(zip(people, base).map { $0 && !$1 })
            for label in wave.rowLabels(question)
            where question.isMultiple || !label.hasPrefix("(net)") {
              if label == "(base)", !question.isMultiple { continue }
              let row = zip(wave.kinds, people).map { $1 && wave.isCounted($0, question, label) }
              found.insert(row)
              if question.isMultiple { found.insert(zip(base, row).map { $0 && !$1 }) }
            }
            for chosen in rowsKnown(question, wave) { found.insert(zip(people, chosen).map { $0 && $1 }) }
          }
        }
      }
    }
    // And all of that at once, with what nothing tells of them.
    for index in wave.kinds.indices { found.insert(wave.kinds.indices.map { $0 == index }) }
    return found.filter { $0.contains(true) }
  }

  /// Who is in a net, or raised a theme, and is not in a row within it, and who is in two of the rows that make a net up.
  private static func rowsKnown(_ question: MadeUpWave.Question, _ wave: MadeUpWave) -> [[Bool]] {
    guard question.isMultiple else { return [] }
    func counted(_ label: String) -> [Bool] { wave.kinds.map { wave.isCounted($0, question, label) } }
    let without = rowsWithin(question).map { outer, inner in
      zip(counted(outer), counted(inner)).map { $0 && !$1 }
    }
    let parts = question.nets.flatMap { net in
      [net.answers]
        + question.nets.filter {
          $0.answers.count < net.answers.count && $0.answers.allSatisfy(net.answers.contains)
        }.map { inner in ["(net) " + inner.label] + net.answers.filter { !inner.answers.contains($0) } }
    }
    let twice = parts.map { rows in
      let each = rows.map(counted)
      return wave.kinds.indices.map { kind in each.count { $0[kind] } > 1 }
    }
    return without + twice
  }

  private struct Part {
    var packs: [String]
    var members: [Bool]
  }

  private static func parts(_ wave: MadeUpWave) -> [Part] {
    var parts: [Part] = []
    for pack in wave.packs {
      let members = wave.kinds.map { wave.isMember($0, pack) }
      if !parts.contains(where: { $0.members == members }) {
        parts.append(Part(packs: [pack.id], members: members))
      }
    }
    let packs = parts
    var next = 0
    while next < parts.count {
      let whole = parts[next]
      next += 1
      for taken in packs where zip(whole.members, taken.members).allSatisfy({ $0 || !$1 }) {
        let rest = zip(whole.members, taken.members).map { $0 && !$1 }
        guard rest.contains(true), !parts.contains(where: { $0.members == rest }) else { continue }
        parts.append(Part(packs: whole.packs + taken.packs, members: rest))
      }
    }
    return parts
  }

  // MARK: - The promise

  /// Whether a reader who knows that a target lies in a range knows too much.
  /// - Parameters:
  ///   - base: What the base of its group may be, where that is known.
  ///   - allowed: What the base of its group allows, where it is known exactly.
  func isPromiseBroken(
    _ target: Target, _ range: ClosedRange<Int>, base: ClosedRange<Int>?, allowed: Int?, isInsider: Bool
  ) -> Bool {
    // Who is alone in a group learns of nobody else.
    if target.mayNotBeEmpty, range == 0...0, let base, base.lowerBound > (isInsider ? 1 : 0) { return true }
    if range.upperBound < 1 { return false }
    let isBaseSmall = target.isAnswer && base.map { $0.upperBound < wave.minimumBase } ?? false
    if range.lowerBound >= wave.minimumCell, !isBaseSmall { return false }
    let width = min(wave.minimumCell, allowed.map { isInsider ? $0 - 1 : $0 } ?? wave.minimumCell)
    return range.upperBound < width || range.upperBound - range.lowerBound < width
  }

  private func finding(_ index: Int, _ walk: Walk) -> Finding {
    let target = targets[index]
    let base = target.base.map { walk.range(of: $0) }
    let wholes = [target.whole, target.base].compactMap { $0 }.map { walk.range(of: $0) }
    let fixed = wholes.filter { $0.lowerBound == $0.upperBound }.map(\.lowerBound).min()
    // A base that is not printed is small to readers who can work it out; nobody is told to hold them up.
    let isBasePrinted = target.base.map { walk.printed.contains($0) } ?? false
    func isBroken(_ range: ClosedRange<Int>, isInsider: Bool, allowed: Int?) -> Bool {
      isPromiseBroken(
        target, range, base: isBasePrinted || allowed == nil ? base : nil, allowed: allowed,
        isInsider: isInsider)
    }
    let outsider = walk.ranges[index].last.flatMap { $0 } ?? 0...0
    let insiders = walk.ranges[index].dropLast().compactMap { $0 }
    func isBroken(allowed: Int?) -> Bool {
      isBroken(outsider, isInsider: false, allowed: allowed)
        || insiders.contains { isBroken($0, isInsider: true, allowed: allowed) }
    }
    return Finding(
      range: outsider, byInsiders: insiders, isBroken: isBroken(allowed: fixed),
      isBrokenUnlessPrinted: isBroken(allowed: nil))
  }

  /// Goes through the tables kind by kind, and turns back where a figure can no longer be met.
  private struct Walk {
    private var remaining: [Int]
    private let figuresOfKind: [[Int]]
    private let lastFiguresOfKind: [[Int]]
    private let targetsOfKind: [[Int]]
    private let bases: [[Bool]]
    private let insiders: [[Int]]
    /// Sets of respondents whose number is printed.
    let printed: Set<[Bool]>
    private var table: [Int]
    private var values: [Int]
    private let limit: Int
    private(set) var tables = 0
    private var steps = 0
    private(set) var isCutShort = false
    /// By target, then insider whom the table holds, outsiders last.
    private(set) var ranges: [[ClosedRange<Int>?]]
    private var baseRanges: [[Bool]: ClosedRange<Int>] = [:]

    init(_ figures: [Figure], kinds: Int, targets: [Target], insiders: [[Bool]], limit: Int) {
      self.insiders = insiders.map { members in members.indices.filter { members[$0] } }
      remaining = figures.map(\.value)
      printed = Set(figures.map(\.counted))
      figuresOfKind = (0..<kinds).map { kind in figures.indices.filter { figures[$0].counted[kind] } }
      lastFiguresOfKind = (0..<kinds).map { kind in
        figures.indices.filter { figures[$0].counted.lastIndex(of: true) == kind }
      }
      targetsOfKind = (0..<kinds).map { kind in targets.indices.filter { targets[$0].counted[kind] } }
      bases = Array(Set(targets.flatMap { [$0.whole, $0.base].compactMap { $0 } }))
      table = Array(repeating: 0, count: kinds)
      values = Array(repeating: 0, count: targets.count)
      ranges = targets.map { _ in Array(repeating: nil, count: insiders.count + 1) }
      self.limit = limit
      // A figure that nobody can be counted in must be 0, or no table agrees.
      isCutShort = figures.contains { !$0.counted.contains(true) && $0.value != 0 }
    }

    mutating func run() { go(0) }

    func range(of base: [Bool]) -> ClosedRange<Int> { baseRanges[base] ?? 0...0 }

    private mutating func go(_ kind: Int) {
      steps += 1
      if steps > limit * 30 { isCutShort = true }
      if isCutShort { return }
      if kind == table.count { return keep() }
      var most = Int.max
      for figure in figuresOfKind[kind] { most = min(most, remaining[figure]) }
      var least = 0
      for figure in lastFiguresOfKind[kind] { least = max(least, remaining[figure]) }
      guard least <= most else { return }
      for count in least...most {
        table[kind] = count
        for figure in figuresOfKind[kind] { remaining[figure] -= count }
        if lastFiguresOfKind[kind].allSatisfy({ remaining[$0] == 0 }) { go(kind + 1) }
        for figure in figuresOfKind[kind] { remaining[figure] += count }
      }
      table[kind] = 0
    }

    private mutating func keep() {
      tables += 1
      if tables > limit {
        isCutShort = true
        return
      }
      for target in values.indices { values[target] = 0 }
      for kind in table.indices where table[kind] > 0 {
        for target in targetsOfKind[kind] { values[target] += table[kind] }
      }
      let present = insiders.indices.filter { insiders[$0].contains { table[$0] > 0 } } + [insiders.count]
      for target in values.indices {
        for reader in present { extend(&ranges[target][reader], values[target]) }
      }
      for base in bases {
        let value = zip(table, base).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
        var range = baseRanges[base]
        extend(&range, value)
        baseRanges[base] = range
      }
    }

    private func extend(_ range: inout ClosedRange<Int>?, _ value: Int) {
      guard let known = range else {
        range = value...value
        return
      }
      if value < known.lowerBound { range = value...known.upperBound }
      if value > known.upperBound { range = known.lowerBound...value }
    }
  }
}

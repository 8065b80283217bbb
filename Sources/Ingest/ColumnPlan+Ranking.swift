import SurveyDefinition

extension ColumnPlan {
  /// A ranking in columns: its steps in `ranks`, the code of the question itself, and that of its first option.
  struct RankingGroup {
    var ranks: Range<Int>
    /// How many places can be given.
    var places: Int
    var target: Int
    var item: Int
    var question: Int
  }

  mutating func addRanking(
    _ ranking: Ranking, silent: [(text: [UInt8], code: Int32)], target: Int, item: Int, question: Int,
    header: inout Headings
  ) {
    let first = ranks.count
    for (index, option) in ranking.options.enumerated() {
      let user = "\(items[item].name), option “\(shown(option.label, limit: 60))”"
      guard let column = header.position(of: option.column, for: user) else { continue }
      ranks.append(cellStep(column, silent, target: target + 1 + index))
    }
    rankings.append(
      RankingGroup(
        ranks: first..<ranks.count, places: ranking.places, target: target, item: item, question: question))
  }

  /// Codes rankings: the places that are given are 1, 2 and so on, each once.
  func decodeRankings(
    _ head: RecordHead, _ bytes: RawSpan, _ bounds: Span<UInt32>, _ responseCodes: inout [Int32],
    _ notes: inout ReadingNotes
  ) {
    let groups = rankings.span
    let steps = ranks.span
    let slots = tables.slots.span
    let words = tables.words.span
    var codes = responseCodes.mutableSpan
    for index in 0..<groups.count {
      let group = groups[index]
      var state = RankingState()
      for index in group.ranks {
        let step = steps[index]
        let bound = head.firstBound &+ Int(step.column)
        let cell = CellRange(start: Int(bounds[bound]), end: Int(bounds[bound &+ 1])).trimmed(in: bytes)
        let silent = step.table.code(of: cell, in: bytes, slots, words)
        var rank: Int32 = 0
        if silent == TextTables.undeclared {
          rank = self.rank(in: cell, of: bytes, upTo: group.places)
        }
        codes[Int(step.target)] = rank
        if rank == 1 { state.first = step.target &- Int32(group.target) &- 1 }
        if let problem = state.add(silent, rank) {
          add(problem, of: group, at: notes.place(head, column: Int(step.column)), &notes)
        }
      }
      if state.hasGap, let first = group.ranks.first {
        add(.gap, of: group, at: notes.place(head, column: Int(steps[first].column)), &notes)
      }
      codes[group.target] = state.code
    }
  }

  /// The place that a cell holds, also as `1.0`, the way some programs write whole numbers; 0 where it holds none of so many.
  private func rank(in cell: CellRange, of bytes: RawSpan, upTo places: Int) -> Int32 {
    var rank = 0
    var position = cell.start
    while position < cell.end, case let digit = bytes.byte(at: position), digit >= 0x30, digit <= 0x39 {
      rank = rank * 10 + Int(digit - 0x30)
      if rank > places { return 0 }
      position += 1
    }
    guard position > cell.start else { return 0 }
    if position < cell.end {
      guard bytes.byte(at: position) == UInt8(ascii: "."), position + 1 < cell.end else { return 0 }
      for zero in (position + 1)..<cell.end where bytes.byte(at: zero) != UInt8(ascii: "0") { return 0 }
    }
    return Int32(rank)
  }

  @inline(never)
  private func add(
    _ problem: RankingProblem, of group: RankingGroup, at place: Place, _ notes: inout ReadingNotes
  ) {
    let name = items[group.item].name
    let places = group.places
    let kind: FaultLog.Kind =
      problem == .notARank
      ? .init(code: "not-a-rank", item: group.item) : .init(code: "broken-ranking", item: group.item)
    notes.reject(kind, at: place) {
      ("\(name): \(problem.rawValue)", problem.remedy(places))
    }
  }
}

/// What is wrong with a ranking, as the end of a sentence that never holds a text of the responses.
enum RankingProblem: String {
  case notARank = "the cell does not hold a place"
  case twice = "the ranking gives one place to two options"
  case gap = "the ranking leaves out a place before its last"

  func remedy(_ places: Int) -> String {
    switch self {
    case .notARank: "places are whole numbers from 1 to \(places); list other texts under `missing`"
    case .twice: "give each place once, or leave the ranking of this record empty"
    case .gap: "rank from 1 without a gap, or leave the ranking of this record empty"
    }
  }
}

/// What the cells of one ranking add up to.
private struct RankingState {
  /// Bit r - 1 for the place r.
  private var used: UInt32 = 0
  /// The option that was placed first.
  var first: Int32 = 0
  private var isBroken = false
  private var hasMissing = false
  private var hasNotAsked = false

  /// - Returns: What is wrong with the cell.
  @inline(__always)
  mutating func add(_ silent: Int32, _ rank: Int32) -> RankingProblem? {
    guard silent == TextTables.undeclared else {
      if silent == AnswerCode.notAsked { hasNotAsked = true } else { hasMissing = true }
      return nil
    }
    guard rank > 0 else {
      isBroken = true
      return .notARank
    }
    let bit = UInt32(1) << UInt32(rank - 1)
    defer { used |= bit }
    guard used & bit == 0 else {
      isBroken = true
      return .twice
    }
    return nil
  }

  /// Whether a place is used and one before it is not; of a ranking that is wrong otherwise, that is said instead.
  var hasGap: Bool { !isBroken && used & (used &+ 1) != 0 }

  /// The option that was placed first; not asked only where every cell says so.
  var code: Int32 {
    if isBroken || hasGap { return AnswerCode.missing }
    if used != 0 { return first }
    return hasNotAsked && !hasMissing ? AnswerCode.notAsked : AnswerCode.missing
  }
}

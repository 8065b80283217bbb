import SurveyDefinition

extension ColumnPlan {
  /// Codes the cells of one response: the loops that all speed depends on.
  /// - Parameters:
  ///   - codes: The codes of the response, all of which are set.
  ///   - values: Its numbers, set where the cell holds one.
  func decode(
    _ head: RecordHead, _ bytes: RawSpan, _ bounds: Span<UInt32>, codes: inout [Int32], values: inout [Int64],
    notes: inout ReadingNotes
  ) {
    decodeChoices(head, bytes, bounds, &codes, &notes)
    if !answerGroups.isEmpty { decodeAnswerColumns(head, bytes, bounds, &codes, &notes) }
    if !optionGroups.isEmpty { decodeOptions(head, bytes, bounds, &codes, &notes) }
    if !joined.isEmpty { decodeJoined(head, bytes, bounds, &codes, &notes) }
    if !rankings.isEmpty { decodeRankings(head, bytes, bounds, &codes, &notes) }
    if !numbers.isEmpty { decodeNumbers(head, bytes, bounds, &codes, &values, &notes) }
  }

  private func decodeChoices(
    _ head: RecordHead, _ bytes: RawSpan, _ bounds: Span<UInt32>, _ responseCodes: inout [Int32],
    _ notes: inout ReadingNotes
  ) {
    let steps = choices.span
    let slots = tables.slots.span
    let words = tables.words.span
    var codes = responseCodes.mutableSpan
    for index in 0..<steps.count {
      let step = steps[index]
      let cell = cell(step.column, head, bounds)
      var code = step.table.code(of: cell, in: bytes, slots, words)
      if code == TextTables.undeclared {
        code = step.other
        if code == TextTables.undeclared {
          notes.undeclared(cell, in: bytes, item: choiceItems[index], head, column: step.column)
          code = AnswerCode.missing
        }
      } else if code >= SpreadsheetDamage.repaired {
        code -= SpreadsheetDamage.repaired
        notes.pending.append(.repair(item: choiceItems[index]))
      }
      codes[Int(step.target)] = code
    }
  }

  /// One answer from one column per answer: the column that is chosen. Two are a fault.
  private func decodeAnswerColumns(
    _ head: RecordHead, _ bytes: RawSpan, _ bounds: Span<UInt32>, _ responseCodes: inout [Int32],
    _ notes: inout ReadingNotes
  ) {
    let groups = answerGroups.span
    let steps = answerColumns.span
    let slots = tables.slots.span
    let words = tables.words.span
    var codes = responseCodes.mutableSpan
    for group in 0..<groups.count {
      let group = groups[group]
      var state = OptionState()
      var answer: Int32?
      for index in group.columns {
        let step = steps[index]
        let cell = cell(step.column, head, bounds)
        var code = step.table.code(of: cell, in: bytes, slots, words)
        var chosen = step.target
        if code == TextTables.undeclared {
          code = step.other
          if code == TextTables.undeclared, let other = group.other {
            code = 1
            chosen = other
          } else if code == TextTables.undeclared {
            notes.undeclared(cell, in: bytes, item: group.item, head, column: step.column)
            code = AnswerCode.missing
          }
        }
        state.add(code, isExclusive: false)
        guard code == 1, answer != chosen else { continue }
        if answer != nil {
          let name = items[group.item].name
          notes.reject(
            .init(code: "two-answers", item: group.item), at: notes.place(head, column: Int(step.column))
          ) {
            (
              "\(name): the record chose another answer besides this one",
              "one answer can be given; see whether this is `kind: multiple`"
            )
          }
        }
        answer = chosen
      }
      // Declining every answer says nothing more than giving none.
      codes[group.target] = answer ?? (state.code < 0 ? state.code : AnswerCode.missing)
    }
  }

  private func decodeOptions(
    _ head: RecordHead, _ bytes: RawSpan, _ bounds: Span<UInt32>, _ responseCodes: inout [Int32],
    _ notes: inout ReadingNotes
  ) {
    let groups = optionGroups.span
    let steps = options.span
    let slots = tables.slots.span
    let words = tables.words.span
    var codes = responseCodes.mutableSpan
    for group in 0..<groups.count {
      let group = groups[group]
      var state = OptionState()
      for index in group.options {
        let step = steps[index].cell
        let cell = cell(step.column, head, bounds)
        var code = step.table.code(of: cell, in: bytes, slots, words)
        if code == TextTables.undeclared {
          code = step.other
          if code == TextTables.undeclared {
            notes.undeclared(cell, in: bytes, item: group.item, head, column: step.column)
            code = AnswerCode.missing
          }
        }
        codes[Int(step.target)] = code == 1 ? 1 : 0
        state.add(code, isExclusive: steps[index].isExclusive)
      }
      codes[group.target] = state.code
      if state.isContradiction { notes.pending.append(.contradiction(question: group.question)) }
    }
  }

  private func decodeJoined(
    _ head: RecordHead, _ bytes: RawSpan, _ bounds: Span<UInt32>, _ responseCodes: inout [Int32],
    _ notes: inout ReadingNotes
  ) {
    let slots = tables.slots.span
    let words = tables.words.span
    var codes = responseCodes.mutableSpan
    for step in joined {
      let rule = step.rule
      let column = step.cell.column
      let cell = cell(column, head, bounds).trimmed(in: bytes)
      for option in rule.isExclusive.indices { codes[rule.firstOption + option] = 0 }
      let whole = step.cell.table.code(of: cell, in: bytes, slots, words)
      codes[Int(step.cell.target)] = whole
      guard whole >= 0 || whole == TextTables.undeclared else { continue }
      var state = OptionState()
      var start = cell.start
      while let part = rule.part(from: start, of: cell, in: bytes, slots, words) {
        start = part.next
        let option = part.code == TextTables.undeclared ? rule.other : part.code
        if option == TextTables.undeclared {
          notes.undeclared(part.range, in: bytes, item: step.item, head, column: column)
        } else if codes[rule.firstOption + Int(option)] == 0 {
          codes[rule.firstOption + Int(option)] = 1
          state.add(1, isExclusive: rule.isExclusive[Int(option)])
        }
      }
      codes[Int(step.cell.target)] = state.code
      if state.isContradiction { notes.pending.append(.contradiction(question: step.question)) }
    }
  }

  private func decodeNumbers(
    _ head: RecordHead, _ bytes: RawSpan, _ bounds: Span<UInt32>, _ responseCodes: inout [Int32],
    _ values: inout [Int64], _ notes: inout ReadingNotes
  ) {
    let steps = numbers.span
    let slots = tables.slots.span
    let words = tables.words.span
    var codes = responseCodes.mutableSpan
    for index in 0..<steps.count {
      let step = steps[index]
      let cell = cell(step.cell.column, head, bounds).trimmed(in: bytes)
      let silent = step.cell.table.code(of: cell, in: bytes, slots, words)
      codes[Int(step.cell.target)] = silent
      guard silent == TextTables.undeclared else { continue }
      let number = number(in: cell, of: bytes, step)
      codes[Int(step.cell.target)] = number.code
      values[step.value] = number.value
      if number.code == AnswerCode.outOfRange { notes.pending.append(.outOfRange(question: step.question)) }
      if let problem = number.problem {
        let place = notes.place(head, column: Int(step.cell.column))
        let name = items[step.item].name
        notes.reject(.init(code: "not-a-number", item: step.item), at: place) {
          ("\(name): the cell \(problem.rawValue)", problem.remedy)
        }
      }
    }
  }

  @inline(__always)
  private func cell(_ column: Int32, _ head: RecordHead, _ bounds: Span<UInt32>) -> CellRange {
    let bound = head.firstBound &+ Int(column)
    return CellRange(start: Int(bounds[bound]), end: Int(bounds[bound &+ 1]))
  }
}

/// What is wrong with a number cell, as the end of a sentence.
enum NumberProblem: String {
  case notANumber = "is not a number"
  case tooPrecise = "has more than six decimals"
  case tooLarge = "holds too large a number"

  var remedy: String {
    switch self {
    case .notANumber:
      "write digits and at most one decimal point, without separators between thousands; list other texts under `missing`"
    case .tooPrecise: "round it to six decimals"
    case .tooLarge: "declare `valid`, so that it counts as missing"
    }
  }
}

extension ColumnPlan {
  /// The code of a number's cell, its band, 0 where it has none, or `AnswerCode.outOfRange`, with its value.
  private func number(
    in cell: CellRange, of bytes: RawSpan, _ step: NumberStep
  ) -> (code: Int32, value: Int64, problem: NumberProblem?) {
    switch readNumber(cell, in: bytes) {
    case .millionths(let value):
      if let valid = step.valid, !valid.contains(value) { return (AnswerCode.outOfRange, 0, nil) }
      guard let band = band(of: value, step.bands) else { return (AnswerCode.outOfRange, 0, nil) }
      return (band, value, nil)
    case .tooLarge:
      return step.valid == nil ? (AnswerCode.missing, 0, .tooLarge) : (AnswerCode.outOfRange, 0, nil)
    case .tooPrecise: return (AnswerCode.missing, 0, .tooPrecise)
    case .notANumber: return (AnswerCode.missing, 0, .notANumber)
    }
  }

  /// The band that holds a value, from 0; the upper end of the last is within it.
  private func band(of value: Int64, _ bands: Range<Int>) -> Int32? {
    if bands.isEmpty { return 0 }
    for index in bands where value >= numberBands[index].from {
      let upTo = numberBands[index].upTo
      if value < upTo || (value == upTo && index == bands.upperBound - 1) {
        return Int32(index - bands.lowerBound)
      }
    }
    return nil
  }
}

/// What the options of one multiple question add up to.
private struct OptionState {
  private var chosen = 0
  private var hasDeclined = false
  private var hasMissing = false
  private var hasNotAsked = false
  private var choseExclusive = false

  @inline(__always)
  mutating func add(_ code: Int32, isExclusive: Bool) {
    switch code {
    case 1:
      chosen += 1
      if isExclusive { choseExclusive = true }
    case 0: hasDeclined = true
    case AnswerCode.notAsked: hasNotAsked = true
    default: hasMissing = true
    }
  }

  /// Answered where any option was chosen or declined; not asked only where every cell says so.
  var code: Int32 {
    if chosen > 0 || hasDeclined { return 0 }
    return hasNotAsked && !hasMissing ? AnswerCode.notAsked : AnswerCode.missing
  }

  /// An exclusive option and another.
  var isContradiction: Bool { choseExclusive && chosen > 1 }
}

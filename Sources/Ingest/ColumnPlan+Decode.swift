import SurveyDefinition

extension ColumnPlan {
  /// Codes the cells of one response, step by step: the loop that all speed depends on.
  /// - Parameters:
  ///   - responseCodes: The codes of the response, all of which are set.
  ///   - numbers: Its numbers, set where the cell holds one.
  func decode(
    _ head: RecordHead, _ bytes: RawSpan, _ bounds: Span<UInt32>, codes responseCodes: inout [Int32],
    numbers: inout [Int64], notes: inout ReadingNotes
  ) {
    let steps = self.steps.span
    let slots = tables.slots.span
    let words = tables.words.span
    var codes = responseCodes.mutableSpan
    var options = OptionState()
    for index in steps.indices {
      let step = steps[index]
      let bound = head.firstBound + step.column
      let cell = CellRange(start: Int(bounds[bound]), end: Int(bounds[bound + 1])).trimmed(in: bytes)
      var code = step.table.code(of: cell, in: bytes, slots, words)
      if code == TextTables.undeclared, step.takesWholeTexts {
        code = step.other
        if code == TextTables.undeclared {
          notes.undeclared(cell, in: bytes, item: step.item, head, column: step.column)
          code = AnswerCode.missing
        }
      }
      switch step.kind {
      case .choice:
        codes[step.target] = code
      case .option:
        if step.isFirst { options = OptionState() }
        codes[step.target] = code == 1 ? 1 : 0
        options.add(code, isExclusive: step.isExclusive)
        guard step.isLast else { continue }
        codes[step.state] = options.code
        if options.isContradiction { notes.report.contradictions[step.question] += 1 }
      case .joined:
        let rule = joinedRules[step.rule]
        for option in rule.isExclusive.indices { codes[rule.firstOption + option] = 0 }
        codes[step.target] = code
        guard code >= 0 || code == TextTables.undeclared else { continue }
        options = OptionState()
        var start = cell.start
        while let part = rule.part(from: start, of: cell, in: bytes, slots, words) {
          start = part.next
          let option = part.code == TextTables.undeclared ? rule.other : part.code
          if option == TextTables.undeclared {
            notes.undeclared(part.range, in: bytes, item: step.item, head, column: step.column)
          } else if codes[rule.firstOption + Int(option)] == 0 {
            codes[rule.firstOption + Int(option)] = 1
            options.add(1, isExclusive: rule.isExclusive[Int(option)])
          }
        }
        codes[step.target] = options.code
        if options.isContradiction { notes.report.contradictions[step.question] += 1 }
      case .number:
        codes[step.target] = code
        guard code == TextTables.undeclared else { continue }
        let entry = number(in: cell, of: bytes, step)
        if let problem = entry.problem {
          let name = items[step.item].name
          let place = notes.place(head, column: step.column)
          notes.faults.add(.init(code: "not-a-number", item: step.item), at: place) {
            ("\(name): the cell \(problem.rawValue)", problem.remedy)
          }
        }
        if entry.code == AnswerCode.outOfRange { notes.report.outOfRange[step.question] += 1 }
        codes[step.target] = entry.code
        numbers[numberRules[step.rule].target] = entry.value
      }
    }
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
    in cell: CellRange, of bytes: RawSpan, _ step: Step
  ) -> (code: Int32, value: Int64, problem: NumberProblem?) {
    let rule = numberRules[step.rule]
    switch readNumber(cell, in: bytes) {
    case .millionths(let value):
      if let valid = rule.valid, !valid.contains(value) { return (AnswerCode.outOfRange, 0, nil) }
      guard let band = band(of: value, rule.bands) else { return (AnswerCode.outOfRange, 0, nil) }
      return (band, value, nil)
    case .tooLarge:
      return rule.valid == nil ? (AnswerCode.missing, 0, .tooLarge) : (AnswerCode.outOfRange, 0, nil)
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

/// A count that must not be known closely, if it is small: a figure, what is left of its base, what one pack leaves of
/// another.
struct AuditTarget {
  /// What is counted.
  enum Subject: Hashable {
    case base
    case row(CountTables.Category)
    /// Everyone in the base who is not in the row.
    case complement(CountTables.Category)
    /// Of a multiple question: who chose any option of a net, or gave any answer at all, and is not in a row within it.
    case rest(of: CountTables.Category, without: CountTables.Category)
    /// Who did not answer a sensitive question.
    case notAnswering
  }

  var form: CountForm
  /// Whom the count is a part of: the base, or the group's respondents; nil for the respondents themselves.
  var whole: CountForm?
  /// Of an answer: its base, by which every count of a small group is sensitive.
  var base: CountForm?
  var part: Int
  /// The packs that its part is made of and that print the question under the banner, added and subtracted.
  var composition: [(pack: Int, sign: Int)]
  var question: Int
  var column: Int
  var group: Int
  var subject: Subject
  /// Whether a complement of 0 tells what everyone in the group answered to a sensitive question.
  var exposesEveryone = false

  var isAnswer: Bool { if case .row = subject { true } else { false } }
}

/// How far a count must stay open.
struct Openness {
  let minimumCell: Int
  let minimumBase: Int

  /// Whether a count that may lie in `range` is one that must be protected.
  /// - Parameter base: Of an answer, what the base of its group may be; nil of any other count. What is left of a base is
  ///   only sensitive where it is small itself: the answer is held open by the same base anyway.
  func isSensitive(_ range: ClosedRange<Int>, base: ClosedRange<Int>?) -> Bool {
    guard minimumCell > 1 || minimumBase > 1, range.upperBound >= 1 else { return false }
    if range.lowerBound < minimumCell { return true }
    return base.map { $0.upperBound < minimumBase } ?? false
  }

  /// How far its possible values must span, and what the largest must reach.
  /// - Parameters:
  ///   - allowed: What the printed base of the group allows; nil where none is printed.
  ///   - isInsider: For a reader who knows of one respondent, themselves.
  func width(allowed: Int?, isInsider: Bool) -> Int {
    guard let allowed else { return minimumCell }
    return max(0, min(minimumCell, isInsider ? allowed - 1 : allowed))
  }

  func isOpen(_ range: ClosedRange<Int>, width: Int) -> Bool {
    range.upperBound >= width && range.upperBound - range.lowerBound >= width
  }
}

extension CountTables {
  /// Every count that a reader can form from the rows by adding and subtracting, once.
  func targets(_ parts: [AudiencePart]) -> [AuditTarget] {
    var found: [AuditTarget] = []
    var known = Set<[CountForm]>()
    func add(_ target: AuditTarget) {
      if target.form.isEmpty { return }
      let identity = [target.form, target.whole ?? CountForm()]
      if target.exposesEveryone || known.insert(identity).inserted { found.append(target) }
    }
    for (position, part) in parts.enumerated() {
      for column in columns.indices {
        guard let composition = composition(part, nil, column) else { continue }
        for group in columns[column].groups.indices {
          add(
            AuditTarget(
              form: form(-1, column, group, part.atoms, .respondents), whole: nil, base: nil, part: position,
              composition: composition, question: -1, column: column, group: group, subject: .base))
        }
        for question in questions.indices where isTabulated(question, column) {
          guard let composition = self.composition(part, question, column) else { continue }
          for group in columns[column].groups.indices {
            for target in targets(position, part, composition, question, column, group) { add(target) }
          }
        }
      }
    }
    return found
  }

  /// For each piece of a part, the first of its packs that prints a question, or the respondents, under a banner; nil where
  /// there is a piece that none prints.
  private func composition(
    _ part: AudiencePart, _ question: Int?, _ column: Int
  ) -> [(pack: Int, sign: Int)]? {
    let composition = part.pieces.compactMap { piece in
      piece.packs.first { pack in
        columns[column].packs.contains(pack)
          && question.map { release.packs[pack].questions.contains(questions[$0].id) } ?? true
      }.map { (pack: $0, sign: piece.sign) }
    }
    return composition.count == part.pieces.count ? composition : nil
  }

  private func targets(
    _ position: Int, _ part: AudiencePart, _ composition: [(pack: Int, sign: Int)], _ question: Int,
    _ column: Int, _ group: Int
  ) -> [AuditTarget] {
    let size = form(-1, column, group, part.atoms, .respondents)
    let base = form(question, column, group, part.atoms, anyOf: baseCategories(of: question))
    let isSensitive = questions[question].sensitive
    let thresholds = release.definition.protection
    // Where both thresholds are 1 the organisation has said that every answer may be published.
    let protectsAnything = thresholds.minimumCell > 1 || thresholds.minimumBase > 1
    func target(
      _ form: CountForm, _ whole: CountForm, _ base: CountForm?, _ subject: AuditTarget.Subject
    ) -> AuditTarget {
      AuditTarget(
        form: form, whole: whole, base: base, part: position, composition: composition, question: question,
        column: column, group: group, subject: subject)
    }
    var targets = [target(base, size, nil, .base)]
    // How many did not answer is no sensitive count unless the question is marked so.
    let categories = printedCategories(of: question).filter { $0 != .noAnswer || isSensitive }
    let rows = categories.map { rowForm(question, column, group, part.atoms, $0) }
    for (category, row) in zip(categories, rows) { targets.append(target(row, base, base, .row(category))) }
    for (category, row) in zip(categories, rows) {
      var complement = target(base - row, base, base, .complement(category))
      if isSensitive, protectsAnything, case .answer = category { complement.exposesEveryone = true }
      targets.append(complement)
    }
    for (outer, inner) in within(question) {
      let all = outer == .answered ? form(question, column, group, part.atoms, .answered) : nil
      let outerForm = all ?? rowForm(question, column, group, part.atoms, outer)
      let rest = outerForm - rowForm(question, column, group, part.atoms, inner)
      targets.append(target(rest, base, base, .rest(of: outer, without: inner)))
    }
    if isSensitive, questions[question].base != "asked" {
      targets.append(target(size - base, size, nil, .notAnswering))
    }
    return targets
  }

  /// Of a multiple question: rows that lie within a net, or within those who answered where the base is everyone asked.
  /// What they leave of it follows by subtraction.
  private func within(_ question: Int) -> [(outer: Category, inner: Category)] {
    guard isMultiple(question) else { return [] }
    let definition = questions[question]
    var pairs: [(outer: Category, inner: Category)] = []
    for (outer, net) in definition.nets.enumerated() {
      for (answer, label) in definition.answers.enumerated() where net.answers.contains(label) {
        pairs.append((.net(outer), .answer(answer)))
      }
      for (inner, other) in definition.nets.enumerated()
      where other.answers.count < net.answers.count && other.answers.allSatisfy(net.answers.contains) {
        pairs.append((.net(outer), .net(inner)))
      }
    }
    pairs += themesWithin(question).map { (.answer($0.outer), .answer($0.inner)) }
    if definition.base == "asked" {
      pairs += definition.answers.indices.map { (.answered, .answer($0)) }
      pairs += definition.nets.indices.map { (.answered, .net($0)) }
    }
    return pairs
  }

  /// What rows say of the counts that they tell of.
  var printedRanges: [CountForm: ClosedRange<Int>] {
    var printed: [CountForm: ClosedRange<Int>] = [:]
    for constraint in system.constraints {
      guard case .row = constraint.source else { continue }
      let (lower, upper) = (max(0, constraint.lower), min(system.responses, constraint.upper))
      // A row may also tell of a difference, which can be below zero.
      guard lower <= upper else { continue }
      let range = lower...upper
      printed[constraint.form] = printed[constraint.form].map { $0.clamped(to: range) } ?? range
    }
    return printed
  }

  /// What a target's count lies in by the rows of its packs: larger pack less smaller, base less row.
  func range(
    of target: AuditTarget, _ known: ClosedRange<Int>,
    _ printed: [CountForm: ClosedRange<Int>]
  ) -> ClosedRange<Int> {
    var least = 0
    var most = 0
    func add(_ form: CountForm, _ sign: Int) -> Bool {
      if form.isEmpty { return true }
      guard let range = printed[form] else { return false }
      least += sign > 0 ? range.lowerBound : -range.upperBound
      most += sign > 0 ? range.upperBound : -range.lowerBound
      return true
    }
    for piece in target.composition {
      let members = atoms.isMember.map { $0[piece.pack] }
      func form(anyOf categories: [Category], of question: Int) -> CountForm {
        self.form(question, target.column, target.group, members, anyOf: categories)
      }
      let size = form(anyOf: [.respondents], of: -1)
      let isKnown: Bool
      if target.question < 0 {
        isKnown = add(size, piece.sign)
      } else {
        let base = form(anyOf: baseCategories(of: target.question), of: target.question)
        func row(_ category: Category) -> CountForm {
          rowForm(target.question, target.column, target.group, members, category)
        }
        switch target.subject {
        case .base: isKnown = add(base, piece.sign)
        case .row(let category): isKnown = add(row(category), piece.sign)
        case .complement(let category): isKnown = add(base, piece.sign) && add(row(category), -piece.sign)
        case .rest(of: .answered, without: let inner):
          isKnown = add(base, piece.sign) && add(row(.noAnswer), -piece.sign) && add(row(inner), -piece.sign)
        case .rest(of: let outer, without: let inner):
          isKnown = add(row(outer), piece.sign) && add(row(inner), -piece.sign)
        case .notAnswering: isKnown = add(size, piece.sign) && add(base, -piece.sign)
        }
      }
      guard isKnown else { return known }
    }
    return known.overlaps(least...most) ? known.clamped(to: least...most) : known
  }
}

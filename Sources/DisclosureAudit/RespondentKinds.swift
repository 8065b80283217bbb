/// Every kind of respondent who may learn more than an outsider: what they know of themselves is that a count with them
/// in it is at least 1.
///
/// One count at a time: who joins their groups under several banners, or several options of one question, is not tried. Where
/// totals are withheld, and banners hang together, such a respondent may know more.
struct RespondentKinds {
  private(set) var forms: [CountForm] = []
  /// By unknown, the kinds that are looked at with it.
  private(set) var ofUnknown: [[Int]]
  /// By kind: the question that it is about, -1 for a size.
  private(set) var question: [Int] = []

  /// Leaves out kinds that are certain, who know nothing more, and those that cannot be.
  init(_ tables: CountTables, _ bounds: Propagation) {
    ofUnknown = Array(repeating: [], count: tables.cells.count)
    func isOpen(_ form: CountForm) -> Bool {
      let range = bounds.range(form)
      return range.lowerBound < 1 && range.upperBound > 0
    }
    for (unknown, cell) in tables.cells.enumerated() {
      let own = CountForm(sum: [unknown])
      if isOpen(own) { add(own, unknown, cell.question) }
      guard cell.question >= 0, tables.isMultiple(cell.question) else { continue }
      switch cell.category {
      case .answer, .net:
        guard
          let answered = tables.unknown(cell.question, cell.column, cell.group, cell.people, .answered)
        else { continue }
        let other = CountForm(sum: [answered]) - own
        if isOpen(other) { add(other, bounds.isFixed(unknown) ? answered : unknown, cell.question) }
      default: break
      }
    }
  }

  private mutating func add(_ form: CountForm, _ unknown: Int, _ question: Int) {
    ofUnknown[unknown].append(forms.count)
    self.question.append(question)
    forms.append(form)
  }

  var count: Int { forms.count }

  /// Of some kinds, those that are about none of some questions.
  func outside(_ questions: [Int], _ chosen: BitSet) -> BitSet {
    var outside = chosen
    for kind in chosen.positions where questions.contains(question[kind]) { outside[kind] = false }
    return outside
  }

  /// The kinds that are looked at with a component, ascending by unknown.
  func positions(in component: Component) -> [Int] { component.unknowns.flatMap { ofUnknown[$0] } }
}

/// Every kind of respondent who may learn more than an outsider: what they know of themselves is that a count with them
/// in it is at least 1. Of several options of one question that they chose, it is what these add up to beyond the net: who
/// chose two of them is in the net once.
///
/// One count at a time: who joins their groups under several banners, answers to several questions, or what they chose with
/// what they did not, is not tried. Such a respondent may know more.
struct RespondentKinds {
  private(set) var forms: [CountForm] = []
  /// By unknown, the kinds that are about it.
  private(set) var ofUnknown: [[Int]]
  /// By kind: the question that it is about, -1 for a size.
  private(set) var question: [Int] = []
  /// By kind: the part of its question that only bases join to the others; nil for a base, and for any other question.
  private(set) var part: [Int?] = []

  /// No respondent of any kind: outsiders alone.
  init(outsidersOf tables: CountTables) { ofUnknown = Array(repeating: [], count: tables.cells.count) }

  /// Leaves out kinds that are certain, who know nothing more, and those that cannot be.
  init(_ tables: CountTables, _ bounds: Propagation) {
    ofUnknown = Array(repeating: [], count: tables.cells.count)
    var known = Set<CountForm>()
    func add(_ form: CountForm, _ question: Int, to kinds: inout RespondentKinds) {
      let range = bounds.range(form)
      guard range.lowerBound < 1, range.upperBound > 0, known.insert(form).inserted else { return }
      kinds.add(
        form, question, form.unknowns.lazy.compactMap { tables.part(of: tables.cells[Int($0)]) }.first)
    }
    for (unknown, cell) in tables.cells.enumerated() {
      let own = CountForm(sum: [unknown])
      add(own, cell.question, to: &self)
      guard cell.question >= 0, tables.isMultiple(cell.question) else { continue }
      switch cell.category {
      case .answer, .net:
        guard
          let answered = tables.unknown(cell.question, cell.column, cell.group, cell.people, .answered)
        else { continue }
        add(CountForm(sum: [answered]) - own, cell.question, to: &self)
      case .answered:
        for (outer, inner) in tables.themesWithin(cell.question) {
          guard
            let outer = tables.unknown(cell.question, cell.column, cell.group, cell.people, .answer(outer)),
            let inner = tables.unknown(cell.question, cell.column, cell.group, cell.people, .answer(inner))
          else { continue }
          add(CountForm(sum: [outer]) - CountForm(sum: [inner]), cell.question, to: &self)
        }
        for net in tables.nets(of: cell.question, cell.column, cell.group, cell.people) {
          let whole = CountForm(sum: [net.count])
          for row in net.rowsWithin { add(whole - CountForm(sum: [row]), cell.question, to: &self) }
          for parts in net.parts where parts.count > 1 {
            add(CountForm(sum: parts) - whole, cell.question, to: &self)
          }
        }
      case .respondents, .noAnswer, .others: break
      }
    }
  }

  private mutating func add(_ form: CountForm, _ question: Int, _ part: Int?) {
    self.part.append(part)
    for unknown in form.unknowns { ofUnknown[Int(unknown)].append(forms.count) }
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

  /// Of some kinds, those that are about another question, or another part of it.
  func outside(_ question: Int, part own: Int?, _ chosen: BitSet) -> BitSet {
    var outside = chosen
    for kind in chosen.positions where self.question[kind] == question {
      if part[kind] == own || part[kind] == nil || own == nil { outside[kind] = false }
    }
    return outside
  }

  /// The kinds that are looked at with a component, by unknown: those that are about one of its unknowns, and so about none
  /// of another component.
  func positions(in component: Component) -> [Int] {
    var found: [Int] = []
    var known = Set<Int>()
    for unknown in component.unknowns {
      for kind in ofUnknown[unknown] where forms[kind].unknowns.count == 1 || known.insert(kind).inserted {
        found.append(kind)
      }
    }
    return found
  }
}

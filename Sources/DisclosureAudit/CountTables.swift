/// The unknown counts of a release: how many people of each atom and group gave each answer.
///
/// Atoms that cannot be told apart under a banner are one *class*: who of the class is in which atom shows nowhere
/// under that banner.
struct CountTables {
  /// What stands across the top: `total`, or an item.
  struct Column {
    var id: String
    /// The groups that exist: labels, then perhaps `Not stated`.
    var groups: [String]
    /// Of the item's values, by group: the number of labels stands for none.
    var valueOfGroup: [Int]
    /// Classes of atoms.
    var classes: [[Int]]
    /// Packs (positions in the release) that receive it.
    var packs: [Int]
  }

  /// A category of people under one group: what a table counts.
  enum Category: Hashable {
    case respondents
    /// Who gave an answer (its position); of a multiple question, who chose it, of a theme question, who raised it.
    case answer(Int)
    /// Of a multiple question: who chose any option of a net, and who is in the base.
    case net(Int)
    case answered
    /// Asked, and gave no answer; only where the base is everyone asked.
    case noAnswer
    /// Neither in the base nor `noAnswer`.
    case others
  }

  struct Cell: Hashable {
    /// The position of the question; -1 for the respondents themselves.
    var question: Int
    var column: Int
    var group: Int
    var people: Int
    var category: Category
  }

  let release: PublishedRelease
  let atoms: AudienceAtoms
  let columns: [Column]
  /// By question.
  private let families: [[Int]]
  /// By question, then answer, nets last: of which part of the question that is joined by its bases alone it is.
  private let parts: [[Int]]
  private(set) var system: CountSystem
  private(set) var unknownOfCell: [Cell: Int] = [:]
  /// By unknown.
  private(set) var cells: [Cell] = []

  var questions: [PublishedDefinition.Question] { release.definition.questions }

  init(_ release: PublishedRelease, _ atoms: AudienceAtoms) throws(UnreadableRelease) {
    self.release = release
    self.atoms = atoms
    var ids: [String] = []
    for pack in release.packs { for id in pack.banners where !ids.contains(id) { ids.append(id) } }
    let packs = release.packs
    var columns = [
      Column(
        id: "total", groups: ["Total"], valueOfGroup: [0], classes: (0..<atoms.count).map { [$0] },
        packs: Array(packs.indices))
    ]
    for id in ids {
      let labels = try AudienceAtoms.labels(of: id, release.definition)
      let hasNotStated = release.bannersWithNotStated.contains(id)
      let receiving = packs.indices.filter { packs[$0].banners.contains(id) }
      let classes = atoms.classes(under: id, receiving: receiving)
      columns.append(
        Column(
          id: id, groups: labels + (hasNotStated ? ["Not stated"] : []),
          valueOfGroup: Array(0..<(labels.count + (hasNotStated ? 1 : 0))), classes: classes, packs: receiving
        ))
    }
    self.columns = columns
    families = Self.families(release.definition.questions)
    parts = release.definition.questions.map { Self.parts(of: $0) }
    system = CountSystem(responses: release.manifest.responses)
    addCells()
  }

  private mutating func addCells() {
    for column in columns.indices {
      add(-1, column, [.respondents])
      for question in questions.indices where isTabulated(question, column) {
        add(question, column, categories(of: question))
      }
    }
  }

  private mutating func add(_ question: Int, _ column: Int, _ categories: [Category]) {
    for group in columns[column].groups.indices {
      for (people, members) in columns[column].classes.enumerated() {
        for category in categories {
          guard members.contains(where: { canBe(question, column, group, $0, category) }) else { continue }
          let cell = Cell(
            question: question, column: column, group: group, people: people, category: category)
          unknownOfCell[cell] = system.addUnknown()
          cells.append(cell)
        }
      }
    }
  }

  /// Whether the definition lets people of an atom be in a cell at all.
  private func canBe(_ question: Int, _ column: Int, _ group: Int, _ atom: Int, _ category: Category) -> Bool
  {
    let definition = columns[column]
    if column > 0, !atoms.canHave(atom, definition.id, definition.valueOfGroup[group]) { return false }
    if question >= 0 {
      switch asked(question, column, group, atom) {
      case .nobody: if category != .others { return false }
      case .everyone: if category == .others, questions[question].base == "asked" { return false }
      case .unknown: break
      }
    }
    guard question >= 0, !isMultiple(question) else { return true }
    let id = questions[question].id
    switch category {
    case .answer(let answer): return atoms.canHave(atom, id, answer)
    case .noAnswer, .others: return atoms.canHave(atom, id, questions[question].answers.count)
    case .respondents, .net, .answered: return true
    }
  }

  /// Of whom it is known from the definition alone whether a question was asked of them.
  private enum Asked { case everyone, nobody, unknown }

  /// Whether people of an atom in one group were asked a question, as far as the groups tell that they are in and the packs.
  private func asked(_ question: Int, _ column: Int, _ group: Int, _ atom: Int) -> Asked {
    guard let alternatives = questions[question].askedIf else { return .unknown }
    let led = alternatives.map { clauses in
      clauses.map { clause -> Asked in
        guard let labels = try? AudienceAtoms.labels(of: clause.item, release.definition) else {
          return .unknown
        }
        // Of a multiple question several can hold at once.
        if let source = questions.firstIndex(where: { $0.id == clause.item }), isMultiple(source) {
          return .unknown
        }
        let values = (0...labels.count).filter { value in
          columns[column].id == clause.item
            ? columns[column].valueOfGroup[group] == value : atoms.canHave(atom, clause.item, value)
        }
        let accepted = values.filter { $0 < labels.count && clause.answers.contains(labels[$0]) }
        if accepted.isEmpty { return .nobody }
        return accepted.count == values.count ? .everyone : .unknown
      }
    }
    if led.contains(where: { $0.allSatisfy { $0 == .everyone } }) { return .everyone }
    return led.allSatisfy { $0.contains(.nobody) } ? .nobody : .unknown
  }

  /// The total, and the banners under which some pack receives the question; never the question's own.
  func isTabulated(_ question: Int, _ column: Int) -> Bool {
    guard Self.kinds.contains(questions[question].kind) else { return false }
    let id = questions[question].id
    return columns[column].id != id
      && columns[column].packs.contains { release.packs[$0].questions.contains(id) }
  }

  /// Kinds of questions whose figures this auditor understands.
  static let kinds: Set<String> = ["single", "scale", "number", "multiple", "ranking", "theme"]

  /// Whether a respondent can be counted under several answers: options, or themes.
  func isMultiple(_ question: Int) -> Bool { ["multiple", "theme"].contains(questions[question].kind) }

  /// The labels of a question's answers as rows have them. A number without bands has none.
  func categories(of question: Int) -> [Category] {
    let definition = questions[question]
    let hasNoAnswer = definition.base == "asked"
    var list: [Category]
    if isMultiple(question) {
      list =
        [.answered] + definition.answers.indices.map { .answer($0) }
        + definition.nets.indices.map { .net($0) }
    } else if definition.answers.isEmpty {
      list = [.answered]
    } else {
      list = definition.answers.indices.map { .answer($0) }
    }
    if hasNoAnswer { list.append(.noAnswer) }
    return list + [.others]
  }

  func unknown(_ question: Int, _ column: Int, _ group: Int, _ people: Int, _ category: Category) -> Int? {
    unknownOfCell[
      Cell(question: question, column: column, group: group, people: people, category: category)]
  }

  /// How many people of some atoms are in a category; the atoms are whole classes.
  func form(_ question: Int, _ column: Int, _ group: Int, _ members: [Bool], _ category: Category)
    -> CountForm
  {
    form(question, column, group, members, anyOf: [category])
  }

  func form(
    _ question: Int, _ column: Int, _ group: Int, _ members: [Bool], anyOf categories: [Category]
  ) -> CountForm {
    var unknowns: [Int] = []
    for (people, atoms) in columns[column].classes.enumerated() where atoms.contains(where: { members[$0] }) {
      for category in categories {
        if let unknown = unknown(question, column, group, people, category) { unknowns.append(unknown) }
      }
    }
    return CountForm(sum: unknowns)
  }

  /// The categories that make the base.
  func baseCategories(of question: Int) -> [Category] {
    let definition = questions[question]
    let isCounted = isMultiple(question) || definition.answers.isEmpty
    let answered: [Category] = isCounted ? [.answered] : definition.answers.indices.map { .answer($0) }
    return answered + (definition.base == "asked" ? [.noAnswer] : [])
  }

  /// Of a question with several answers, which of the parts that only its bases join a cell belongs to; nil for a base, and
  /// for any other question.
  func part(of cell: Cell) -> Int? {
    guard cell.question >= 0, isMultiple(cell.question) else { return nil }
    switch cell.category {
    case .answer(let answer): return parts[cell.question][answer]
    case .net(let net): return parts[cell.question][questions[cell.question].answers.count + net]
    case .respondents, .answered, .noAnswer, .others: return nil
    }
  }

  /// A question with all that routing joins it to; of the sizes, none.
  func family(of question: Int) -> [Int] { question < 0 ? [] : families[question] }

  /// What holds between the counts of some questions and the sizes.
  func limited(to questions: [Int]) -> CountSystem {
    system.limited { unknown in
      let question = cells[unknown].question
      return question < 0 || questions.contains(question)
    }
  }

  mutating func require(_ form: CountForm, lower: Int = .min, upper: Int = .max, _ source: CountSystem.Source)
  {
    guard !form.isEmpty || lower > 0 || upper < 0 else { return }
    system.require(form, lower: lower, upper: upper, source)
  }

  mutating func require(_ form: CountForm, equals value: Int, _ source: CountSystem.Source) {
    require(form, lower: value, upper: value, source)
  }
}

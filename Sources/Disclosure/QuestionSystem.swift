import ReleaseModel
import SurveyDefinition
import Tabulation

/// What is printed of one question, by audience (its position in the model) and column of banners.
struct PrintedScope {
  /// By audience, then column: whether any pack of the audience prints the question there.
  var isPrinted: [[Bool]]
  /// How many packs of the audience do.
  var packCount: [[Int]]
}

/// Which tables of a question are looked at, by their position: one by itself, bounded by what the others leave it, or
/// several, bound to each other.
enum TableScope: Sendable, Hashable {
  case one(Int)
  case linked([Int])

  func contains(_ position: Int) -> Bool {
    switch self {
    case .one(let own): own == position
    case .linked(let positions): positions.contains(position)
    }
  }

  var isLinked: Bool {
    if case .linked(let positions) = self { positions.count > 1 } else { false }
  }

  /// Whether it is all that the question has.
  func isWhole(_ system: QuestionSystem) -> Bool { system.tables.indices.allSatisfy(contains) }
}

/// All tables of one question, or of the respondents themselves, with what of them is printed.
final class QuestionSystem {
  /// nil for the respondents.
  let question: Int?
  let tables: [TableSystem]
  let scope: PrintedScope
  let isSensitive: Bool
  /// The column under which the question itself is the banner, where there is one.
  let ownColumn: Int?
  /// By column and `unit * groups + group`: by how much the number of people asked may be thought to grow in a group
  /// whose bases are withheld; nil where nobody knows how many were asked.
  var askedRoom: [[Int]]
  /// By column, audience and group: true where the whole row is withheld, base included, though the group's size is known.
  var isRowWithheld: [[[Bool]]]
  private let costFactor: [Int]
  private let shared: [SharedSet]

  /// A figure that two tables of the question have.
  struct SharedSet {
    /// The table that prints it, and the one that it is joined to.
    var owner: Int
    var ownerSet: Int
    var table: Int
    var set: Int
  }

  init(
    question: Int?, tables: [TableSystem], scope: PrintedScope, isSensitive: Bool, ownColumn: Int?,
    askedRoom: [[Int]], isRowWithheld: [[[Bool]]], costFactor: [Int], shared: [SharedSet] = []
  ) {
    self.costFactor = costFactor
    self.shared = shared
    let all = Array(tables.indices)
    if shared.isEmpty {
      linked = all.count > 1 ? [.linked(all)] : []
    } else {
      func root(_ table: Int) -> Int { shared.first { $0.table == table }.map { root($0.owner) } ?? table }
      linked = all.dropFirst().filter { root($0) == $0 }.map { top in
        .linked([0] + all.dropFirst().filter { root($0) == top })
      }
    }
    self.question = question
    self.tables = tables
    self.scope = scope
    self.isSensitive = isSensitive
    self.ownColumn = ownColumn
    self.askedRoom = askedRoom
    self.isRowWithheld = isRowWithheld
  }

  func costWeight(_ audience: Int) -> Int { costFactor[audience] }

  /// All tables, bound to each other.
  var whole: TableScope { .linked(Array(tables.indices)) }

  /// Tables that are held open together: of a theme question the base with each tree of themes, of a multiple question
  /// all; none of a question that has only one.
  let linked: [TableScope]

  /// The table that holds the base, and the position of its base set.
  var main: TableSystem { tables[0] }
  var baseSet: Int {
    guard let set = main.sets.firstIndex(where: \.isBase) else {
      preconditionFailure("the first table of a question has its base")
    }
    return set
  }

  /// Withholds in a table what other tables withhold of the same figures.
  func takeShared(_ position: Int) {
    for link in shared where link.table == position {
      copyWithheld(from: tables[link.owner], link.ownerSet, to: tables[position], link.set)
    }
  }

  /// Withholds in other tables what a table withholds of the same figures.
  func giveShared(_ position: Int) {
    for link in shared where link.table == position {
      copyWithheld(from: tables[position], link.set, to: tables[link.owner], link.ownerSet)
    }
  }

  /// Whether a figure that another table prints was held open there.
  func isHeldByOwner(_ target: ExchangeSearch.Target, _ table: TableSystem) -> Bool {
    guard table.sets[target.set].isShared,
      let link = shared.first(where: { tables[$0.table] === table && $0.set == target.set })
    else { return false }
    return tables[link.owner].isHeld(
      target.column, part: target.part, group: target.group, set: link.ownerSet)
  }

  private func copyWithheld(from source: TableSystem, _ set: Int, to target: TableSystem, _ other: Int) {
    for column in source.groups.indices {
      for audience in isRowWithheld[column].indices {
        for group in 0..<source.groups[column]
        where source.isWithheld(column, audience: audience, group: group, set: set) {
          target.withhold(column, audience: audience, group: group, set: other)
        }
      }
    }
  }

  /// The position of a theme's table in its question: that of the base comes first, then one per theme.
  static func table(ofTheme theme: Int) -> Int { theme + 1 }

  /// Of a theme question, what is published of a theme in the total; nil where that is withheld.
  func shownTotal(ofTheme theme: Int, _ audience: Int, _ atoms: [Bool]) -> Int? {
    let table = tables[Self.table(ofTheme: theme)]
    guard let set = table.singleSet(of: 0), !table.isWithheld(0, audience: audience, group: 0, set: set)
    else { return nil }
    return table.count(0, atoms: atoms, group: 0, set: set)
  }

  func base(_ column: Int, atoms: [Bool], group: Int) -> Int {
    main.count(column, atoms: atoms, group: group, set: baseSet)
  }
}

/// Builds the systems of a wave's questions from its tally.
struct SystemBuilder {
  let tally: Tally
  let model: AudienceModel
  let units: ColumnUnits
  /// By audience position: packs that print it, the largest audience weighing double.
  let costFactor: [Int]

  private var plan: TabulationPlan { tally.plan }
  private var columns: [Int?] { [nil] + plan.banners.indices.map(Optional.some) }
  private var groups: [Int] { columns.map(plan.groupCount) }

  init(_ tally: Tally, _ model: AudienceModel, _ units: ColumnUnits) {
    self.tally = tally
    self.model = model
    self.units = units
    var factor = model.audiences.map { _ in 0 }
    for audience in tally.plan.audienceOfPack where model.partOfAudience[audience] >= 0 {
      factor[model.partOfAudience[audience]] += 2
    }
    // The audience that holds all others is read by most.
    if !factor.isEmpty { factor[0] *= 4 }
    costFactor = factor.map { max(1, $0) }
  }

  func system(of question: Int?, scope: PrintedScope) -> QuestionSystem? {
    let tables = plan.tables(ofQuestion: question)
    guard !tables.isEmpty else { return nil }
    let own = question.flatMap { question in
      plan.banners.firstIndex { $0.item == .question(question) }.map { $0 + 1 }
    }
    let isSensitive = question.map { plan.survey.questions[$0].isSensitive } ?? false
    let systems = tables.map { table(at: $0, first: tables[0], isSensitive: isSensitive) }
    return QuestionSystem(
      question: question, tables: systems, scope: scope, isSensitive: isSensitive, ownColumn: own,
      askedRoom: groups.indices.map { Array(repeating: 0, count: units.atoms[$0].count * groups[$0]) },
      isRowWithheld: groups.map { count in
        model.audiences.map { _ in Array(repeating: false, count: count) }
      }, costFactor: costFactor, shared: shared(systems))
  }

  /// The themes above others, which stand in the tables of these too.
  private func shared(_ tables: [TableSystem]) -> [QuestionSystem.SharedSet] {
    tables.enumerated().compactMap { position, table in
      guard case .themeBelow(_, let parent) = plan.tables[table.index].part,
        let set = table.sets.firstIndex(where: \.isShared)
      else { return nil }
      let owner = QuestionSystem.table(ofTheme: parent)
      guard let ownerSet = tables[owner].singleSet(of: 0) else { return nil }
      return QuestionSystem.SharedSet(owner: owner, ownerSet: ownerSet, table: position, set: set)
    }
  }

  private func table(at index: Int, first: Int, isSensitive: Bool) -> TableSystem {
    let table = plan.tables[index]
    func counts(_ tally: Tally) -> [[Int]] {
      columns.enumerated().map { position, column in
        units.atoms[position].flatMap { atoms in
          (0..<plan.groupCount(column)).flatMap { group in
            (0..<table.categories).map { category in
              atoms.reduce(0) {
                $0 + tally.count(atom: $1, table: index, banner: column, group: group, category: category)
              }
            }
          }
        }
      }
    }
    let (rising, falling) = rooms(table, index: index)
    let system = TableSystem(
      index: index, categories: table.categories, sets: sets(table, index: index, isSensitive: isSensitive),
      counts: counts(tally), groups: groups, risingRoom: rising, fallingRoom: falling,
      audiences: model.audiences.count, parts: model.parts.count, costFactor: costFactor)
    system.structuralZeros = structuralZeros(table)
    system.classCounts = (tally.weights?.partitions ?? []).map { $0.classes.map { counts($0.tally) } }
    return system
  }

  private func structuralZeros(_ table: CountTable) -> [[Bool]]? {
    guard table.part == .answers, let question = table.question,
      let zeros = StructuralZeros(of: question, tally)
    else { return nil }
    return columns.enumerated().map { position, column in
      units.atoms[position].flatMap { atoms in
        (0..<plan.groupCount(column)).flatMap { group in
          (0..<table.categories).map {
            zeros.isZero(atoms: atoms, banner: column, group: group, category: $0)
          }
        }
      }
    }
  }

  /// The printed rows of the table and the complements that follow from them.
  private func sets(_ table: CountTable, index: Int, isSensitive: Bool) -> [CategorySet] {
    func members(_ categories: [Int]) -> [Bool] {
      var members = Array(repeating: false, count: table.categories)
      for category in categories { members[category] = true }
      return members
    }
    guard let question = table.question else {
      return [CategorySet(members: [true], isPrinted: true, isBase: true, cost: 2_000)]
    }
    var sets: [CategorySet] = []
    func add(_ categories: [Bool], isPrinted: Bool, isBase: Bool, cost: Int, complementOf: Int? = nil) {
      guard categories.contains(true) else { return }
      if let known = sets.firstIndex(where: { $0.members == categories }) {
        sets[known].isPrinted = sets[known].isPrinted || isPrinted
        sets[known].isBase = sets[known].isBase || isBase
        sets[known].cost = max(sets[known].cost, cost)
      } else {
        sets.append(
          CategorySet(
            members: categories, isPrinted: isPrinted, complementOf: complementOf, isBase: isBase, cost: cost)
        )
      }
    }
    var base: [Bool]?
    for row in PrintedRow.rows(of: question, in: plan) where row.table == index {
      switch row.row {
      case .base:
        base = members(row.categories)
        add(members(row.categories), isPrinted: true, isBase: true, cost: 2_000)
      case .net: add(members(row.categories), isPrinted: true, isBase: false, cost: 250)
      default: add(members(row.categories), isPrinted: true, isBase: false, cost: 100)
      }
    }
    if case .themeBelow = table.part {
      // What is left of the theme above, which stands in a table of its own, and of the base.
      sets.append(
        CategorySet(members: members([1]), isPrinted: false, complementOf: 0, isBase: false, cost: 0))
      sets.append(
        CategorySet(members: members([1, 2]), isPrinted: false, complementOf: 0, isBase: false, cost: 0))
      sets.append(
        CategorySet(
          members: members([0, 1]), isPrinted: true, complementOf: nil, isBase: false, cost: 150,
          isShared: true))
      return sets
    }
    // What a reader gets by taking a printed row from its base, or from everyone who was asked.
    for (position, set) in sets.enumerated() where set.isPrinted && !set.isBase {
      let whole = base ?? members(Array(0..<min(2, table.categories)))
      add(
        zip(whole, set.members).map { $0 && !$1 }, isPrinted: false, isBase: false, cost: 0,
        complementOf: position)
    }
    // What leads to other questions bounds how many answered them.
    for leads in leadingAnswers(of: question) {
      add(members(leads), isPrinted: false, isBase: false, cost: 0)
    }
    if isSensitive, base != nil {
      add(members([table.categories - 1]), isPrinted: false, isBase: false, cost: 0)
    }
    return sets
  }

  /// The answers of a question with one answer that lead to others, by clause of their conditions.
  private func leadingAnswers(of question: Int) -> [[Int]] {
    switch plan.survey.questions[question].kind {
    case .multiple, .theme: return []
    case .single, .scale, .number, .ranking: break
    }
    return plan.survey.questions.compactMap(\.askedIf).flatMap { $0.alternatives.joined() }
      .filter { $0.item == .question(question) }.map(\.accepted)
  }

  /// How far the options of a multiple question can differ from the truth while the others stay as they are: no option
  /// is chosen by more people than chose any, and the options together cover everyone who chose any.
  private func rooms(_ table: CountTable, index: Int) -> (rising: [[Int]]?, falling: [[Int]]?) {
    guard let question = table.question else { return (nil, nil) }
    if case .theme(let coding) = plan.survey.questions[question].kind {
      return roomsOfThemes(table, coding, question)
    }
    guard case .multiple = plan.survey.questions[question].kind else { return (nil, nil) }
    let siblings = plan.tables(ofQuestion: question)
    let options = siblings.filter { if case .option = plan.tables[$0].part { true } else { false } }
    let nets = siblings.filter { if case .net = plan.tables[$0].part { true } else { false } }
    let free = TableSystem.unlimited

    func membersOf(_ net: Int) -> [Int] {
      guard case .net(let position) = plan.tables[net].part,
        case .answers(let members) = plan.survey.questions[question].nets[position].members
      else { return [] }
      return options.filter {
        if case .option(let option) = plan.tables[$0].part { members.contains(option) } else { false }
      }
    }

    var rising: [[Int]] = []
    var falling: [[Int]] = []
    for (position, column) in columns.enumerated() {
      let groups = plan.groupCount(column)
      var up = Array(repeating: free, count: units.atoms[position].count * groups * table.categories)
      var down = up
      for (unit, atoms) in units.atoms[position].enumerated() {
        for group in 0..<groups {
          func counted(_ table: Int, _ category: Int) -> Int {
            atoms.reduce(0) {
              $0 + tally.count(atom: $1, table: table, banner: column, group: group, category: category)
            }
          }
          func chosen(_ table: Int) -> Int { counted(table, 0) }
          let any = options.first.map { chosen($0) + counted($0, 1) } ?? 0
          let all = options.reduce(0) { $0 + chosen($1) }
          let start = (unit * groups + group) * table.categories
          switch table.part {
          case .option:
            var rise = free
            var fall = all - any
            for net in nets where membersOf(net).contains(index) {
              rise = min(rise, chosen(net) - chosen(index))
              fall = min(fall, membersOf(net).reduce(0) { $0 + chosen($1) } - chosen(net))
            }
            up[start] = max(0, rise)
            down[start] = max(0, fall)
          case .net:
            let members = membersOf(index)
            up[start] = max(0, members.reduce(0) { $0 + chosen($1) } - chosen(index))
            down[start] = max(0, chosen(index) - (members.map(chosen).max() ?? 0))
          case .patterns:
            let largest = (options + nets).map(chosen).max() ?? 0
            for pattern in 0..<(table.categories - 1) {
              let cell = start + pattern
              if pattern == 1 {
                up[cell] = options.isEmpty ? free : max(0, all - any)
                down[cell] = max(0, any - largest)
              } else if pattern == 0 || pattern & 1 != 0 || pattern.nonzeroBitCount > 1 {
                // Contradictions, and answering without choosing anything, are not known to be possible.
                up[cell] = 0
                down[cell] = 0
              }
            }
          case .mixedNet:
            for category in 0..<table.categories {
              up[start + category] = 0
              down[start + category] = 0
            }
          case .respondents, .answers, .coded, .theme, .themeBelow, .combinations, .place:
            break
          }
        }
      }
      rising.append(up)
      falling.append(down)
    }
    return (rising, falling)
  }

  /// How many raised any of the themes whose pairs may be published: as many as that were coded, at least.
  private func raisedAny(_ question: Int, _ banner: Int?, _ atoms: [Int], _ group: Int) -> Int {
    guard let index = plan.combinations(ofQuestion: question) else { return 0 }
    return atoms.reduce(0) { sum, atom in
      (1..<plan.tables[index].categories).reduce(sum) {
        $0 + tally.count(atom: atom, table: index, banner: banner, group: group, category: $1)
      }
    }
  }

  /// How far themes can differ from the truth while the others stay as they are: a theme has at least as many as each of
  /// those below it, and no more than the one above.
  private func roomsOfThemes(
    _ table: CountTable, _ coding: ThemeCoding, _ question: Int
  ) -> (rising: [[Int]], falling: [[Int]]) {
    let tables = plan.tables(ofQuestion: question)
    let free = TableSystem.unlimited
    func below(_ theme: Int) -> [Int] { coding.themes.indices.filter { coding.themes[$0].parent == theme } }
    var rising: [[Int]] = []
    var falling: [[Int]] = []
    for (position, column) in columns.enumerated() {
      let groups = plan.groupCount(column)
      var up = Array(repeating: free, count: units.atoms[position].count * groups * table.categories)
      var down = up
      for (unit, atoms) in units.atoms[position].enumerated() {
        for group in 0..<groups {
          func raised(_ theme: Int) -> Int {
            atoms.reduce(0) {
              $0
                + tally.count(
                  atom: $1, table: tables[theme + 1], banner: column, group: group, category: 0)
            }
          }
          func most(of themes: [Int]) -> Int { themes.map(raised).max() ?? 0 }
          let start = (unit * groups + group) * table.categories
          switch table.part {
          case .coded:
            let coded = atoms.reduce(0) {
              $0 + tally.count(atom: $1, table: tables[0], banner: column, group: group, category: 0)
            }
            down[start] = max(
              0,
              coded - max(most(of: Array(coding.themes.indices)), raisedAny(question, column, atoms, group)))
          case .theme(let theme):
            down[start] = raised(theme) - most(of: below(theme))
          case .themeBelow(let theme, let parent):
            down[start] = raised(theme) - most(of: below(theme))
            // As many as are left raise not even the theme above, and the other way about.
            up[start + 2] = raised(parent) - most(of: below(parent).filter { $0 != theme })
            if let grand = coding.themes[parent].parent { down[start + 2] = raised(grand) - raised(parent) }
          case .respondents, .answers, .patterns, .option, .net, .mixedNet, .combinations, .place:
            break
          }
        }
      }
      rising.append(up)
      falling.append(down)
    }
    return (rising, falling)
  }
}

public import SurveyDefinition

/// The raw counts of one wave: exact, confidential, never published as they are.
///
/// Counts do not depend on the order of the responses. Memory depends on the definition and on the distinct
/// values of numbers, not on how many responses there are.
public struct Tally: Sendable {
  public let plan: TabulationPlan
  /// Per atom, which audiences it belongs to: bit a for audience a. Ascending, whatever the order of the responses.
  public private(set) var atoms: [UInt64] = []
  /// Responses counted.
  public internal(set) var responses = 0
  /// By position of the question: answers given by respondents who were not asked, left out.
  public internal(set) var routingViolations: [Int]
  /// Whose open text was coded though the question was not asked of them: `CodedResponse.codedUnit`, and the question's
  /// position.
  public internal(set) var codedNotAsked: [(unit: Int, question: Int)] = []

  /// Rows that were left out because of a fault; nil where the definition does not leave any out.
  public var excludedRows: Int?
  /// What focus groups raised; nil where the wave has none that were coded.
  public var sessions: SessionTally?

  /// What those of each table, group and category weigh; nil where nobody weighted the tally.
  public internal(set) var weights: TallyWeights?

  var cells: [Int] = []
  var indexSums: IndexSums
  var histogram: [HistogramKey: Int] = [:]
  /// By atom: what tells its respondents from others of the same audiences until they are weighted; 0 without weights.
  private(set) var parts: [Int] = []
  /// Of the respondents of a weight column, which part has which weight; weights too many for that are summed at once.
  var weightColumn = WeightColumn()
  private var atomOfKey: [AtomKey: Int] = [:]
  private let steps: [TableStep]
  private var scratch: Scratch

  /// Respondents of the same audiences who weigh the same, as far as that is known.
  struct AtomKey: Hashable, Comparable {
    var mask: UInt64
    var part: Int

    static func < (one: AtomKey, other: AtomKey) -> Bool {
      (one.mask, one.part) < (other.mask, other.part)
    }
  }

  struct HistogramKey: Hashable {
    /// The atom's, as its position may still change.
    var atom: AtomKey
    var table: Int
    var banner: Int
    var group: Int
    var value: Int64
  }

  /// What `add` works out per response, kept so that it allocates nothing.
  private struct Scratch {
    /// The respondent's group under the total (always 0) and under each banner.
    var groups: [Int]
    /// By question: whether it was asked.
    var asked: [Bool]
  }

  public init(_ plan: TabulationPlan) {
    precondition(plan.audiences.count <= 64, "a definition has at most 64 distinct audiences")
    self.plan = plan
    routingViolations = Array(repeating: 0, count: plan.survey.questions.count)
    indexSums = IndexSums(plan)
    steps = TableStep.steps(of: plan)
    scratch = Scratch(
      groups: Array(repeating: 0, count: plan.banners.count + 1),
      asked: Array(repeating: true, count: plan.survey.questions.count))
  }

  /// Counts one response.
  public mutating func add(_ response: borrowing CodedResponse) {
    responses += 1
    var mask: UInt64 = 0
    for (audience, who) in plan.audiences.enumerated() {
      if who.map({ holds($0, response) }) ?? true { mask |= 1 << UInt64(audience) }
    }
    for index in plan.survey.questions.indices { scratch.asked[index] = wasAsked(index, response) }
    let key = AtomKey(mask: mask, part: part(of: response))
    let atom = atomIndex(key)
    for (index, banner) in plan.banners.enumerated() {
      let code = position(of: banner.item, in: response)
      scratch.groups[index + 1] = code >= 0 ? Int(code) : banner.notStated
    }

    indexSums.add(response, atom: atom, asked: scratch.asked)
    let base = atom * plan.cellsPerAtom
    let addsWeights = weightColumn.isSummed
    for (index, step) in steps.enumerated() {
      if let question = step.question, !scratch.asked[question] { continue }
      let category = step.category(response)
      if category < 0 { continue }
      let offsets = plan.offsets[index]
      for banner in offsets.indices {
        cells[base + offsets[banner] + scratch.groups[banner] * step.categories + category] += 1
      }
      if addsWeights {
        for banner in offsets.indices {
          let cell = base + offsets[banner] + scratch.groups[banner] * step.categories + category
          weightColumn.sums[cell].add(response.weight)
        }
      }
      if let slot = step.numberSlot, category < step.categories - 1 {
        for banner in offsets.indices {
          let value = HistogramKey(
            atom: key, table: index, banner: banner, group: scratch.groups[banner],
            value: response.numbers[slot])
          histogram[value, default: 0] += 1
          if addsWeights { weightColumn.histogram[value, default: WeightSum()].add(response.weight) }
        }
      }
    }
  }

  /// The respondents of one atom in one category of a table, within a group of a banner (nil: the total, group 0).
  public func count(atom: Int, table: Int, banner: Int?, group: Int, category: Int) -> Int {
    cells[place(atom: atom, table: table, banner: banner, group: group, category: category)]
  }

  /// How an index varies over some atoms, among the respondents who gave an answer with a score to all its questions.
  /// - Parameter index: Its position in the survey.
  public func variances(ofIndex index: Int, atoms: [Int]) -> IndexVariances {
    indexSums.variances(index, atoms: atoms)
  }

  /// The distinct values of a number with how many gave each, ascending, over some atoms of one group.
  public func values(atoms wanted: [Int], table: Int, banner: Int?, group: Int) -> [(
    value: Decimal6, count: Int
  )] {
    merged(histogram, atoms: wanted, table: table, banner: banner, group: group, into: 0) { $0 += $1 }
  }

  /// What a histogram says of some atoms of one group, value by value, ascending.
  func merged<Number>(
    _ histogram: [HistogramKey: Number], atoms wanted: [Int], table: Int, banner: Int?, group: Int,
    into nothing: Number, _ add: (inout Number, Number) -> Void
  ) -> [(value: Decimal6, count: Number)] {
    let column = banner.map { $0 + 1 } ?? 0
    let keys = Set(wanted.map { AtomKey(mask: atoms[$0], part: parts[$0]) })
    var merged: [Int64: Number] = [:]
    for (key, number) in histogram
    where key.table == table && key.banner == column && key.group == group && keys.contains(key.atom) {
      add(&merged[key.value, default: nothing], number)
    }
    return merged.sorted { $0.key < $1.key }.map { (Decimal6(millionths: $0.key), $0.value) }
  }

  /// Where the counts of a cell stand; see `count`.
  func place(atom: Int, table: Int, banner: Int?, group: Int, category: Int) -> Int {
    let offset = plan.offsets[table][banner.map { $0 + 1 } ?? 0]
    return atom * plan.cellsPerAtom + offset + group * plan.tables[table].categories + category
  }

  /// The counts of a tally, added up under a plan of the same audiences, tables and banners with fewer groups.
  /// - Parameters:
  ///   - group: Which group of a banner another becomes.
  ///   - category: Which category of a table another becomes.
  init(
    _ tally: Tally, under plan: TabulationPlan, group: (_ banner: Int, _ group: Int) -> Int,
    category: (_ table: Int, _ category: Int) -> Int
  ) {
    precondition(
      plan.audiences.count == tally.plan.audiences.count && plan.tables.count == tally.plan.tables.count
        && plan.banners.map(\.item) == tally.plan.banners.map(\.item)
        && plan.survey.indices == tally.plan.survey.indices,
      "pooling groups changes neither whom packs are for nor what is counted")
    self.init(plan)
    atoms = tally.atoms
    parts = tally.parts
    atomOfKey = tally.atomOfKey
    responses = tally.responses
    routingViolations = tally.routingViolations
    excludedRows = tally.excludedRows
    sessions = tally.sessions
    // What is pooled are groups and bands: nothing with a score.
    indexSums = tally.indexSums
    cells = Array(repeating: 0, count: atoms.count * plan.cellsPerAtom)
    var sums = tally.weights.map { _ in Array(repeating: WeightSum(), count: cells.count) }
    for (index, table) in tally.plan.tables.enumerated() {
      for column in plan.offsets[index].indices {
        let banner = column == 0 ? nil : column - 1
        for old in 0..<tally.plan.groupCount(banner) {
          let new = banner.map { group($0, old) } ?? old
          let start = plan.offsets[index][column] + new * plan.tables[index].categories
          for number in 0..<table.categories {
            let cell = start + category(index, number)
            for atom in atoms.indices {
              let place = atom * plan.cellsPerAtom + cell
              let from = tally.place(
                atom: atom, table: index, banner: banner, group: old, category: number)
              cells[place] += tally.cells[from]
              if let weights = tally.weights { sums?[place].add(weights.sums[from]) }
            }
          }
        }
      }
    }
    func pooled(_ key: HistogramKey) -> HistogramKey {
      var pooled = key
      if key.banner > 0 { pooled.group = group(key.banner - 1, key.group) }
      return pooled
    }
    for (key, count) in tally.histogram { histogram[pooled(key), default: 0] += count }
    guard let weights = tally.weights, let sums else { return }
    var values: [HistogramKey: WeightSum] = [:]
    for (key, sum) in weights.histogram { values[pooled(key), default: WeightSum()].add(sum) }
    self.weights = TallyWeights(
      everyone: weights.everyone,
      partitions: weights.partitions.map { partition in
        WeightPartition(
          item: partition.item,
          classes: partition.classes.map {
            WeightClass(
              group: $0.group, weight: $0.weight,
              tally: Tally($0.tally, under: plan, group: group, category: category))
          })
      }, sums: sums, histogram: values)
  }

  // MARK: - One response

  mutating func atomIndex(_ key: AtomKey) -> Int {
    if let known = atomOfKey[key] { return known }
    // In the order of the keys, not of the responses, which must decide nothing. Atoms are few, so this is rare.
    let atom = atoms.indices.first { AtomKey(mask: atoms[$0], part: parts[$0]) > key } ?? atoms.count
    insert(key, at: atom)
    for index in atom..<atoms.count { atomOfKey[AtomKey(mask: atoms[index], part: parts[index])] = index }
    return atom
  }

  private mutating func insert(_ key: AtomKey, at atom: Int) {
    atoms.insert(key.mask, at: atom)
    parts.insert(key.part, at: atom)
    let start = atom * plan.cellsPerAtom
    cells.insert(contentsOf: repeatElement(0, count: plan.cellsPerAtom), at: start)
    if weightColumn.isSummed {
      weightColumn.sums.insert(contentsOf: repeatElement(WeightSum(), count: plan.cellsPerAtom), at: start)
    }
    indexSums.insert(atom: atom)
  }

  /// Takes all counts away, and what they are counts of by.
  mutating func empty() {
    (atoms, parts, cells, atomOfKey, histogram) = ([], [], [], [:], [:])
    indexSums = IndexSums(plan)
    weightColumn = WeightColumn()
    weights = nil
  }

  /// Makes an atom of each key, without counts, in their order; for a tally of nobody yet.
  mutating func makeAtoms(_ keys: [AtomKey]) {
    precondition(atoms.isEmpty, "atoms are made once")
    for (index, key) in keys.enumerated() {
      insert(key, at: index)
      atomOfKey[key] = index
    }
  }

  /// Which part of its atom a response belongs to.
  private mutating func part(of response: borrowing CodedResponse) -> Int {
    switch plan.survey.weights {
    case nil: return 0
    case .column:
      if let part = weightColumn.part(of: response.weight) { return part }
      self = summingWeights()
      return 0
    case .rake(let margins, _):
      return margins.reduce(0) { part, margin in
        part * (margin.shares.count + 1) + Int(max(position(of: margin.item, in: response), -1)) + 1
      }
    }
  }

  /// The code of an item that can stand in a condition: the position of its group or answer, or below 0.
  private func position(of item: Item, in response: borrowing CodedResponse) -> Int32 {
    switch item {
    case .variable(let index):
      return response.codes[plan.layout.variables[index]]
    case .question(let index):
      // An answer to a question that was not asked is left out here as everywhere.
      guard scratch.asked[index], let slot = plan.layout.questions[index] else { return AnswerCode.notAsked }
      return response.codes[slot]
    }
  }

  private func holds(_ condition: Condition, _ response: borrowing CodedResponse) -> Bool {
    for alternative in condition.alternatives {
      var all = true
      for clause in alternative where all {
        switch clause.item {
        case .question(let index):
          guard let slot = plan.layout.questions[index], isAskedByRouting(index, response) else {
            all = false
            continue
          }
          if case .multiple = plan.survey.questions[index].kind {
            all = clause.accepted.contains { response.codes[slot + 1 + $0] == 1 }
          } else {
            all = clause.accepted.contains(Int(response.codes[slot]))
          }
        case .variable(let index):
          all = clause.accepted.contains(Int(response.codes[plan.layout.variables[index]]))
        }
      }
      if all { return true }
    }
    return false
  }

  /// Routing is followed to its start: who was not asked the routing question was not asked this one either.
  private func isAskedByRouting(_ question: Int, _ response: borrowing CodedResponse) -> Bool {
    guard let condition = plan.survey.questions[question].askedIf else { return true }
    return holds(condition, response)
  }

  private mutating func noteNotAsked(_ question: Int, _ response: borrowing CodedResponse) {
    if case .theme = plan.survey.questions[question].kind {
      if let unit = response.codedUnit { codedNotAsked.append((unit, question)) }
    } else {
      routingViolations[question] += 1
    }
  }

  private mutating func wasAsked(_ question: Int, _ response: borrowing CodedResponse) -> Bool {
    guard let slot = plan.layout.questions[question] else { return false }
    let code = response.codes[slot]
    if !isAskedByRouting(question, response) {
      if code >= 0 || code == AnswerCode.outOfRange { noteNotAsked(question, response) }
      return false
    }
    return code != AnswerCode.notAsked
  }
}

/// Which category of one table a response falls into.
private struct TableStep: Sendable {
  enum Reading: Sendable {
    case everyone
    case answer(slot: Int, hasCategories: Bool)
    case patterns(slot: Int, ordinary: [Int], exclusive: [Int])
    case chosen(slot: Int, any: [Int], of: [Int])
    case mixed(slot: Int, of: [Int])
    case coded(slot: Int)
    case raised(slot: Int, theme: Int, parent: Int?)
    case combination(slot: Int, themes: [Int])
    case place(slot: Int, option: Int, notRanked: Int)
  }

  let question: Int?
  let categories: Int
  let reading: Reading
  let numberSlot: Int?

  static func steps(of plan: TabulationPlan) -> [TableStep] {
    plan.tables.map { table in
      guard let question = table.question, let slot = plan.layout.questions[question] else {
        return TableStep(question: nil, categories: 1, reading: .everyone, numberSlot: nil)
      }
      let definition = plan.survey.questions[question]
      var exclusive: [Int] = []
      var ordinary: [Int] = []
      if case .multiple(let choice) = definition.kind {
        exclusive = CountTable.patternExclusives(choice)
        ordinary = choice.options.indices.filter { !exclusive.contains($0) }
      }
      func members(_ net: Int) -> [Int] {
        guard case .answers(let members) = definition.nets[net].members else { return ordinary }
        return members
      }
      let reading: Reading =
        switch table.part {
        case .respondents: .everyone
        case .answers:
          .answer(slot: slot, hasCategories: !definition.answerLabels.isEmpty)
        case .patterns: .patterns(slot: slot, ordinary: ordinary, exclusive: exclusive)
        case .option(let option): .chosen(slot: slot, any: ordinary, of: [option])
        case .net(let net): .chosen(slot: slot, any: ordinary, of: members(net))
        case .mixedNet(let net): .mixed(slot: slot, of: members(net))
        case .coded: .coded(slot: slot)
        case .theme(let theme): .raised(slot: slot, theme: theme, parent: nil)
        case .themeBelow(let theme, let parent): .raised(slot: slot, theme: theme, parent: parent)
        case .combinations(let themes): .combination(slot: slot, themes: themes)
        case .place(let option):
          .place(slot: slot, option: option, notRanked: table.categories - 1)
        }
      return TableStep(
        question: question, categories: table.categories, reading: reading,
        numberSlot: plan.layout.numbers[question])
    }
  }

  /// The category, or -1 where the table does not count this response.
  @inline(__always)
  func category(_ response: borrowing CodedResponse) -> Int {
    switch reading {
    case .everyone:
      return 0
    case .answer(let slot, let hasCategories):
      let code = Int(response.codes[slot])
      guard code >= 0 else { return categories - 1 }
      return hasCategories ? code : 0
    case .patterns(let slot, let ordinary, let exclusive):
      guard response.codes[slot] >= 0 else { return categories - 1 }
      var pattern = 0
      if ordinary.contains(where: { response.codes[slot + 1 + $0] == 1 }) { pattern = 1 }
      for (bit, option) in exclusive.enumerated() where response.codes[slot + 1 + option] == 1 {
        pattern |= 2 << bit
      }
      return pattern
    case .chosen(let slot, let any, let options):
      guard response.codes[slot] >= 0 else { return -1 }
      guard any.contains(where: { response.codes[slot + 1 + $0] == 1 }) else { return -1 }
      return options.contains { response.codes[slot + 1 + $0] == 1 } ? 0 : 1
    case .mixed(let slot, let options):
      guard response.codes[slot] >= 0 else { return 2 }
      return options.contains { response.codes[slot + 1 + $0] == 1 } ? 0 : 1
    case .coded(let slot):
      return response.codes[slot] >= 0 ? 0 : 1
    case .raised(let slot, let theme, let parent):
      guard response.codes[slot] >= 0 else { return -1 }
      if response.codes[slot + 1 + theme] == 1 { return 0 }
      guard let parent else { return 1 }
      return response.codes[slot + 1 + parent] == 1 ? 1 : 2
    case .place(let slot, let option, let notRanked):
      guard response.codes[slot] >= 0 else { return -1 }
      let place = Int(response.codes[slot + 1 + option])
      return place > 0 ? place - 1 : notRanked
    case .combination(let slot, let themes):
      guard response.codes[slot] >= 0 else { return -1 }
      var combination = 0
      for (bit, theme) in themes.enumerated() where response.codes[slot + 1 + theme] == 1 {
        combination |= 1 << bit
      }
      return combination
    }
  }
}

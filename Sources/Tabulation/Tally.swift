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
  var histogram: NumberRows<Int>
  /// By atom: what tells its respondents from others of the same audiences until they are weighted; 0 without weights.
  private(set) var parts: [Int] = []
  /// Of the respondents of a weight column, which part has which weight; weights too many for that are summed at once.
  var weightColumn: WeightColumn
  private var atomOfKey: [AtomKey: Int] = [:]
  private let program: CountingProgram
  private var scratch: Scratch

  /// Respondents of the same audiences who weigh the same, as far as that is known.
  struct AtomKey: Hashable, Comparable {
    var mask: UInt64
    var part: Int

    static func < (one: AtomKey, other: AtomKey) -> Bool {
      (one.mask, one.part) < (other.mask, other.part)
    }
  }

  /// What `add` works out per response, kept so that it allocates nothing.
  private struct Scratch {
    /// By question: whether it was asked.
    var asked: [Bool]
    /// By column: the respondent's group among those of all columns.
    var groups: [Int]
    /// The respondent's categories among those of all tables.
    var picked: [Int32]
    /// Where atoms of some keys are, by a hash of the key.
    var atoms: [(key: AtomKey, atom: Int)?] = Array(repeating: nil, count: 64)
  }

  public init(_ plan: TabulationPlan) {
    precondition(plan.audiences.count <= 64, "a definition has at most 64 distinct audiences")
    self.plan = plan
    routingViolations = Array(repeating: 0, count: plan.survey.questions.count)
    indexSums = IndexSums(plan)
    histogram = NumberRows(width: plan.groupsOfColumns, nothing: 0)
    weightColumn = WeightColumn(groups: plan.groupsOfColumns)
    program = CountingProgram(plan)
    scratch = Scratch(
      asked: Array(repeating: true, count: plan.survey.questions.count),
      groups: Array(repeating: 0, count: plan.columnStarts.count),
      picked: Array(repeating: 0, count: plan.tables.count))
  }

  /// Counts one response.
  public mutating func add(_ response: borrowing CodedResponse) {
    responses += 1
    let (mask, hasViolation) = program.ask(response, asked: &scratch.asked)
    if hasViolation { noteViolations(response) }
    let key = AtomKey(mask: mask, part: part(of: response))
    let atom = knownAtom(key)
    indexSums.add(response, atom: atom, asked: scratch.asked)
    program.group(response, asked: scratch.asked, into: &scratch.groups)
    let picked = program.pick(response, asked: scratch.asked, into: &scratch.picked)
    program.count(scratch.groups, scratch.picked, picked, atom: atom, in: &cells)
    if weightColumn.isSummed { weigh(picked, atom: atom, response.weight) }
    addNumbers(response, key)
  }

  @inline(never)
  private mutating func noteViolations(_ response: borrowing CodedResponse) {
    for (question, slot) in plan.layout.questions.enumerated() where !scratch.asked[question] {
      guard let slot, CountingProgram.isAnswered(response.codes[slot]) else { continue }
      if case .theme = plan.survey.questions[question].kind {
        if let unit = response.codedUnit { codedNotAsked.append((unit, question)) }
      } else {
        routingViolations[question] += 1
      }
    }
  }

  private mutating func weigh(_ categories: Int, atom: Int, _ weight: Int64) {
    let width = plan.categoriesOfTables
    for group in scratch.groups {
      let start = (atom * plan.groupsOfColumns + group) * width
      for index in 0..<categories { weightColumn.sums[start + Int(scratch.picked[index])].add(weight) }
    }
  }

  private mutating func addNumbers(_ response: borrowing CodedResponse, _ key: AtomKey) {
    for index in program.numbers.indices {
      let step = program.numbers[index]
      guard scratch.asked[step.question], response.codes[step.slot] >= 0 else { continue }
      let key = NumberKey(atom: key, table: step.table, value: response.numbers[step.number])
      let row = histogram.row(key)
      for group in scratch.groups { histogram[row, group] += 1 }
      guard weightColumn.isSummed else { continue }
      let weighted = weightColumn.histogram.row(key)
      for group in scratch.groups { weightColumn.histogram[weighted, group].add(response.weight) }
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
    _ histogram: NumberRows<Number>, atoms wanted: [Int], table: Int, banner: Int?, group: Int,
    into nothing: Number, _ add: (inout Number, Number) -> Void
  ) -> [(value: Decimal6, count: Number)] {
    let place = plan.columnStarts[banner.map { $0 + 1 } ?? 0] + group
    let keys = Set(wanted.map { AtomKey(mask: atoms[$0], part: parts[$0]) })
    var merged: [Int64: Number] = [:]
    for (key, row) in histogram.rows where key.table == table && keys.contains(key.atom) {
      let number = histogram[row, place]
      // Somebody of another group gave the value.
      if number != nothing { add(&merged[key.value, default: nothing], number) }
    }
    return merged.sorted { $0.key < $1.key }.map { (Decimal6(millionths: $0.key), $0.value) }
  }

  /// Where the counts of a cell stand; see `count`.
  func place(atom: Int, table: Int, banner: Int?, group: Int, category: Int) -> Int {
    let place = plan.columnStarts[banner.map { $0 + 1 } ?? 0] + group
    return (atom * plan.groupsOfColumns + place) * plan.categoriesOfTables + plan.categoryStarts[table]
      + category
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
    // By group of any column of the other plan: its place in this one.
    let groups = tally.plan.columnStarts.indices.flatMap { column in
      let banner = column == 0 ? nil : column - 1
      return (0..<tally.plan.groupCount(banner)).map { old in
        plan.columnStarts[column] + (banner.map { group($0, old) } ?? old)
      }
    }
    let categories = tally.plan.tables.indices.flatMap { table in
      (0..<tally.plan.tables[table].categories).map { plan.categoryStarts[table] + category(table, $0) }
    }
    for atom in atoms.indices {
      for (old, new) in groups.enumerated() {
        let from = (atom * groups.count + old) * categories.count
        let to = (atom * plan.groupsOfColumns + new) * plan.categoriesOfTables
        for (number, category) in categories.enumerated() {
          cells[to + category] += tally.cells[from + number]
          if let weights = tally.weights { sums?[to + category].add(weights.sums[from + number]) }
        }
      }
    }
    histogram.add(tally.histogram, group: { groups[$0] }, { count, other, _ in count += other })
    guard let weights = tally.weights, let sums else { return }
    var values = NumberRows(width: plan.groupsOfColumns, nothing: WeightSum())
    values.add(weights.histogram, group: { groups[$0] }, { sum, other, _ in sum.add(other) })
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

  /// The position of an atom that is most likely known.
  @inline(__always)
  private mutating func knownAtom(_ key: AtomKey) -> Int {
    let hash =
      (key.mask ^ UInt64(truncatingIfNeeded: key.part) &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
    let place = Int(hash >> 58)
    if let known = scratch.atoms[place], known.key == key { return known.atom }
    let atom = atomIndex(key)
    scratch.atoms[place] = (key, atom)
    return atom
  }

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
    // Atoms after it have moved.
    for place in scratch.atoms.indices { scratch.atoms[place] = nil }
  }

  /// Takes all counts away, and what they are counts of by.
  mutating func empty() {
    (atoms, parts, cells, atomOfKey) = ([], [], [], [:])
    for place in scratch.atoms.indices { scratch.atoms[place] = nil }
    histogram = NumberRows(width: plan.groupsOfColumns, nothing: 0)
    indexSums = IndexSums(plan)
    weightColumn = WeightColumn(groups: plan.groupsOfColumns)
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
    case .rake:
      return program.rakingPart(response, asked: scratch.asked)
    }
  }
}

/// Sums that a reader would check with a pencil: answers to their base, answers to a net, groups to the total.
struct Additions {
  private(set) var contradictions: [String] = []

  init(_ tables: CountTables, _ figures: PrintedFigures) {
    var counts: [Place: Int] = [:]
    for figure in figures.figures {
      guard let row = figure.row, let count = tables.release.rows[row].count else { continue }
      counts[Place(figure)] = count
    }
    for (position, pack) in tables.release.packs.enumerated() {
      for question in [-1] + Array(tables.questions.indices) {
        guard question < 0 || pack.questions.contains(tables.questions[question].id) else { continue }
        for column in tables.columns.indices where tables.columns[column].packs.contains(position) {
          guard question < 0 || tables.isTabulated(question, column) else { continue }
          if question >= 0 { checkAnswers(tables, counts, position, question, column) }
          if column > 0 { checkGroups(tables, counts, position, question, column) }
        }
      }
    }
  }

  private struct Place: Hashable {
    var pack: Int
    var question: Int
    var column: Int
    var group: Int
    var category: CountTables.Category?

    init(_ figure: PrintedFigure) {
      pack = figure.pack
      question = figure.question
      column = figure.column
      group = figure.group
      category = figure.category
    }

    init(_ pack: Int, _ question: Int, _ column: Int, _ group: Int, _ category: CountTables.Category?) {
      self.pack = pack
      self.question = question
      self.column = column
      self.group = group
      self.category = category
    }
  }

  private mutating func checkAnswers(
    _ tables: CountTables, _ counts: [Place: Int], _ pack: Int, _ question: Int, _ column: Int
  ) {
    guard !tables.isMultiple(question), !tables.questions[question].answers.isEmpty else { return }
    for group in tables.columns[column].groups.indices {
      let answers = tables.baseCategories(of: question).map {
        counts[Place(pack, question, column, group, $0)]
      }
      if let base = counts[Place(pack, question, column, group, nil)] {
        check(answers, base, tables.place(pack, question, column, group, nil))
      }
      for net in tables.questions[question].nets.indices {
        guard let members = tables.members(ofNet: net, question),
          let count = counts[Place(pack, question, column, group, .net(net))]
        else { continue }
        check(
          members.map { counts[Place(pack, question, column, group, $0)] }, count,
          tables.place(pack, question, column, group, .net(net)))
      }
    }
  }

  private mutating func checkGroups(
    _ tables: CountTables, _ counts: [Place: Int], _ pack: Int, _ question: Int, _ column: Int
  ) {
    let categories = question < 0 ? [nil] : [nil] + tables.printedCategories(of: question)
    for category in categories {
      guard let total = counts[Place(pack, question, 0, 0, category)] else { continue }
      let groups = tables.columns[column].groups.indices.map {
        counts[Place(pack, question, column, $0, category)]
      }
      let place = tables.place(pack, question, 0, 0, category)
      check(groups, total, "\(place), by \(tables.columns[column].id)")
    }
  }

  /// Parts that are all shown add up to the whole; those that are shown are never more.
  private mutating func check(_ parts: [Int?], _ whole: Int, _ place: String) {
    let sum = parts.compactMap { $0 }.reduce(0, +)
    if parts.contains(nil) {
      if sum > whole {
        contradictions.append("\(place) is \(whole), though its parts shown add up to \(sum)")
      }
    } else if sum != whole {
      contradictions.append("\(place) is \(whole), though its parts add up to \(sum)")
    }
  }
}

/// A figure that the definition lets a reader expect, with what its row says.
struct PrintedFigure {
  var pack: Int
  /// -1 for the respondents.
  var question: Int
  var column: Int
  var group: Int
  /// nil: the base.
  var category: CountTables.Category?
  var form: CountForm
  /// The position of its row in the release; nil where the row is missing.
  var row: Int?
}

/// A row with a mean or a median, with the counts that it is made of.
struct NumberFigure {
  var row: Int
  var question: Int
  /// The form of each band, in the order of the question's answers.
  var bands: [CountForm]
  var base: CountForm
}

/// All figures of a release by the counts that they tell of.
struct PrintedFigures {
  var figures: [PrintedFigure] = []
  var numbers: [NumberFigure] = []
  /// Sentences about rows that are missing or that nothing in the definition explains.
  var faults: [String] = []

  /// - Parameter others: Rows that tell of no count of respondents.
  init(_ tables: CountTables, besides others: Set<Int> = []) {
    let release = tables.release
    var explained = others
    for (position, pack) in release.packs.enumerated() {
      let members = tables.atoms.isMember.map { $0[position] }
      for column in tables.columns.indices where tables.columns[column].packs.contains(position) {
        let groups = tables.columns[column].groups.indices
        for group in groups {
          add(tables, position, -1, column, group, nil, members, &explained)
        }
        for question in tables.questions.indices
        where pack.questions.contains(tables.questions[question].id) && tables.isTabulated(question, column) {
          for group in groups {
            for category in [nil] + tables.printedCategories(of: question) {
              add(tables, position, question, column, group, category, members, &explained)
            }
            addNumbers(tables, position, question, column, group, members, &explained)
          }
        }
      }
    }
    for (index, row) in release.rows.enumerated() where !explained.contains(index) {
      let name = "\(row.pack)/tables.csv:\(row.line)"
      faults.append(
        tables.questions.contains { $0.id == row.question && !CountTables.kinds.contains($0.kind) }
          ? "\(name): figures of this kind cannot be audited by this version"
          : "\(name): nothing in definition.json leads to this row")
    }
  }

  private mutating func add(
    _ tables: CountTables, _ pack: Int, _ question: Int, _ column: Int, _ group: Int,
    _ category: CountTables.Category?, _ members: [Bool], _ explained: inout Set<Int>
  ) {
    let form: CountForm
    if question < 0 {
      form = tables.form(-1, column, group, members, .respondents)
    } else if let category {
      form = tables.rowForm(question, column, group, members, category)
    } else {
      form = tables.form(question, column, group, members, anyOf: tables.baseCategories(of: question))
    }
    let row = tables.rowIndex(pack, question, column, group, tables.label(question, category))
    if let row {
      explained.insert(row)
    } else {
      let place = tables.place(pack, question, column, group, category)
      faults.append("\(place): the row is missing; nothing may be left out, only marked")
    }
    figures.append(
      PrintedFigure(
        pack: pack, question: question, column: column, group: group, category: category, form: form, row: row
      ))
  }

  private mutating func addNumbers(
    _ tables: CountTables, _ pack: Int, _ question: Int, _ column: Int, _ group: Int, _ members: [Bool],
    _ explained: inout Set<Int>
  ) {
    guard tables.questions[question].kind == "number" else { return }
    for label in ["(mean)", "(median)"] {
      guard let row = tables.rowIndex(pack, question, column, group, label) else {
        let name = tables.place(pack, question, column, group, nil)
        faults.append("\(name): the row `\(label)` is missing; nothing may be left out, only marked")
        continue
      }
      explained.insert(row)
      numbers.append(
        NumberFigure(
          row: row, question: question,
          bands: tables.questions[question].answers.indices.map {
            tables.form(question, column, group, members, .answer($0))
          },
          base: tables.form(question, column, group, members, anyOf: tables.baseCategories(of: question))))
    }
  }
}

extension CountTables {
  /// The rows of a question after its base.
  func printedCategories(of question: Int) -> [Category] {
    let definition = questions[question]
    return definition.answers.indices.map { .answer($0) } + definition.nets.indices.map { .net($0) }
      + (definition.base == "asked" ? [.noAnswer] : [])
  }

  /// What stands in the column `answer`.
  func label(_ question: Int, _ category: Category?) -> String {
    switch category {
    case .answer(let answer): questions[question].answers[answer]
    case .net(let net): "(net) \(questions[question].nets[net].label)"
    case .noAnswer: "(no answer)"
    default: "(base)"
    }
  }

  func rowIndex(_ pack: Int, _ question: Int, _ column: Int, _ group: Int, _ answer: String) -> Int? {
    release.rowOfKey[
      .init(
        pack: release.packs[pack].id, question: question < 0 ? "respondents" : questions[question].id,
        answer: answer, banner: columns[column].id, group: columns[column].groups[group])]
  }

  /// Where a figure stands, for people: `force, equipment "Suitable", area Custody`.
  func place(_ pack: Int, _ question: Int, _ column: Int, _ group: Int, _ category: Category?) -> String {
    let name = question < 0 ? "respondents" : questions[question].id
    let row = category == nil && question < 0 ? "" : " \u{201C}\(label(question, category))\u{201D}"
    let across = column == 0 ? "total" : "\(columns[column].id) \(columns[column].groups[group])"
    return "\(release.packs[pack].id), \(name)\(row), \(across)"
  }

  /// Of a net: the categories that it adds up where these exclude each other; nil for a multiple question.
  func members(ofNet net: Int, _ question: Int) -> [Category]? {
    if isMultiple(question) { return nil }
    let definition = questions[question]
    return definition.nets[net].answers.compactMap { definition.answers.firstIndex(of: $0) }.map {
      .answer($0)
    }
  }

  /// The count of one row; of a net whose answers exclude each other, their sum.
  func rowForm(_ question: Int, _ column: Int, _ group: Int, _ members: [Bool], _ category: Category)
    -> CountForm
  {
    if case .net(let net) = category, let parts = self.members(ofNet: net, question) {
      return form(question, column, group, members, anyOf: parts)
    }
    return form(question, column, group, members, category)
  }
}

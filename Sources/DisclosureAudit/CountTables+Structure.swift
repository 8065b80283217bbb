/// What always holds between counts, whatever was answered.
extension CountTables {
  mutating func requireStructure() {
    let everyone = Array(repeating: true, count: atoms.count)
    require(form(-1, 0, 0, everyone, .respondents), equals: system.responses, .responses)
    for column in columns.indices {
      requireMargins(-1, column, [.respondents])
      requireBannerOfAnswers(column)
      for question in questions.indices where isTabulated(question, column) {
        requireMargins(question, column, categories(of: question))
        requireSizes(question, column)
        if isMultiple(question) { requireOptions(question, column) }
        requireRouting(question, column)
      }
    }
  }

  /// The groups of a banner add up to the total.
  private mutating func requireMargins(_ question: Int, _ column: Int, _ categories: [Category]) {
    guard column > 0, question < 0 || isTabulated(question, 0) else { return }
    for (people, members) in columns[column].classes.enumerated() {
      for category in categories {
        let groups = columns[column].groups.indices.compactMap {
          unknown(question, column, $0, people, category)
        }
        let totals = members.compactMap { unknown(question, 0, 0, $0, category) }
        require(CountForm(sum: groups) - CountForm(sum: totals), equals: 0, .structure)
      }
    }
  }

  /// Everyone of a group either answered a question, or did not.
  private mutating func requireSizes(_ question: Int, _ column: Int) {
    let whole = baseCategories(of: question) + [.others]
    for group in columns[column].groups.indices {
      for people in columns[column].classes.indices {
        guard let size = unknown(-1, column, group, people, .respondents) else { continue }
        let parts = whole.compactMap { unknown(question, column, group, people, $0) }
        require(CountForm(sum: parts) - CountForm(sum: [size]), equals: 0, .structure)
      }
    }
  }

  /// Where a question is itself a banner, its answers are the sizes of the groups.
  private mutating func requireBannerOfAnswers(_ column: Int) {
    guard let question = questions.firstIndex(where: { $0.id == columns[column].id }),
      isTabulated(question, 0)
    else { return }
    for (group, value) in columns[column].valueOfGroup.enumerated() {
      let categories: [Category] =
        value < questions[question].answers.count
        ? [.answer(value)] : questions[question].base == "asked" ? [.noAnswer, .others] : [.others]
      for (people, members) in columns[column].classes.enumerated() {
        guard let size = unknown(-1, column, group, people, .respondents) else { continue }
        let counts = members.flatMap { atom in
          categories.compactMap { unknown(question, 0, 0, atom, $0) }
        }
        require(CountForm(sum: [size]) - CountForm(sum: counts), equals: 0, .structure)
      }
    }
  }

  /// Options of a multiple question: nobody chose one who is not in the base; a net counts who chose any of its options.
  private mutating func requireOptions(_ question: Int, _ column: Int) {
    let definition = questions[question]
    for group in columns[column].groups.indices {
      for people in columns[column].classes.indices {
        guard let answered = unknown(question, column, group, people, .answered) else { continue }
        for option in definition.answers.indices {
          guard let option = unknown(question, column, group, people, .answer(option)) else { continue }
          require(CountForm(sum: [option]) - CountForm(sum: [answered]), upper: 0, .structure)
        }
        for (outer, inner) in themesWithin(question) {
          guard let outer = unknown(question, column, group, people, .answer(outer)),
            let inner = unknown(question, column, group, people, .answer(inner))
          else { continue }
          require(CountForm(sum: [inner]) - CountForm(sum: [outer]), upper: 0, .structure)
        }
        for net in nets(of: question, column, group, people) {
          require(CountForm(sum: [net.count]) - CountForm(sum: [answered]), upper: 0, .structure)
          for parts in net.parts {
            require(CountForm(sum: [net.count]) - CountForm(sum: parts), upper: 0, .structure)
          }
          for inner in net.rowsWithin {
            require(CountForm(sum: [inner]) - CountForm(sum: [net.count]), upper: 0, .structure)
          }
        }
      }
    }
  }

  /// Themes that lie within others, at whatever depth, as positions of answers: who raised the inner raised the outer.
  func themesWithin(_ question: Int) -> [(outer: Int, inner: Int)] {
    let themes = questions[question].themes ?? []
    let answers = questions[question].answers
    return themes.flatMap { theme -> [(outer: Int, inner: Int)] in
      guard let inner = answers.firstIndex(of: theme.answer) else { return [] }
      var pairs: [(outer: Int, inner: Int)] = []
      var above = theme.within
      // A definition made by hand could go round in circles.
      while let id = above, pairs.count < themes.count, let next = themes.first(where: { $0.id == id }) {
        if let outer = answers.firstIndex(of: next.answer) { pairs.append((outer, inner)) }
        above = next.within
      }
      return pairs
    }
  }

  /// A net of a multiple question in one group, as unknowns.
  struct NetCounts {
    /// Who chose any of its options.
    var count: Int
    /// What it is made of, in every way that the definition names: its options; and of a net within it, that one and the
    /// options between them. Who is in the net is in one of these or more.
    var parts: [[Int]] = []

    /// Options and nets that lie within it.
    var rowsWithin: [Int] {
      var found: [Int] = []
      for row in parts.joined() where !found.contains(row) { found.append(row) }
      return found
    }
  }

  func nets(of question: Int, _ column: Int, _ group: Int, _ people: Int) -> [NetCounts] {
    let definition = questions[question]
    func unknowns(_ answers: [String]) -> [Int] {
      answers.compactMap { definition.answers.firstIndex(of: $0) }.compactMap {
        unknown(question, column, group, people, .answer($0))
      }
    }
    return definition.nets.enumerated().compactMap { position, net in
      guard let count = unknown(question, column, group, people, .net(position)) else { return nil }
      var counts = NetCounts(count: count, parts: [unknowns(net.answers)])
      for (inner, other) in definition.nets.enumerated()
      where other.answers.count < net.answers.count && other.answers.allSatisfy(net.answers.contains) {
        guard let part = unknown(question, column, group, people, .net(inner)) else { continue }
        counts.parts.append([part] + unknowns(net.answers.filter { !other.answers.contains($0) }))
      }
      return counts
    }
  }

  /// By answer and then net: the first of those that nets, or themes above it, join it to.
  static func parts(of question: PublishedDefinition.Question) -> [Int] {
    let answers = question.answers
    var parts = Array(0..<(answers.count + question.nets.count))
    func join(_ first: Int, _ second: Int) {
      let (kept, gone) = (min(parts[first], parts[second]), max(parts[first], parts[second]))
      for index in parts.indices where parts[index] == gone { parts[index] = kept }
    }
    for (position, net) in question.nets.enumerated() {
      for answer in net.answers.compactMap({ answers.firstIndex(of: $0) }) {
        join(answer, answers.count + position)
      }
    }
    let themes = question.themes ?? []
    for theme in themes {
      guard let inner = answers.firstIndex(of: theme.answer),
        let above = themes.first(where: { $0.id == theme.within }),
        let outer = answers.firstIndex(of: above.answer)
      else { continue }
      join(inner, outer)
    }
    return parts
  }

  /// A form divided by the classes of people that it is about.
  func byClass(_ form: CountForm) -> [CountForm] {
    Dictionary(grouping: form.terms) { cells[$0.unknown].people }.sorted { $0.key < $1.key }
      .map { CountForm(terms: $0.value) }
  }

  /// By form of some, what always holds of it: constraints that it is a part of as a whole.
  func structure(of forms: Set<CountForm>) -> [CountForm: [Int]] {
    var formsOfUnknown: [Int32: [CountForm]] = [:]
    for form in forms {
      if let first = form.unknowns.first { formsOfUnknown[first, default: []].append(form) }
    }
    var found: [CountForm: [Int]] = [:]
    for (index, constraint) in system.constraints.enumerated() where constraint.source == .structure {
      var coefficients: [Int32: Int32] = [:]
      for (unknown, coefficient) in zip(constraint.form.unknowns, constraint.form.coefficients) {
        coefficients[unknown] = coefficient
      }
      for unknown in constraint.form.unknowns {
        for form in formsOfUnknown[unknown] ?? []
        where zip(form.unknowns, form.coefficients).allSatisfy({ coefficients[$0] == $1 }) {
          found[form, default: []].append(index)
        }
      }
    }
    return found
  }

  /// No more people answered a routed question than gave an answer that leads to it.
  private mutating func requireRouting(_ question: Int, _ column: Int) {
    guard let alternatives = questions[question].askedIf else { return }
    let isWhole = questions[question].base == "asked"
    for group in columns[column].groups.indices {
      for people in columns[column].classes.indices {
        let base = CountForm(
          sum: baseCategories(of: question).compactMap { unknown(question, column, group, people, $0) })
        guard !base.isEmpty else { continue }
        // For each alternative, each clause alone bounds those whom it lets through.
        var bounds: [[CountForm]] = []
        var isExact = true
        for clauses in alternatives {
          let forms = clauses.compactMap { led(by: $0, column, group, people) }
          isExact = isExact && clauses.count == 1 && forms.count == 1
          if !forms.isEmpty { bounds.append(forms) }
        }
        guard bounds.count == alternatives.count else { continue }
        let items = Set(alternatives.joined().map(\.item))
        if isWhole, isExact, items.count == 1, bounds.count == 1 {
          require(base - bounds[0][0], equals: 0, .structure)
        } else if bounds.count == 1 {
          for form in bounds[0] { require(base - form, upper: 0, .structure) }
        } else {
          let sum = bounds.reduce(CountForm()) { $0 + $1[0] }
          require(base - sum, upper: 0, .structure)
        }
      }
    }
  }

  /// How many people of a group a clause lets through; nil where no figure tells.
  private func led(
    by clause: PublishedDefinition.Clause, _ column: Int, _ group: Int, _ people: Int
  ) -> CountForm? {
    if columns[column].id == clause.item {
      let label = columns[column].groups[group]
      guard clause.answers.contains(label) else { return CountForm() }
      return unknown(-1, column, group, people, .respondents).map { CountForm(sum: [$0]) }
    }
    guard let source = questions.firstIndex(where: { $0.id == clause.item }), isTabulated(source, column)
    else { return nil }
    let answers = clause.answers.compactMap { questions[source].answers.firstIndex(of: $0) }
    return CountForm(sum: answers.compactMap { unknown(source, column, group, people, .answer($0)) })
  }

  /// By question: it with those that it is routed by, and those that they are, which are joined whatever the sizes.
  static func families(_ questions: [PublishedDefinition.Question]) -> [[Int]] {
    questions.indices.map { question in
      var family = [question]
      var next = 0
      while next < family.count {
        let member = family[next]
        next += 1
        for other in questions.indices where !family.contains(other) {
          if isRouted(questions[member], by: questions[other])
            || isRouted(questions[other], by: questions[member])
          {
            family.append(other)
          }
        }
      }
      return family.sorted()
    }
  }

  func isRouted(_ question: Int, by source: Int) -> Bool {
    Self.isRouted(questions[question], by: questions[source])
  }

  private static func isRouted(
    _ question: PublishedDefinition.Question, by source: PublishedDefinition.Question
  ) -> Bool {
    question.askedIf?.joined().contains { $0.item == source.id } ?? false
  }
}

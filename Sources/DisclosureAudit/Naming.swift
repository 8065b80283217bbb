/// What counts are called in messages.
extension CountTables {
  /// A target in words.
  func name(of target: AuditTarget) -> String {
    let composition = target.composition
    let packs =
      composition[0].sign > 0 && composition.count == 1
      ? release.packs[composition[0].pack].id
      : release.packs[composition[0].pack].id + " without "
        + composition.dropFirst().map { release.packs[$0.pack].id }.joined(separator: " and ")
    let question = target.question < 0 ? "respondents" : questions[target.question].id
    let subject =
      switch target.subject {
      case .base: target.question < 0 ? "" : " (base)"
      case .row(let category): " \u{201C}\(label(target.question, category))\u{201D}"
      case .complement(let category): " all but \u{201C}\(label(target.question, category))\u{201D}"
      case .rest(of: .answered, without: let inner):
        " any answer but \u{201C}\(label(target.question, inner))\u{201D}"
      case .rest(of: let outer, without: let inner):
        " \u{201C}\(label(target.question, outer))\u{201D} but \u{201C}\(label(target.question, inner))\u{201D}"
      case .notAnswering: " not answering"
      }
    return "\(packs), \(question)\(subject), \(across(target.column, target.group))"
  }

  private func across(_ column: Int, _ group: Int) -> String {
    column == 0 ? "total" : "\(columns[column].id) \(columns[column].groups[group])"
  }

  /// What a kind of respondent knows of themselves.
  func name(ofKind form: CountForm) -> String {
    let parts = form.terms.filter { $0.coefficient > 0 }.map { cells[$0.unknown] }
    guard let cell = parts.first else { return "themselves" }
    let without = form.terms.first { $0.coefficient < 0 }.map { cells[$0.unknown] }
    let place = across(cell.column, cell.group)
    if cell.question < 0 { return "to be in \(place)" }
    let question = questions[cell.question].id
    if let without {
      let rows = parts.map { "\u{201C}\(label(cell.question, $0.category))\u{201D}" }
      if rows.count > 1 { return "to be in two of \(question) \(rows.joined(separator: ", ")), \(place)" }
      let isIn = cell.category == .answered ? "" : "to be in \(question) \(rows[0]) and "
      return
        "\(isIn)not to be in \(question) \u{201C}\(label(cell.question, without.category))\u{201D}, \(place)"
    }
    switch cell.category {
    case .others, .noAnswer: return "not to have answered \(question), \(place)"
    case .answered, .respondents: return "to have answered \(question), \(place)"
    case .answer, .net:
      return "to be in \(question) \u{201C}\(label(cell.question, cell.category))\u{201D}, \(place)"
    }
  }

  /// Where a constraint comes from, in words.
  func name(of constraint: CountSystem.Constraint) -> String {
    switch constraint.source {
    case .row(let row):
      let row = release.rows[row]
      let across = row.banner == "total" ? "total" : "\(row.banner) \(row.group)"
      return "\(row.pack), \(row.question) \u{201C}\(row.answer)\u{201D}, \(across)"
    case .responses: return "the number of responses"
    case .structure:
      guard let unknown = constraint.form.unknowns.first else { return "the definition" }
      let cell = cells[Int(unknown)]
      return (cell.question < 0 ? "respondents" : questions[cell.question].id) + ", "
        + across(cell.column, cell.group)
    }
  }
}

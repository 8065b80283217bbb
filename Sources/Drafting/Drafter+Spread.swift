import ExportFormats
import Ingest

/// Questions whose options, or whose one answer, are spread over columns of their own.
extension Drafter {
  /// Words for chosen and not chosen in columns that have both.
  private static let pairs: [(chosen: String, notChosen: String)] = [
    ("yes", "no"), ("ja", "nein"), ("oui", "non"), ("sí", "no"), ("si", "no"), ("sim", "não"),
    ("true", "false"),
    ("1", "0"), ("checked", "unchecked"), ("selected", "not selected"), ("quoted", "not quoted"),
    ("1.0", "0.0"), ("y", "n"),
  ]

  /// Drafts columns as one question of options; false where they are none.
  mutating func draftSpread(_ members: [Int]) -> Bool {
    if draftKnownOptions(members) { return true }
    if members.contains(where: { knowledge[$0]?.kind == .single || knowledge[$0]?.kind == .number }) {
      return false
    }
    if let (chosen, notChosen) = pair(of: members), isAnsweredTogether(members) {
      let options = members.compactMap { column in
        optionLabel(column).map { SurveyDraft.OptionColumn(label: $0, column: column) }
      }
      guard options.count == members.count else { return false }
      let usual =
        ["yes", "true", "1", "x"].contains(chosen.lowercased())
        && ["no", "false", "0"].contains(notChosen.lowercased())
      let labels = unique(options)
      addSpread(
        .optionColumns(
          labels, chosen: usual ? nil : [chosen], notChosen: usual ? nil : [notChosen],
          exclusive: exclusive(labels.map(\.label))), members,
        "sure: one column per option, each chosen or not")
      return true
    }
    if haveUsualWords(members), isAnsweredTogether(members) {
      let labels = members.map { optionLabel($0) ?? label(for: forms[$0].code ?? "Option \($0 + 1)") }
      let options = unique(zip(members, labels).map { SurveyDraft.OptionColumn(label: $1, column: $0) })
      addSpread(
        .optionColumns(options, chosen: nil, notChosen: nil, exclusive: exclusive(labels)), members,
        "likely: one column per option, each chosen or not; the export has no labels for them")
      return true
    }
    // Each column has one text, that of its option, or is what people wrote themselves.
    let marks = members.filter { table.columns[$0].texts.count <= 1 && isMark($0) }
    let renamed = members.filter { isRenamedMark($0) }
    let written = members.filter { !marks.contains($0) && !renamed.contains($0) }
    let isOpen = written.allSatisfy { isWrittenOther($0) || table.columns[$0].answered == 0 }
    guard marks.count + renamed.count >= 2,
      (marks + renamed).count(where: { table.columns[$0].answered > 0 }) >= 2,
      isOpen || marks.count + renamed.count > written.count
    else { return false }
    var options: [SurveyDraft.OptionColumn] = []
    var isSure = true
    for column in members {
      if marks.contains(column) {
        let label = optionLabel(column) ?? Drafting.label(for: forms[column].code ?? "Option \(column + 1)")
        options.append(.init(label: label, column: column, chosen: unusualMark(of: column, label: label)))
      } else if isWrittenOther(column) || table.columns[column].answered > 0 {
        // What stands there chooses the option, whatever it is: nobody's answer is lost.
        isSure = isSure && isWrittenOther(column)
        let label = optionLabel(column) ?? Drafting.label(for: forms[column].code ?? "Option \(column + 1)")
        options.append(.init(label: label, column: column, chosen: []))
      }
    }
    guard options.count >= 2 else { return false }
    options = unique(options)
    let used = Set(options.map(\.column))
    let columns = options.map(\.column)
    if isOneAnswer(columns) {
      addSpread(
        .answerColumns(options), columns,
        "likely: one column per answer, and nobody chose two; or `kind: multiple`")
    } else {
      addSpread(
        .optionColumns(options, chosen: nil, notChosen: nil, exclusive: exclusive(options.map(\.label))),
        columns,
        isSure
          ? "sure: one column per option, filled where it was chosen"
          : "likely: one column per option; what stands in those with `chosen: any` differs, so see what they are"
      )
    }
    for column in members where !used.contains(column) {
      draft.leftOut.append(
        .init(
          column: column, reason: table.columns[column].answered == 0 ? "every cell is empty" : "free text",
          isPersonal: false))
    }
    return true
  }

  mutating func addSpread(_ kind: SurveyDraft.Kind, _ columns: [Int], _ comment: String) {
    let form = forms[columns[0]]
    let question = form.question.isEmpty ? form.group ?? "" : form.question
    let stem = form.code.map { $0.split(separator: "_").first.map(String.init) ?? $0 }
    add(
      name: form.group.flatMap { form.code == nil ? nil : $0 } ?? stem ?? question, text: question, kind,
      comment, columns: columns)
  }

  /// The words for chosen and not chosen, where all columns have nothing else and both occur.
  private func pair(of members: [Int]) -> (chosen: String, notChosen: String)? {
    var texts: Set<String> = []
    for column in members {
      guard table.columns[column].texts.count <= 2 else { return nil }
      texts.formUnion(table.columns[column].texts.map { $0.revealed() })
    }
    guard texts.count == 2 else { return nil }
    for pair in Self.pairs {
      if let chosen = texts.first(where: { $0.lowercased() == pair.chosen }),
        let notChosen = texts.first(where: { $0.lowercased() == pair.notChosen })
      {
        return (chosen, notChosen)
      }
    }
    return nil
  }

  /// Whether who answered about one option answered about all of them, as it is where each can be ticked or not.
  private func isAnsweredTogether(_ members: [Int]) -> Bool {
    var some = 0
    var whole = 0
    for record in table.columns[members[0]].codes.indices {
      let filled = members.count { table.columns[$0].codes[record] != CodedColumn.blank }
      if filled > 0 { some += 1 }
      if filled == members.count { whole += 1 }
    }
    return 20 * whole >= 19 * some
  }

  /// Whether all columns have nothing but the usual words for chosen and not chosen, and some have both.
  private func haveUsualWords(_ members: [Int]) -> Bool {
    let chosen: Set = ["1", "x", "yes", "true"]
    let notChosen: Set = ["0", "no", "false"]
    let texts = members.map { Set(table.columns[$0].texts.map { $0.revealed().lowercased() }) }
    return texts.allSatisfy { $0.isSubset(of: chosen.union(notChosen)) }
      && texts.contains { !$0.isDisjoint(with: chosen) && !$0.isDisjoint(with: notChosen) }
      && members.allSatisfy { forms[$0].item == nil }
  }

  /// Whether a column's only text is a mark: its option again, `1`, `x`, or a text that enough respondents share.
  private func isMark(_ column: Int) -> Bool {
    guard let text = table.columns[column].texts.first?.revealed() else { return forms[column].item != nil }
    return isUsualMark(text, of: column) || table.columns[column].counts[0] >= leastTold
  }

  /// Whether a column has its option's text, and one or two others: the option was worded anew on the way.
  private func isRenamedMark(_ column: Int) -> Bool {
    let texts = table.columns[column].texts
    guard let item = forms[column].item, (2...3).contains(texts.count) else { return false }
    return texts.contains { $0.revealed() == item }
  }

  private func isUsualMark(_ text: String, of column: Int) -> Bool {
    if ["1", "x", "yes", "true"].contains(text.lowercased()) { return true }
    let headings = table.headerRows.compactMap { column < $0.count ? $0[column] : nil }
    return headings.contains(text) || optionLabel(column) == text
  }

  /// The texts of a mark that is not one of the usual ones.
  private func unusualMark(of column: Int, label: String) -> [String]? {
    guard let text = table.columns[column].texts.first?.revealed(), !isUsualMark(text, of: column),
      text != label
    else {
      return nil
    }
    return [text]
  }

  /// What somebody wrote beside the options.
  private func isWrittenOther(_ column: Int) -> Bool {
    let words = KnownScales.plain(forms[column].item ?? "").split(separator: " ")
    return words.contains {
      [
        "other", "others", "specify", "explain", "describe", "else", "write", "sonstige", "sonstiges",
        "autre", "otro", "outro",
      ].contains($0)
    }
  }

  private func optionLabel(_ column: Int) -> String? {
    if let item = forms[column].item, !item.isEmpty { return label(for: item) }
    guard let text = table.columns[column].texts.first?.revealed(),
      table.columns[column].counts[0] >= leastTold,
      table.columns[column].texts.count == 1, text.count > 1
    else { return nil }
    return label(for: text)
  }

  func unique(_ options: [SurveyDraft.OptionColumn]) -> [SurveyDraft.OptionColumn] {
    var seen: Set<String> = []
    return options.map { option in
      var option = option
      var number = 2
      let label = option.label
      while !seen.insert(option.label).inserted {
        option.label = "\(label) \(number)"
        number += 1
      }
      return option
    }
  }

  /// Whether nobody, of enough respondents, filled two of the columns.
  private func isOneAnswer(_ columns: [Int]) -> Bool {
    var answered = 0
    for record in table.columns[columns[0]].codes.indices {
      let filled = columns.count { table.columns[$0].codes[record] != CodedColumn.blank }
      if filled > 1 { return false }
      answered += filled
    }
    return answered >= 30 && columns.count >= 2
  }

  /// Questions of one block share one list of answers, also where some answer is missing in one of them.
  mutating func shareScales() {
    var start = 0
    while start < draft.items.count {
      guard let stem = draft.items[start].stem else {
        start += 1
        continue
      }
      var end = start + 1
      while end < draft.items.count, draft.items[end].stem == stem { end += 1 }
      let members = (start..<end).filter { draft.items[$0].isChoice }
      let columns = members.flatMap { draft.items[$0].columns }
      if members.count >= 2, columns.allSatisfy({ knowledge[$0]?.answers.isEmpty ?? true }),
        let common = choice(of: columns)
      {
        for index in members {
          let column = draft.items[index].columns[0]
          draft.items[index].kind = .choice(column: column, common.answers, isScale: common.isScale)
          draft.items[index].comment = common.comment
        }
      }
      start = end
    }
  }
}

extension SurveyDraft.Item {
  var isChoice: Bool {
    if case .choice = kind { return true }
    return false
  }
}

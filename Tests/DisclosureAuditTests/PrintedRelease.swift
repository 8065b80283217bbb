import DisclosureAudit

/// The release of a made-up wave, in which a test withholds, changes or leaves out rows.
struct PrintedRelease {
  struct Row {
    var pack: String
    var question: String
    var kind: String
    var answer: String
    var banner: String
    var group: String
    var base: String
    var count = ""
    var percent = ""
    var lower = ""
    var upper = ""
    var marker = ""
    var value = ""
  }

  let wave: MadeUpWave
  var rows: [Row] = []

  /// Everything is shown. Percentages stand in their rows only where a test puts them: a count says more than they do.
  init(_ wave: MadeUpWave) {
    self.wave = wave
    for pack in wave.packs {
      for banner in ["total"] + pack.banners {
        for group in wave.groups(banner) {
          func isHere(_ kind: MadeUpWave.Kind) -> Bool {
            wave.isMember(kind, pack) && wave.isIn(kind, banner: banner, group: group)
          }
          func add(_ question: String, _ kind: String, _ answer: String, _ base: Int, _ count: Int?) {
            rows.append(
              Row(
                pack: pack.id, question: question, kind: kind, answer: answer, banner: banner, group: group,
                base: String(base), count: count.map(String.init) ?? ""))
          }
          let size = wave.count(where: isHere)
          add("respondents", "single", "(base)", size, size)
          for id in pack.questions where id != banner {
            guard let question = wave.questions.first(where: { $0.id == id }) else { continue }
            let base = wave.count { isHere($0) && wave.isInBase($0, question) }
            for label in wave.rowLabels(question) {
              add(
                id, question.kind, label, base,
                wave.count { isHere($0) && wave.isCounted($0, question, label) })
            }
            guard question.kind == "number" else { continue }
            for label in ["(mean)", "(median)"] { add(id, question.kind, label, base, nil) }
          }
        }
      }
    }
  }

  // MARK: - Changing it

  /// Withholds rows: of some groups (all where none is named), under one banner or all, of one pack or all.
  func withholding(
    _ answers: [String], of question: String = "tools", in groups: [String], banner: String? = nil,
    pack: String? = nil
  ) -> PrintedRelease {
    changing(answers, of: question, in: groups, banner: banner, pack: pack) { row in
      (row.count, row.percent, row.lower, row.upper, row.value) = ("", "", "", "", "")
      row.marker = "c"
      if row.answer == "(base)" { row.base = "" }
    }
  }

  /// Withholds every row of a question in some groups, with the base.
  func withholdingAll(
    of question: String = "tools", in groups: [String], banner: String? = nil, pack: String? = nil
  ) -> PrintedRelease {
    let labels = Set(rows.filter { $0.question == question }.map(\.answer))
    return withholding(labels.sorted(), of: question, in: groups, banner: banner, pack: pack)
      .changing(labels.sorted(), of: question, in: groups, banner: banner, pack: pack) { $0.base = "" }
  }

  func changing(
    _ answers: [String], of question: String = "tools", in groups: [String], banner: String? = nil,
    pack: String? = nil, _ change: (inout Row) -> Void
  ) -> PrintedRelease {
    var copy = self
    var isFound = false
    for index in rows.indices {
      let row = rows[index]
      guard row.question == question, answers.contains(row.answer),
        groups.contains(row.group) && banner.map({ $0 == row.banner }) ?? true,
        pack.map({ $0 == row.pack }) ?? true
      else { continue }
      change(&copy.rows[index])
      isFound = true
    }
    precondition(isFound, "no row to change")
    return copy
  }

  /// The same without some rows.
  func leavingOut(where isLeftOut: (Row) -> Bool) -> PrintedRelease {
    var copy = self
    copy.rows.removeAll(where: isLeftOut)
    precondition(copy.rows.count < rows.count, "no row to leave out")
    return copy
  }

  // MARK: - As files

  var report: AuditReport { get throws { try audit(contents, threads: 1) } }

  var contents: ReleaseContents {
    let head = [
      "pack", "wave", "question", "kind", "source", "answer", "banner", "group", "base", "count", "percent",
      "lower", "upper", "marker", "value",
    ]
    let tables = wave.packs.map { pack in
      (
        pack: pack.id,
        records: [head]
          + rows.filter { $0.pack == pack.id }.map {
            [
              $0.pack, "w", $0.question, $0.kind, $0.kind == "theme" ? "open-text" : "survey", $0.answer,
              $0.banner, $0.group, $0.base, $0.count, $0.percent, $0.lower, $0.upper, $0.marker, $0.value,
            ]
          }
      )
    }
    let responses = wave.count { _ in true }
    return ReleaseContents(
      definition: Array(definition.utf8), manifest: Array(#"{"responses": \#(responses)}"#.utf8),
      tables: tables)
  }

  private var definition: String {
    func texts(_ texts: [String]) -> String { "[" + texts.map { "\"\($0)\"" }.joined(separator: ", ") + "]" }
    func list(_ parts: [String]) -> String { "[" + parts.joined(separator: ", ") + "]" }
    func condition(_ key: String, _ clauses: [MadeUpWave.Clause]?) -> String {
      guard let clauses else { return "" }
      let parts = clauses.map { #"{"item": "\#($0.item)", "answers": \#(texts($0.answers))}"# }
      return #", "\#(key)": ["# + list(parts) + "]"
    }
    let variables = wave.variables.map { #"{"id": "\#($0.id)", "groups": \#(texts($0.groups))}"# }
    let questions = wave.questions.map { question in
      let nets = question.nets.map { #"{"label": "\#($0.label)", "answers": \#(texts($0.answers))}"# }
      let bands = question.bands.map { bands in
        #", "bands": "#
          + list(bands.map { #"{"from": "\#($0.lowerBound)", "to": "\#($0.upperBound)"}"# })
      }
      // The label serves as the id.
      let themes = question.answers.map { theme in
        let within = question.above(theme).first.map { #", "within": "\#($0)""# }
        return #"{"id": "\#(theme)", "answer": "\#(theme)"\#(within ?? "")}"#
      }
      return
        #"{"id": "\#(question.id)", "kind": "\#(question.kind)", "answers": \#(texts(question.answers)), "#
        + #""exclusive": \#(texts(question.exclusive)), "nets": \#(list(nets)), "base": "\#(question.base)", "#
        + #""sensitive": \#(question.isSensitive)\#(condition("asked_if", question.askedIf))\#(bands ?? "")"#
        + (question.kind == "theme" ? #", "themes": \#(list(themes))}"# : "}")
    }
    let packs = wave.packs.map { pack in
      #"{"id": "\#(pack.id)", "banners": \#(texts(pack.banners)), "questions": \#(texts(pack.questions))"#
        + condition("who", pack.who) + "}"
    }
    let combinations = wave.sameAnswers?.combinations.map { combination in
      "{"
        + combination.sorted { $0.key < $1.key }.map { #""\#($0.key)": "\#($0.value)""# }.joined(
          separator: ", ") + "}"
    }
    let same = wave.sameAnswers.map {
      #", "same_answers": [{"items": \#(texts($0.items)), "combinations": \#(list(combinations ?? []))}]"#
    }
    return #"{"survey": "s", "wave": "w", "protection": {"minimum_cell": \#(wave.minimumCell), "#
      + #""minimum_base": \#(wave.minimumBase)}, "variables": \#(list(variables)), "#
      + #""questions": \#(list(questions)), "packs": \#(list(packs))\#(same ?? "")}"#
  }
}

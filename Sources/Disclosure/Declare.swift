import ReleaseModel
import SurveyDefinition
import Tabulation

/// Declares every figure that a wave may publish: the packs' tables as forms over the counts of a plan.
///
/// `Not stated` has its column wherever the wave has such a respondent, whatever the pack.
func declare(
  _ plan: TabulationPlan, sessions: SessionTally? = nil, notStatedIsPresent: (_ banner: Int) -> Bool
) -> Declaration {
  let survey = plan.survey
  let presence = plan.banners.indices.map(notStatedIsPresent)
  return Declaration(
    packs: survey.packs.enumerated().map { position, pack in
      var columns: [TableColumnAxis] = [.total]
      for item in pack.banners {
        guard let banner = plan.banners.firstIndex(where: { $0.item == item }) else {
          preconditionFailure("the plan holds every banner of every pack")
        }
        let labels = plan.banners[banner].groups
        let shown = presence[banner] ? labels.count : labels.count - 1
        columns.append(
          TableColumnAxis(banner: banner, id: plan.banners[banner].id, groups: Array(labels[..<shown])))
      }
      let declarer = FigureDeclarer(plan: plan, pack: pack.id, audience: plan.audienceOfPack[position])
      var tables = columns.map { declarer.respondents(under: $0) }
      for question in pack.questions {
        for axis in columns where axis.banner.map({ plan.banners[$0].item != .question(question) }) ?? true {
          if let table = declarer.table(of: question, under: axis) { tables.append(table) }
        }
      }
      if let sessions { tables += declareSessions(sessions, pack: pack.id) }
      let rankings = pack.questions.flatMap { question in
        columns.compactMap { declarer.places(of: question, under: $0) }
      }
      return DeclaredPack(id: pack.id, title: pack.title, tables: tables, rankings: rankings)
    })
}

/// What stands across the top of one table.
private struct TableColumnAxis {
  static let total = TableColumnAxis(banner: nil, id: "total", groups: ["Total"])
  var banner: Int?
  var id: String
  var groups: [String]
}

/// Declares the tables of one pack.
private struct FigureDeclarer {
  let plan: TabulationPlan
  let pack: String
  let audience: Int

  func respondents(under axis: TableColumnAxis) -> DeclaredTable {
    DeclaredTable(
      question: "respondents", kind: "single", source: "survey",
      columns: axis.groups.indices.map { group in
        let form = CountForm(audience: audience, table: 0, banner: axis.banner, group: group, categories: [0])
        return [figure("respondents", .base, axis, group, .base(form))]
      })
  }

  /// The table of a question, or nil for a kind that is not tabulated from the responses.
  func table(of question: Int, under axis: TableColumnAxis) -> DeclaredTable? {
    let definition = plan.survey.questions[question]
    let rows = PrintedRow.rows(of: question, in: plan)
    guard let baseRow = rows.first(where: { $0.row == .base }) else { return nil }
    let columns = axis.groups.indices.map { group -> [Figure] in
      func form(_ row: PrintedRow) -> CountForm {
        CountForm(
          audience: audience, table: row.table, banner: axis.banner, group: group, categories: row.categories)
      }
      let base = form(baseRow)
      var figures = rows.map { row -> Figure in
        if row.row == .base { return figure(definition.id, .base, axis, group, .base(base)) }
        let places = PrintedRow.places(of: row, in: question, plan)
        return figure(
          definition.id, row.row, axis, group,
          places.isEmpty
            ? .share(form(row), of: base) : .firstPlace(form(row), of: base, places: places.map(form)))
      }
      if case .number = definition.kind {
        let answers = rows.filter { if case .answer = $0.row { true } else { false } }.map(form)
        let distribution = answers.isEmpty ? [base] : answers
        figures.append(figure(definition.id, .mean, axis, group, .mean(distribution: distribution, of: base)))
        figures.append(
          figure(definition.id, .median, axis, group, .median(distribution: distribution, of: base)))
      }
      return figures
    }
    let isCoded = if case .theme = definition.kind { true } else { false }
    return DeclaredTable(
      question: definition.id, kind: definition.kindName, source: isCoded ? "open-text" : "survey",
      columns: columns)
  }

  /// What may be told of a ranking beside its table: where each option stands. nil for any other question.
  func places(of question: Int, under axis: TableColumnAxis) -> DeclaredTable? {
    let definition = plan.survey.questions[question]
    let rows = PrintedRow.places(of: question, in: plan)
    guard !rows.isEmpty, let baseRow = PrintedRow.rows(of: question, in: plan).first else { return nil }
    let columns = axis.groups.indices.map { group -> [Figure] in
      func form(_ row: PrintedRow) -> CountForm {
        CountForm(
          audience: audience, table: row.table, banner: axis.banner, group: group, categories: row.categories)
      }
      return rows.map { figure(definition.id, $0.row, axis, group, .share(form($0), of: form(baseRow))) }
    }
    return DeclaredTable(
      question: definition.id, kind: definition.kindName, source: "survey", columns: columns)
  }

  private func figure(
    _ question: String, _ row: FigureRow, _ axis: TableColumnAxis, _ group: Int, _ form: FigureForm
  ) -> Figure {
    Figure(
      key: FigureKey(pack: pack, question: question, row: row, banner: axis.id, group: axis.groups[group]),
      form: form)
  }
}

/// One printed row of a question, the same under every banner: which categories of which table it counts.
struct PrintedRow {
  var row: FigureRow
  var table: Int
  var categories: [Int]

  /// The rows of rankings.csv, option by option; empty for a question that is no ranking.
  static func places(of question: Int, in plan: TabulationPlan) -> [PrintedRow] {
    guard case .ranking(let ranking) = plan.survey.questions[question].kind else { return [] }
    let tables = plan.places(ofQuestion: question)
    return zip(ranking.options, tables).flatMap { option, table in
      let label = option.label
      var rows = (1...ranking.places).map {
        PrintedRow(row: .place(label, $0), table: table, categories: [$0 - 1])
      }
      rows.append(PrintedRow(row: .notRanked(label), table: table, categories: [ranking.places]))
      if let top = ranking.top {
        rows.append(PrintedRow(row: .top(label, top), table: table, categories: Array(0..<top)))
      }
      return rows
    }
  }

  /// The places of the option that a row of a ranking's table is about; empty for any other row.
  static func places(of row: PrintedRow, in question: Int, _ plan: TabulationPlan) -> [PrintedRow] {
    guard case .answer(let label) = row.row else { return [] }
    return places(of: question, in: plan).filter {
      if case .place(label, _) = $0.row { true } else { false }
    }
  }

  /// The rows of a question in the order in which they are printed; empty for a kind that has no tables.
  static func rows(of question: Int, in plan: TabulationPlan) -> [PrintedRow] {
    let definition = plan.survey.questions[question]
    let tables = plan.tables(ofQuestion: question)
    guard let main = tables.first else { return [] }
    let last = plan.tables[main].categories - 1
    let answered = Array(0..<last)
    let base = definition.base == .asked ? answered + [last] : answered
    var rows = [PrintedRow(row: .base, table: main, categories: base)]
    let labels = definition.answerLabels

    if case .multiple(let choice) = definition.kind {
      let exclusive = CountTable.patternExclusives(choice)
      func patterns(bit: Int) -> [Int] { answered.filter { $0 & (1 << bit) != 0 } }
      for (option, label) in labels.enumerated() {
        if let position = exclusive.firstIndex(of: option) {
          rows.append(PrintedRow(row: .answer(label), table: main, categories: patterns(bit: position + 1)))
        } else if let table = tables.first(where: { plan.tables[$0].part == .option(option) }) {
          rows.append(PrintedRow(row: .answer(label), table: table, categories: [0]))
        }
      }
      for (position, net) in definition.nets.enumerated() {
        switch net.members {
        case .any:
          rows.append(PrintedRow(row: .net(net.label), table: main, categories: patterns(bit: 0)))
        case .answers:
          let table = tables.first {
            plan.tables[$0].part == .net(position) || plan.tables[$0].part == .mixedNet(position)
          }
          if let table { rows.append(PrintedRow(row: .net(net.label), table: table, categories: [0])) }
        }
      }
    } else if case .theme = definition.kind {
      // The tables of themes follow that of the base in the order of the themes.
      for (label, table) in zip(labels, tables.dropFirst()) {
        rows.append(PrintedRow(row: .answer(label), table: table, categories: [0]))
      }
    } else {
      for (answer, label) in labels.enumerated() {
        rows.append(PrintedRow(row: .answer(label), table: main, categories: [answer]))
      }
      for net in definition.nets {
        guard case .answers(let members) = net.members else { continue }
        rows.append(PrintedRow(row: .net(net.label), table: main, categories: members.sorted()))
      }
    }
    if definition.base == .asked {
      rows.append(PrintedRow(row: .noAnswer, table: main, categories: [last]))
    }
    return rows
  }
}

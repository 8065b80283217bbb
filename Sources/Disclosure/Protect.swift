@_spi(Protection) public import ReleaseModel
public import SurveyDefinition
public import Tabulation

/// What the protector gives the pipeline: the release, and what only the analyst may know.
public struct Protection: Sendable {
  public let release: Release
  /// For the analyst alone: sentences about packs and groups that cost much, for the receipt and the terminal.
  public let remarks: [String]
  /// What a reader knows at most where few weights tell respondents apart: to be attacked, never published.
  public let weightClasses: [WeightClassRelease]
}

/// The single door between raw tallies and anything that can be published.
///
/// All packs are protected together, as one system of counts; what comes out holds no figure that must not be shown,
/// and nothing that tells which figures are small and which are withheld to protect them.
/// - Parameters:
///   - places: What is withheld besides, as if it were small itself.
///   - known: What was found when the same tally was protected before; what is found now is added.
public func protect(
  _ tally: Tally, of wave: Wave, withholding places: Set<PlaceToWithhold> = [],
  knowing known: ProtectedQuestions = ProtectedQuestions()
) -> Protection {
  let declaration = declare(tally)
  func protection(_ protector: Protector) -> Protection {
    let release = Release(
      survey: wave.survey.id, wave: wave.id, responses: tally.responses,
      excludedRows: tally.excludedRows.map {
        ExcludedRows($0, minimumCell: wave.survey.protection.minimumCell)
      },
      definition: PublicDefinition(wave, sessions: tally.sessions),
      packs: released(declaration, ProtectedFigures(protector), of: wave))
    return Protection(
      release: release, remarks: protector.remarks,
      weightClasses: protector.weightPartitions.filter(\.isReadable).flatMap { partition in
        declaration.packs.indices.map {
          WeightClassRelease(partition, ofPack: $0, in: release, declaration, tally, wave, .door)
        }
      })
  }
  let protector = Protector(tally, withholding: places, knowing: known)
  protector.run()
  let chosen = protection(protector)
  guard protector.hasChosenGroups else { return chosen }
  // The choice knows nothing of routing: what would have gone without it may cost less.
  let other = Protector(tally, withholding: places, knowing: known.withoutChoice, choosingGroups: false)
  other.run()
  let decided = protection(other)
  return decided.release.withheldCount < chosen.release.withheldCount ? decided : chosen
}

extension ReleaseMaker {
  fileprivate static var door: ReleaseMaker {
    ReleaseMaker(
      row: { ReleasedRow(key: $0, base: $1, figure: $2) },
      table: {
        ReleasedTable(
          question: $0.question, kind: $0.kind, source: $0.source, banner: $0.banner, rows: $1)
      },
      pack: { ReleasedPack(id: $0, title: $1, tables: $2) },
      release: {
        Release(
          survey: $0.survey, wave: $0.wave, responses: $0.responses, excludedRows: $0.excludedRows,
          definition: $1, packs: $2)
      })
  }
}

/// The packs of a release, with what of each figure is shown.
private func released(
  _ declaration: Declaration, _ figures: ProtectedFigures, of wave: Wave
) -> [ReleasedPack] {
  let display = figures.tally.sessions.map {
    JointDisplay(
      wave: wave, sessions: $0, intervals: figures.intervals,
      makeRow: { ReleasedRow(key: $0, base: $1, figure: $2) })
  }
  let pairs = figures.publishedPairs
  let details = figures.rankingDetails
  let tablesOfPacks = declaration.packs.map { pack in
    pack.tables.map { table in
      ReleasedTable(
        question: table.question, kind: table.kind, source: table.source,
        banner: table.columns.first?.first?.key.banner ?? "total",
        rows: table.columns.flatMap { column in
          column.map { figure in
            let (base, shown) = figures.published(figure.form)
            return ReleasedRow(
              key: figure.key, base: base, figure: shown, meanPlace: figures.meanPlace(figure.form, details),
              effectiveBase: figures.effectiveBase(shown, of: figure.form))
          }
        })
    }
  }
  let alphas = IndexAlphas(figures.tally, releasing: tablesOfPacks.joined())
  return zip(declaration.packs, wave.survey.packs).enumerated().map { position, declared in
    let (pack, definition) = declared
    let tables = tablesOfPacks[position]
    let rankings = pack.rankings.map { table in
      ReleasedTable(
        question: table.question, kind: table.kind, source: table.source,
        banner: table.columns.first?.first?.key.banner ?? "total",
        rows: table.columns.flatMap { column in
          column.compactMap { figure in
            figures.place(figure.form, details).map { base, shown in
              ReleasedRow(
                key: figure.key, base: base, figure: shown,
                effectiveBase: figures.effectiveBase(shown, of: figure.form))
            }
          }
        })
    }
    return ReleasedPack(
      id: pack.id, title: pack.title, tables: tables, rankings: rankings.filter { !$0.rows.isEmpty },
      rankedThemes: rankedThemes(of: tables, wave.survey),
      jointDisplay: (display?.rows(of: definition, tables) ?? []).map { row in
        JointTheme(
          question: row.question, theme: row.theme, audience: row.audience, survey: row.survey,
          sessions: row.sessions, raised: row.raised, comparison: row.comparison)
      }, coOccurrences: figures.coOccurrences(of: definition, pairs),
      populations: figures.participation.map { populations($0.people(of: position), tables) } ?? [],
      alphas: alphas.told(of: position, tables).map {
        ReleasedAlpha(index: $0.index, hundredths: $0.hundredths)
      })
  }
}

/// How many people groups have, beside how many of them responded.
private func populations(
  _ told: [(banner: String, group: String, people: Int)], _ tables: [ReleasedTable]
) -> [GroupPopulation] {
  let rows = tables.filter { $0.question == "respondents" }.flatMap(\.rows)
  return told.compactMap { banner, group, people in
    rows.first { $0.key.banner == banner && $0.key.group == group && $0.base != nil }
      .map { GroupPopulation(row: $0, people: people) }
  }
}

/// The themes of all theme questions in their order, table by table, group by group.
private func rankedThemes(of tables: [ReleasedTable], _ survey: Survey) -> [RankedTheme] {
  tables.flatMap { table -> [RankedTheme] in
    guard let question = survey.questions.first(where: { $0.id == table.question }),
      case .theme(let coding) = question.kind
    else { return [] }
    let positions = Dictionary(uniqueKeysWithValues: coding.themes.enumerated().map { ($1.label, $0) })
    var groups: [String] = []
    for row in table.rows where !groups.contains(row.key.group) { groups.append(row.key.group) }
    return groups.flatMap { group in
      ranked(
        table.rows.compactMap { row in
          guard row.key.group == group, case .answer(let label) = row.key.row,
            let position = positions[label]
          else { return nil }
          return (coding.themes.level(position), row)
        }
      ).map { place in
        RankedTheme(
          row: place.row, level: place.level, ranked: place.ranked, rank: place.rank,
          possible: place.possible)
      }
    }
  }
}

extension Release {
  /// Cells that are withheld, in all packs.
  fileprivate var withheldCount: Int { packs.flatMap(\.tables).reduce(0) { $0 + $1.withheldRows } }
}

/// Reads declared forms off a tally, each only where the protector lets it.
private struct ProtectedFigures {
  private let protector: Protector
  let tally: Tally
  private let sessions: SessionFigures?
  private let systemOfTable: [Int: (system: QuestionSystem, table: TableSystem)]
  let intervals: IntervalRules

  init(_ protector: Protector) {
    self.protector = protector
    tally = protector.tally
    intervals = IntervalRules(protector.tally)
    sessions = tally.sessions.map(SessionFigures.init)
    var systems: [Int: (system: QuestionSystem, table: TableSystem)] = [:]
    for system in protector.systems {
      for table in system.tables { systems[table.index] = (system, table) }
    }
    systemOfTable = systems
  }

  /// What a row shows: its base, where that is published, and its figure.
  func published(_ form: FigureForm) -> (base: Int?, figure: ReleasedFigure) {
    switch form {
    case .base(let count):
      guard isShown(count) else { return (nil, .withheld) }
      let base = value(count)
      return (base, base == 0 ? .notApplicable : .base(base))
    case .share(let count, let baseForm), .firstPlace(let count, let baseForm, places: _):
      guard isShown(baseForm) else { return (nil, .withheld) }
      let base = value(baseForm)
      if base == 0 { return (0, .notApplicable) }
      guard isShown(count) else { return (base, .withheld) }
      return (base, share(count, of: baseForm))
    case .sessions(let form):
      return sessions?.published(form) ?? (nil, .withheld)
    case .mean(let distribution, let baseForm), .median(let distribution, let baseForm):
      guard isShown(baseForm) else { return (nil, .withheld) }
      let base = value(baseForm)
      if base == 0 { return (0, .notApplicable) }
      // Known only where the whole distribution is: then it tells of no count that is withheld.
      guard distribution.allSatisfy(isShown), base >= protector.thresholds.minimumBase,
        distribution != [baseForm] || !leavesSmallBases(baseForm) && !leavesUnanimity(baseForm),
        let (summary, interval) = numbers(baseForm)
      else { return (base, .withheld) }
      let isUnreliable =
        tally.weights == nil
        ? ReleasedFigure.isUnreliable(base) : weight(baseForm).effectiveSize < Double(ReleasedFigure.reliable)
      if case .mean = form {
        // Of few numbers without bands, mean and spread together could tell each.
        let tellsSpread = distribution != [baseForm] || !ReleasedFigure.isUnreliable(base)
        let interval = tellsSpread ? interval : nil
        return (
          base,
          .value(
            summary.mean, lower: interval?.lower, upper: interval?.upper, isUnreliable: isUnreliable)
        )
      }
      return (
        base, .value(summary.median, lower: nil, upper: nil, isUnreliable: isUnreliable)
      )
    }
  }

  /// Whether, under the banner of a number without bands, some group of some pack or remainder of packs is too small for
  /// a mean of its own: it would follow from the total's and the other groups'.
  private func leavesSmallBases(_ base: CountForm) -> Bool {
    guard let (system, _) = systemOfTable[base.table] else { return true }
    let column = base.banner.map { $0 + 1 } ?? 0
    return protector.model.parts.contains { part in
      part.composition.allSatisfy {
        system.scope.isPrinted[protector.model.partOfAudience[$0.audience]][column]
      }
        && (0..<system.main.groups[column]).contains { group in
          let size = system.base(column, atoms: part.atoms, group: group)
          return size > 0 && size < protector.thresholds.minimumBase
        }
    }
  }

  /// Nil where the definition knows no population.
  var participation: Participation? { Participation(protector) }

  /// Whether, under the banner of a sensitive number without bands, all of some group of some pack or remainder of packs gave the same
  /// number: the mean would tell what each of them said.
  private func leavesUnanimity(_ base: CountForm) -> Bool {
    guard let (system, _) = systemOfTable[base.table], system.isSensitive else { return false }
    let groups = base.banner.map { tally.plan.groupCount($0) } ?? 1
    return protector.model.parts.contains { part in
      (0..<groups).contains { group in
        tally.values(
          atoms: part.atoms.indices.filter { part.atoms[$0] },
          table: base.table, banner: base.banner, group: group
        ).count == 1
      }
    }
  }

  // MARK: - Rankings

  /// By ranking, in which groups it may be told where its options stand.
  var rankingDetails: [Int: RankingDetail] {
    let rankings = protector.plan.survey.questions.indices.filter {
      !protector.plan.places(ofQuestion: $0).isEmpty
    }
    return Dictionary(
      uniqueKeysWithValues: rankings.map {
        ($0, RankingDetail(of: $0, protector))
      })
  }

  /// A count of an option's place with its share; nil where places are not told.
  func place(_ form: FigureForm, _ details: [Int: RankingDetail]) -> (base: Int?, figure: ReleasedFigure)? {
    guard case .share(let count, let baseForm) = form, isTold(count, details) else { return nil }
    return (value(baseForm), share(count, of: baseForm))
  }

  /// The mean of an option's places in hundredths, half away from zero; nil where places are not told, or nobody ranked it.
  func meanPlace(_ form: FigureForm, _ details: [Int: RankingDetail]) -> Int64? {
    guard case .firstPlace(_, of: _, let places) = form, places.allSatisfy({ isTold($0, details) }) else {
      return nil
    }
    let counts = places.map(value)
    let people = counts.reduce(0, +)
    let sum = counts.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element }
    return people == 0 ? nil : Int64((200 * sum + people) / (2 * people))
  }

  private func isTold(_ form: CountForm, _ details: [Int: RankingDetail]) -> Bool {
    let part = protector.model.partOfAudience[form.audience]
    guard part >= 0, let question = tally.plan.tables[form.table].question else { return false }
    return details[question]?.isTold(
      audience: part, column: form.banner.map { $0 + 1 } ?? 0, group: form.group) ?? false
  }

  // MARK: - Pairs of themes

  /// By theme question, then audience of the model: the pairs that may be published.
  var publishedPairs: [Int: [Set<Protector.ThemePair>]] {
    let questions = protector.plan.survey.questions.indices.filter {
      protector.plan.combinations(ofQuestion: $0) != nil
    }
    return Dictionary(uniqueKeysWithValues: questions.map { ($0, protector.publishedPairs(of: $0)) })
  }

  /// The pairs of themes of one pack, each withheld unless it may be published.
  func coOccurrences(of pack: Pack, _ pairs: [Int: [Set<Protector.ThemePair>]]) -> [CoOccurrence] {
    let plan = protector.plan
    guard let position = plan.survey.packs.firstIndex(where: { $0.id == pack.id }) else { return [] }
    let audience = plan.audienceOfPack[position]
    return pack.questions.flatMap { question -> [CoOccurrence] in
      guard case .theme(let coding) = plan.survey.questions[question].kind,
        let index = plan.combinations(ofQuestion: question),
        let main = plan.tables(ofQuestion: question).first
      else { return [] }
      let themes = coding.coOccurring
      return Protector.ThemePair.all(of: themes.count).map { pair in
        let part = protector.model.partOfAudience[audience]
        let isKept = part >= 0 && (pairs[question]?[part].contains(pair) ?? false)
        return coOccurrence(
          pair, isKept: isKept, pack: pack.id, question: plan.survey.questions[question].id,
          labels: (coding.themes[themes[pair.first]].label, coding.themes[themes[pair.second]].label),
          base: CountForm(
            audience: audience, table: main, banner: nil, group: 0,
            categories: plan.survey.questions[question].base == .asked ? [0, 1] : [0]), index: index)
      }
    }
  }

  private func coOccurrence(
    _ pair: Protector.ThemePair, isKept: Bool, pack: String, question: String, labels: (String, String),
    base form: CountForm, index: Int
  ) -> CoOccurrence {
    let key = FigureKey(
      pack: pack, question: question, row: .answer(labels.0), banner: "total", group: "Total")
    let base = isShown(form) ? value(form) : nil
    if base == 0 {
      return CoOccurrence(
        with: labels.1, row: ReleasedRow(key: key, base: 0, figure: .notApplicable), expected: nil)
    }
    guard let base, isKept else {
      return CoOccurrence(
        with: labels.1, row: ReleasedRow(key: key, base: base, figure: .withheld), expected: nil)
    }
    let audience = protector.model.parts[protector.model.partOfAudience[form.audience]]
    let cells = CombinationCounts(tally: tally, index: index).cells(of: pair, atoms: audience.atoms)
    let (first, second) = (cells[0] + cells[1], cells[0] + cells[2])
    return CoOccurrence(
      with: labels.1,
      row: ReleasedRow(
        key: key, base: base,
        figure: tally.weights == nil
          ? .share(cells[0], of: base, intervals)
          : .weighted(
            CombinationCounts(tally: tally, index: index).weight(of: pair, atoms: audience.atoms),
            of: weight(form), count: cells[0], intervals)),
      expected: Int64((20 * first * second + base) / (2 * base)))
  }

  /// A share by counts, or by weights where the survey has them.
  private func share(_ count: CountForm, of base: CountForm) -> ReleasedFigure {
    guard tally.weights != nil else { return .share(value(count), of: value(base), intervals) }
    return .weighted(weight(count), of: weight(base), count: value(count), intervals)
  }

  /// Kish's effective size of the base of a weighted share that is shown, in tenths.
  func effectiveBase(_ shown: ReleasedFigure, of form: FigureForm) -> Int? {
    guard tally.weights != nil, case .share = shown else { return nil }
    switch form {
    case .share(_, of: let base), .firstPlace(_, of: let base, places: _):
      return intervals.effectiveBase(of: weight(base))
    case .base, .mean, .median, .sessions: return nil
    }
  }

  /// Mean and median of the numbers of a base, with the mean's interval.
  private func numbers(_ base: CountForm) -> (NumberSummary, interval: (lower: Int64, upper: Int64)?)? {
    let atoms = atoms(of: base)
    let values = tally.values(atoms: atoms, table: base.table, banner: base.banner, group: base.group)
    guard tally.weights != nil else {
      return NumberSummary(values).map { ($0, intervals.mean(of: values)) }
    }
    let weights = tally.weightedValues(
      atoms: atoms, table: base.table, banner: base.banner, group: base.group)
    return NumberSummary(weights).map {
      ($0, intervals.weightedMean(of: zip(values, weights).map { ($0.value, $0.count, $1.count) }))
    }
  }

  private func isShown(_ form: CountForm) -> Bool {
    guard let (_, table) = systemOfTable[form.table] else { return false }
    let audience = protector.model.partOfAudience[form.audience]
    guard audience >= 0 else { return false }
    let members = (0..<table.categories).map(form.categories.contains)
    guard let set = table.sets.firstIndex(where: { $0.members == members && $0.isPrinted }) else {
      return false
    }
    let column = form.banner.map { $0 + 1 } ?? 0
    return !table.isWithheld(column, audience: audience, group: form.group, set: set)
  }

  private func atoms(of form: CountForm) -> [Int] {
    let audience = UInt64(form.audience)
    return tally.atoms.indices.filter { tally.atoms[$0] & (1 << audience) != 0 }
  }

  private func weight(_ form: CountForm) -> WeightSum {
    atoms(of: form).reduce(into: WeightSum()) { sum, atom in
      for category in form.categories {
        sum.add(
          tally.weight(
            atom: atom, table: form.table, banner: form.banner, group: form.group, category: category))
      }
    }
  }

  private func value(_ form: CountForm) -> Int {
    atoms(of: form).reduce(0) { sum, atom in
      sum
        + form.categories.reduce(0) {
          $0
            + tally.count(
              atom: atom, table: form.table, banner: form.banner, group: form.group, category: $1)
        }
    }
  }
}

extension ReleasedFigure {
  /// A count with its percentage of a base above 0 and the percentage's interval.
  static func share(_ count: Int, of base: Int, _ intervals: IntervalRules) -> ReleasedFigure {
    let interval = intervals.share(count, of: base)
    return .share(
      count: count, percent: percentTenths(count, of: base), lower: interval.lower, upper: interval.upper,
      isUnreliable: isUnreliable(base))
  }

  /// A count with the percentage of the weight of a base and that percentage's interval; withheld where the base weighs nothing,
  /// as there is no percentage of it.
  static func weighted(_ given: WeightSum, of base: WeightSum, count: Int, _ intervals: IntervalRules)
    -> ReleasedFigure
  {
    guard let share = intervals.share(given, of: base) else { return .withheld }
    return .share(
      count: count, percent: share.percent, lower: share.lower, upper: share.upper,
      isUnreliable: share.effectiveBase < 10 * reliable)
  }

  fileprivate static func isUnreliable(_ base: Int) -> Bool { base < reliable }

  /// Figures of fewer respondents than this are marked.
  fileprivate static let reliable = 30
}

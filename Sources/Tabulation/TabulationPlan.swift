public import SurveyDefinition

/// What one wave's tally counts, and where each count is kept.
///
/// Respondents are split into *atoms*: the coarsest parts of which every pack is a union. A count is kept per
/// atom, table, banner group and category, so that whatever a pack prints is a sum of counts and every
/// relation between packs can be seen.
public struct TabulationPlan: Sendable {
  /// The survey that is tallied.
  public let survey: Survey
  public let layout: CodeLayout
  /// The distinct audiences: `nil` (everyone) first, then every other `who`, once.
  public let audiences: [Condition?]
  /// By position of the pack: its audience.
  public let audienceOfPack: [Int]
  /// The items that stand across the top of any pack, in the survey's order.
  public let banners: [Banner]
  /// The columns of the responses that several items are read from.
  public let sharedColumns: [SharedColumn]
  public let tables: [CountTable]
  /// Counts kept per atom: for each group of each column those of all categories of all tables.
  var cellsPerAtom: Int { groupsOfColumns * categoriesOfTables }
  /// Where the groups of a column begin among those of all columns: the total, then the banners.
  let columnStarts: [Int]
  /// Groups of all columns together.
  let groupsOfColumns: Int
  /// Where the categories of a table begin among those of all tables.
  let categoryStarts: [Int]
  /// Categories of all tables together.
  let categoriesOfTables: Int

  /// One banner: its groups, `Not stated` last.
  public struct Banner: Sendable {
    public let item: Item
    public let id: String
    public let label: String
    /// The groups' labels, `Not stated` last.
    public let groups: [String]

    /// The position of `Not stated`.
    public var notStated: Int { groups.count - 1 }
  }

  public init(_ survey: Survey) {
    self.survey = survey
    layout = CodeLayout(survey)
    sharedColumns = survey.sharedColumns

    var audiences: [Condition?] = [nil]
    audienceOfPack = survey.packs.map { pack in
      if let known = audiences.firstIndex(of: pack.who) { return known }
      audiences.append(pack.who)
      return audiences.count - 1
    }
    self.audiences = audiences

    let used = Set(survey.packs.flatMap(\.banners))
    let items =
      survey.variables.indices.map(Item.variable) + survey.questions.indices.map(Item.question)
    banners = items.filter(used.contains).map { Banner($0, of: survey) }

    var tables = [CountTable.respondents]
    for index in survey.questions.indices {
      tables += CountTable.tables(ofQuestion: index, in: survey)
    }
    self.tables = tables

    (columnStarts, groupsOfColumns) = starts(of: [1] + banners.map(\.groups.count))
    (categoryStarts, categoriesOfTables) = starts(of: tables.map(\.categories))
  }

  /// The items that are read from the same column as one, and that one.
  public func items(sharing item: Item) -> Set<Item> {
    Set(sharedColumns.filter { $0.items.contains(item) }.flatMap(\.items)).union([item])
  }

  /// How many groups stand under a banner; 1 for the total (`banner` nil).
  public func groupCount(_ banner: Int?) -> Int {
    banner.map { banners[$0].groups.count } ?? 1
  }

  /// The positions of the tables of one question (nil: of the respondents): the first is its own, those after it one per
  /// option, net or theme.
  public func tables(ofQuestion question: Int?) -> [Int] {
    tables.indices.filter {
      tables[$0].question == question && !tables[$0].isCombinations && !tables[$0].isPlaces
    }
  }

  /// The positions of the tables of a ranking's options, place by place, in the order of the options.
  public func places(ofQuestion question: Int) -> [Int] {
    tables.indices.filter { tables[$0].question == question && tables[$0].isPlaces }
  }

  /// The position of the table of combinations of a theme question; nil where none are counted.
  public func combinations(ofQuestion question: Int) -> Int? {
    tables.indices.first { tables[$0].question == question && tables[$0].isCombinations }
  }
}

extension TabulationPlan.Banner {
  init(_ item: Item, of survey: Survey) {
    self.item = item
    switch item {
    case .variable(let index):
      id = survey.variables[index].id
      label = survey.variables[index].label
      groups = survey.variables[index].groupLabels + ["Not stated"]
    case .question(let index):
      id = survey.questions[index].id
      label = survey.questions[index].text
      groups = survey.questions[index].answerLabels + ["Not stated"]
    }
  }
}

/// Where each of some runs begins that lie one after the other, and where the last ends.
private func starts(of lengths: [Int]) -> ([Int], Int) {
  lengths.reduce(into: ([], 0)) { result, length in
    result.0.append(result.1)
    result.1 += length
  }
}

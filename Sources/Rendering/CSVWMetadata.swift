import Comparison
import ReleaseModel

/// What a program needs to read one CSV file of a pack: tables.csv-metadata.json and its like, by the W3C's "Metadata
/// Vocabulary for Tabular Data" (CSVW, 2015). Each file has its own, where that standard says that readers look for it.
struct CSVWMetadata {
  /// A file of figures, and what is told of it.
  struct File {
    var name: String
    var title: String
    var description: String
    /// All columns of a file that has not those that the others begin with.
    var own: [String]?
    /// Columns after those that all files begin with.
    var further: [String]
    /// Columns that tell a row from the others of the file.
    var key: [String]
    /// What is said of columns that mean something of their own in it.
    var descriptions: [String: String] = [:]

    var columns: [String] { own ?? CSVWMetadata.shared + further }
  }

  static func tables(in release: Release) -> File {
    File(
      name: "tables.csv", title: "tables",
      description: "Every published figure of one pack, one row per cell.",
      further: TablesCSV.columns(in: release).filter { !shared.contains($0) }, key: rowKey,
      descriptions: release.isWeighted
        ? [
          "percent": "Weighted share of the base, rounded half away from zero from exact values.",
          "value":
            "Weighted mean or median, on rows (mean) and (median); of an option of a ranking, its mean place, not weighted.",
        ] : [:])
  }
  static let rankings = File(
    name: "rankings.csv", title: "places of rankings",
    description: "Where each option of a ranking was placed, for groups of which all places are told.",
    further: ["place"], key: rowKey + ["place"])
  static let themeRanks = File(
    name: "theme-ranks.csv", title: "order of themes",
    description: "Themes by how many people raised them, with the ranks that their intervals leave open.",
    further: ["level", "rank", "rank_from", "rank_to", "ranked"], key: rowKey)
  static let jointDisplay = File(
    name: "joint-display.csv", title: "survey beside focus groups",
    description: "Themes as the survey's open text and as focus groups raised them.",
    further: ["sessions", "raised", "comparison"], key: rowKey)
  static let coOccurrence = File(
    name: "co-occurrence.csv", title: "themes raised together",
    description: "How many people raised both of two themes, and how many would have by chance.",
    further: ["with", "expected"], key: rowKey + ["with"])

  static let differences = File(
    name: "differences.csv", title: "differences between groups",
    description: "How each group differs from the rest of the pack, and from the total that it is part of.",
    further: ["against", "base_against", "count_against", "percent_against"] + contrast,
    key: rowKey + ["against"])
  static let pairs = File(
    name: "pairs.csv", title: "differences between pairs of groups",
    description: "How each group differs from each other group of its banner.", further: differences.further,
    key: differences.key)
  static let associations = File(
    name: "associations.csv", title: "questions and banners",
    description: "Whether the answers to a question and the groups of a banner have to do with each other.",
    further: ["f", "df1", "df2", "p", "p_adjusted", "cramers_v"], key: rowKey)
  static let changes = File(
    name: "changes.csv", title: "changes since an earlier wave",
    description:
      "How each share has changed since the wave before that was released, and that of everyone since each wave before it.",
    further: ["since", "base_before", "count_before", "percent_before"] + contrast + ["altered"],
    key: rowKey + ["since"])

  static let participation = File(
    name: "participation.csv", title: "who responded",
    description:
      "How many of the people of each group responded, and whether their share of responses is that of people.",
    further: ["population", "response_rate", "share_of_population", "share_of_responses"], key: rowKey)

  static let weighted = File(
    name: "weighted.csv", title: "shares weighted to the people",
    description:
      "The shares of everyone in the pack as they would be had each group responded as often as its number of people says.",
    further: [
      "weighted_by", "strata", "weighted_percent", "weighted_lower", "weighted_upper", "effective_base",
      "design_effect", "weighted_marker",
    ], key: rowKey + ["weighted_by"])

  private static let contrast = [
    "difference", "difference_lower", "difference_upper", "p", "p_adjusted", "verdict",
  ]
  static let rowKey = ["pack", "wave", "question", "answer", "banner", "group"]
  private static let shared = TablesCSV.columns.filter { $0 != "value" }

  /// The metadata of a file, which stands beside it.
  static func companion(_ file: File, of pack: ReleasedPack, in release: Release) -> CompanionFile {
    let definition = release.definition
    var description = "\(file.description) \(markers)"
    if definition.madeUp { description = "\(WorkbookWords.madeUp) \(description)" }
    let metadata = JSONText.fields([
      "@context": .list([
        "http://www.w3.org/ns/csvw", .object(["@language": .text(WorkbookWords.language)]),
      ]),
      "url": .text(file.name),
      "dc:title": .text("\(definition.title): \(pack.title), wave \(release.wave): \(file.title)"),
      "dc:description": .text(description),
      "dc:publisher": definition.publisher.map(JSONText.text),
      "dc:language": .text(WorkbookWords.language),
      "dialect": .object([
        "encoding": "utf-8", "delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "header": true,
        "lineTerminators": .texts(["\n"]), "trim": false,
      ]),
      "tableSchema": .object([
        "columns": .list(file.columns.map { column($0, of: file) }), "primaryKey": .texts(file.key),
      ]),
    ])
    return CompanionFile(name: "\(file.name)-metadata.json", bytes: metadata.bytes)
  }

  private static func column(_ name: String, of file: File) -> JSONText {
    let (type, description) = columns[name] ?? (text, name)
    var members: [String: JSONText] = [
      "name": .text(name), "titles": .text(name), "datatype": type,
      "dc:description": .text(file.descriptions[name] ?? description),
    ]
    // What a figure's place is told by is never empty; a number or marker may be.
    if type == text { members["required"] = true } else { members["null"] = "" }
    return .object(members)
  }

  // MARK: Columns

  private static let text = JSONText.object(["base": "string"])
  private static let number = JSONText.object(["base": "integer", "minimum": 0])
  private static let percent = JSONText.object(["base": "decimal", "minimum": 0, "maximum": 100])
  private static let decimal = JSONText.object(["base": "decimal"])

  private static let probability = JSONText.object(["base": "decimal", "minimum": 0, "maximum": 1])
  /// Words of ours, or none.
  private static let ownWords = JSONText.object(["base": "string", "format": "[a-z ]*"])

  private static func oneOf(_ texts: [String]) -> JSONText {
    .object(["base": "string", "format": .text(texts.joined(separator: "|"))])
  }

  private static let markers = """
    Where marker is c the figures are withheld to protect confidentiality, where it is z none applies, where it is u \
    fewer than 30 people stand behind them.
    """

  private static let guarded = """
    An apostrophe in front of =, +, -, @, a tab or a line end, which keeps spreadsheets from running a label, is not part of it.
    """

  private static let columns: [String: (type: JSONText, description: String)] = [
    "pack": (text, "Id of the audience that receives the figures."),
    "wave": (text, "Id of the wave of the survey."),
    "question": (text, "Id of the question; respondents and focus-groups are no questions."),
    "kind": (text, "Kind of the question: single, multiple, scale, number, ranking or theme."),
    "source": (text, "What the figures are from: survey, open-text, focus-group or joint."),
    "answer": (
      text, "Answer; (base) on the row of the base, (net) before answers counted together. \(guarded)"
    ),
    "banner": (text, "Id of the variable whose groups are compared; total for everyone in the pack."),
    "group": (text, "Group of the banner. \(guarded)"),
    "base": (number, "How many people were asked and answered, or sessions there were; not weighted."),
    "count": (
      number, "How many people gave the answer, or in how many sessions it was raised; not weighted."
    ),
    "percent": (percent, "Share of the base, rounded half away from zero from exact values."),
    "lower": (decimal, "Lower bound of the 95% confidence interval of percent, or of the mean."),
    "upper": (decimal, "Upper bound of the 95% confidence interval of percent, or of the mean."),
    "marker": (oneOf(["c", "z", "u"]), markers),
    "value": (
      decimal, "Mean or median, on rows (mean) and (median); of an option of a ranking, its mean place."
    ),
    "place": (
      text,
      "A place from 1; not ranked, of those who ranked other options; or top and how many places, together."
    ),
    "level": (number, "1 for a theme at the top of the codebook, 2 for one below it."),
    "rank": (number, "Place among the themes of the level that are shown."),
    "rank_from": (number, "Best rank that the intervals leave open."),
    "rank_to": (number, "Worst rank that the intervals leave open."),
    "ranked": (number, "How many themes of the level are shown."),
    "sessions": (number, "How many sessions of focus groups the audience had."),
    "raised": (number, "In how many of them the theme was raised."),
    "comparison": (
      oneOf(JointTheme.Comparison.allCases.map(\.rawValue)), "How survey and focus groups go together."
    ),
    "population": (number, "How many people the group has."),
    "response_rate": (percent, "Share of these who responded."),
    "share_of_population": (percent, "The group's share of all people whom the pack is about."),
    "share_of_responses": (percent, "The group's share of all who responded in the pack."),
    "weighted_by": (text, "Id of the variable to whose people the share is weighted."),
    "strata": (number, "How many groups, or groups taken together, have a weight of their own."),
    "weighted_percent": (
      percent, "Share of the base by weight, rounded half away from zero from exact values."
    ),
    "weighted_lower": (percent, "Lower bound of the 95% confidence interval of weighted_percent."),
    "weighted_upper": (percent, "Upper bound of the 95% confidence interval of weighted_percent."),
    "effective_base": (decimal, "How many respondents of equal weight would tell as much."),
    "design_effect": (decimal, "Base over effective base: by how much weights widen the variance."),
    "weighted_marker": (oneOf(["u"]), "u where effective_base is below 30."),
    "against": (
      text, "With whom the group is compared: (rest), (total), or another group of the banner. \(guarded)"
    ),
    "base_against": (number, "How many people the group is compared with; not weighted."),
    "count_against": (number, "How many of them gave the answer; not weighted."),
    "percent_against": (percent, "Share of those whom the group is compared with."),
    "since": (text, "Id of the earlier wave."),
    "base_before": (number, "The base in the earlier wave, as it was published; not weighted."),
    "count_before": (number, "The count in the earlier wave, as it was published; not weighted."),
    "percent_before": (percent, "The share in the earlier wave."),
    "difference": (
      decimal, "The share less the one it is compared with, in percentage points, from unrounded shares."
    ),
    "difference_lower": (decimal, "Lower bound of the 95% confidence interval of the difference."),
    "difference_upper": (decimal, "Upper bound of the 95% confidence interval of the difference."),
    "p": (
      probability,
      "Probability of a difference at least as large where there is none; empty where it has none."
    ),
    "p_adjusted": (probability, "The same, adjusted for the comparisons that were made together."),
    "f": (decimal, "F of Rao and Scott's second-order test."),
    "df1": (decimal, "Degrees of freedom of F."),
    "df2": (decimal, "Degrees of freedom of F, below."),
    "cramers_v": (decimal, "How closely the two hang together, from 0 to 1."),
    "verdict": (
      oneOf(Contrast.Verdict.allCases.map(\.rawValue)),
      "higher or lower where p_adjusted is below 0.05; unclear where the difference may be chance."
    ),
    "altered": (
      ownWords,
      "What is not as it was in the earlier wave, with blanks between: \(Alteration.allCases.map(\.rawValue).joined(separator: ", "))."
    ),
    "with": (text, "The second theme. \(guarded)"),
    "expected": (decimal, "How many people would have raised both by chance."),
  ]
}

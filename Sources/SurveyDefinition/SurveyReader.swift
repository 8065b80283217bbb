/// Reads a survey from its merged tree.
///
/// First everything that only describes itself (layout, variables, questions), so that all ids and labels are known,
/// then everything that refers to them (conditions, blocks, packs, weights). An item that cannot be read keeps its
/// place under its id, and nothing that refers to it is called a fault on that account.
final class SurveyReader {
  let log: FindingLog
  let overlay: WaveOverlay
  let surveyFile: String
  /// The lists and maps of `scales`, by name; nil for one that cannot be read. Each is read once, so that its faults
  /// are told once and its answers stored once, however many questions name it.
  var scales: [String: ReadOptions?] = [:]
  /// By the name of a scale, which number each of its answers stands for; nil where that cannot be read.
  var scores: [String: ReadScores?] = [:]
  /// Ids of questions whose scores cannot be read.
  var unreadableScores: Set<String> = []
  /// The texts of the input that hold where an item has none of its own.
  var inputMissing: Set<String> = []
  var inputNotAsked: Set<String> = []
  /// How many answers scales and nets have stood for so far.
  private var writtenOut = 0
  /// Where things are written that are spoken of once all is known.
  var places = DefinitionPlaces()
  /// By id, what references may say about variables and questions.
  var known: [String: KnownItem] = [:]

  init(overlay: WaveOverlay, surveyFile: String, log: FindingLog) {
    self.overlay = overlay
    self.surveyFile = surveyFile
    self.log = log
  }

  func wave(_ fields: Fields, id: String) -> Wave {
    let survey = survey(fields)
    let sessions = sessions(fields)
    return Wave(
      id: id, fieldwork: fieldwork(fields), isMadeUp: fields.flag("made_up") ?? false, sessions: sessions,
      audiences: audiences(fields, of: sessions), survey: survey)
  }

  private func survey(_ fields: Fields) -> Survey {
    let id = surveyID(fields)
    var survey = Survey(id: id, title: fields.text("title") ?? id)
    survey.publisher = fields.text("publisher")
    survey.contact = fields.text("contact")
    survey.mode = fields.text("mode")
    survey.invited = fields.integer("invited", in: 1...1_000_000_000)
    survey.sampling = fields.word("sampling", of: Sampling.self)
    survey.intervals = fields.word("intervals", of: IntervalMethod.self) ?? .wilson
    survey.comparisons = fields.word("comparisons", of: ComparisonAdjustment.self) ?? .holm
    survey.protection = protection(fields)

    readScales(fields)
    readScores(fields)
    survey.input = inputLayout(fields)
    inputMissing = Set(survey.input.missing)
    inputNotAsked = Set(survey.input.notAsked)
    survey.variables = variables(fields)
    survey.themes = themes(fields)
    survey.questions = questions(fields, themes: survey.themes)

    survey.codings = codings(fields, questions: survey.questions)
    routeQuestions(&survey.questions, fields)
    survey.blocks = blocks(fields, questions: survey.questions)
    survey.indices = indices(fields, questions: survey.questions)
    survey.packs = packs(fields, questions: survey.questions)
    survey.weights = weights(fields)
    survey.population = population(fields)
    survey.briefing = briefing(fields, ofPack: false)
    reportUnreachable(survey)
    reportSharedColumns(survey)
    reportRoutingByGroups(survey)
    return survey
  }

  private func surveyID(_ fields: Fields) -> String {
    let remedy = "give the survey an id, such as `survey: staff`"
    guard let entry = fields.required("survey", remedy: remedy), let id = entry.text(log) else { return "" }
    checkID(id, at: entry.value.place)
    return id
  }

  private func protection(_ fields: Fields) -> ProtectionThresholds {
    var thresholds = ProtectionThresholds()
    guard let entry = fields.entry("protection"),
      let protection = Fields(
        entry.value, at: entry.keyPlace, what: "`protection`", keys: DefinitionKeys.protection, log: log)
    else { return thresholds }
    let range = 1...1_000_000
    let cell = protection.integer("minimum_cell", in: range)
    let base = protection.integer("minimum_base", in: range)
    thresholds.prefer = protection.word("prefer", of: LossPreference.self) ?? thresholds.prefer
    thresholds.minimumCell = cell ?? thresholds.minimumCell
    // A base below `minimum_cell` is withheld itself, so the default rises with it.
    thresholds.minimumBase = base ?? max(thresholds.minimumBase, thresholds.minimumCell)
    if thresholds.minimumCell == 1, thresholds.minimumBase == 1 {
      log.remark(
        "nothing-withheld", at: entry.keyPlace, "`minimum_cell` 1 and `minimum_base` 1 withhold nothing",
        remedy: "leave them so only where every answer of every respondent may be published")
    } else if thresholds.minimumBase < thresholds.minimumCell, let base = protection.entry("minimum_base") {
      log.fault(
        "threshold-order", at: base.value.place,
        "`minimum_base` \(thresholds.minimumBase) is below `minimum_cell` \(thresholds.minimumCell)",
        remedy: "a base is a count too; make it \(thresholds.minimumCell) or more")
    }
    return thresholds
  }

  private func readScales(_ fields: Fields) {
    guard let entry = fields.entry("scales"),
      let map = Fields(entry.value, at: entry.keyPlace, what: "`scales`", keys: nil, log: log)
    else { return }
    for scale in map.entries {
      scales[scale.key] = .some(options(listed: scale))
    }
  }

  /// Counts answers that a name stands for; false, with a fault told once, where they are too many in all.
  func writeOut(_ answers: Int, at place: Place) -> Bool {
    let wasWithin = writtenOut <= Self.writtenOutLimit
    guard wasWithin else { return false }
    writtenOut += answers
    guard writtenOut > Self.writtenOutLimit else { return true }
    log.fault(
      "too-large", at: place,
      "with its scales and nets written out the definition names more than \(Self.writtenOutLimit) answers",
      remedy: "no table of so many answers can be read; leave some out")
    return false
  }

  /// Some hundred times the largest survey we know; without a limit 1 MiB of text could stand for 10^10 answers.
  private static let writtenOutLimit = 500_000

  /// Whether a text is an id; a fault if not.
  /// - Parameter remedy: What to do instead of writing it as an id.
  func checkID(_ id: String, at place: Place, remedy: String? = nil) {
    let isValid =
      !id.isEmpty
      && id.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      }
    guard !isValid else { return }
    let folded = id.lowercased().map { $0 == " " ? "_" : $0 }.filter {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-")
    }
    log.fault(
      "bad-id", at: place, "`\(id)` is no id: lower case letters a to z, digits, - and _",
      remedy: remedy ?? (folded.isEmpty ? nil : "write `\(String(folded))`"))
  }
}

@_spi(Published) import ReleaseModel
import Rendering
import SurveyDefinition

/// The releases of earlier waves of a survey, as far as a wave can be compared with them, and what is to be told of others.
///
/// They are read from the folders in which they stand, as their readers have them. A release that was made by laxer rules than the
/// wave's is left out, or what the wave publishes of it would be laxer than its own figures.
struct EarlierWaves {
  /// The oldest first.
  private(set) var waves: [PublishedShares] = []
  /// Why others are left out, a sentence each.
  private(set) var remarks: [String] = []

  /// - Parameters:
  ///   - wave: The wave that follows them: only waves whose names sort before its are earlier.
  ///   - output: The folder in which the folders of surveys stand.
  init(before wave: Wave, in output: String) throws(FileFailure) {
    try self.init(before: wave, among: FileSystem.path(FileSystem.trimmingSlashes(output), wave.survey.id))
  }

  /// - Parameters:
  ///   - parent: The folder in which the releases of the survey stand.
  ///   - named: The waves to read; nil for all.
  init(before wave: Wave, among parent: String, named: Set<String>? = nil) throws(FileFailure) {
    let isWeighted = wave.survey.weights != nil
    let earlier = try FileSystem.names(in: parent).filter { name in
      named?.contains(name) ?? true && !name.hasPrefix(".")
        && name.utf8.lexicographicallyPrecedes(wave.id.utf8)
        // No wave of ours has such a name, and it would be printed.
        && !name.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
    for name in earlier.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let folder = FileSystem.path(parent, name)
      guard FileSystem.entry(at: folder) == .folder else { continue }
      switch PublishedFigures.read(folder) {
      case .success(let figures) where figures.survey != wave.survey.id || figures.wave.wave != name:
        remarks.append("not compared with \(folder): it is a release of another survey or wave")
      case .success(let figures):
        if isWeighted || figures.isWeighted {
          remarks.append("not compared with wave \(name): changes of weighted percentages are not told")
        } else if let reason = figures.reasonAgainst(wave) ?? figures.smallShare(by: wave.survey.protection) {
          remarks.append("not compared with wave \(name): \(reason)")
        } else {
          waves.append(figures.wave)
        }
      case .failure(let damage):
        remarks.append("not compared with wave \(name): \(damage.words)")
      }
    }
  }
}

/// The shares that a release folder shows, with what tells whether they can be compared.
struct PublishedFigures {
  let survey: String
  let wave: PublishedShares
  let title: String
  /// By id.
  let packTitles: [String: String]
  /// Ids of the packs that the folder holds, in the order of the definition.
  let packOrder: [String]
  /// How the release adjusts probabilities.
  let comparisons: String
  /// Whether its percentages are weighted.
  let isWeighted: Bool
  private let thresholds: ProtectionThresholds

  static func read(_ folder: String) -> Result<PublishedFigures, ReleaseFolder.Damage> {
    Result { () throws(ReleaseFolder.Damage) in try PublishedFigures(ReleaseFolder(folder)) }
  }

  private init(_ folder: ReleaseFolder) throws(ReleaseFolder.Damage) {
    let (manifest, definition) = (folder.manifest, folder.definition)
    var packs: [String: PublishedShares.Pack] = [:]
    isWeighted = definition.weighting != nil
    for pack in definition.packs {
      guard let bytes = try folder.listed("\(pack.id)/tables.csv") else { continue }
      guard let table = PublishedTable(bytes),
        let shares = table.shares(of: manifest.responses, areWeighted: isWeighted)
      else {
        throw ReleaseFolder.Damage(words: "its \(pack.id)/tables.csv cannot be read")
      }
      packs[pack.id] = PublishedShares.Pack(
        who: pack.who.map { $0.map { $0.map(\.asked) } }, respondents: table.respondents,
        shares: shares)
    }
    guard !packs.isEmpty else { throw ReleaseFolder.Damage(words: "it has no tables.csv") }
    survey = definition.survey
    thresholds = ProtectionThresholds(
      minimumCell: definition.protection.minimumCell, minimumBase: definition.protection.minimumBase)
    wave = PublishedShares(
      wave: definition.wave, responses: manifest.responses,
      fieldwork: definition.fieldwork.map(\.dates),
      isMadeUp: definition.madeUp, digest: folder.digest,
      questions: Dictionary(definition.questions.map { ($0.id, $0.asked) }) { first, _ in first },
      groups: definition.groups,
      formerThemes: Dictionary(definition.themes.flatMap(\.formerIDs)) { first, _ in first }, packs: packs)
    title = definition.title
    packTitles = Dictionary(definition.packs.map { ($0.id, $0.title) }) { first, _ in first }
    packOrder = definition.packs.map(\.id).filter { packs[$0] != nil }
    comparisons = definition.comparisons ?? "holm"
  }

  /// Why a wave must not be compared with this one; nil where it may.
  fileprivate func reasonAgainst(_ later: Wave) -> String? {
    let rules = later.survey.protection
    if thresholds.minimumCell < rules.minimumCell || thresholds.minimumBase < rules.minimumBase {
      return """
        it was released with `minimum_cell` \(thresholds.minimumCell) and `minimum_base` \
        \(thresholds.minimumBase), which let more be told than those of this wave; run it again with these
        """
    }
    if wave.isMadeUp, !later.isMadeUp { return "its responses are made up" }
    if let own = wave.fieldwork?.from, let other = later.fieldwork?.from, own > other {
      return "its fieldwork was later; give waves names that sort in their order"
    }
    return nil
  }

  /// Why a share of a release that says to be by these rules cannot be; nil where all can.
  fileprivate func smallShare(by rules: ProtectionThresholds) -> String? {
    func isSmall(_ count: Int) -> Bool { count > 0 && count < rules.minimumCell }
    let isBroken = wave.packs.values.contains { pack in
      pack.shares.values.contains {
        isSmall($0.count) || isSmall($0.base - $0.count) || $0.base < rules.minimumBase
      }
    }
    return isBroken ? "it tells counts that its own rules do not let be told" : nil
  }
}

extension PublishedTable {
  /// How many people the pack is about; nil where that is withheld.
  fileprivate var respondents: Int? {
    let key = Key(
      question: "respondents", source: "survey", answer: "(base)", banner: "total", group: "Total")
    return cells[key].flatMap { Int($0.fields[0]) }
  }

  /// Every share that is shown, in the order of the file; labels without the apostrophes that keep spreadsheets from running
  /// them. Nil where one cannot be.
  fileprivate func shares(
    of responses: Int, areWeighted: Bool
  ) -> [(place: PublishedShares.Place, share: PublishedShares.Share)]? {
    var shares: [(place: PublishedShares.Place, share: PublishedShares.Share)] = []
    for key in keys where key.source != "focus-group" {
      // A base row, a mean, or a count of sessions is no share.
      guard let cell = cells[key], !cell.fields[2].isEmpty else { continue }
      guard let base = Int(cell.fields[0]), (1...max(1, responses)).contains(base),
        let count = Int(cell.fields[1]), (0...base).contains(count),
        areWeighted
          || cell.fields[2] == fixedPoint(Int64((2_000 * count + base) / (2 * base)), decimals: 1)
      else { return nil }
      let place = PublishedShares.Place(
        question: key.question, answer: labelFromTables(key.answer), banner: key.banner,
        group: labelFromTables(key.group))
      shares.append((place, PublishedShares.Share(count: count, base: base)))
    }
    return shares
  }
}

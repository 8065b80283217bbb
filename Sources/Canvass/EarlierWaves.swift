import FoundationEssentials
import Ingest
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
  init(before wave: Wave, in output: String) {
    let parent = FileSystem.path(FileSystem.trimmingSlashes(output), wave.survey.id)
    guard let names = try? FileSystem.names(in: parent) else { return }
    let earlier = names.filter { name in
      !name.hasPrefix(".") && name.utf8.lexicographicallyPrecedes(wave.id.utf8)
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
        if let reason = figures.reasonAgainst(wave) ?? figures.smallShare(by: wave.survey.protection) {
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
  private let thresholds: ProtectionThresholds

  /// Why a folder cannot be read as a release.
  struct Damage: Error {
    let words: String
  }

  static func read(_ folder: String) -> Result<PublishedFigures, Damage> {
    Result { () throws(Damage) in try PublishedFigures(folder) }
  }

  private init(_ folder: String) throws(Damage) {
    let decoder = JSONDecoder()
    guard let manifestBytes = Self.bytes("manifest.json", in: folder),
      let manifest = try? decoder.decode(ComparedManifest.self, from: Data(manifestBytes)),
      manifest.tool.name == "canvass", (0...Self.mostResponses).contains(manifest.responses)
    else { throw Damage(words: "its manifest.json cannot be read") }
    // As the index has it: some other program's way out of the folder, or a file that is gone, and it is no whole release.
    for path in manifest.outputs.keys.sorted() {
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      guard !parts.contains(where: { $0.isEmpty || $0 == ".." }),
        FileSystem.size(of: FileSystem.path(folder, path)) != nil
      else { throw Damage(words: "not all of its files are there; run it again") }
    }
    /// A file of the release, as the manifest knows it.
    func listed(_ name: String) throws(Damage) -> [UInt8]? {
      guard let digest = manifest.outputs[name]?.sha256 else { return nil }
      guard let bytes = Self.bytes(name, in: folder), sha256(bytes) == digest else {
        throw Damage(words: "its \(name) is not the one that was released; run it again")
      }
      return bytes
    }
    guard let definitionBytes = try listed("definition.json"),
      let definition = try? decoder.decode(ComparedDefinition.self, from: Data(definitionBytes)),
      definition.survey == manifest.survey, definition.wave == manifest.wave
    else { throw Damage(words: "its definition.json cannot be read") }
    var packs: [String: PublishedShares.Pack] = [:]
    for pack in definition.packs {
      guard let bytes = try listed("\(pack.id)/tables.csv") else { continue }
      guard let table = PublishedTable(bytes), let shares = table.shares(of: manifest.responses) else {
        throw Damage(words: "its \(pack.id)/tables.csv cannot be read")
      }
      packs[pack.id] = PublishedShares.Pack(
        who: pack.who.map { $0.map { $0.map(\.clause) } }, respondents: table.respondents,
        shares: shares)
    }
    guard !packs.isEmpty else { throw Damage(words: "it has no tables.csv") }
    survey = definition.survey
    thresholds = ProtectionThresholds(
      minimumCell: definition.protection.minimumCell, minimumBase: definition.protection.minimumBase)
    wave = PublishedShares(
      wave: definition.wave, responses: manifest.responses,
      fieldwork: definition.fieldwork.map { PublicDefinition.Dates(from: $0.from, to: $0.to) },
      isMadeUp: definition.madeUp, digest: sha256(manifestBytes),
      questions: Dictionary(definition.questions.map { ($0.id, $0.asked) }) { first, _ in first },
      groups: definition.groups,
      formerThemes: Dictionary(definition.themes.flatMap(\.formerIDs)) { first, _ in first }, packs: packs)
    title = definition.title
    packTitles = Dictionary(definition.packs.map { ($0.id, $0.title) }) { first, _ in first }
    packOrder = definition.packs.map(\.id).filter { packs[$0] != nil }
    comparisons = definition.comparisons ?? "holm"
  }

  /// What a wave can have: more could not be reckoned with.
  private static let mostResponses = Int(Int32.max)

  /// Larger than the tables of any release of ours, and no more than can be read at once.
  private static let largestFile = 1 << 28

  private static func bytes(_ name: String, in folder: String) -> [UInt8]? {
    let path = FileSystem.path(folder, name)
    guard let size = FileSystem.size(of: path), size <= largestFile else { return nil }
    return try? FileSystem.read(path, upTo: largestFile)
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
    of responses: Int
  ) -> [(place: PublishedShares.Place, share: PublishedShares.Share)]? {
    var shares: [(place: PublishedShares.Place, share: PublishedShares.Share)] = []
    for key in keys where key.source != "focus-group" {
      // A base row, a mean, or a count of sessions is no share.
      guard let cell = cells[key], !cell.fields[2].isEmpty else { continue }
      guard let base = Int(cell.fields[0]), (1...max(1, responses)).contains(base),
        let count = Int(cell.fields[1]), (0...base).contains(count),
        cell.fields[2] == fixedPoint(Int64((2_000 * count + base) / (2 * base)), decimals: 1)
      else { return nil }
      let place = PublishedShares.Place(
        question: key.question, answer: labelFromTables(key.answer), banner: key.banner,
        group: labelFromTables(key.group))
      shares.append((place, PublishedShares.Share(count: count, base: base)))
    }
    return shares
  }
}

/// What of manifest.json tells which release it is.
private struct ComparedManifest: Decodable {
  struct Tool: Decodable { let name: String }
  struct Output: Decodable { let sha256: String }

  let tool: Tool
  let survey: String
  let wave: String
  let responses: Int
  let outputs: [String: Output]
}

/// What of definition.json tells whether figures can be compared.
private struct ComparedDefinition: Decodable {
  struct Thresholds: Decodable {
    let minimumCell: Int
    let minimumBase: Int
    enum CodingKeys: String, CodingKey {
      case minimumCell = "minimum_cell"
      case minimumBase = "minimum_base"
    }
  }
  struct Dates: Decodable {
    let from: String
    let to: String
  }
  struct Clause: Decodable {
    let item: String
    let answers: [String]
    var clause: AskedQuestion.Clause { .init(item: item, answers: Set(answers)) }
  }
  struct Net: Decodable {
    let label: String
    let answers: [String]
  }
  struct Band: Decodable {
    let from: String
    let to: String
  }
  struct Theme: Decodable {
    let id: String
    let answer: String
  }
  struct Variable: Decodable {
    let id: String
    let groups: [String]
  }
  struct Question: Decodable {
    let id: String
    let text: String
    let kind: String
    let answers: [String]
    let nets: [Net]
    let askedIf: [[Clause]]?
    let base: String
    let bands: [Band]?
    let themes: [Theme]?
    let sensitive: Bool

    enum CodingKeys: String, CodingKey {
      case id, text, kind, answers, nets, base, bands, themes, sensitive
      case askedIf = "asked_if"
    }

    var asked: AskedQuestion {
      AskedQuestion(
        text: text, kind: kind, answers: themes == nil ? answers : [],
        nets: Dictionary(nets.map { ($0.label, Set($0.answers)) }) { first, _ in first },
        askedIf: askedIf?.map { $0.map(\.clause) }, base: base, bands: bands?.map { [$0.from, $0.to] },
        themes: Dictionary((themes ?? []).map { ($0.id, $0.answer) }) { first, _ in first },
        isSensitive: sensitive)
    }
  }
  struct Pack: Decodable {
    let id: String
    let title: String
    let who: [[Clause]]?
  }
  /// A theme of the codebook, with those below it.
  final class CodebookTheme: Decodable {
    let id: String
    let was: [String]?
    let themes: [CodebookTheme]

    var formerIDs: [(String, [String])] { [(id, was ?? [])] + themes.flatMap(\.formerIDs) }
  }

  let survey: String
  let wave: String
  let title: String
  let comparisons: String?
  let themes: [CodebookTheme]
  let variables: [Variable]
  let fieldwork: Dates?
  let madeUp: Bool
  let protection: Thresholds
  let questions: [Question]
  let packs: [Pack]

  enum CodingKeys: String, CodingKey {
    case survey, wave, title, comparisons, themes, variables, fieldwork, protection, questions, packs
    case madeUp = "made_up"
  }

  /// By id of the item that can be a banner: its groups, of a number with the ends of its bands.
  var groups: [String: [String]] {
    Dictionary(
      variables.map { ($0.id, $0.groups) }
        + questions.map { ($0.id, $0.answers + ($0.bands ?? []).map { "\($0.from) to \($0.to)" }) }
    ) { first, _ in first }
  }
}

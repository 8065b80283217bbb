import Briefing
import FoundationEssentials
import Ingest
import Pictures
import ReleaseModel
import Rendering

/// A release as it stands in its folder, read back for the index: names and figures that anybody can read there.
///
/// What is read is a type of its own. Nothing of it can become a `Release`, which only protection makes.
struct PublishedWave {
  let survey: String
  let wave: SurveyIndex.Wave

  /// No file of a release that the index reads is larger.
  static let largestFile = 1 << 24

  /// Reads a release folder.
  /// - Returns: nil where it is none, or not whole: its two JSON files are not ones that canvass writes, the definition is
  ///   another than the manifest's, or a file that the manifest lists is not there.
  init?(_ folder: String) {
    func bytes(_ name: String) -> [UInt8]? {
      let path = FileSystem.path(folder, name)
      guard let size = FileSystem.size(of: path), size <= Self.largestFile else { return nil }
      return try? FileSystem.read(path, upTo: Self.largestFile)
    }
    let decoder = JSONDecoder()
    guard let manifestBytes = bytes("manifest.json"), let definitionBytes = bytes("definition.json"),
      let manifest = try? decoder.decode(ManifestRead.self, from: Data(manifestBytes)),
      let definition = try? decoder.decode(DefinitionRead.self, from: Data(definitionBytes)),
      manifest.tool.name == "canvass", manifest.survey == definition.survey, manifest.wave == definition.wave,
      manifest.outputs["definition.json"]?.sha256 == sha256(definitionBytes)
    else { return nil }
    var sizes: [String: Int] = [:]
    for path in manifest.outputs.keys {
      // Some other program's way out of the folder, or a file that is gone.
      guard
        !path.split(separator: "/", omittingEmptySubsequences: false).contains(where: {
          $0.isEmpty || $0 == ".."
        }),
        let size = FileSystem.size(of: FileSystem.path(folder, path))
      else { return nil }
      sizes[path] = size
    }
    let packs = definition.packs.compactMap { pack -> SurveyIndex.Pack? in
      guard let rows = manifest.cells[pack.id], let withheld = manifest.withheld[pack.id] else { return nil }
      return SurveyIndex.Pack(
        id: pack.id, title: pack.title, who: pack.who.map { $0.map { $0.map(\.clause) } },
        base: sizes["\(pack.id)/tables.csv"] == nil ? nil : Self.base(of: pack.id, in: folder), rows: rows,
        withheld: withheld,
        files: SurveyIndex.fileNames.compactMap { name in
          sizes["\(pack.id)/\(name)"].map { SurveyIndex.File(name: name, size: $0) }
        })
    }
    survey = manifest.survey
    wave = SurveyIndex.Wave(
      id: manifest.wave, title: definition.title, publisher: definition.publisher,
      contact: definition.contact,
      fieldwork: definition.fieldwork.map { PublicDefinition.Dates(from: $0.from, to: $0.to) },
      isMadeUp: definition.madeUp, responses: manifest.responses, packs: packs,
      settings: definition.briefing?.settings ?? PublicBriefing(), items: definition.items)
  }

  /// The respondents of a pack: the base of the first row of its tables.csv, which is that of everyone in it.
  ///
  /// Only the beginning of the file is read: a large pack has megabytes.
  private static func base(of pack: String, in folder: String) -> Int? {
    let path = FileSystem.path(folder, "\(pack)/tables.csv")
    guard let start = try? FileSystem.read(path, upTo: 1 << 16) else { return nil }
    let lines = start.split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
    guard lines.count == 3, let records = csvRecords([UInt8](lines[0] + [UInt8(ascii: "\n")] + lines[1])),
      records.count == 2, records[0] == TablesCSV.columns, records[1].count == records[0].count
    else { return nil }
    let row = Dictionary(uniqueKeysWithValues: zip(records[0], records[1]))
    guard row["question"] == "respondents", row["answer"] == "(base)", row["banner"] == "total" else {
      return nil
    }
    return row["base"].flatMap { Int($0) }
  }
}

/// What the index reads of manifest.json.
private struct ManifestRead: Decodable {
  struct Tool: Decodable { let name: String }
  struct Output: Decodable { let sha256: String }

  let tool: Tool
  let survey: String
  let wave: String
  let responses: Int
  let cells: [String: Int]
  let withheld: [String: Int]
  let outputs: [String: Output]
}

/// What the index reads of definition.json.
private struct DefinitionRead: Decodable {
  struct Dates: Decodable {
    let from: String
    let to: String
  }
  struct Clause: Decodable {
    let item: String
    let answers: [String]
    var clause: PublicDefinition.Clause { .init(item: item, answers: answers) }
  }
  struct Variable: Decodable {
    let id: String
    let label: String
  }
  struct Question: Decodable {
    let id: String
    let text: String
  }
  struct Pack: Decodable {
    let id: String
    let title: String
    let who: [[Clause]]?
  }
  struct Accent: Decodable {
    let light: String
    let dark: String
  }
  struct Logo: Decodable {
    let alt: String
    let mediaType: String
    let base64: String
    enum CodingKeys: String, CodingKey {
      case alt, base64
      case mediaType = "media_type"
    }

    /// Nil where it is no picture that a release has.
    var logo: PublicBriefing.Logo? {
      guard let bytes = Data(base64Encoded: base64), let picture = try? Picture([UInt8](bytes)),
        picture.kind.rawValue == mediaType
      else { return nil }
      return PublicBriefing.Logo(
        alt: alt, mediaType: mediaType, base64: Data(picture.bytes).base64EncodedString())
    }
  }
  struct Briefing: Decodable {
    let title: String?
    let contact: String?
    let accent: Accent?
    let logo: Logo?
    let words: [String: String]?

    var settings: PublicBriefing {
      PublicBriefing(
        title: title, contact: contact,
        accent: accent.map { PublicBriefing.Accent(light: $0.light, dark: $0.dark) },
        logo: logo.flatMap(\.logo), words: words)
    }
  }

  let survey: String
  let wave: String
  let title: String
  let publisher: String?
  let contact: String?
  let fieldwork: Dates?
  let madeUp: Bool
  let variables: [Variable]
  let questions: [Question]
  let packs: [Pack]
  let briefing: Briefing?

  enum CodingKeys: String, CodingKey {
    case survey, wave, title, publisher, contact, fieldwork, variables, questions, packs, briefing
    case madeUp = "made_up"
  }

  /// What conditions speak of, by id.
  var items: [String: ConditionItem] {
    Dictionary(
      variables.map { ($0.id, ConditionItem.variable(label: $0.label)) }
        + questions.map { ($0.id, ConditionItem.question(text: $0.text)) },
      uniquingKeysWith: { first, _ in first })
  }
}

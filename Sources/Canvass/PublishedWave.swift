import Briefing
import Ingest
import ReleaseModel
import Rendering

/// What the index tells of a release: names and figures that anybody can read in its folder.
struct PublishedWave {
  let survey: String
  let wave: SurveyIndex.Wave

  /// - Returns: nil where the folder is no release, or no whole one.
  /// - Throws: Where that cannot be known.
  init?(_ path: String) throws(FileFailure) {
    let folder: ReleaseFolder
    do throws(ReleaseFolder.Damage) { folder = try ReleaseFolder(path) } catch {
      if let failure = error.failure { throw failure }
      return nil
    }
    let (manifest, definition, sizes) = (folder.manifest, folder.definition, folder.sizes)
    var packs: [SurveyIndex.Pack] = []
    for pack in definition.packs {
      guard let rows = manifest.cells[pack.id], let withheld = manifest.withheld[pack.id] else { continue }
      let base = sizes["\(pack.id)/tables.csv"] == nil ? nil : try Self.base(of: pack.id, in: path)
      packs.append(
        SurveyIndex.Pack(
          id: pack.id, title: pack.title, who: pack.who.map { $0.map { $0.map(\.clause) } }, base: base,
          rows: rows, withheld: withheld,
          files: SurveyIndex.fileNames.compactMap { name in
            sizes["\(pack.id)/\(name)"].map { SurveyIndex.File(name: name, size: $0) }
          }))
    }
    survey = manifest.survey
    wave = SurveyIndex.Wave(
      id: manifest.wave, title: definition.title, publisher: definition.publisher,
      contact: definition.contact,
      fieldwork: definition.fieldwork.map(\.dates),
      isMadeUp: definition.madeUp, responses: manifest.responses, packs: packs,
      settings: definition.briefing?.settings ?? PublicBriefing(), items: definition.items)
  }

  /// The respondents of a pack: the base of the first row of its tables.csv, which is that of everyone in it.
  ///
  /// Only the beginning of the file is read: a large pack has megabytes.
  private static func base(of pack: String, in folder: String) throws(FileFailure) -> Int? {
    let path = FileSystem.path(folder, "\(pack)/tables.csv")
    let start = try FileSystem.read(path, upTo: 1 << 16)
    let lines = start.split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
    guard lines.count == 3, let records = csvRecords([UInt8](lines[0] + [UInt8(ascii: "\n")] + lines[1])),
      records.count == 2, TablesCSV.isHeading(records[0]), records[1].count == records[0].count
    else { return nil }
    let row = Dictionary(uniqueKeysWithValues: zip(records[0], records[1]))
    guard row["question"] == "respondents", row["answer"] == "(base)", row["banner"] == "total" else {
      return nil
    }
    return row["base"].flatMap { Int($0) }
  }
}

import Pictures
import SurveyDefinition

extension Survey {
  /// The files of its logos, each once, in the order of their names.
  var logoFiles: [String] {
    let settings = [briefing] + packs.map(\.briefing)
    return Set(settings.compactMap { $0?.logo?.file }).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Reads the logos that the definition names from the survey's folder.
  /// - Returns: What is wrong with them, where the definition names them.
  mutating func readLogos(in folder: String) throws(FileFailure) -> [Finding] {
    var findings = try briefing?.logo?.read(in: folder).map { [$0] } ?? []
    for pack in packs.indices {
      if let finding = try packs[pack].briefing?.logo?.read(in: folder) { findings.append(finding) }
    }
    return findings
  }
}

extension BriefingSettings.Logo {
  /// Fills in what the file holds.
  fileprivate mutating func read(in folder: String) throws(FileFailure) -> Finding? {
    let path = FileSystem.path(folder, file)
    guard try FileSystem.found(at: path) == .file else {
      return Finding(
        .fault, code: "missing-logo", at: place, "there is no file `\(file)` beside survey.yaml",
        remedy: "put the picture there, as SVG or PNG")
    }
    let bytes = try FileSystem.read(path, upTo: Picture.largestFile + 1)
    do throws(PictureFault) {
      let picture = try Picture(bytes)
      content = Content(mediaType: picture.kind.rawValue, bytes: picture.bytes)
      return nil
    } catch {
      let fault = error
      let line = fault.line.map { ", line \($0)" } ?? ""
      return Finding(
        .fault, code: "bad-logo", at: place, "`\(file)`\(line): \(fault.words)", remedy: fault.remedy)
    }
  }
}

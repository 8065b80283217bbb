public import ReleaseModel

/// What briefing.pdf is made of: the pack in Typst's language, for a renderer that has it.
///
/// The source is complete in itself, charts included: it names no file and no package. A pure function of the release.
public struct BriefingPaper: Sendable {
  private let formats: Set<String>

  /// - Parameter formats: Those of the release, which say what files stand beside it.
  public init(beside formats: Set<String>) { self.formats = formats }

  /// The source of one pack, in UTF-8.
  /// - Parameter isPlain: Writes every sign by its number that is not of a European language, for a label that cannot be set.
  public func source(of pack: ReleasedPack, in release: Release, isPlain: Bool = false) -> [UInt8] {
    let content = PackContent(pack, in: release)
    let words = Words(overrides: content.settings.words ?? [:])
    let document = Briefing(content, words: words, formats: formats, medium: .paper).document
    let paper = DocumentPaper(
      document, accent: content.settings.accent.flatMap { Colour(hex: $0.light) },
      author: release.definition.publisher ?? "", wave: release.wave,
      repertoire: isPlain ? .european : .faces)
    return Array(paper.source.utf8)
  }
}

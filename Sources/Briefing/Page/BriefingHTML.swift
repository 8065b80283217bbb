public import ReleaseModel
public import Rendering

/// briefing.html: the pack as a page that is complete in itself.
///
/// It asks for nothing: no fonts, no image and no script from elsewhere, and a content security policy that would refuse them. It is
/// complete without its own script (`PageScript`).
public struct BriefingHTML: PackWriter {
  public let format = "html"
  public let fileName = "briefing.html"

  private let formats: Set<String>

  public init() { formats = [] }

  private init(formats: Set<String>) { self.formats = formats }

  public func beside(_ formats: Set<String>) -> any PackWriter { BriefingHTML(formats: formats) }

  /// The names of all phrases of the catalogue, each with what is filled into it.
  public static var phrases: [String: Set<String>] {
    Dictionary(
      uniqueKeysWithValues: Phrase.allCases.map { phrase in
        (phrase.rawValue, Set(phrase.british.matches(of: /\{(\w+)\}/).map { String($0.1) }))
      })
  }

  public func bytes(of pack: ReleasedPack, in release: Release) -> [UInt8] {
    let content = PackContent(pack, in: release)
    let words = Words(overrides: content.settings.words ?? [:])
    let document = Briefing(content, words: words, formats: formats).document
    return DocumentPage(document, styleSheet: StyleSheet(accent: content.settings.accent)).bytes
  }
}

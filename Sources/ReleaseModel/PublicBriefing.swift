import FoundationEssentials

/// How a briefing is worded, ordered and coloured, of one pack or of all.
public struct PublicBriefing: Sendable, Encodable {
  public struct Accent: Sendable, Encodable {
    /// As `#` and six hexadecimal digits.
    public var light: String
    public var dark: String
    public init(light: String, dark: String) {
      self.light = light
      self.dark = dark
    }
  }

  /// The picture at the head of a page.
  public struct Logo: Sendable, Encodable {
    /// What it shows, in words.
    public var alt: String
    /// `image/png` or `image/svg+xml`.
    public var mediaType: String
    /// Its bytes in Base64 (RFC 4648, section 4).
    public var base64: String
    public init(alt: String, mediaType: String, base64: String) {
      self.alt = alt
      self.mediaType = mediaType
      self.base64 = base64
    }
    /// The picture itself; empty where it is none.
    public var bytes: [UInt8] { Data(base64Encoded: base64).map { Array($0) } ?? [] }
    /// The picture as an address that leads nowhere else.
    public var address: String { "data:\(mediaType);base64,\(base64)" }
    enum CodingKeys: String, CodingKey {
      case alt, base64
      case mediaType = "media_type"
    }
  }

  public var title: String?
  public var contact: String?
  /// Paragraphs; absent for none.
  public var notes: [String]?
  /// Ids of the questions that come first; absent for none.
  public var order: [String]?
  public var accent: Accent?
  public var logo: Logo?
  /// Headings and texts by name; absent for none.
  public var words: [String: String]?

  public init(
    title: String? = nil, contact: String? = nil, notes: [String]? = nil, order: [String]? = nil,
    accent: Accent? = nil, logo: Logo? = nil, words: [String: String]? = nil
  ) {
    self.title = title
    self.contact = contact
    self.notes = notes
    self.order = order
    self.accent = accent
    self.logo = logo
    self.words = words
  }

  /// The same, with what a pack says of its own before it. Words are taken heading by heading.
  public func under(_ pack: PublicBriefing?) -> PublicBriefing {
    guard let pack else { return self }
    return PublicBriefing(
      title: pack.title ?? title, contact: pack.contact ?? contact, notes: pack.notes ?? notes,
      order: pack.order ?? order, accent: pack.accent ?? accent, logo: pack.logo ?? logo,
      words: (words ?? [:]).merging(pack.words ?? [:]) { $1 })
  }
}

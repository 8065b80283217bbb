/// How a briefing is worded, ordered and coloured, of one pack or of all; what is nil is as canvass has it.
public struct BriefingSettings: Sendable, Hashable {
  /// The title of the page, instead of the survey's.
  public var title: String?
  /// Whom to ask, instead of the survey's `contact`.
  public var contact: String?
  /// Paragraphs that stand after the main findings.
  public var notes: [String]
  /// Questions that come first, by position, in this order; the others follow in the survey's.
  public var order: [Int]
  public var accent: Accent?
  public var logo: Logo?
  /// Headings and texts in the definition's own words, by name.
  public var words: [String: String]

  /// The colour of bars and links, as `#` and six hexadecimal digits, easy to read on the page of either scheme.
  public struct Accent: Sendable, Hashable {
    public var light: String
    public var dark: String

    public init(light: String, dark: String) {
      self.light = light
      self.dark = dark
    }
  }

  /// The picture at the head of a page.
  public struct Logo: Sendable, Hashable {
    /// The name of a file beside survey.yaml.
    public var file: String
    /// What it shows, in words.
    public var alt: String
    /// Where the definition names the file.
    public var place: Place
    /// What the file holds, once it has been read: the definition alone does not tell.
    public var content: Content?

    public struct Content: Sendable, Hashable {
      public var mediaType: String
      public var bytes: [UInt8]

      public init(mediaType: String, bytes: [UInt8]) {
        self.mediaType = mediaType
        self.bytes = bytes
      }
    }

    public init(file: String, alt: String, place: Place, content: Content? = nil) {
      self.file = file
      self.alt = alt
      self.place = place
      self.content = content
    }
  }

  public init(
    title: String? = nil, contact: String? = nil, notes: [String] = [], order: [Int] = [],
    accent: Accent? = nil, logo: Logo? = nil, words: [String: String] = [:]
  ) {
    self.title = title
    self.contact = contact
    self.notes = notes
    self.order = order
    self.accent = accent
    self.logo = logo
    self.words = words
  }

  /// What `words` may name, each with the slots that its wording must have.
  public static let wordable = Dictionary(
    uniqueKeysWithValues: BriefingWords.names.map { ($0, Set(BriefingWords.slots[$0] ?? [])) })
}

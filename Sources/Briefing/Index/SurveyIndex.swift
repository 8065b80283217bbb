public import ReleaseModel

/// What the page over all waves of a survey tells: what their releases have published, and nothing else.
public struct SurveyIndex: Sendable {
  /// The release of one wave.
  public struct Wave: Sendable {
    public let id: String
    public let title: String
    public let publisher: String?
    public let contact: String?
    /// Nil where the definition does not say.
    public let fieldwork: PublicDefinition.Dates?
    public let isMadeUp: Bool
    /// How many took part, as the manifest tells it.
    public let responses: Int
    public let packs: [Pack]
    /// How the definition words and colours briefings.
    public let settings: PublicBriefing
    /// What conditions of packs speak of, by id.
    public let items: [String: ConditionItem]

    public init(
      id: String, title: String, publisher: String?, contact: String?, fieldwork: PublicDefinition.Dates?,
      isMadeUp: Bool, responses: Int, packs: [Pack], settings: PublicBriefing, items: [String: ConditionItem]
    ) {
      self.id = id
      self.title = title
      self.publisher = publisher
      self.contact = contact
      self.fieldwork = fieldwork
      self.isMadeUp = isMadeUp
      self.responses = responses
      self.packs = packs
      self.settings = settings
      self.items = items
    }
  }

  /// What one audience receives.
  public struct Pack: Sendable {
    public let id: String
    public let title: String
    /// Nil: everyone.
    public let who: [[PublicDefinition.Clause]]?
    /// Its respondents; nil where that is withheld, or told in no file that the release has.
    public let base: Int?
    /// Rows of figures, and how many of them are withheld.
    public let rows: Int
    public let withheld: Int
    public let files: [File]

    public init(
      id: String, title: String, who: [[PublicDefinition.Clause]]?, base: Int?, rows: Int, withheld: Int,
      files: [File]
    ) {
      self.id = id
      self.title = title
      self.who = who
      self.base = base
      self.rows = rows
      self.withheld = withheld
      self.files = files
    }
  }

  /// A file that a pack's folder holds.
  public struct File: Sendable, Hashable {
    /// Its name in the pack's folder.
    public let name: String
    /// Its size in bytes.
    public let size: Int

    public init(name: String, size: Int) {
      self.name = name
      self.size = size
    }
  }

  /// The newest first.
  public let waves: [Wave]

  /// - Parameter waves: In the order of their names, the oldest first; at least one.
  public init(oldestFirst waves: [Wave]) {
    precondition(!waves.isEmpty, "an index without a wave says nothing")
    self.waves = waves.reversed()
  }

  /// index.html: a page that is complete in itself, as a briefing is. The same index gives the same bytes.
  public var html: [UInt8] { IndexPage(self).bytes }

  /// The files of a pack that the page leads to, in its order.
  public static let fileNames: [String] = IndexPage.files.map(\.name)
}

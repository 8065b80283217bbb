/// The shares that a release of a wave shows, as far as waves are compared.
///
/// They are read from a release that readers have: nothing in it is anything but published.
public struct PublishedShares: Sendable {
  /// A published share: so many of so many people.
  public struct Share: Sendable, Hashable {
    /// Unweighted.
    public let count: Int
    /// Unweighted, above 0.
    public let base: Int

    public init(count: Int, base: Int) {
      self.count = count
      self.base = base
    }

    /// In tenths of a percent, rounded half away from zero from the exact fraction.
    public var percentTenths: Int { (2_000 * count + base) / (2 * base) }
  }

  /// Where a share stands in the tables of a pack.
  public struct Place: Sendable, Hashable {
    public let question: String
    /// The text of the column `answer`.
    public let answer: String
    public let banner: String
    public let group: String

    public init(question: String, answer: String, banner: String, group: String) {
      self.question = question
      self.answer = answer
      self.banner = banner
      self.group = group
    }
  }

  /// What one audience received.
  public struct Pack: Sendable {
    /// Whom it was about; nil: everyone.
    public let who: [[AskedQuestion.Clause]]?
    /// How many people it was about; nil where that was withheld.
    public let respondents: Int?
    public let shares: [Place: Share]
    /// Where they stand, in the order of the tables.
    public let places: [Place]

    /// - Parameter shares: In the order of the tables.
    public init(
      who: [[AskedQuestion.Clause]]?, respondents: Int?, shares: [(place: Place, share: Share)]
    ) {
      self.who = who
      self.respondents = respondents
      self.shares = Dictionary(shares.map { ($0.place, $0.share) }) { first, _ in first }
      places = shares.map(\.place)
    }
  }

  public let wave: String
  /// Responses of the wave.
  public let responses: Int
  public let fieldwork: PublicDefinition.Dates?
  public let isMadeUp: Bool
  /// The digest of its manifest (SHA-256, in hexadecimal digits), by which the release can be known again.
  public let digest: String
  /// By id.
  public let questions: [String: AskedQuestion]
  /// By id of an item that can be a banner: its groups, of a number with the ends of its bands.
  public let groups: [String: [String]]
  /// The ids that a theme, or what was merged into it, had in earlier waves, by the id that it has.
  public let formerThemes: [String: [String]]
  /// By id.
  public let packs: [String: Pack]

  @_spi(Published)
  public init(
    wave: String, responses: Int, fieldwork: PublicDefinition.Dates?, isMadeUp: Bool, digest: String,
    questions: [String: AskedQuestion], groups: [String: [String]] = [:],
    formerThemes: [String: [String]] = [:], packs: [String: Pack]
  ) {
    self.wave = wave
    self.responses = responses
    self.fieldwork = fieldwork
    self.isMadeUp = isMadeUp
    self.digest = digest
    self.questions = questions
    self.groups = groups
    self.formerThemes = formerThemes
    self.packs = packs
  }
}

/// What decides whether figures of a question in two waves are of the same question.
public struct AskedQuestion: Sendable, Hashable {
  /// The item's answer, or group, is one of these.
  public struct Clause: Sendable, Hashable {
    public let item: String
    public let answers: Set<String>

    public init(item: String, answers: Set<String>) {
      self.item = item
      self.answers = answers
    }
  }

  public let text: String
  public let kind: String
  /// In their order; of a theme question none, as a theme is found by its id.
  public let answers: [String]
  /// By label.
  public let nets: [String: Set<String>]
  /// Alternatives of clauses that must all hold; nil: asked of everyone.
  public let askedIf: [[Clause]]?
  /// What makes the base: `answered` or `asked`.
  public let base: String
  /// Of a number: from and to of each band; nil for other kinds.
  public let bands: [[String]]?
  /// Of a theme question: what the column `answer` calls a theme, by the theme's id.
  public let themes: [String: String]
  public let isSensitive: Bool

  public init(
    text: String, kind: String, answers: [String], nets: [String: Set<String>], askedIf: [[Clause]]?,
    base: String, bands: [[String]]?, themes: [String: String], isSensitive: Bool
  ) {
    self.text = text
    self.kind = kind
    self.answers = answers
    self.nets = nets
    self.askedIf = askedIf
    self.base = base
    self.bands = bands
    self.themes = themes
    self.isSensitive = isSensitive
  }

  /// The same of a wave's public definition.
  public init(_ question: PublicDefinition.Question) {
    let themes = question.themes ?? []
    self.init(
      text: question.text, kind: question.kind, answers: themes.isEmpty ? question.answers : [],
      nets: Dictionary(question.nets.map { ($0.label, Set($0.answers)) }) { first, _ in first },
      askedIf: question.askedIf?.map { $0.map(Clause.init) }, base: question.base,
      bands: question.bands?.map { [$0.from, $0.to] },
      themes: Dictionary(themes.map { ($0.id, $0.answer) }) { first, _ in first },
      isSensitive: question.sensitive)
  }
}

extension AskedQuestion.Clause {
  public init(_ clause: PublicDefinition.Clause) {
    self.init(item: clause.item, answers: Set(clause.answers))
  }
}

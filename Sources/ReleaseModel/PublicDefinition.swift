/// The part of the definition that readers receive: definition.json.
///
/// It tells what was asked and of whom, never how responses are laid out.
public struct PublicDefinition: Sendable, Encodable {

  public struct Variable: Sendable, Encodable {
    public var id: String
    public var label: String
    public var groups: [String]
    public init(id: String, label: String, groups: [String]) {
      self.id = id
      self.label = label
      self.groups = groups
    }
  }

  /// Items that are read from the same answers, so that every reader knows which of their groups and answers go together.
  public struct SameAnswers: Sendable, Encodable {
    /// Ids of variables and questions.
    public var items: [String]
    /// What one respondent can have, label by item; no label of an item that they have none of.
    public var combinations: [[String: String]]
    public init(items: [String], combinations: [[String: String]]) {
      self.items = items
      self.combinations = combinations
    }
  }

  public struct Net: Sendable, Encodable {
    public var label: String
    public var answers: [String]
    public init(label: String, answers: [String]) {
      self.label = label
      self.answers = answers
    }
  }

  /// One band of a number, both ends as they are written: from, up to but not with; the last band's upper end is within it.
  public struct Band: Sendable, Encodable {
    public var from: String
    public var to: String
    public init(from: String, to: String) {
      self.from = from
      self.to = to
    }
  }

  /// A theme that a question is tabulated by: who raised it also raised the one that it lies within.
  public struct QuestionTheme: Sendable, Encodable {
    public var id: String
    /// What the column `answer` calls it.
    public var answer: String
    /// The id of the nearest theme above it that is tabulated too.
    public var within: String?
    public init(id: String, answer: String, within: String?) {
      self.id = id
      self.answer = answer
      self.within = within
    }
  }

  /// Which number an answer stands for.
  public struct Score: Sendable, Encodable {
    public var answer: String
    /// As it is written, without an exponent: `-0.5`.
    public var score: String
    public init(answer: String, score: String) {
      self.answer = answer
      self.score = score
    }
  }

  /// One clause of a condition: the item's answer is one of these.
  public struct Clause: Sendable, Encodable {
    public var item: String
    public var answers: [String]
    public init(item: String, answers: [String]) {
      self.item = item
      self.answers = answers
    }
  }

  public struct Question: Sendable, Encodable {
    public var id: String
    public var text: String
    public var kind: String
    public var answers: [String]
    public var exclusive: [String]
    public var nets: [Net]
    /// Alternatives of clauses that must all hold; absent: asked of everyone.
    public var askedIf: [[Clause]]?
    public var base: String
    public var sensitive: Bool
    /// What the answers of a number stand for, in their order; absent for other kinds and for a number without bands.
    public var bands: [Band]?
    /// Of a theme question, what its answers are; absent for other kinds.
    public var themes: [QuestionTheme]?
    /// Ids of the themes of which pairs are counted; absent where none are.
    public var coOccurrence: [String]?
    /// Of a ranking: how many places could be given; absent for other kinds.
    public var places: Int?
    /// Of a ranking: of how many first places a share is told; absent for other kinds, and where there are too few.
    public var top: Int?
    /// Of the answers that have one, in their order; absent where the question has no scores.
    public var scores: [Score]?
    public init(
      id: String, text: String, kind: String, answers: [String], exclusive: [String], nets: [Net],
      askedIf: [[Clause]]?, base: String, sensitive: Bool, bands: [Band]? = nil,
      themes: [QuestionTheme]? = nil, coOccurrence: [String]? = nil, places: Int? = nil,
      top: Int? = nil, scores: [Score]? = nil
    ) {
      self.id = id
      self.text = text
      self.kind = kind
      self.answers = answers
      self.exclusive = exclusive
      self.nets = nets
      self.askedIf = askedIf
      self.base = base
      self.sensitive = sensitive
      self.bands = bands
      self.themes = themes
      self.coOccurrence = coOccurrence
      self.places = places
      self.top = top
      self.scores = scores
    }
  }

  public struct Block: Sendable, Encodable {
    public var id: String
    public var text: String
    public var questions: [String]
    public init(id: String, text: String, questions: [String]) {
      self.id = id
      self.text = text
      self.questions = questions
    }
  }

  /// Questions whose mean scores are taken together.
  public struct Index: Sendable, Encodable {
    public var id: String
    public var text: String
    public var questions: [String]
    public init(id: String, text: String, questions: [String]) {
      self.id = id
      self.text = text
      self.questions = questions
    }
  }

  public struct Theme: Sendable, Encodable {
    public var id: String
    public var label: String
    /// When it was given; absent where the codebook does not say.
    public var definition: String?
    /// The ids under which the theme, or what was merged into it, stands in releases of earlier waves; absent for none.
    public var was: [String]?
    public var themes: [Theme]
    public init(
      id: String, label: String, definition: String? = nil, was: [String]? = nil, themes: [Theme]
    ) {
      self.id = id
      self.label = label
      self.definition = definition
      self.was = was
      self.themes = themes
    }
  }

  /// An audience of focus groups.
  public struct Audience: Sendable, Encodable {
    public var label: String
    /// How many of its sessions were coded.
    public var sessions: Int
    /// The respondents whom it stands for; absent where the wave does not say.
    public var who: [[Clause]]?
    public init(label: String, sessions: Int, who: [[Clause]]?) {
      self.label = label
      self.sessions = sessions
      self.who = who
    }
  }

  /// The focus groups of the wave.
  public struct FocusGroups: Sendable, Encodable {
    public var audiences: [Audience]
    /// The whole codebook.
    public var themes: [QuestionTheme]
    public init(audiences: [Audience], themes: [QuestionTheme]) {
      self.audiences = audiences
      self.themes = themes
    }
  }

  public struct Pack: Sendable, Encodable {
    public var id: String
    public var title: String
    /// Absent: everyone.
    public var who: [[Clause]]?
    public var banners: [String]
    public var questions: [String]
    /// Absent where the definition words nothing of its own for it.
    public var briefing: PublicBriefing?
    public init(
      id: String, title: String, who: [[Clause]]?, banners: [String], questions: [String],
      briefing: PublicBriefing? = nil
    ) {
      self.briefing = briefing
      self.id = id
      self.title = title
      self.who = who
      self.banners = banners
      self.questions = questions
    }
  }

  public struct Thresholds: Sendable, Encodable {
    public var minimumCell: Int
    public var minimumBase: Int
    /// `cells` or `groups`. A rule of how the release was made, so manifest.json tells it and definition.json does not.
    public var prefer: String
    public init(minimumCell: Int, minimumBase: Int, prefer: String = "cells") {
      self.minimumCell = minimumCell
      self.minimumBase = minimumBase
      self.prefer = prefer
    }
    enum CodingKeys: String, CodingKey {
      case minimumCell = "minimum_cell"
      case minimumBase = "minimum_base"
    }
  }

  public struct Dates: Sendable, Encodable {
    public var from: String
    public var to: String
    public init(from: String, to: String) {
      self.from = from
      self.to = to
    }
  }

  /// What weighted figures are weighted by.
  public struct Weighting: Sendable, Encodable {
    /// `column`: by weights that were given; `rake`: to the shares below.
    public var kind: String
    /// Absent for given weights.
    public var margins: [Margin]?
    /// Absent where weights are not trimmed.
    public var trim: Trim?
    public init(kind: String, margins: [Margin]? = nil, trim: Trim? = nil) {
      self.kind = kind
      self.margins = margins
      self.trim = trim
    }
  }

  /// How far raked weights may go, as multiples of the mean weight, as they are written: `0.3`. Absent: no bound.
  public struct Trim: Sendable, Encodable {
    public var lower: String?
    public var upper: String?
    public init(lower: String?, upper: String?) {
      self.lower = lower
      self.upper = upper
    }
  }

  /// The shares that the groups of an item are weighted to have; `Not stated` keeps its own, and they share the rest.
  public struct Margin: Sendable, Encodable {
    /// The id of a variable or question.
    public var item: String
    /// In the order of the groups.
    public var shares: [Target]
    public init(item: String, shares: [Target]) {
      self.item = item
      self.shares = shares
    }
  }

  /// What share of everyone a group is to have.
  public struct Target: Sendable, Encodable {
    public var group: String
    /// A fraction of 1 as it is written: `0.62`.
    public var share: String
    public init(group: String, share: String) {
      self.group = group
      self.share = share
    }
  }

  public var survey: String
  public var wave: String
  public var title: String
  public var publisher: String?
  public var contact: String?
  public var invited: Int?
  public var mode: String?
  public var sampling: String?
  /// How many people could have taken part; absent where the definition does not say.
  public var population: Int?
  /// How intervals of percentages are found: `wilson`, `logit` or `clopper-pearson`.
  public var intervals: String
  /// How probabilities are adjusted where many differences are tested: `holm`, `benjamini-hochberg` or `none`.
  public var comparisons: String
  public var fieldwork: Dates?
  /// True where the responses were made by `canvass simulate`.
  public var madeUp: Bool
  public var protection: Thresholds
  public var variables: [Variable]
  public var questions: [Question]
  public var blocks: [Block]
  /// Absent where the definition has none.
  public var indices: [Index]?
  public var themes: [Theme]
  /// Absent where no focus group was coded.
  public var focusGroups: FocusGroups?
  /// Absent where every item is read from answers of its own.
  public var sameAnswers: [SameAnswers]?
  public var packs: [Pack]
  /// Of all packs; absent where the definition words nothing of its own.
  public var briefing: PublicBriefing?
  /// Absent where percentages and means are those of respondents who count one each.
  public var weighting: Weighting?

  public init(
    survey: String, wave: String, title: String, publisher: String?, contact: String?, invited: Int?,
    mode: String?, sampling: String?, population: Int? = nil, intervals: String = "wilson",
    comparisons: String = "holm", fieldwork: Dates?, madeUp: Bool, protection: Thresholds,
    variables: [Variable], questions: [Question], blocks: [Block], indices: [Index]? = nil, themes: [Theme],
    focusGroups: FocusGroups? = nil, sameAnswers: [SameAnswers]? = nil, packs: [Pack],
    briefing: PublicBriefing? = nil, weighting: Weighting? = nil
  ) {
    self.weighting = weighting
    self.survey = survey
    self.wave = wave
    self.title = title
    self.publisher = publisher
    self.contact = contact
    self.invited = invited
    self.mode = mode
    self.sampling = sampling
    self.population = population
    self.intervals = intervals
    self.comparisons = comparisons
    self.fieldwork = fieldwork
    self.madeUp = madeUp
    self.protection = protection
    self.variables = variables
    self.questions = questions
    self.blocks = blocks
    self.indices = indices
    self.themes = themes
    self.focusGroups = focusGroups
    self.sameAnswers = sameAnswers
    self.packs = packs
    self.briefing = briefing
  }
}

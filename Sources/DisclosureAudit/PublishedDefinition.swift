import FoundationEssentials

/// definition.json as a reader has it: what was asked of whom, and what each pack receives.
struct PublishedDefinition: Decodable {
  struct Variable: Decodable {
    var id: String
    var groups: [String]
  }

  struct Net: Decodable {
    var label: String
    var answers: [String]
  }

  /// Items that are read from the same answers.
  struct SameAnswers: Decodable {
    var items: [String]
    /// What one respondent can have, label by item; no label of an item that they have none of.
    var combinations: [[String: String]]
  }

  /// The item's answer, or group, is one of these.
  struct Clause: Decodable {
    var item: String
    var answers: [String]
  }

  /// A range of a number: from, up to but not with.
  struct Band: Decodable {
    var from: String
    var to: String
  }

  /// A theme: one of the question's answers, and the theme that everyone who raised it raised too.
  struct Theme: Decodable {
    var id: String
    var answer: String
    var within: String?
  }

  /// Which number an answer stands for.
  struct Score: Decodable {
    var answer: String
    var score: String
  }

  struct Question: Decodable {
    var id: String
    var kind: String
    var answers: [String]
    var exclusive: [String]
    var nets: [Net]
    /// Alternatives of clauses that must all hold; nil: asked of everyone.
    var askedIf: [[Clause]]?
    var base: String
    var sensitive: Bool
    /// Of a number: what its answers stand for, in their order.
    var bands: [Band]?
    /// Of a theme question: what its answers are, in their order.
    var themes: [Theme]?
    /// Of a theme question: the themes of which pairs are counted.
    var coOccurrence: [String]?
    /// Of a ranking: how many places could be given.
    var places: Int?
    /// Of a ranking: of how many first places a share is told.
    var top: Int?
    /// Of a single or scale question: of the answers that have one, in their order.
    var scores: [Score]?

    enum CodingKeys: String, CodingKey {
      case id, kind, answers, exclusive, nets, base, sensitive, bands, themes, places, top, scores
      case coOccurrence = "co_occurrence"
      case askedIf = "asked_if"
    }
  }

  /// Questions whose mean scores are taken together.
  struct Index: Decodable {
    var id: String
    var questions: [String]
  }

  /// The focus groups, as far as a reader is told of them.
  struct FocusGroups: Decodable {
    struct Audience: Decodable {
      var label: String
      var sessions: Int
      var who: [[Clause]]?
    }

    var audiences: [Audience]
    var themes: [Theme]
  }

  struct Pack: Decodable {
    var id: String
    /// nil: everyone.
    var who: [[Clause]]?
    var banners: [String]
    var questions: [String]
  }

  struct Thresholds: Decodable {
    var minimumCell: Int
    var minimumBase: Int

    enum CodingKeys: String, CodingKey {
      case minimumCell = "minimum_cell"
      case minimumBase = "minimum_base"
    }
  }

  var survey: String
  var wave: String
  var protection: Thresholds
  var sampling: String?
  /// How many people could have taken part; nil where definition.json does not say.
  var population: Int?
  /// How intervals were found; nil where definition.json does not say.
  var intervals: String?
  /// How probabilities of differences were adjusted; nil where definition.json does not say.
  var comparisons: String?
  var variables: [Variable]
  var questions: [Question]
  var indices: [Index]?
  var packs: [Pack]
  var focusGroups: FocusGroups?
  var sameAnswers: [SameAnswers]?
  /// Nil where respondents count one each.
  var weighting: Weighting?

  /// That percentages are weighted, and how.
  struct Weighting: Decodable {
    var kind: String
  }

  enum CodingKeys: String, CodingKey {
    case survey, wave, protection, sampling, population, intervals, comparisons, variables, questions, indices
    case packs, weighting
    case focusGroups = "focus_groups"
    case sameAnswers = "same_answers"
  }
}

/// What a reader needs of manifest.json.
struct PublishedManifest: Decodable {
  var responses: Int
  /// Cells by pack, where the manifest tells them.
  var cells: [String: Int]?
  var withheld: [String: Int]?
  /// The releases of earlier waves that it was compared with, where there were any.
  var comparedWith: [String: Compared]?

  struct Compared: Decodable {}

  enum CodingKeys: String, CodingKey {
    case responses, cells, withheld
    case comparedWith = "compared_with"
  }
}

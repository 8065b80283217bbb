import Briefing
import FoundationEssentials
import Pictures
import ReleaseModel

extension ReleaseFolder {
  /// What is read of definition.json.
  struct Definition: Decodable {
    struct Thresholds: Decodable {
      let minimumCell: Int
      let minimumBase: Int
      enum CodingKeys: String, CodingKey {
        case minimumCell = "minimum_cell"
        case minimumBase = "minimum_base"
      }
    }
    struct Dates: Decodable {
      let from: String
      let to: String
      var dates: PublicDefinition.Dates { .init(from: from, to: to) }
    }
    struct Clause: Decodable {
      let item: String
      let answers: [String]
      var asked: AskedQuestion.Clause { .init(item: item, answers: Set(answers)) }
      var clause: PublicDefinition.Clause { .init(item: item, answers: answers) }
    }
    struct Net: Decodable {
      let label: String
      let answers: [String]
    }
    struct Band: Decodable {
      let from: String
      let to: String
    }
    struct Theme: Decodable {
      let id: String
      let answer: String
    }
    struct Variable: Decodable {
      let id: String
      let label: String
      let groups: [String]
    }
    struct Question: Decodable {
      let id: String
      let text: String
      let kind: String
      let answers: [String]
      let nets: [Net]
      let askedIf: [[Clause]]?
      let base: String
      let bands: [Band]?
      let themes: [Theme]?
      let sensitive: Bool

      enum CodingKeys: String, CodingKey {
        case id, text, kind, answers, nets, base, bands, themes, sensitive
        case askedIf = "asked_if"
      }

      var asked: AskedQuestion {
        AskedQuestion(
          text: text, kind: kind, answers: themes == nil ? answers : [],
          nets: Dictionary(nets.map { ($0.label, Set($0.answers)) }) { first, _ in first },
          askedIf: askedIf?.map { $0.map(\.asked) }, base: base, bands: bands?.map { [$0.from, $0.to] },
          themes: Dictionary((themes ?? []).map { ($0.id, $0.answer) }) { first, _ in first },
          isSensitive: sensitive)
      }
    }
    struct Pack: Decodable {
      let id: String
      let title: String
      let who: [[Clause]]?
    }
    /// A theme of the codebook, with those below it.
    final class CodebookTheme: Decodable {
      let id: String
      let was: [String]?
      let themes: [CodebookTheme]

      var formerIDs: [(String, [String])] { [(id, was ?? [])] + themes.flatMap(\.formerIDs) }
    }
    struct Accent: Decodable {
      let light: String
      let dark: String
    }
    struct Logo: Decodable {
      let alt: String
      let mediaType: String
      let base64: String
      enum CodingKeys: String, CodingKey {
        case alt, base64
        case mediaType = "media_type"
      }

      /// Nil where it is no picture that a release has.
      var logo: PublicBriefing.Logo? {
        guard let bytes = Data(base64Encoded: base64), let picture = try? Picture([UInt8](bytes)),
          picture.kind.rawValue == mediaType
        else { return nil }
        return PublicBriefing.Logo(
          alt: alt, mediaType: mediaType, base64: Data(picture.bytes).base64EncodedString())
      }
    }
    struct Briefing: Decodable {
      let title: String?
      let contact: String?
      let accent: Accent?
      let logo: Logo?
      let words: [String: String]?

      var settings: PublicBriefing {
        PublicBriefing(
          title: title, contact: contact,
          accent: accent.map { PublicBriefing.Accent(light: $0.light, dark: $0.dark) },
          logo: logo.flatMap(\.logo), words: words)
      }
    }

    let survey: String
    let wave: String
    let title: String
    let publisher: String?
    let contact: String?
    let fieldwork: Dates?
    let madeUp: Bool
    let protection: Thresholds
    /// How probabilities of differences were adjusted; nil in releases of before that was told.
    let comparisons: String?
    let variables: [Variable]
    let questions: [Question]
    let themes: [CodebookTheme]
    let packs: [Pack]
    let briefing: Briefing?
    /// Nil where respondents count one each.
    let weighting: Weighting?

    struct Weighting: Decodable {
      let kind: String
    }

    enum CodingKeys: String, CodingKey {
      case survey, wave, title, publisher, contact, fieldwork, protection, comparisons, variables, questions,
        themes
      case packs, briefing, weighting
      case madeUp = "made_up"
    }

    /// By id of the item that can be a banner: its groups, of a number with the ends of its bands.
    var groups: [String: [String]] {
      Dictionary(
        variables.map { ($0.id, $0.groups) }
          + questions.map { ($0.id, $0.answers + ($0.bands ?? []).map { "\($0.from) to \($0.to)" }) }
      ) { first, _ in first }
    }

    /// What conditions speak of, by id.
    var items: [String: ConditionItem] {
      Dictionary(
        variables.map { ($0.id, ConditionItem.variable(label: $0.label)) }
          + questions.map { ($0.id, ConditionItem.question(text: $0.text)) },
        uniquingKeysWith: { first, _ in first })
    }
  }
}

/// Wordings of scales that questionnaires have in common, each from one end to the other.
///
/// Only these may be drafted whatever their number: they are words of questionnaires, not of people. Several wordings
/// of one step stand beside one another; a scale uses some of them.
enum KnownScales {
  private static let families: [[String]] = [
    [
      "strongly agree", "agree strongly", "completely agree", "totally agree", "definitely agree",
      "mostly agree", "agree",
      "tend to agree", "somewhat agree", "agree somewhat", "slightly agree", "agree slightly",
      "neither agree nor disagree", "neither agree or disagree", "neither", "neutral", "undecided",
      "slightly disagree", "disagree slightly", "somewhat disagree", "disagree somewhat", "tend to disagree",
      "mostly disagree", "disagree", "definitely disagree", "totally disagree", "completely disagree",
      "disagree strongly", "strongly disagree",
    ],
    [
      "always", "nearly always", "almost always", "most of the time", "very often", "very frequently",
      "usually", "often",
      "frequently", "regularly", "about half the time", "sometimes", "occasionally", "now and then", "seldom",
      "rarely",
      "very rarely", "hardly ever", "almost never", "never",
    ],
    [
      "several times a day", "daily", "every day", "several times a week", "weekly", "every week",
      "once a week",
      "fortnightly", "several times a month", "monthly", "every month", "once a month",
      "less often than monthly",
      "quarterly", "several times a year", "yearly", "annually", "once a year", "less often",
      "less than once a year",
      "never",
    ],
    [
      "completely satisfied", "extremely satisfied", "very satisfied", "satisfied", "fairly satisfied",
      "somewhat satisfied", "slightly satisfied", "neither satisfied nor dissatisfied", "neither", "neutral",
      "slightly dissatisfied", "somewhat dissatisfied", "fairly dissatisfied", "dissatisfied",
      "very dissatisfied",
      "extremely dissatisfied", "completely dissatisfied",
    ],
    [
      "excellent", "very good", "good", "fairly good", "above average", "ok", "okay", "fair", "average",
      "acceptable",
      "neutral", "neither good nor bad", "neither good nor poor", "below average", "fairly poor", "poor",
      "bad",
      "very poor", "very bad", "terrible", "horrible", "awful",
    ],
    [
      "extremely likely", "very likely", "likely", "fairly likely", "somewhat likely", "slightly likely",
      "neither likely nor unlikely", "neutral", "somewhat unlikely", "fairly unlikely", "unlikely",
      "not likely",
      "very unlikely", "not at all likely", "extremely unlikely",
    ],
    [
      "essential", "critical", "extremely important", "very important", "important", "fairly important",
      "moderately important", "somewhat important", "slightly important", "neutral", "of little importance",
      "little importance", "not very important", "unimportant", "not important", "not at all important",
      "irrelevant",
    ],
    [
      "extremely easy", "very easy", "easy", "fairly easy", "somewhat easy", "neither easy nor difficult",
      "neutral",
      "somewhat difficult", "fairly difficult", "difficult", "very difficult", "extremely difficult",
    ],
    [
      "a great deal", "a lot", "extremely", "very", "very much", "quite a lot", "quite", "fairly",
      "moderately", "some",
      "somewhat", "slightly", "a little", "not very", "not much", "not very much", "none", "not at all",
    ],
    [
      "extremely familiar", "very familiar", "familiar", "moderately familiar", "somewhat familiar",
      "slightly familiar",
      "not very familiar", "not at all familiar", "not familiar at all", "not familiar",
    ],
    [
      "to a very great extent", "to a great extent", "to a large extent", "to a moderate extent",
      "to some extent",
      "to a small extent", "to a little extent", "to a limited extent", "not at all",
    ],
    ["expert", "advanced", "proficient", "intermediate", "competent", "beginner", "basic", "novice", "none"],
    [
      "much better", "better", "somewhat better", "about the same", "no change", "somewhat worse", "worse",
      "much worse",
    ],
    ["very high", "high", "medium", "moderate", "average", "low", "very low", "none"],
    ["definitely", "definitely yes", "probably", "probably yes", "maybe", "probably not", "definitely not"],
  ]

  /// Answers that are no step of a scale, as questionnaires word them.
  private static let asides: Set<String> = [
    "dont know", "do not know", "not sure", "unsure", "not applicable", "na", "n a", "prefer not to say",
    "prefer not to answer", "rather not say", "no opinion", "no answer", "does not apply", "other",
  ]

  /// Words that the steps of a scale may share at their end.
  private static let ends: Set<String> = [
    "familiar", "satisfied", "important", "likely", "useful", "easy", "difficult", "confident", "interested",
    "concerned",
    "clear", "helpful", "valuable", "relevant", "informed", "supported", "comfortable", "safe", "effective",
    "often", "well",
    "motivated", "involved", "aware", "valued", "stressed", "engaged", "happy", "common", "suitable",
    "reliable",
  ]

  /// Whether a text is written as the questionnaires have it, but for capitals: whatever else stands in it is somebody's.
  static func isPlainlyWritten(_ text: String) -> Bool {
    let letters = text.lowercased()
    return letters == plain(text) || letters.replacing("'", with: "").replacing("’", with: "") == plain(text)
  }

  /// A text without what does not count in a wording: capitals, punctuation, blanks at both ends.
  static func plain(_ text: String) -> String {
    var words: [String] = []
    var word = ""
    for character in text.lowercased() {
      if character.isLetter || character.isNumber {
        word.append(character)
      } else if character != "'", character != "’" {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
    }
    if !word.isEmpty { words.append(word) }
    return words.joined(separator: " ")
  }

  static func isAside(_ text: String) -> Bool { asides.contains(plain(text)) }

  /// The texts in the order of a known scale; nil where they are not all of one, or fewer than three.
  static func ordered(_ texts: [String]) -> [String]? {
    guard texts.count >= 3 else { return nil }
    let plainTexts = texts.map(plain)
    return ordered(texts, as: plainTexts) ?? withoutCommonEnd(plainTexts).flatMap { ordered(texts, as: $0) }
  }

  private static func ordered(_ texts: [String], as plainTexts: [String]) -> [String]? {
    for family in families {
      let positions = plainTexts.map { family.firstIndex(of: $0) }
      guard positions.allSatisfy({ $0 != nil }), Set(positions).count == texts.count else { continue }
      return zip(texts, positions).sorted { ($0.1 ?? 0) < ($1.1 ?? 0) }.map(\.0)
    }
    return nil
  }

  /// “Very familiar”, “Not at all familiar”: what is left without the word that all share.
  private static func withoutCommonEnd(_ texts: [String]) -> [String]? {
    guard let end = texts.first?.split(separator: " ").last, ends.contains(String(end)),
      texts.allSatisfy({ $0.hasSuffix(" " + end) })
    else { return nil }
    return texts.map { String($0.dropLast(end.count + 1)) }
  }

  /// Whole numbers that are all of a scale that questionnaires have: 1 to 5, 1 to 7, 1 to 10 or 0 to 10.
  static func numbers(_ values: Set<Int>) -> ClosedRange<Int>? {
    guard values.count >= 3, let least = values.min(), let most = values.max() else { return nil }
    return [1...4, 1...5, 1...6, 1...7, 0...10, 1...10].first {
      $0.lowerBound <= least && most <= $0.upperBound && 2 * values.count > $0.count
        && (least == $0.lowerBound || most == $0.upperBound)
    }
  }
}

/// The first whole number in a text, for texts such as `18 - 24` and `2 to 5 years`.
func firstNumber(in text: String) -> Double? {
  var digits = ""
  for character in text {
    if character.isASCII, character.isNumber {
      digits.append(character)
    } else if character == ",", !digits.isEmpty {
      continue
    } else if character == ".", !digits.isEmpty, !digits.contains(".") {
      digits.append(character)
    } else if !digits.isEmpty {
      break
    }
  }
  if digits.hasSuffix(".") { digits.removeLast() }
  return Double(digits)
}

import ReleaseModel

/// The catalogue of one language, with what the definition says in its place.
///
/// Every word that a briefing says of itself is a phrase. A further language is a further catalogue.
struct Words: Sendable {
  /// As the page's `lang` names it.
  let language: String
  private let overrides: [String: String]

  init(language: String = "en-GB", overrides: [String: String] = [:]) {
    self.language = language
    self.overrides = overrides
  }

  /// The text of a phrase.
  subscript(_ phrase: Phrase) -> String { overrides[phrase.rawValue] ?? phrase.british }

  /// A phrase with each `{name}` in it replaced.
  func sentence(_ phrase: Phrase, _ values: [String: [Sentence.Run]] = [:]) -> Sentence {
    var runs: [Sentence.Run] = []
    var rest = Substring(self[phrase])
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex { runs.append(.text(String(rest[..<open]))) }
      let name = String(rest[rest.index(after: open)..<close])
      // A text of the definition may hold braces that mean nothing.
      runs += values[name] ?? [.text("{\(name)}")]
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { runs.append(.text(String(rest))) }
    return Sentence(runs)
  }

  /// The same as plain text.
  func text(_ phrase: Phrase, _ values: [String: String] = [:]) -> String {
    sentence(phrase, values.mapValues { [.text($0)] }).text
  }

  /// A whole number in a sentence, with commas from 1,000.
  func number(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { grouped += "," }
      grouped.append(digit)
    }
    return (number < 0 ? "-" : "") + grouped
  }

  /// A date of the form `2012-12-20` in words; the text itself where it is none.
  func date(_ date: String) -> String {
    let parts = date.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, (1...12).contains(parts[1]) else { return date }
    return "\(parts[2]) \(months[parts[1] - 1]) \(parts[0])"
  }

  /// From the first to the last day on which a wave was open.
  func period(_ dates: PublicDefinition.Dates) -> String {
    text(.period, ["from": date(dates.from), "to": date(dates.to)])
  }

  /// The size of a file in words, in kilobytes or megabytes of 1,000 and 1,000,000 bytes, never less than one.
  func size(_ bytes: Int) -> String {
    let kilobytes = max(1, (bytes + 500) / 1000)
    guard kilobytes >= 1000 else { return text(.kilobytes, ["size": number(kilobytes)]) }
    return text(.megabytes, ["size": decimal(Int64((bytes + 50_000) / 100_000), 1)])
  }

  private var months: [String] { self[.months].split(separator: " ").map(String.init) }
}

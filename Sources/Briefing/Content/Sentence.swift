/// A sentence of the briefing, in parts: what is ours, what the survey calls something, and what is a figure.
struct Sentence: Sendable, Hashable {
  enum Run: Sendable, Hashable {
    case text(String)
    /// A wording of the definition: a title, a question, an answer, a group.
    case label(String)
    /// A published figure.
    case figure(String)

    var text: String {
      switch self {
      case .text(let text), .label(let text), .figure(let text): text
      }
    }
  }

  var runs: [Run]

  init(_ runs: [Run]) { self.runs = runs }
  init(_ text: String) { runs = [.text(text)] }

  /// The sentence as plain text.
  var text: String { runs.map(\.text).joined() }

  static func + (first: Sentence, second: Sentence) -> Sentence {
    Sentence(first.runs + [.text(" ")] + second.runs)
  }
}

extension String {
  /// A statement within a sentence: without the full stop at its end.
  var withoutStop: String { hasSuffix(".") && !hasSuffix("..") ? String(dropLast()) : self }
}

/// What a placeholder of a phrase stands for.
extension Sentence {
  /// Labels as a list in words: `A, B or C`; with semicolons where a label holds a comma itself.
  static func list(_ labels: [String], _ conjunction: String) -> [Run] {
    let mark = labels.count > 2 && labels.contains { $0.contains(",") } ? ";" : ","
    var runs: [Run] = []
    for (index, label) in labels.enumerated() {
      if index > 0 {
        let isLast = index == labels.count - 1
        runs.append(.text((mark == ";" || !isLast ? mark : "") + (isLast ? " \(conjunction) " : " ")))
      }
      runs.append(.label(label))
    }
    return runs
  }
}

/// A wave written down as its respondents, of whom a release is printed: every figure is true unless a test changes it.
struct MadeUpWave {
  struct Clause {
    var item: String
    var answers: [String]
  }

  struct Question {
    var id: String
    var kind = "single"
    var answers: [String]
    var exclusive: [String] = []
    var nets: [(label: String, answers: [String])] = []
    var askedIf: [Clause]?
    var base = "answered"
    var isSensitive = false
    /// Of a number, by answer: from, up to but not with, in whole numbers; the last one with its end.
    var bands: [ClosedRange<Int>]?

    /// Whether a respondent can be counted under several answers: options, or themes.
    var isMultiple: Bool { ["multiple", "theme"].contains(kind) }

    /// Of a theme question, the themes above one, the next first: it is written `ABOVE / BELOW`.
    func above(_ theme: String) -> [String] {
      guard kind == "theme" else { return [] }
      var found: [String] = []
      var path = theme
      while let end = path.ranges(of: " / ").last {
        path = String(path[..<end.lowerBound])
        if answers.contains(path) { found.append(path) }
      }
      return found
    }

    /// Themes that lie within others, at whatever depth.
    var themesWithin: [(outer: String, inner: String)] {
      answers.flatMap { inner in above(inner).map { ($0, inner) } }
    }
  }

  struct Pack {
    var id: String
    var who: [Clause]?
    var banners: [String]
    var questions: [String]
  }

  /// Respondents who answered alike.
  struct Kind {
    var count: Int
    /// By item; a variable that is not stated and a question that is not answered are left out. Of a number: its value.
    var answers: [String: [String]]

    init(_ count: Int, _ answers: [String: String], chose: [String: [String]] = [:]) {
      self.count = count
      self.answers = answers.mapValues { [$0] }.merging(chose) { $1 }
    }
  }

  var minimumCell = 5
  var minimumBase = 10
  var variables: [(id: String, groups: [String])]
  var questions: [Question]
  var packs: [Pack]
  var kinds: [Kind]
  /// Items that are read from the same answers, if any are, with what one respondent can have.
  var sameAnswers: (items: [String], combinations: [[String: String]])?

  /// One pack of everyone, one question across one banner: counts by group, in the order of the answers.
  init(_ answers: [String], _ counts: [(group: String, counts: [Int])], question: Question? = nil) {
    variables = [("area", counts.map(\.group))]
    var asked = question ?? Question(id: "tools", answers: answers)
    asked.answers = answers
    questions = [asked]
    packs = [Pack(id: "force", banners: ["area"], questions: [asked.id])]
    kinds = counts.flatMap { line in
      zip(answers, line.counts).map { Kind($1, ["area": line.group, asked.id: $0]) }
    }
  }

  init(
    variables: [(id: String, groups: [String])], questions: [Question], packs: [Pack], kinds: [Kind]
  ) {
    self.variables = variables
    self.questions = questions
    self.packs = packs
    self.kinds = kinds
  }

  // MARK: - Who is counted where

  /// The answers of a kind of respondents to an item; nil where there is none.
  func answers(_ kind: Kind, _ item: String) -> [String]? {
    guard let question = questions.first(where: { $0.id == item }) else { return kind.answers[item] }
    guard isAsked(kind, question), let answers = kind.answers[item] else { return nil }
    if question.kind == "theme" { return answers + answers.flatMap(question.above) }
    guard let bands = question.bands, let value = answers.first.flatMap(Double.init) else { return answers }
    let band = bands.indices.first {
      Double(bands[$0].lowerBound) <= value
        && (value < Double(bands[$0].upperBound) || $0 == bands.count - 1)
    }
    return band.map { [question.answers[$0]] }
  }

  func isAsked(_ kind: Kind, _ question: Question) -> Bool {
    question.askedIf.map { holds(kind, $0) } ?? true
  }

  func isMember(_ kind: Kind, _ pack: Pack) -> Bool { pack.who.map { holds(kind, $0) } ?? true }

  func isInBase(_ kind: Kind, _ question: Question) -> Bool {
    isAsked(kind, question) && (question.base == "asked" || answers(kind, question.id) != nil)
  }

  private func holds(_ kind: Kind, _ clauses: [Clause]) -> Bool {
    clauses.allSatisfy { clause in
      answers(kind, clause.item)?.contains { clause.answers.contains($0) } ?? false
    }
  }

  func isIn(_ kind: Kind, banner: String, group: String) -> Bool {
    banner == "total" || (answers(kind, banner)?.first ?? "Not stated") == group
  }

  /// Whether a row of a question counts a kind of respondents; the label is as in the column `answer`.
  func isCounted(_ kind: Kind, _ question: Question, _ row: String) -> Bool {
    guard isInBase(kind, question) else { return false }
    if row == "(base)" { return true }
    let given = answers(kind, question.id)
    if row == "(no answer)" { return given == nil }
    let wanted = question.nets.first { "(net) " + $0.label == row }?.answers ?? [row]
    return given?.contains { wanted.contains($0) } ?? false
  }

  func groups(_ banner: String) -> [String] {
    if banner == "total" { return ["Total"] }
    let labels =
      variables.first { $0.id == banner }?.groups ?? questions.first { $0.id == banner }?.answers ?? []
    let isStated = kinds.allSatisfy { $0.count == 0 || answers($0, banner) != nil }
    return labels + (isStated ? [] : ["Not stated"])
  }

  func rowLabels(_ question: Question) -> [String] {
    ["(base)"] + question.answers + question.nets.map { "(net) " + $0.label }
      + (question.base == "asked" ? ["(no answer)"] : [])
  }

  func count(where isCounted: (Kind) -> Bool) -> Int {
    kinds.reduce(0) { $0 + (isCounted($1) ? $1.count : 0) }
  }
}

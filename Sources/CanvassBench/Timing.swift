import Canvass
import Disclosure
import DisclosureAudit
import Foundation

/// A survey whose protection and audit are timed.
struct TimedCase {
  enum Source {
    case madeUp(MadeUpSurvey)
    case folder(String, wave: String)
  }

  var name: String
  var source: Source
  /// What stands in the tables.
  var words: String
  /// Seconds that protection and audit together should take on two cores.
  var goal: Double?
  /// Surveys of one series differ in one thing; the first is what the others are compared with.
  var series: String?

  static let all: [TimedCase] = {
    var cases = [
      TimedCase(
        name: "bundled", source: .folder("Surveys/staff", wave: "2012-12"), words: "the bundled survey",
        goal: 5),
      TimedCase(
        name: "small",
        source: .madeUp(MadeUpSurvey(questions: 10, banners: 1, groups: 6, packs: 2, respondents: 400)),
        words: "10 questions, 1 banner of 6 groups, 2 packs, 400 respondents", goal: 0.2),
      TimedCase(
        name: "large",
        source: .madeUp(MadeUpSurvey(questions: 30, banners: 6, groups: 8, packs: 5, respondents: 2_000)),
        words: "30 questions, 6 banners of 8 groups, 5 packs, 2,000 respondents", goal: 60),
    ]
    for number in [500, 1_000, 2_000, 4_000] {
      cases.append(series("respondents", number) { $0.respondents = number })
    }
    for number in [4, 8, 16, 32] { cases.append(series("groups", number) { $0.groups = number }) }
    for number in [1, 2, 4, 6] { cases.append(series("packs", number) { $0.packs = number }) }
    return cases
  }()

  private static func series(_ series: String, _ number: Int, _ change: (inout MadeUpSurvey) -> Void)
    -> TimedCase
  {
    var survey = MadeUpSurvey()
    change(&survey)
    return TimedCase(name: "\(series)-\(number)", source: .madeUp(survey), words: "\(number)", series: series)
  }

  /// Seconds that one run takes, its repairs with it, and what the audit says at the end.
  func time() throws -> (protect: Double, audit: Double, verdict: String) {
    let survey =
      switch source {
      case .madeUp(let survey): try survey.tallied()
      case .folder(let folder, let wave): try TalliedSurvey(folder: folder, wave: wave)
      }
    var repairs = Repairs(rounds: Repairs.usualRounds)
    let known = ProtectedQuestions()
    var protecting = Duration.zero
    var auditing = Duration.zero
    while true {
      let begin = ContinuousClock.now
      let contents = protect(survey.tally, of: survey.wave, withholding: repairs.places, knowing: known)
        .release.contents
      let middle = ContinuousClock.now
      let report = try audit(contents, threads: ProcessInfo.processInfo.activeProcessorCount)
      protecting += middle - begin
      auditing += ContinuousClock.now - middle
      if !report.isSafe, report.addsUp, repairs.extend(by: report) { continue }
      var verdict = report.isSafe ? "safe" : report.addsUp ? "refused" : "wrong"
      if repairs.done > 0 { verdict += ", \(repairs.done) times repaired" }
      return (protecting / .seconds(1), auditing / .seconds(1), verdict)
    }
  }
}

/// Runs of several surveys, turn by turn, so that whatever else the machine does falls on all of them.
struct Timing {
  let runs: Int
  let limit: Int
  private var protect: [String: [Double]] = [:]
  private var audit: [String: [Double]] = [:]
  private var verdicts: [String: String] = [:]
  private var givenUp: Set<String> = []

  init(runs: Int, limit: Int) {
    self.runs = runs
    self.limit = limit
  }

  mutating func measure(_ cases: [TimedCase]) throws {
    for run in 1...runs {
      for timed in cases where !givenUp.contains(timed.name) {
        let child = try ChildProcess("/proc/self/exe".resolved, ["time-one", timed.name], limit: limit)
        if child.isGivenUp {
          givenUp.insert(timed.name)
          print("\(timed.name), run \(run): given up after \(limit) s")
          continue
        }
        let words = child.output.trimmingCharacters(in: .whitespacesAndNewlines)
          .split(separator: " ", maxSplits: 2).map(String.init)
        guard child.status == 0, words.count == 3, let first = Double(words[0]), let second = Double(words[1])
        else { throw Unmeasurable("\(timed.name) was not timed: \(child.output)") }
        protect[timed.name, default: []].append(first)
        audit[timed.name, default: []].append(second)
        verdicts[timed.name] = words[2]
        print(
          "\(timed.name), run \(run): \(decimal(first, places: 3)) s, audit \(decimal(second, places: 3)) s, \(words[2])"
        )
      }
    }
  }

  /// The survey, seconds and the share of the goal that they take.
  func goals(_ cases: [TimedCase]) -> [[String]] {
    var table = [["survey", "protect", "audit", "both", "goal", "both / goal", "verdict"]]
    for timed in cases {
      guard let goal = timed.goal else { continue }
      let wanted = "\(decimal(goal, places: goal < 1 ? 1 : 0)) s"
      guard let both = both(timed) else {
        let ratio = "over \(decimal(Double(limit) / goal, places: 1))"
        table.append([timed.words, "–", "–", "over \(limit) s", wanted, ratio, "–"])
        continue
      }
      table.append([
        timed.words, seconds(median(protect[timed.name])), seconds(median(audit[timed.name])), seconds(both),
        wanted,
        ratio(both, to: goal), verdicts[timed.name] ?? "–",
      ])
    }
    return table
  }

  /// Times as multiples of the first of each series.
  func growth(_ cases: [TimedCase]) -> [[String]] {
    var table = [["what grows", "to", "protect", "audit", "both", "seconds"]]
    var first: [String: TimedCase] = [:]
    for timed in cases {
      guard let series = timed.series else { continue }
      let base = first[series] ?? timed
      first[series] = base
      guard let both = both(timed), let baseBoth = self.both(base) else {
        table.append([series, timed.words, "–", "–", "–", "over \(limit)"])
        continue
      }
      func times(_ of: [String: [Double]]) -> String {
        ratio(median(of[timed.name]) ?? 0, to: median(of[base.name]) ?? 0)
      }
      table.append([
        series, timed.words, times(protect), times(audit), ratio(both, to: baseBoth),
        decimal(both, places: 2),
      ])
    }
    return table
  }

  private func both(_ timed: TimedCase) -> Double? {
    guard !givenUp.contains(timed.name), let first = protect[timed.name], let second = audit[timed.name]
    else {
      return nil
    }
    return median(zip(first, second).map { $0 + $1 })
  }

  private func seconds(_ number: Double?) -> String { number.map { decimal($0, places: 2) + " s" } ?? "–" }
}

/// The middle value; of an even number the lower of the middle two, which was measured.
func median(_ numbers: [Double]?) -> Double? {
  guard let numbers, !numbers.isEmpty else { return nil }
  return numbers.sorted()[(numbers.count - 1) / 2]
}

extension String {
  /// What a symbolic link leads to.
  fileprivate var resolved: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: self)) ?? self
  }
}

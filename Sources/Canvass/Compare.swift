import Comparison
import ReleaseModel
import Rendering
import SurveyDefinition

/// What `canvass compare` is asked to do.
public struct CompareRequest: Sendable, Hashable {
  /// nil: the one survey in `Surveys`.
  public var surveyFolder: String?
  /// Ids of waves, the oldest first; empty: all that are released.
  public var waves: [String] = []
  /// Ids of packs; empty: all.
  public var packs: [String] = []
  /// The folder in which releases stand.
  public var output = "Output"
  /// Also tell every answer, not one figure of each question.
  public var tellsAll = false

  public init() {}
}

/// `canvass compare`: what has changed from wave to wave, from released folders alone.
public func compare(_ request: CompareRequest, on console: Console) -> ExitStatus {
  do throws(RunFailure) {
    for survey in try selectedSurveys(request.surveyFolder) {
      let definitions = try usage { () throws(UsageFailure) in try readDefinitions(of: [survey], waves: []) }
      if let failure = definitions.failures.first { throw .file(failure) }
      guard let id = definitions.waves.first?.wave.survey.id else {
        throw .faults(Array(definitions.findings))
      }
      let releases = try releases(of: id, request)
      try tell(releases, request, on: console)
    }
    return .done
  } catch {
    return tell(error, on: console)
  }
}

/// The releases that are compared, the oldest first.
private func releases(of survey: String, _ request: CompareRequest) throws(RunFailure) -> [PublishedFigures] {
  let parent = FileSystem.path(FileSystem.trimmingSlashes(request.output), survey)
  let names = try files { () throws(FileFailure) in
    guard FileSystem.entry(at: parent) == .folder else {
      throw .cannotRead(path: parent, reason: "no wave of the survey has been released there: run it first")
    }
    return try FileSystem.names(in: parent)
  }
  let waves = names.filter {
    !$0.hasPrefix(".") && FileSystem.entry(at: FileSystem.path(parent, $0)) == .folder
  }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  for wave in request.waves where !waves.contains(wave) {
    throw .usage(.unknownWave(wave, known: waves))
  }
  if let twice = request.waves.first(where: { wave in request.waves.count { $0 == wave } > 1 }) {
    throw .usage(.waveTwice(twice))
  }
  let wanted = request.waves.isEmpty ? waves : request.waves
  var releases: [PublishedFigures] = []
  for wave in wanted {
    switch PublishedFigures.read(FileSystem.path(parent, wave)) {
    case .success(let figures) where figures.isWeighted:
      throw .file(
        .cannotRead(
          path: FileSystem.path(parent, wave),
          reason: "its percentages are weighted, and changes of these are not told"))
    case .success(let figures): releases.append(figures)
    case .failure(let damage):
      throw .file(.cannotRead(path: FileSystem.path(parent, wave), reason: damage.words))
    }
  }
  guard releases.count > 1 else {
    throw .file(.cannotRead(path: parent, reason: "it has one wave, and comparing takes two"))
  }
  return releases
}

private func tell(
  _ releases: [PublishedFigures], _ request: CompareRequest, on console: Console
) throws(RunFailure) {
  guard let last = releases.last else { return }
  for pack in request.packs where !last.packOrder.contains(pack) {
    throw .usage(.unknownPack(pack, known: last.packOrder))
  }
  let earlier = releases.dropLast()
  console.output(
    console.title(
      "\(last.title): wave \(last.wave.wave) since \(earlier.last?.wave.wave ?? "")".truncated(console.width))
  )
  for release in releases where release.wave.isMadeUp {
    console.output("Wave \(release.wave.wave): made-up responses, nobody answered this.")
  }
  console.output(
    "Points are taken before rounding. Waves are compared as independent samples; people who answered in both are not matched."
      .wrapped(console.width).joined(separator: "\n"))
  console.output("")
  for pack in last.packOrder where request.packs.isEmpty || request.packs.contains(pack) {
    WaveTrend(pack, releases, tellsAll: request.tellsAll, width: console.width).tell(on: console)
  }
}

/// The shares of everyone in one pack, wave by wave.
private struct WaveTrend {
  private struct Line {
    let place: PublishedShares.Place
    /// By wave, in tenths; nil where it cannot be compared or was withheld.
    let percents: [Int?]
    let change: ReleasedChange?
  }

  private let title: String
  private let waves: [String]
  private let respondents: [Int?]
  private let lines: [Line]
  private let questions: [String: AskedQuestion]

  private static let number = 9
  private static let interval = 16
  private static let verdict = 8
  /// For the answers, at least.
  private static let label = 20

  init(_ pack: String, _ releases: [PublishedFigures], tellsAll: Bool, width: Int) {
    // As many as the terminal has room for, the newest; changes.csv has all.
    let room = width - Self.label - Self.number - Self.interval - Self.verdict
    let shown = Array(releases.suffix(max(2, room / Self.number)))
    let last = shown[shown.count - 1]
    title = last.packTitles[pack] ?? pack
    waves = shown.map(\.wave.wave)
    respondents = shown.map { $0.wave.packs[pack]?.respondents }
    questions = last.wave.questions
    let changes = shown.dropLast().map { earlier in
      Dictionary(
        waveChanges(ofPack: pack, from: earlier.wave, to: last.wave, adjustment: last.comparisons).map {
          ($0.place, $0)
        }
      ) { first, _ in first }
    }
    let own = last.wave.packs[pack]
    var places = (own?.places ?? []).filter {
      $0.banner == "total" && last.wave.questions[$0.question] != nil
    }
    if !tellsAll { places = Self.headlines(places, own?.shares ?? [:]) }
    lines = places.map { place in
      let now = own?.shares[place]
      return Line(
        place: place, percents: changes.map { $0[place]?.before.percentTenths } + [now?.percentTenths],
        change: changes.last?[place])
    }
  }

  /// Of each question its first net, or else what most answered.
  private static func headlines(
    _ places: [PublishedShares.Place], _ shares: [PublishedShares.Place: PublishedShares.Share]
  ) -> [PublishedShares.Place] {
    var order: [String] = []
    var chosen: [String: PublishedShares.Place] = [:]
    for place in places {
      guard let known = chosen[place.question] else {
        order.append(place.question)
        chosen[place.question] = place
        continue
      }
      if known.isNet { continue }
      if place.isNet || (shares[place]?.count ?? 0) > (shares[known]?.count ?? 0) {
        chosen[place.question] = place
      }
    }
    return order.compactMap { chosen[$0] }
  }

  func tell(on console: Console) {
    let label = console.width - Self.number * (waves.count + 1) - Self.interval - Self.verdict
    console.output(
      console.title(title.fitted(label))
        + waves.map { $0.truncated(Self.number - 1).right(Self.number) }.joined()
        + "change".right(Self.number) + "95% interval".right(Self.interval))
    console.output(
      "  respondents".fitted(label)
        + respondents.map { ($0.map(grouped) ?? "").right(Self.number) }.joined())
    var question: String?
    for line in lines {
      if line.place.question != question {
        question = line.place.question
        console.output(
          "  " + (questions[line.place.question]?.text ?? line.place.question).truncated(console.width - 2))
      }
      console.output(text(line, label: label, on: console))
      if let altered = line.change?.altered, !altered.isEmpty {
        console.output(
          "      not the same as then: " + altered.map(\.rawValue).joined(separator: ", "))
      }
    }
    console.output("")
  }

  private func text(_ line: Line, label: Int, on console: Console) -> String {
    let answer = line.place.isNet ? String(line.place.answer.dropFirst(6)) : line.place.answer
    let percents = line.percents.map { tenths in
      (tenths.map { fixedPoint(Int64($0), decimals: 1) + "%" } ?? "-").right(Self.number)
    }
    guard let contrast = line.change?.contrast else {
      return "    " + answer.fitted(label - 4) + percents.joined()
        + "not compared".right(Self.number + Self.interval)
    }
    func signed(_ tenths: Int) -> String { (tenths > 0 ? "+" : "") + fixedPoint(Int64(tenths), decimals: 1) }
    let verdict = contrast.verdict == .unclear ? "" : contrast.verdict.rawValue.right(Self.verdict)
    return "    " + answer.fitted(label - 4) + percents.joined()
      + console.strong(signed(contrast.points).right(Self.number))
      + "\(signed(contrast.lower)) to \(signed(contrast.upper))".right(Self.interval) + verdict
  }
}

extension PublishedShares.Place {
  fileprivate var isNet: Bool { answer.hasPrefix("(net) ") }
}

import Foundation
import Testing

/// Attacks finished releases with a solver that canvass does not use: Tests/DisclosureTests/Attack.
@Suite struct AttackTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let scripts = root.appending(path: "Tests/DisclosureTests/Attack").path()

  /// Whether the attack can run at all; one line is printed where it cannot.
  private static let canAttack: Bool = {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "canvass-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if (try? BuiltCommand.shell("python3 -c 'import numpy, scipy, yaml'", in: folder).status) == 0 {
      return true
    }
    print("attacks skipped: python3, scipy or yaml is missing")
    return false
  }()

  /// Does something in a folder of its own, which is gone afterwards.
  private func inFolder(_ body: (URL) throws -> Void) throws {
    guard Self.canAttack else { return }
    let work = URL(filePath: NSTemporaryDirectory()).appending(path: "canvass-attack-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: work) }
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    try body(work)
  }

  /// Makes a survey and its release in `work`.
  private func release(seed: Int, _ options: String = "", in work: URL) throws {
    let made = try BuiltCommand.shell(
      "python3 '\(Self.scripts)/random_survey.py' \(seed) survey \(options)", in: work)
    try #require(made.status == 0, "\(made.errors)")
    let told = try BuiltCommand.shell("canvass run survey --output Output --quiet", in: work)
    try #require(told.status == 0, "\(told.output)\(told.errors)")
  }

  private func attack(_ arguments: String, in work: URL) throws -> BuiltCommand.Ended {
    try BuiltCommand.shell("python3 '\(Self.scripts)/attack.py' \(arguments)", in: work)
  }

  @Test(arguments: 1...6)
  func `no count of a made-up release is known too closely`(_ seed: Int) throws {
    try inFolder { work in
      try release(seed: seed, in: work)
      let ended = try attack("survey w1 Output/random/w1", in: work)
      #expect(ended.status == 0, "seed \(seed): \(ended.output)\(ended.errors)")
    }
  }

  /// Packs are made by regions and zones of the areas, of which one is shown: all are read from one column.
  @Test(arguments: [1, 2, 8])
  func `no count is known too closely by packs that are made by another item of its column`(_ seed: Int)
    throws
  {
    try inFolder { work in
      try release(seed: seed, "--shared", in: work)
      let ended = try attack("survey w1 Output/random/w1", in: work)
      #expect(ended.status == 0, "seed \(seed): \(ended.output)\(ended.errors)")
    }
  }

  /// A group leads to the routed question, and some of its people have a pack of their own.
  @Test(arguments: [1, 6, 7])
  func `no count is known too closely by a question that is asked by group`(_ seed: Int) throws {
    try inFolder { work in
      try release(seed: seed, "--by-group", in: work)
      let ended = try attack("survey w1 Output/random/w1", in: work)
      #expect(ended.status == 0, "seed \(seed): \(ended.output)\(ended.errors)")
    }
  }

  @Test(arguments: [1, 2])
  func `no count of a theme question is known too closely`(_ seed: Int) throws {
    try inFolder { work in
      try release(seed: seed, "--themes", in: work)
      let ended = try attack("survey w1 Output/random/w1 --questions themes", in: work)
      #expect(ended.status == 0, "seed \(seed): \(ended.output)\(ended.errors)")
    }
  }

  /// Of these releases some pairs are published.
  @Test(arguments: [1, 6, 7])
  func `no count is known too closely by pairs of themes`(_ seed: Int) throws {
    try inFolder { work in
      try release(seed: seed, "--pairs", in: work)
      let ended = try attack("survey w1 Output/random/w1 --questions themes", in: work)
      #expect(ended.status == 0, "seed \(seed): \(ended.output)\(ended.errors)")
      let pairs = ended.output.split(separator: "\n").first { $0.contains(" pairs, ") } ?? ""
      let numbers = pairs.split(separator: " ").compactMap { Int($0) }
      #expect(numbers.count == 2 && numbers[1] < numbers[0], "seed \(seed): \(pairs)")
    }
  }

  /// Of these releases places are told of totals, and of the second of groups.
  @Test(arguments: [3, 11, 41])
  func `no count is known too closely by places of rankings`(_ seed: Int) throws {
    try inFolder { work in
      try release(seed: seed, "--rankings", in: work)
      let rankings = try String(
        contentsOf: work.appending(path: "Output/random/w1/all/rankings.csv"), encoding: .utf8)
      #expect(rankings.contains(",total,") && rankings.contains(",area,") == (seed == 11))
      let ended = try attack("survey w1 Output/random/w1 --questions rank0 --insiders 2 --most 60", in: work)
      #expect(ended.status == 0, "seed \(seed): \(ended.output)\(ended.errors)")
    }
  }

  /// Without this, an attacker that looks for nothing in pairs could be asleep.
  @Test func `the attacker finds a small pair that is put back`() throws {
    try inFolder { work in
      try release(seed: 16, "--pairs", in: work)
      let opened = try BuiltCommand.shell(
        """
        cp -r survey open
        sed -i 's/^protection:.*/protection: { minimum_cell: 1, minimum_base: 1 }/' open/survey.yaml
        canvass run open --output Open --quiet
        for file in Output/random/w1/*/co-occurrence.csv; do cp "Open/${file#Output/}" "$file"; done
        """, in: work)
      try #require(opened.status == 0, "\(opened.output)\(opened.errors)")
      let broken = try attack("survey w1 Output/random/w1 --questions themes", in: work)
      #expect(broken.status == 1, "\(broken.output)\(broken.errors)")
      #expect(broken.output.contains("raised "), "\(broken.output)")
    }
  }

  /// Without this, an attacker that looks for nothing between themes could be asleep.
  @Test func `the attacker finds who raised a theme and none below it`() throws {
    try inFolder { work in
      try release(seed: 1, "--themes", in: work)
      let tables = work.appending(path: "Output/random/w1/all/tables.csv")
      let opened = try BuiltCommand.shell(
        """
        cp -r survey open
        sed -i 's/^protection:.*/protection: { minimum_cell: 1, minimum_base: 1 }/' open/survey.yaml
        canvass run open --output Open --quiet
        """, in: work)
      try #require(opened.status == 0, "\(opened.output)\(opened.errors)")
      var lines = try ReleasedLines(tables)
      let truth = try ReleasedLines(work.appending(path: "Open/random/w1/all/tables.csv"))
      try #require(lines.keys == truth.keys)
      let (upper, lower) = try #require(truth.placesOfSmallRest(in: lines))
      for position in [upper, lower] { lines.rows[position] = truth.rows[position] }
      try lines.text.write(to: tables, atomically: true, encoding: .utf8)
      let broken = try attack("survey w1 Output/random/w1 --questions themes", in: work)
      #expect(broken.status == 1, "\(broken.output)\(broken.errors)")
      let name = "\(lines.rows[upper][5]) but \(lines.rows[lower][5])"
      #expect(broken.output.contains(name), "\(name): \(broken.output)")
    }
  }

  @Test func `no count of the bundled release is known too closely`() throws {
    try inFolder { work in
      let survey = Self.root.appending(path: "Surveys/staff").path()
      let told = try BuiltCommand.shell("canvass run '\(survey)' --output Output --quiet", in: work)
      try #require(told.status == 0, "\(told.output)\(told.errors)")
      let ended = try attack(
        "'\(survey)' 2012-12 Output/staff/2012-12 --questions respondents,equipment", in: work)
      #expect(ended.status == 0, "\(ended.output)\(ended.errors)")
    }
  }

  /// Without this, an attacker that finds nothing could be asleep.
  @Test func `the attacker finds a small count that is put back`() throws {
    try inFolder { work in
      try release(seed: 2, in: work)
      let opened = try BuiltCommand.shell(
        """
        cp -r survey open
        sed -i 's/^protection:.*/protection: { minimum_cell: 1, minimum_base: 1 }/' open/survey.yaml
        canvass run open --output Open --quiet
        """, in: work)
      try #require(opened.status == 0, "\(opened.output)\(opened.errors)")
      let tables = work.appending(path: "Output/random/w1/all/tables.csv")
      var lines = try ReleasedLines(tables)
      let truth = try ReleasedLines(work.appending(path: "Open/random/w1/all/tables.csv"))
      let survey = try String(contentsOf: work.appending(path: "survey/survey.yaml"), encoding: .utf8)
      let minimumCell = survey.contains("minimum_cell: 3,") ? 3 : 5
      try #require(lines.keys == truth.keys)
      let position = try #require(lines.placeOfSmallCount(truth, minimumCell: minimumCell))
      lines.rows[position] = truth.rows[position]
      try lines.text.write(to: tables, atomically: true, encoding: .utf8)
      let broken = try attack("survey w1 Output/random/w1", in: work)
      #expect(broken.status == 1, "\(broken.output)\(broken.errors)")
      #expect(broken.output.contains("\nBROKEN \(lines.rows[position][2])"), "\(broken.output)")
    }
  }
}

/// The lines of a tables.csv of a survey whose labels need no quotes.
private struct ReleasedLines {
  var rows: [[String]]

  init(_ file: URL) throws {
    rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  var text: String { rows.map { $0.joined(separator: ",") + "\n" }.joined() }

  var keys: [[String]] { rows.map { Array($0[..<8]) } }

  private func isWithheld(_ row: Int) -> Bool { rows[row][13] == "c" }
  private func isAnswer(_ row: Int) -> Bool { !rows[row][5].hasPrefix("(") }
  private func base(_ row: Int) -> Int? { Int(rows[row][8]) }
  private func count(_ row: Int) -> Int { Int(rows[row][9]) ?? 0 }

  /// A theme that enough raised and one below it that all of these raised but 1 or 2, of which a release withholds one.
  func placesOfSmallRest(in release: ReleasedLines) -> (upper: Int, lower: Int)? {
    for upper in rows.indices where rows[upper][3] == "theme" && count(upper) >= 5 {
      let place = [0, 2, 6, 7].map { rows[upper][$0] }
      for lower in rows.indices
      where [0, 2, 6, 7].map({ rows[lower][$0] }) == place && rows[lower][5].hasPrefix(rows[upper][5] + " / ")
        && count(lower) >= 5 && (1...2).contains(count(upper) - count(lower))
        && (release.isWithheld(upper) || release.isWithheld(lower))
      {
        return (upper, lower)
      }
    }
    return nil
  }

  /// A withheld answer beside a published base whose true count is too small to be shown.
  func placeOfSmallCount(_ truth: ReleasedLines, minimumCell: Int) -> Int? {
    rows.indices.first {
      isWithheld($0) && isAnswer($0) && base($0) != nil && (1..<minimumCell).contains(truth.count($0))
    }
  }
}

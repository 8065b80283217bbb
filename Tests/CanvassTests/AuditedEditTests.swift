import Foundation
import Testing

/// Releases that `canvass run` made, with one figure put back or changed by hand: `canvass audit` tells each.
@Suite(.serialized) struct AuditedEditTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// One release and what it would be with nothing withheld.
  private final class Made {
    let work: URL
    let release: PrintedLines
    let truth: PrintedLines
    let minimumCell: Int

    init(seed: Int) throws {
      work = URL(filePath: NSTemporaryDirectory()).appending(path: "canvass-edits-" + UUID().uuidString)
      try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
      let script = AuditedEditTests.root.appending(path: "Tests/DisclosureTests/Attack/random_survey.py")
        .path()
      let made = try BuiltCommand.shell(
        """
        python3 '\(script)' \(seed) survey && cp -r survey open &&
        sed -i 's/^protection:.*/protection: { minimum_cell: 1, minimum_base: 1 }/' open/survey.yaml &&
        canvass run survey --output Output --quiet && canvass run open --output Open --quiet
        """, in: work)
      try #require(made.status == 0, "\(made.output)\(made.errors)")
      release = try PrintedLines(work.appending(path: "Output/random/w1"))
      truth = try PrintedLines(work.appending(path: "Open/random/w1"))
      let survey = try String(contentsOf: work.appending(path: "survey/survey.yaml"), encoding: .utf8)
      minimumCell = survey.contains("minimum_cell: 3,") ? 3 : 5
      try #require(release.keys == truth.keys)
    }

    deinit { try? FileManager.default.removeItem(at: work) }

    /// What `canvass audit` says of the release with some rows as they are given.
    func audit(_ rows: [(position: Int, row: [String])]) throws -> BuiltCommand.Ended {
      var edited = release
      for (position, row) in rows { edited.rows[position] = row }
      let folder = work.appending(path: "Edited")
      try? FileManager.default.removeItem(at: folder)
      try FileManager.default.copyItem(at: work.appending(path: "Output/random/w1"), to: folder)
      try edited.write(to: folder)
      return try BuiltCommand.shell("canvass audit Edited", in: work)
    }
  }

  private static let hasPython: Bool = {
    let folder = URL(filePath: NSTemporaryDirectory())
    return (try? BuiltCommand.shell("python3 -c ''", in: folder).status) == 0
  }()

  /// A generator with a known sequence: Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators, OOPSLA.
  struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  @Test(.enabled(if: hasPython, "python3 is missing"), arguments: [1, 9])
  func `one figure that is put back or changed is told`(_ seed: Int) throws {
    let made = try Made(seed: seed)
    let (release, truth) = (made.release, made.truth)
    try #require(try made.audit([]).status == 0)
    var random = Random(state: UInt64(seed))

    // A small count that is put back: exposed whatever else there is.
    let small = release.rows.indices.filter {
      release.isWithheld($0) && (1..<made.minimumCell).contains(truth.count($0) ?? 0)
    }
    let shown = try #require(small.randomElement(using: &random))
    let one = try made.audit([(shown, truth.rows[shown])])
    #expect(one.status == 3, "\(truth.rows[shown]): \(one.output)\(one.errors)")
    #expect(
      (one.output + one.errors).contains("exactly \(truth.count(shown) ?? -1)"), "\(one.output)\(one.errors)")

    // Of two counts that hide each other, the larger one is put back: the base or the total less the rest is the smaller.
    let pairs = release.pairsOfHoles().filter { first, second in
      (1..<made.minimumCell).contains(truth.count(first) ?? 0)
        && (truth.count(second) ?? 0) >= made.minimumCell
    }
    let (hidden, larger) = try #require(pairs.randomElement(using: &random))
    let two = try made.audit([(larger, truth.rows[larger])])
    #expect(two.status == 3, "\(truth.rows[larger]): \(two.output)\(two.errors)")
    let row = truth.rows[hidden]
    let told = two.output + two.errors
    #expect(told.contains("“\(row[5])”"), "\(row): \(told)")
    #expect(told.contains("= exactly \(truth.count(hidden) ?? -1)"), "\(row): \(told)")

    // One figure that is larger by one than it is.
    let figures = release.rows.indices.filter { !release.isWithheld($0) && (release.count($0) ?? 0) > 0 }
    let changed = try #require(figures.randomElement(using: &random))
    var untrue = release.rows[changed]
    untrue[9] = String((release.count(changed) ?? 0) + 1)
    let three = try made.audit([(changed, untrue)])
    #expect(three.status == 3, "\(untrue): \(three.output)\(three.errors)")
    #expect((three.output + three.errors).contains("does not add up"), "\(untrue)")
  }
}

/// The rows of all tables.csv of a release of a survey whose labels need no quotes.
private struct PrintedLines {
  var rows: [[String]] = []
  private var heads: [(pack: String, line: String, count: Int)] = []

  init(_ release: URL) throws {
    let packs = try FileManager.default.contentsOfDirectory(atPath: release.path()).sorted()
    for pack in packs {
      let file = release.appending(path: "\(pack)/tables.csv")
      guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
      let lines = text.split(separator: "\n")
      heads.append((pack, String(lines[0]), lines.count - 1))
      rows += lines.dropFirst().map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    }
  }

  func write(to release: URL) throws {
    var next = 0
    for head in heads {
      let lines = [head.line] + rows[next..<(next + head.count)].map { $0.joined(separator: ",") }
      next += head.count
      try (lines.joined(separator: "\n") + "\n").write(
        to: release.appending(path: "\(head.pack)/tables.csv"), atomically: true, encoding: .utf8)
    }
  }

  var keys: [[String]] { rows.map { Array($0[..<8]) } }
  func isWithheld(_ row: Int) -> Bool { rows[row][13] == "c" }
  func count(_ row: Int) -> Int? { Int(rows[row][9]) }

  /// Both orders of two withheld counts that are alone so under their base, or beside their total, which is shown: one is
  /// what is left when the other is known.
  func pairsOfHoles() -> [(Int, Int)] {
    let answers = rows.indices.filter {
      !rows[$0][5].hasPrefix("(") && ["single", "scale"].contains(rows[$0][3])
    }
    let columns = Dictionary(grouping: answers) { row in [0, 2, 6, 7].map { rows[row][$0] } }
      .filter { !rows[$0.value[0]][8].isEmpty }
    let totals = Set(
      answers.filter { rows[$0][6] == "total" && !isWithheld($0) }.map { row in
        [0, 2, 5].map { rows[row][$0] }
      })
    let lines = Dictionary(grouping: answers.filter { rows[$0][6] != "total" }) { row in
      [0, 2, 5, 6].map { rows[row][$0] }
    }.filter { totals.contains(Array($0.key[..<3])) }
    return (Array(columns.values) + Array(lines.values)).flatMap { places -> [(Int, Int)] in
      let holes = places.filter(isWithheld)
      return holes.count == 2 ? [(holes[0], holes[1]), (holes[1], holes[0])] : []
    }.sorted { $0 < $1 }
  }
}

import Foundation
import Testing

/// The figures on record, counted from the cells by hand: no definition, no canvass.
struct Recount {
  struct Figure {
    var count: Int
    var base: Int
    var share: Double { Double(count) / Double(base) }
  }

  var responses: Int
  var notSuitable: Figure
  var ownItems: Figure
  var anyAgreement: Figure
  var privateSector: Figure
  var lackOfExperience: Figure

  init(_ table: CSVTable) {
    responses = table.records.count
    notSuitable = Self.figure(table.cells("Q1"), ["Not suitable", "No"])
    let partnering = table.cells("Q10")
    let agree: Set = ["Strongly agree", "Agree"]
    anyAgreement = Self.figure(partnering, agree)
    let asked = partnering.map { agree.contains($0) }
    privateSector = Self.figure(zip(table.cells("Q12"), asked).map { $1 ? $0 : "" }, agree)
    lackOfExperience = Self.figure(zip(table.cells("Q13"), asked).map { $1 ? $0 : "" }, agree)

    let chosen: Set = ["1", "yes", "x"]
    let ticked = ["Q3_1", "Q3_2", "Q3_3", "Q3_4"].map { table.cells($0) }
    let other = table.cells("Q3 Other, please say what")
    let none = table.cells("Q3_6")
    ownItems = Figure(count: 0, base: 0)
    for respondent in table.records.indices {
      let some = other[respondent] != "" || ticked.contains { chosen.contains($0[respondent]) }
      if some || none[respondent] != "" { ownItems.base += 1 }
      if some { ownItems.count += 1 }
    }
  }

  /// The counts as one line, to compare with those of another program.
  var line: String {
    let figures = [notSuitable, ownItems, anyAgreement, privateSector, lackOfExperience]
    return "\(responses) " + figures.map { "\($0.count)/\($0.base)" }.joined(separator: " ")
  }

  private static func figure(_ cells: [String], _ accepted: Set<String>) -> Figure {
    Figure(count: cells.count { accepted.contains($0) }, base: cells.count { $0 != "" })
  }

  /// The same counts with python3's csv module.
  static let python = """
    import csv, sys
    rows = [{k: v.strip() for k, v in r.items()} for r in csv.DictReader(open(sys.argv[1], encoding="utf-8", newline=""))]
    agree = {"Strongly agree", "Agree"}
    def figure(rows, column, accepted):
        return "%d/%d" % (sum(r[column] in accepted for r in rows), sum(r[column] != "" for r in rows))
    def some(r):
        return r["Q3 Other, please say what"] != "" or any(r["Q3_%d" % i] in ("1", "yes", "x") for i in (1, 2, 3, 4))
    asked = [r for r in rows if r["Q10"] in agree]
    print(len(rows), figure(rows, "Q1", {"Not suitable", "No"}),
          "%d/%d" % (sum(some(r) for r in rows), sum(some(r) or r["Q3_6"] != "" for r in rows)),
          figure(rows, "Q10", agree), figure(asked, "Q12", agree), figure(asked, "Q13", agree))
    """
}

/// The machine's python3, if it has one.
struct Python {
  private let program: URL

  init?() {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let candidates = path.split(separator: ":").map { URL(filePath: String($0)).appending(path: "python3") }
    guard let found = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) })
    else {
      return nil
    }
    program = found
  }

  /// What a script prints, without its last line break.
  func run(_ script: String, _ arguments: String...) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = program
    process.arguments = ["-c", script] + arguments
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
  }
}

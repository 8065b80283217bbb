import Foundation
import Testing

@testable import CanvassBench

/// What canvass counts of a made-up survey is what other programs count, in whatever way they do.
@Suite struct CountedSurveyTests {
  @Test(arguments: CountedSurvey.Cells.allCases, [false, true])
  func `Python's csv counts the same`(cells: CountedSurvey.Cells, isWeighted: Bool) throws {
    var survey = CountedSurvey(responses: 300, cells: cells, isWeighted: isWeighted)
    (survey.questions, survey.banners) = (5, 2)
    let folder = FileManager.default.temporaryDirectory.appending(path: "canvass-test-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (plan, file) = (folder.appending(path: "plan").path(), folder.appending(path: "responses.csv").path())
    try Data(survey.plan.utf8).write(to: URL(filePath: plan))
    try survey.write(to: file)

    let peer = try ChildProcess("python3", ["\(packageFolder)/Tests/Peers/csv_counts.py", plan, file])
    #expect(peer.status == 0)
    let counts = try survey.counts(of: file)
    #expect(counts.count > 200)
    try CountingBench.compare(peer.output, with: counts, of: "Python's csv")

    // Whoever counts one respondent otherwise is noticed.
    let wrong = peer.output.replacing(/\t([0-9.]+)\n/, maxReplacements: 1) {
      "\t\((Double($0.1) ?? 0) + 1)\n"
    }
    #expect(throws: Unmeasurable.self) { try CountingBench.compare(wrong, with: counts, of: "another") }
  }

  private var packageFolder: String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .path()
  }
}

import Canvass
import Foundation
import Ingest
import SurveyDefinition
import Testing

/// Real exports through `init`, `check` and `run`, against tallies that others made.
///
/// A failure names ids, positions and counts, never a text of the responses.
@Suite(.enabled(if: RealSurvey.isAtHand, "REFERENCE_DATA names no folder with `data`"))
struct DraftRealDataTests {
  static let surveys = [
    DraftedSurvey(folder: "dlr2018_staff", file: "data.csv", least: 100),
    DraftedSurvey(folder: "uwmadison2024_qualtrics", file: "survey_data.csv", least: 100),
    DraftedSurvey(
      folder: "converted", file: "uwmadison2024_utf16le.tsv", least: 100,
      tallies: ("uwmadison2024_qualtrics", "survey_data.csv")),
    DraftedSurvey(
      folder: "uwmadison2024_qualtrics", file: "survey_data.csv", least: 100,
      dictionary: "Open_Source_Program_Office_Survey.qsf"),
    DraftedSurvey(
      folder: "converted", file: "dlr2018.sav", least: 100, tallies: ("dlr2018_staff", "data.csv"),
      talliesLabels: true),
    DraftedSurvey(folder: "jupyter2015_opentext", file: "20160115235816-SurveyExport.csv.gz", least: 10),
    DraftedSurvey(
      folder: "spack2022_2025_googleforms", file: "spack-user-survey-2022-responses.csv", least: 50,
      // As in RealSurvey: the tallies take a closing parenthesis without an opening one for the end of parentheses.
      differences: [
        "get_help_spack_need": [
          "Documentation": 1, "Slack": 1, "GitHub Issues": 2, "Source Code": 1, "Coworkers": 1,
          "spack help": 1,
          "Email": 1,
        ]
      ]),
    DraftedSurvey(
      folder: "spack2022_2025_googleforms", file: "spack-user-survey-2025-responses.csv.gz", least: 50),
    DraftedSurvey(folder: "ospo2018_two_header_rows", file: "results.csv.gz", least: 100),
    DraftedSurvey(
      folder: "converted", file: "ospo2018_windows1252.csv.gz", least: 100,
      tallies: ("ospo2018_two_header_rows", "results.csv.gz")),
    DraftedSurvey(folder: "foodworldcup_macroman", file: "food-world-cup-data.csv", least: 100),
    DraftedSurvey(folder: "upshot2018_weighted", file: "elections-poll-ca25-1.csv", least: 30),
    DraftedSurvey(folder: "upshot2018_weighted", file: "elections-poll-ca25-3.csv", least: 30),
    DraftedSurvey(folder: "upshot2018_weighted", file: "elections-poll-ks03-1.csv", least: 30),
    DraftedSurvey(folder: "upshot2018_weighted", file: "elections-poll-me02-1.csv", least: 30),
    DraftedSurvey(folder: "upshot2018_weighted", file: "elections-poll-ks03-3.csv", least: 30),
    DraftedSurvey(folder: "upshot2018_weighted", file: "elections-poll-me02-3.csv", least: 30),
    DraftedSurvey(folder: "upshot2018_weighted", file: "elections-poll-azsen-3.csv", least: 30),
  ]

  @Test(arguments: surveys)
  func `a drafted survey is accepted, and its figures equal the tallies of other programs`(
    _ survey: DraftedSurvey
  ) throws {
    let comparison = DraftComparison(survey, try survey.outcome(), with: try survey.expected())
    print("\(survey.testDescription): \(comparison.compared) figures of a drafted survey compared")
    #expect(comparison.faults == [])
    #expect(comparison.compared >= survey.least)
  }

  static let published = [
    (
      DraftedSurvey(folder: "rse2017_us_can_limesurvey", file: "rse2017_us_public_data.csv", least: 40),
      "published_us_"
    ),
    (
      DraftedSurvey(folder: "rse2017_us_can_limesurvey", file: "rse2017_can_public_data.csv", least: 50),
      "published_can_"
    ),
  ]

  @Test(arguments: published)
  func `figures of a drafted survey equal what its authors published`(_ survey: DraftedSurvey, prefix: String)
    throws
  {
    let comparison = DraftComparison(survey, try survey.outcome(), with: try survey.published(prefix: prefix))
    print(
      "\(survey.testDescription): \(comparison.compared) published figures compared with a drafted survey's")
    #expect(comparison.faults == [])
    #expect(comparison.compared >= survey.least)
  }

  /// Responses and key by language.
  static let coded = [
    (
      "results-for-idrc-surveyin-2021-03-05-0807.en.csv",
      "results-for-idrc-surveyin-2020-11-06-1612-key.en.csv"
    ),
    (
      "results-for-idrc-surveyin-2021-03-05-0810.fr.csv",
      "results-for-idrc-surveyin-2020-11-06-1556-key.fr.csv"
    ),
  ]

  @Test(arguments: coded)
  func `numbers of a coded export count under the labels of its key`(file: String, key: String) throws {
    var survey = DraftedSurvey(folder: "sodp2020_jisc_coded", file: file, least: 0)
    survey.dictionary = key
    let outcome = try survey.outcome()
    let folder = try #require(RealSurvey.reference).appending(path: survey.folder)
    let records = try #require(csvRecords([UInt8](try Data(contentsOf: folder.appending(path: file)))))
    let column = try #require(records[0].firstIndex(of: "Q1"))
    // The reference: `2` under Q1 is "25 - 34" in all three keys.
    let count = records.dropFirst().count { $0[column] == "2" }
    let isBanner = outcome.definition.variables.contains { $0.id == "q1" }
    let row = outcome.tables[
      isBanner
        ? .init(question: "respondents", banner: "q1", group: "25 - 34", answer: "(base)")
        : .init(question: "q1", banner: "total", group: "Total", answer: "25 - 34")]
    #expect(row?.count == count)
  }

  @Test func `three respondents are told of by nobody`() throws {
    let folder = try #require(RealSurvey.reference).appending(path: "sodp2020_jisc_coded").path()
    let place = FileManager.default.temporaryDirectory.appending(path: "canvass-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: place) }
    let silent = Console(output: { _ in }, errors: { _ in })
    var request = InitRequest(responses: folder + "/results-for-idrc-surveyin-2021-03-05-0811.pt.csv")
    request.dictionary = folder + "/results-for-idrc-surveyin-2020-11-06-1555-key.pt.csv"
    request.output = place.appending(path: "drafted").path()
    #expect(draftSurvey(request, on: silent) == .done)
    var run = RunRequest()
    run.surveyFolder = request.output
    run.output = place.appending(path: "output").path()
    #expect(Canvass.run(run, on: silent) == .unsafe)
    #expect(!FileManager.default.fileExists(atPath: place.appending(path: "output/drafted/wave-1").path()))
  }

  @Test func `codes joined with a semicolon at the end count as the reference counts them`() throws {
    let survey = DraftedSurvey(folder: "quantipy_example_a", file: "Example Data (A).csv.gz", least: 0)
    let tables = try survey.outcome().tables
    // Figures of the reference (section 12 of its README).
    let totals: [String: [String: Int]] = [
      "q2": ["(base)": 2_999, "1": 1_127, "2": 1_366, "3": 1_721, "98": 53],
      "q3": ["(base)": 8_255, "1": 5_754, "3": 7_214],
      "wave": ["1": 1_621, "2": 1_669, "3": 1_689, "4": 1_637, "5": 1_639],
    ]
    for (question, answers) in totals {
      for (answer, count) in answers {
        let row = tables[.init(question: question, banner: "total", group: "Total", answer: answer)]
        #expect(row?.count == count, "\(question) \(answer)")
      }
    }
    let groups: [String: [String: Int]] = [
      "gender": ["1": 3_952, "2": 4_303],
      "locality": ["1": 3_106, "2": 2_245, "3": 1_180, "4": 718, "5": 829, "Not stated": 177],
    ]
    for (banner, counts) in groups {
      for (group, count) in counts {
        let row = tables[.init(question: "respondents", banner: banner, group: group, answer: "(base)")]
        #expect(row?.count == count, "\(banner) \(group)")
      }
    }
  }

  /// Figures of the exports besides tallies, as the reference states them: rows, rows without any text, rows that come
  /// twice, and contradictions.
  static let rows =
    [
      (
        DraftedSurvey(folder: "uwmadison2024_qualtrics", file: "survey_data.csv", least: 0), [384, 0, 2], [:]
      ),
      (
        DraftedSurvey(
          folder: "spack2022_2025_googleforms", file: "spack-user-survey-2025-responses.csv.gz", least: 0),
        [245, 100, 0], [:]
      ),
      (
        DraftedSurvey(folder: "ospo2018_two_header_rows", file: "results.csv.gz", least: 0), [748, 0, 0],
        // 16 together with involvement, as the reference says; 23 with “Don’t know”, which excludes the others too, as Python's
        // csv counts.
        ["where_company_organization_its": 23]
      ),
      (
        DraftedSurvey(folder: "dlr2018_staff", file: "data.csv", least: 0), [773, 0, 0],
        ["version_control_tools_use": 9]
      ),
      (
        DraftedSurvey(folder: "foodworldcup_macroman", file: "food-world-cup-data.csv", least: 0),
        // Two of three rows with the same 22 answers; of rows with three texts or more, as Python's csv counts.
        [1_373, 0, 2], [:]
      ),
      (
        DraftedSurvey(folder: "jupyter2015_opentext", file: "20160115235816-SurveyExport.csv.gz", least: 0),
        [1_706, 0, 2], [:]
      ),
    ] as [(DraftedSurvey, [Int], [String: Int])]

  @Test(arguments: rows)
  func `rows are counted as the reference counts them`(
    _ survey: DraftedSurvey, rows: [Int], contradictions: [String: Int]
  ) throws {
    let outcome = try survey.outcome()
    let report = try #require(outcome.report)
    #expect([report.responses, report.emptyRecords, report.duplicateRecords] == rows)
    #expect(report.recordsRead == report.responses + report.recordsRejected + report.recordsNotKept)
    for (id, count) in contradictions {
      let position = try #require(outcome.definition.questions.firstIndex { $0.id == id })
      #expect(report.contradictions[position] == count)
    }
  }
}

/// The same with the excerpts that are part of this repository.
struct DraftExcerptTests {
  @Test(
    arguments: [
      DraftedSurvey(folder: "excerpts", file: "uwmadison2024_qualtrics.csv", least: 20, isExcerpt: true),
      DraftedSurvey(folder: "excerpts", file: "foodworldcup_macroman.csv", least: 20, isExcerpt: true),
    ])
  func `an excerpt drafts, checks and runs, and its figures equal Python's`(_ survey: DraftedSurvey) throws {
    let comparison = DraftComparison(survey, try survey.outcome(), with: try survey.expected())
    #expect(comparison.faults == [])
    #expect(comparison.compared >= survey.least)
  }
}

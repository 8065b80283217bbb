public import ReleaseModel
public import Rendering

/// The charts of everyone in a pack as pictures, for slides and pages elsewhere.
///
/// `chart.svg` is the one of the first main finding. Each chart stands in a file of its own besides, named for its part of
/// the briefing: `chart-q-tools.svg` of a question, `chart-b-ict.svg` of a block.
public struct ChartSVG: PackWriter {
  public let format = "svg"
  public let isUsual = false
  public let fileName = "chart.svg"

  public init() {}

  public func bytes(of pack: ReleasedPack, in release: Release) -> [UInt8] {
    let (content, document) = briefing(of: pack, in: release)
    let charts = charts(of: document)
    let finding = mainFindings(content, document.words).first?.question
    let leading = charts.first { chart in finding.map { chart.questions.contains("q-\($0)") } ?? false }
    guard let chart = leading ?? charts.first else {
      return ChartSheet.saying(
        document.words.sentence(.noFindings), of: document.title, warnings: document.warnings)
    }
    return bytes(of: chart, pack, document)
  }

  public func companions(of pack: ReleasedPack, in release: Release) -> [CompanionFile] {
    let document = briefing(of: pack, in: release).document
    return charts(of: document).map { chart in
      CompanionFile(name: "chart-\(chart.id).svg", bytes: bytes(of: chart, pack, document))
    }
  }

  private func bytes(of chart: Charted, _ pack: ReleasedPack, _ document: Document) -> [UInt8] {
    ChartSheet(
      figure: chart.figure, subject: chart.heading, pack: pack.title, warnings: document.warnings,
      words: document.words
    ).bytes
  }

  private func briefing(of pack: ReleasedPack, in release: Release) -> (
    content: PackContent, document: Document
  ) {
    let content = PackContent(pack, in: release)
    let words = Words(overrides: content.settings.words ?? [:])
    return (content, Briefing(content, words: words).document)
  }

  /// A part of a briefing that has a chart.
  private struct Charted {
    let id: String
    let heading: Sentence
    let figure: Figure
    /// The ids of the parts of its questions.
    let questions: [String]
  }

  /// The charts of the results. What is folded compares groups, and has no picture.
  private func charts(of document: Document) -> [Charted] {
    func charts(_ section: Section) -> [Charted] {
      let figures = section.blocks.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
      let own = figures.prefix(1).map { figure in
        Charted(
          id: section.id, heading: section.heading, figure: figure,
          questions: [section.id] + section.sections.map(\.id))
      }
      return own + section.sections.flatMap(charts)
    }
    return document.sections.filter { $0.id == "results" }.flatMap(charts)
  }
}

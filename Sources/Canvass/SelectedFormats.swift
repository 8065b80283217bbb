import Briefing
import Foundation
import Rendering

/// What a run writes: the formats that `--format` names, or the usual ones.
struct SelectedFormats {
  let writers: [any PackWriter]
  /// What makes briefing.pdf; nil where it is not wanted, or cannot be made.
  let renderer: PaperRenderer?
  /// Why there is none, though one is wanted.
  let absence: PaperRenderer.Absence?
  /// PDFs of an earlier run that stand for those of this one; nil where this one makes its own.
  private(set) var standing: StandingPapers?

  static let paper = "pdf"

  /// - Parameters:
  ///   - named: As `--format` names them; empty for the usual ones.
  ///   - environment: Where the renderer is named.
  init(
    _ named: [String], environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(UsageFailure) {
    for format in named where !releaseFormats.contains(format) {
      throw .unknownFormat(format, known: releaseFormats)
    }
    writers = releaseWriters.filter { named.isEmpty ? $0.isUsual : named.contains($0.format) }
    guard named.isEmpty || named.contains(Self.paper) else {
      (renderer, absence) = (nil, nil)
      return
    }
    do throws(PaperRenderer.Absence) {
      renderer = try PaperRenderer(in: environment)
      absence = nil
    } catch {
      (renderer, absence) = (nil, error)
    }
  }

  /// The names of what is written.
  var names: [String] {
    writers.map(\.format) + (renderer == nil && standing == nil ? [] : [Self.paper])
  }

  /// The same formats, with PDFs that are there already: where a release is made again and what made them is not here.
  func standing(_ papers: StandingPapers) -> SelectedFormats {
    var formats = self
    formats.standing = papers
    return formats
  }
}

/// The PDFs of a release as they stand in its folder.
struct StandingPapers {
  let files: [ReleaseFiles.File]
  /// What made them, as the manifest names it.
  let renderer: Manifest.Renderer
}

/// Every writer that there is, in the order in which formats are listed.
let releaseWriters: [any PackWriter] = packWriters + [PairsCSV(), BriefingHTML(), ChartSVG()]

/// The names that `--format` takes.
public let releaseFormats: [String] = releaseWriters.map(\.format) + [SelectedFormats.paper]
/// Those that are written where it names none.
public let usualFormats: [String] = releaseWriters.filter(\.isUsual).map(\.format) + [SelectedFormats.paper]

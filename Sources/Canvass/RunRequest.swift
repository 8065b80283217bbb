/// What `canvass run` is asked to do.
public struct RunRequest: Sendable, Hashable {
  /// The survey's folder; nil: every survey in `Surveys`.
  public var surveyFolder: String?
  /// Ids of the waves to run; empty: all.
  public var waves: [String] = []
  /// Ids of the packs to publish; empty: all. All packs are protected together all the same.
  public var packs: [String] = []
  /// The folder that receives `<survey>/<wave>/<pack>`.
  public var output = "Output"
  /// Formats to write; empty: all.
  public var formats: [String] = []
  /// How many threads may read; any number gives the same bytes.
  public var threads = 1
  /// A file of `canvass tally` or `canvass merge` that has counted all responses of the wave; nil: they are read.
  public var partial: String?
  /// Say nothing but faults.
  public var isQuiet = false
  /// For whom it is written.
  public var report = ReportForm.text

  public init() {}
}

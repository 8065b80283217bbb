/// Where the codings of a wave are, and how they are laid out.
public struct Codings: Sendable, Hashable {
  /// Codings of answers to theme questions.
  public var openText: [CodingFile]
  /// Codings of transcripts of focus groups.
  public var focusGroups: [CodingFile]
  /// Whose codes count where several coders read the transcripts.
  public var focusGroupCoders: CoderRule?

  public init(
    openText: [CodingFile] = [.openText], focusGroups: [CodingFile] = [.focusGroups],
    focusGroupCoders: CoderRule? = nil
  ) {
    self.openText = openText
    self.focusGroups = focusGroups
    self.focusGroupCoders = focusGroupCoders
  }
}

/// One file of codings: a table, or a project of a program for qualitative analysis, which is known by its content.
public struct CodingFile: Sendable, Hashable {
  /// A column of a table of codings.
  public struct Column: Sendable, Hashable {
    public var reference: ColumnReference
    /// False for a column that is read where it is there.
    public var isNeeded: Bool

    public init(_ reference: ColumnReference, isNeeded: Bool) {
      self.reference = reference
      self.isNeeded = isNeeded
    }
  }

  /// Relative to the wave's folder.
  public var file: String
  /// False for a file that has the usual name, and need not be there.
  public var isDeclared: Bool
  /// Who or what was coded: the respondent, or the session.
  public var unit: Column
  /// Which theme question a coding is of; nil where all of them are of `questionID`.
  public var question: Column?
  /// The theme question that all codings of the file are of.
  public var questionID: String?
  public var theme: Column
  public var coder: Column
  public var separator: UInt8
  /// What stands between themes in one cell; nil: a cell names one theme.
  public var themeSeparator: String?

  /// The usual file of codings of open text.
  public static var openText: CodingFile {
    var file = CodingFile("open-text.csv", unit: "respondent")
    file.question = Column(.heading("question"), isNeeded: true)
    return file
  }

  /// The usual file of codings of focus groups.
  public static var focusGroups: CodingFile { CodingFile("focus-groups.csv", unit: "session") }

  private init(_ file: String, unit: String) {
    self.file = file
    isDeclared = false
    self.unit = Column(.heading(unit), isNeeded: true)
    theme = Column(.heading("theme"), isNeeded: true)
    coder = Column(.heading("coder"), isNeeded: false)
    separator = UInt8(ascii: ",")
  }
}

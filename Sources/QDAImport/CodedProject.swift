/// What counting needs of a project of a qualitative analysis program: who coded what with which code.
///
/// Quotations, memos, descriptions and the texts of documents are passed over where the file is read. Everything
/// refers to everything else by its position in these arrays, which are in document order.
public struct CodedProject: Sendable, Equatable {
  public var codes: [ProjectCode] = []
  public var coders: [Coder] = []
  public var variables: [ProjectVariable] = []
  public var cases: [ProjectCase] = []
  public var sources: [CodedSource] = []
  /// All codings of sources. Some programs write one coding twice: ATLAS.ti gives a passage of a PDF once as a place on
  /// its page and once as a place in its text. Count sources or respondents, not codings.
  public var codings: [Coding] = []
  /// By place: selections in sources, whether they are coded or not.
  public var selectionCounts: [CodingPlace: Int] = [:]
  /// Codings of notes, that is of what coders wrote: passed over.
  public var codingsOfNotes = 0

  /// The names of a code and of those above it, the topmost first.
  /// - Parameter position: The code's position in `codes`.
  public func path(ofCode position: Int) -> [String] { QDAImport.path(ofCode: position, in: codes) }
}

/// The codes of a project without what they were used for.
public struct Codebook: Sendable, Equatable {
  public var codes: [ProjectCode] = []

  /// The names of a code and of those above it, the topmost first.
  /// - Parameter position: The code's position in `codes`.
  public func path(ofCode position: Int) -> [String] { QDAImport.path(ofCode: position, in: codes) }
}

/// A code, which is a theme or a part of one. Its name describes no person and is the only text of a file that
/// messages quote.
public struct ProjectCode: Sendable, Hashable {
  public var guid: GUID
  public var name: String
  /// The position of the code above it, always lower than its own; nil at the top.
  public var parent: Int?
  /// False for a heading that only groups others. True where the file does not say.
  public var isCodable: Bool
  /// The line of the XML on which it starts, from 1.
  public var line: Int
}

/// Someone who coded, told from others by their position.
public struct Coder: Sendable, Hashable {
  public var guid: GUID
  /// Confidential: the name of a person. Only for telling coders apart where their GUIDs differ between files.
  public var name: ConfidentialText?
}

/// An attribute of sources or cases, such as a respondent's number.
public struct ProjectVariable: Sendable, Hashable {
  public var guid: GUID
  public var name: String
}

/// What a variable says of a source or a case.
public struct VariableValue: Sendable, Hashable {
  /// The variable's position in `CodedProject.variables`.
  public var variable: Int
  /// Confidential. Nil where there is no value, or one longer than `ImportLimits.maximumValueBytes`: that is prose.
  public var text: ConfidentialText?
}

/// A unit of analysis that sources or parts of them belong to; often a respondent.
public struct ProjectCase: Sendable, Hashable {
  public var guid: GUID
  /// Confidential: often the name of a person.
  public var name: ConfidentialText?
  /// Positions of the codes that stand for it, or that it as a whole is given.
  public var codes: [Int] = []
  public var values: [VariableValue] = []
}

/// A document, picture or recording: what one respondent wrote, or a session.
public struct CodedSource: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case text, pdf, picture, audio, video
  }

  public var guid: GUID
  /// Confidential: how a document maps to a respondent or a session, and often the name of a person.
  public var name: ConfidentialText?
  public var kind: Kind
  /// Positions of the cases that it belongs to as a whole.
  public var cases: [Int] = []
  public var values: [VariableValue] = []
  /// The line of the XML on which it starts, from 1.
  public var line: Int
}

private func path(ofCode position: Int, in codes: [ProjectCode]) -> [String] {
  var names: [String] = []
  var next: Int? = position
  while let current = next {
    names.append(codes[current].name)
    next = codes[current].parent
  }
  return names.reversed()
}

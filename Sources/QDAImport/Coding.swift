/// One use of a code on a source or a part of it.
public struct Coding: Sendable, Hashable {
  /// The source's position in `CodedProject.sources`. What is coded in a transcript, a representation or a description
  /// of a source is coded in that source.
  public var source: Int
  /// The code's position in `CodedProject.codes`.
  public var code: Int
  /// The coder's position in `CodedProject.coders`; nil where the file names none.
  public var coder: Int?
  public var place: CodingPlace
  /// Positions of the cases that the coded part belongs to, besides those of the whole source.
  public var cases: [Int]
  /// Where it starts in the XML, both from 1; `column` counts characters.
  public var line: Int
  public var column: Int
}

/// What a coding covers.
public enum CodingPlace: String, Sendable, Hashable, CaseIterable {
  case wholeSource
  case plainTextSelection
  case pdfSelection
  case pictureSelection
  case audioSelection
  case videoSelection
  case transcriptSelection
}

/// What an element that is still open is to the reader. Elements stand on an explicit stack of these, so that no file
/// can nest deeper than the stack of a thread.
enum Level {
  case project
  case users
  case codeBook
  case codes
  case code(Int)
  case variables
  case cases
  case projectCase(Int)
  case sources
  /// A source, or anything in it that may hold codings: a selection, a transcript, a representation, a description.
  /// `cases` are those of the selections around.
  case coded(CodingPlace, cases: [Int])
  case coding
  case variableValue
  case variableText
  /// Notes and all in them: what coders wrote.
  case notes
  /// An element of which nothing is wanted, and all in it.
  case passedOver
}

/// The elements that the reader knows by name, besides those that it passes over.
///
/// Source: Project.xsd, QDA-XML version 1.0 (18 March 2019), which version 1.5 of the standard's text describes.
enum ElementName {
  static let sourceKinds: [String: CodedSource.Kind] = [
    "TextSource": .text, "PDFSource": .pdf, "PictureSource": .picture, "AudioSource": .audio,
    "VideoSource": .video,
  ]

  static let selections: [String: CodingPlace] = [
    "PlainTextSelection": .plainTextSelection, "PDFSelection": .pdfSelection,
    "PictureSelection": .pictureSelection, "AudioSelection": .audioSelection,
    "VideoSelection": .videoSelection, "TranscriptSelection": .transcriptSelection,
  ]

  /// What a source holds besides selections, and what may hold codings as the source does.
  static let representations: Set = ["Representation", "TextDescription", "Transcript"]

  static let variableTexts: Set = [
    "TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue",
  ]
}

/// What is read: the root element and the namespaces that it may be in.
enum DocumentKind {
  case project
  case codebook

  var root: String {
    switch self {
    case .project: return "Project"
    case .codebook: return "CodeBook"
    }
  }

  /// NVivo has written the codebook's namespace with a second colon.
  var namespaces: [String] {
    switch self {
    case .project: return ["urn:QDA-XML:project:1.0", "urn:QDA-XML:project:1.5"]
    case .codebook: return ["urn:QDA-XML:codebook:1.0", "urn:QDA-XML:codebook:1:0"]
    }
  }
}

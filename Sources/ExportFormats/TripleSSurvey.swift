/// What a Triple-S metadata file (.sss, .xml) says: its dictionary, and where its data file keeps what.
///
/// Source: Triple-S XML, the Survey Interchange Standard, version 2.0.002 (September 2011), which reads files of
/// versions 1.1 and 1.2, too.
public struct TripleSSurvey: Sendable, Hashable {
  /// How the data file sets its fields apart.
  public enum Layout: String, Sendable, Hashable {
    /// By the position of characters in a line.
    case fixed
    /// By commas.
    case csv
  }

  /// A question of several answers has a column for each of them, named `NAME_CODE`: those are the columns of
  /// ``csv(from:encoding:limits:)``, too.
  public var dictionary: DataDictionary
  public var layout: Layout
  /// Records at the start of the data file that are no data.
  public var skippedRecords: Int
  /// The address of the data file; nil where it has the metadata file's name and another ending.
  public var dataFile: String?
  /// The encoding of the data file, where the metadata file tells one.
  public var dataEncoding: TextEncoding?
  var variables: [TripleSVariable]
}

/// A variable of Triple-S: where its values are, and how to read them.
struct TripleSVariable: Sendable, Hashable {
  enum Kind: String, Sendable {
    case single, multiple, quantity, character, logical, date, time
  }

  struct Spread: Sendable, Hashable {
    var subfields: Int
    /// Characters of each.
    var width: Int
  }

  var name: String
  var kind: Kind
  /// The codes of a single are text, blanks at the end apart.
  var isLiteral = false
  /// Positions of characters, or the number of the field, from 1.
  var start = 0
  var finish = 0
  /// Codes side by side; nil for a multiple of ones and zeros.
  var spread: Spread?
  /// The numbers of a multiple's answers, in the order of the questionnaire.
  var codes: [Int] = []
}

/// A number code in one form, whatever zeros and blanks a file puts before it; other texts without blanks around them.
func plainCode(_ text: String) -> String {
  let trimmed = collapsed(text)
  guard !trimmed.isEmpty, trimmed.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return trimmed }
  let digits = trimmed.drop { $0 == "0" }
  return digits.isEmpty ? "0" : String(digits)
}

/// A literal code without the blanks that fill its field.
func literalCode(_ text: String) -> String {
  var text = Substring(text)
  while text.last == " " { text.removeLast() }
  return String(text)
}

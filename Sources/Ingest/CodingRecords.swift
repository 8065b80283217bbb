import SurveyDefinition

/// Who or what was coded, a respondent or a session, as a hash of its id: the id itself is not kept.
///
/// Two of a million ids share a hash with probability 1e-27 (n squared / 2 to the 129th).
struct UnitKey: Hashable {
  var low: UInt64
  var high: UInt64

  init(_ id: CellRange, in bytes: RawSpan) { (low, high) = sipHash128(id, in: bytes) }

  /// - Parameter id: Without blanks at both ends.
  init(_ id: [UInt8]) {
    // A hash reads whole words, over the end of the text.
    let padded = id + Array(repeating: 0, count: 8)
    self = padded.withRawSpan { UnitKey(CellRange(start: 0, end: id.count), in: $0) }
  }
}

/// One code that one coder gave to a unit, or their word that there was nothing to code.
struct CodingRecord {
  /// The position of the unit in `CodingRecords.units`.
  var unit: Int32
  /// The position of the theme question in the survey; 0 for focus groups.
  var question: Int32
  /// The position of the theme in the codebook, each before those below it; -1: read, nothing to code.
  var theme: Int32
  /// The position of the coder in `CodingRecords.coders`.
  var coder: Int32
  /// The position of the file in `CodingRecords.files`.
  var file: Int32
  var line: Int32
  /// Of the unit; 0 where the file has no columns.
  var column: Int32
}

/// All codings of a wave's open text, or of its focus groups, as small numbers: no text of a file remains but the names
/// of its coders, which never leave this module.
struct CodingRecords {
  /// The most codings of a wave, and the bytes of all names of coders: unlike responses they are held, and take many times
  /// their size in the file. Coding five million texts takes a hundred people a year.
  let limit: Int
  private static let coderBytes = 1 << 20

  private(set) var records: [CodingRecord] = []
  /// Units in the order in which they were first met.
  private(set) var units: [UnitKey] = []
  private(set) var unitOfKey: [UnitKey: Int] = [:]
  private(set) var coders: [HiddenText] = []
  /// By coder: what else a definition may call them, as a project names them; nil for one of a table.
  private var names: [HiddenText?] = []
  private var coderOfName: [HiddenText: Int] = [:]
  private var bytesOfCoders = 0
  private var files: [File] = []
  var findings: [Finding] = []
  /// Which themes are named, and by which codebook's ids.
  private(set) var usage = CodebookUsage()

  init(limit: Int = 5_000_000) { self.limit = limit }

  private struct File {
    var name: String
    /// The number of the column of coders, where there is one.
    var coderColumn: Int?
  }

  /// True once no more codings should be added.
  var isFull: Bool { records.count > limit || bytesOfCoders > Self.coderBytes }

  mutating func tellFull(at place: Place) {
    findings.append(
      Finding(
        .fault, code: "too-many-codings", at: place,
        "more codings, or names of coders, than can be held: \(grouped(limit)) codings of a wave are read",
        remedy: "see whether this is the right file, and whether its columns are those that `codings` names"))
  }

  /// Begins a file, to which all records belong that are added from here on.
  mutating func begin(_ file: String) { files.append(File(name: file)) }

  /// Says in which column the last of the files has its coders.
  mutating func setCoderColumn(_ column: Int?) { files[files.count - 1].coderColumn = column }

  /// Where a record names its unit.
  func place(_ record: CodingRecord) -> Place {
    Place(
      file: files[Int(record.file)].name, line: record.line > 0 ? Int(record.line) : nil,
      column: record.column > 0 ? Int(record.column) : nil)
  }

  /// Where a record names its coder; where it names its unit in a file that names no coders.
  func placeOfCoder(_ record: CodingRecord) -> Place {
    var place = place(record)
    place.column = files[Int(record.file)].coderColumn ?? place.column
    return place
  }

  mutating func unit(_ key: UnitKey) -> Int {
    if let known = unitOfKey[key] { return known }
    units.append(key)
    unitOfKey[key] = units.count - 1
    return units.count - 1
  }

  /// - Parameters:
  ///   - id: What tells the coder from others: the name in a table, the GUID in a project.
  ///   - name: What the coder is called besides.
  mutating func coder(_ id: [UInt8], name: [UInt8]? = nil) -> Int {
    let id = HiddenText(bytes: id)
    if let known = coderOfName[id] { return known }
    coders.append(id)
    names.append(name.map { HiddenText(bytes: $0) })
    coderOfName[id] = coders.count - 1
    bytesOfCoders += id.bytes.count + 64
    return coders.count - 1
  }

  /// Whether a record is by the coder whom a definition calls so.
  func isBy(_ coder: [UInt8], _ record: CodingRecord) -> Bool {
    let position = Int(record.coder)
    return coders[position].bytes == coder || names[position]?.bytes == coder
  }

  /// Notes that a coding names a theme so.
  mutating func note(_ name: ThemeNames.Name, at place: Place) { usage.note(name, at: place) }

  /// - Parameter place: In the last of the files.
  mutating func add(unit: Int, question: Int, theme: Int, coder: Int, at place: Place) {
    records.append(
      CodingRecord(
        unit: Int32(unit), question: Int32(question), theme: Int32(theme), coder: Int32(coder),
        file: Int32(files.count - 1), line: Int32(clamping: place.line ?? 0),
        column: Int32(clamping: place.column ?? 0)))
  }
}

/// The names that codings may have for the themes of a codebook: ids, earlier ids, other names, the form `PARENT / CHILD`, and labels
/// that only one theme has.
struct ThemeNames {
  /// A theme as a coding names it.
  struct Name {
    enum Kind { case id, earlierID, other }

    /// The position of the theme in the codebook.
    var theme: Int
    var kind: Kind
  }

  private var themeOfName: [[UInt8]: Name] = [:]
  /// Names that are near to what somebody may have meant.
  private let candidates: [String]

  init(_ codebook: [Theme]) {
    let themes = codebook.flattened
    candidates = themes.flatMap { [$0.id, $0.label] + $0.aliases + $0.was }
    var labels: [[UInt8]: Int] = [:]
    for theme in themes { labels[trimmedBytes(theme.label), default: 0] += 1 }
    // What somebody declared stands before what only follows.
    for (position, theme) in themes.enumerated() where labels[trimmedBytes(theme.label)] == 1 {
      add(theme.label, .other, of: position)
    }
    for (position, theme) in codebook.coded.enumerated() { add(theme.label, .other, of: position) }
    for (position, theme) in themes.enumerated() {
      for alias in theme.aliases { add(alias, .other, of: position) }
      for id in theme.was { add(id, .earlierID, of: position) }
    }
    for (position, theme) in themes.enumerated() { add(theme.id, .id, of: position) }
  }

  private mutating func add(_ name: String, _ kind: Name.Kind, of theme: Int) {
    themeOfName[trimmedBytes(name)] = Name(theme: theme, kind: kind)
  }

  subscript(name: [UInt8]) -> Name? { themeOfName[name] }

  /// The name that is nearest to a text, where one is near enough to be meant.
  func nearest(to text: [UInt8]) -> String? {
    Ingest.nearest(to: String(decoding: text, as: UTF8.self), among: candidates)
  }
}

extension [Theme] {
  /// The whole tree as one list, each theme before those below it.
  fileprivate var flattened: [Theme] { flatMap { [$0] + $0.themes.flattened } }
}

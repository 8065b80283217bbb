/// Reads a project or a codebook from the events of its XML: an explicit stack of what the open elements are, and what
/// has been found so far.
///
/// Strings are made of the attributes that are kept only: the name of a selection, in which programs put a piece of
/// the quotation, is never looked at.
final class DocumentReader: XMLEvents {
  let kind: DocumentKind
  let limits: ImportLimits
  var faults = FaultLog()
  /// That the document has been read to its end.
  var isComplete = false

  /// While reading, codings and values hold positions in tables of references instead of those of what they mean.
  var project = CodedProject()
  var codeDefinitions = DefinitionTable()
  var coderDefinitions = DefinitionTable()
  var variableDefinitions = DefinitionTable()
  var caseDefinitions = DefinitionTable()
  var sourceDefinitions = DefinitionTable()
  var codingDefinitions = DefinitionTable()
  var codeReferences = ReferenceTable()
  var coderReferences = ReferenceTable()
  var variableReferences = ReferenceTable()
  var sourceReferences = ReferenceTable()
  /// Positions of cases, and of references in `sourceReferences`.
  var caseSources: [(projectCase: Int, source: Int)] = []
  /// What cases say of selections, which come later in the document.
  var caseSelections: [GUID: CaseSelection] = [:]
  /// The coding whose element is open.
  var openCoding: OpenCoding?
  /// The variable's value whose element is open.
  var openValue: OpenValue?

  private var levels: [Level] = []
  private var namespace: [UInt8] = []

  init(_ kind: DocumentKind, limits: ImportLimits) {
    self.kind = kind
    self.limits = limits
  }

  func start(_ tag: borrowing XMLTag) -> Bool {
    guard let level = levels.last else { return startRoot(tag) }
    guard levels.count < limits.maximumDepth else {
      faults.add(
        .nestedTooDeep, at: tag.place,
        "elements stand inside one another more than \(grouped(limits.maximumDepth)) deep",
        remedy: "Export the project anew")
      return false
    }
    levels.append(child(of: level, tag))
    return true
  }

  func end() -> Bool {
    switch levels.removeLast() {
    case .coding: endCoding()
    case .variableValue: endValue(of: levels.last)
    default: break
    }
    return true
  }

  func text(_ piece: borrowing XMLText) {
    guard case .variableText = levels.last else { return }
    openValue?.append(piece, limit: limits.maximumValueBytes)
  }

  func documentType(at place: XMLPlace) {
    faults.add(
      .documentType, at: place, "the file has a document type declaration, which these files never need",
      remedy: "Do not trust this file; export it anew")
  }

  private func startRoot(_ tag: borrowing XMLTag) -> Bool {
    let given = tag.namespace
    guard tag.name == kind.root else {
      let other: DocumentKind = kind == .project ? .codebook : .project
      let isOther = tag.name == other.root && other.namespaces.contains(given)
      addWrongRoot(isOther: isOther, at: tag.place)
      return false
    }
    guard kind.namespaces.contains(given) else {
      faults.add(
        .wrongNamespace, at: tag.place,
        "the element \(kind.root) is in none of the namespaces \(kind.namespaces.joined(separator: " and "))",
        remedy: "Export the file in the form of REFI-QDA, version 1.0 or 1.5")
      return false
    }
    namespace = Array(given.utf8)
    levels.append(kind == .project ? .project : .codeBook)
    return true
  }

  private func addWrongRoot(isOther: Bool, at place: XMLPlace) {
    switch kind {
    case .project:
      faults.add(
        .wrongRoot, at: place,
        isOther ? "the file is a codebook, not a project" : "the file is not a REFI-QDA project",
        remedy: "Export the project, with its documents and codings, in the form REFI-QDA project (.qdpx)")
    case .codebook:
      faults.add(
        .wrongRoot, at: place,
        isOther ? "the file is a project, not a codebook" : "the file is not a REFI-QDA codebook",
        remedy: "Export the codebook in the form REFI-QDA codebook (.qdc)")
    }
  }

  /// Programs may add elements of their own. One in no namespace, or in another of the standard's, was meant to be the
  /// standard's, and what it holds would be lost.
  private func checkForeign(_ tag: borrowing XMLTag) {
    let given = tag.namespace
    guard given.isEmpty || given.lowercased().hasPrefix("urn:qda-xml:") else { return }
    faults.add(
      .wrongNamespace, at: tag.place, "the element is not in the namespace of the file's first element",
      remedy: "Export the file anew")
  }

  /// What an element is by where it stands. Inside a source the order and nesting of the schema is not asked for, so
  /// that no coding is lost for standing where another version of the schema puts it.
  private func child(of level: Level, _ tag: borrowing XMLTag) -> Level {
    if case .notes = level {
      if tag.isIn(namespace: namespace), tag.name == "Coding" { project.codingsOfNotes += 1 }
      return .notes
    }
    guard tag.isIn(namespace: namespace) else {
      checkForeign(tag)
      return .passedOver
    }
    let name = tag.name
    switch (level, name) {
    case (.project, "Users"): return .users
    case (.project, "CodeBook"): return .codeBook
    case (.project, "Variables"): return .variables
    case (.project, "Cases"): return .cases
    case (.project, "Sources"): return .sources
    case (.project, "Notes"): return .notes
    case (.users, "User"): addCoder(tag)
    case (.codeBook, "Codes"): return .codes
    case (.codes, "Code"): return .code(addCode(tag, under: nil))
    case (.code(let parent), "Code"): return .code(addCode(tag, under: parent))
    case (.variables, "Variable"): addVariable(tag)
    case (.cases, "Case"): return .projectCase(addCase(tag))
    case (.projectCase(let position), _): return startInCase(position, name, tag)
    case (.sources, _):
      if let source = ElementName.sourceKinds[name] { return addSource(tag, source) }
    case (.coded(let place, let cases), _): return startInSource(place, cases, name, tag)
    case (.coding, "CodeRef"):
      addCodeOfCoding(tag)
      return .passedOver
    case (.variableValue, _): return startInValue(name, tag)
    default: break
    }
    if name == "Coding" { addMisplacedCoding(at: tag.place) }
    return .passedOver
  }
}

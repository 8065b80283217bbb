/// The things of one kind that a document defines, by GUID.
struct DefinitionTable {
  private var definitions: [GUID: (position: Int, place: XMLPlace)] = [:]

  /// Notes a definition.
  /// - Returns: Where the same GUID was defined before; nil where it was not.
  mutating func add(_ guid: GUID, position: Int, at place: XMLPlace) -> XMLPlace? {
    if let earlier = definitions[guid] { return earlier.place }
    definitions[guid] = (position, place)
    return nil
  }

  func position(of guid: GUID) -> Int? { definitions[guid]?.position }
}

/// The GUIDs of one kind of thing that a document refers to, in order of first mention. A reference may come before the
/// definition, so it is held as its position here until the document has ended.
struct ReferenceTable {
  struct Reference {
    let guid: GUID
    let firstPlace: XMLPlace
    var count = 1
  }

  private(set) var references: [Reference] = []
  private var positions: [GUID: Int] = [:]

  /// Notes a reference.
  /// - Returns: The position of its GUID in `references`.
  mutating func add(_ guid: GUID, at place: XMLPlace) -> Int {
    if let known = positions[guid] {
      references[known].count += 1
      return known
    }
    positions[guid] = references.count
    references.append(Reference(guid: guid, firstPlace: place))
    return references.count - 1
  }

  /// The position of what each reference means; `missing` is told of those that mean nothing, which get -1.
  func resolved(in definitions: DefinitionTable, missing: (Reference) -> Void) -> [Int] {
    references.map { reference in
      if let position = definitions.position(of: reference.guid) { return position }
      missing(reference)
      return -1
    }
  }
}

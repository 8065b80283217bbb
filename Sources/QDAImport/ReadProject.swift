/// What an import gives: content, or all that is wrong with the file. Never a part of the content.
public enum ImportReading<Content: Sendable>: Sendable {
  case content(Content)
  /// At least one, in the order of their places.
  case faults([ImportFault])
}

extension ImportReading: Equatable where Content: Equatable {}

/// Reads the codes and codings of a REFI-QDA project: an archive (.qdpx), or the XML in one (.qde).
///
/// The file is streamed: what is held is what is returned, the GUIDs seen and 64 KiB. It is taken for an archive by
/// what it begins with, or by a name that ends in `.qdpx`. The namespaces of versions 1.0 and 1.5 are read.
/// - Throws: Where the file cannot be opened or read.
/// - Complexity: Linear in the size of the XML.
public func readCodedProject(
  at path: String, limits: ImportLimits = ImportLimits()
) throws(ImportFailure) -> ImportReading<CodedProject> {
  try readCodedProject(at: path, limits: limits, chunkSize: 1 << 16)
}

/// Reads a REFI-QDA codebook (.qdc), which is XML.
/// - Throws: Where the file cannot be opened or read.
/// - Complexity: Linear in the size of the file.
public func readCodebook(
  at path: String, limits: ImportLimits = ImportLimits()
) throws(ImportFailure) -> ImportReading<Codebook> {
  try readCodebook(at: path, limits: limits, chunkSize: 1 << 16)
}

func readCodedProject(
  at path: String, limits: ImportLimits, chunkSize: Int
) throws(ImportFailure) -> ImportReading<CodedProject> {
  var file = try FileBytes(path: path)
  let document = DocumentReader(.project, limits: limits)
  if try isArchive(file, path: path) {
    let entry = readArchive(file, into: document, limits: limits, chunkSize: chunkSize)
    return document.projectReading(entry: entry)
  }
  try parse(&file, into: document, limits: limits, chunkSize: chunkSize)
  return document.projectReading(entry: nil)
}

func readCodebook(
  at path: String, limits: ImportLimits, chunkSize: Int
) throws(ImportFailure) -> ImportReading<Codebook> {
  var file = try FileBytes(path: path)
  let document = DocumentReader(.codebook, limits: limits)
  try parse(&file, into: document, limits: limits, chunkSize: chunkSize)
  return document.codebookReading()
}

/// Reads the project in an archive. All that goes wrong is a fault of the archive.
/// - Returns: The name of the entry that was read; nil where none was.
private func readArchive(
  _ file: borrowing FileBytes, into document: DocumentReader, limits: ImportLimits, chunkSize: Int
) -> String? {
  var name: String?
  do throws(ZipArchive.Failure) {
    var archive = try ZipArchive(descriptor: file.descriptor)
    guard
      let entry = findProject(in: archive, fileSize: file.size, limits: limits, faults: &document.faults)
    else { return nil }
    name = entry.name
    try archive.open(entry.position)
    try parse(
      &archive, into: document, limits: limits, chunkSize: chunkSize, compressedSize: entry.compressedSize)
  } catch {
    document.faults.add(error)
  }
  return name
}

/// Zip archives begin with a local header, or, where they are empty, with the end of the directory.
private func isArchive(_ file: borrowing FileBytes, path: String) throws(ImportFailure) -> Bool {
  if path.count >= 5, path.suffix(5).lowercased() == ".qdpx" { return true }
  let signature = try file.signature()
  return signature == [0x50, 0x4B, 0x03, 0x04] || signature == [0x50, 0x4B, 0x05, 0x06]
}

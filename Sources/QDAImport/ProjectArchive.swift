/// Where the project stands in an archive that may be read.
struct ProjectEntry: Equatable {
  var position: Int
  /// As the archive spells it: `project.qde` in any case.
  var name: String
  /// Bytes that it takes in the archive, as far as they can be: no more than the whole file has.
  var compressedSize: Int
}

/// Finds the project in an archive, and refuses archives that no program writes.
///
/// Nothing is ever unpacked to a path of the archive's choosing, so such paths could do no harm here; an archive that
/// has them was made to harm someone, and is refused whole.
/// - Parameter fileSize: The size of the archive.
/// - Returns: Nil where there are faults.
func findProject(
  in archive: borrowing ZipArchive, fileSize: Int?, limits: ImportLimits, faults: inout FaultLog
) -> ProjectEntry? {
  let count = archive.entryCount
  guard count <= limits.maximumEntries else {
    faults.add(
      .tooManyEntries, at: nil,
      "the archive has \(grouped(count)) entries, and no more than \(grouped(limits.maximumEntries)) are read",
      remedy: "Export the project without its source files")
    return nil
  }
  var found: [(position: Int, path: [[UInt8]])] = []
  for position in 0..<count {
    let name = archive.name(of: position) ?? []
    if isUnsafe(name) {
      faults.add(.unsafeEntryName, at: nil) {
        (
          "the name of entry \(grouped(position + 1)) of the archive leads out of the archive",
          remedy: "Do not trust this file; export the project anew"
        )
      }
    }
    let path = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map(Array.init)
    if let last = path.last, lowercased(last) == projectName { found.append((position, path)) }
  }
  guard let only = found.first, found.count == 1, only.path.count == 1 else {
    addMissing(count: found.count, to: &faults)
    return nil
  }
  let name = String(decoding: only.path[0], as: UTF8.self)
  do throws(ZipArchive.Failure) {
    let declaration = try archive.declaration(of: only.position)
    addDeclared(declaration, limits: limits, to: &faults)
    guard faults.isEmpty else { return nil }
    let size = min(declaration.compressedSize ?? .max, fileSize ?? .max)
    return ProjectEntry(position: only.position, name: name, compressedSize: size)
  } catch {
    faults.add(error)
    return nil
  }
}

extension FaultLog {
  /// Tells why an archive, or its entry, cannot be read.
  mutating func add(_ failure: ZipArchive.Failure) {
    switch failure {
    case .notAnArchive:
      add(
        .notAnArchive, at: nil, "the file is not a zip archive, which a .qdpx file has to be",
        remedy: "Export the project anew, or name a .qde file if it is the project's XML")
    case .encrypted:
      add(
        .encryptedProject, at: nil, "the project in the archive is encrypted",
        remedy: "Export the project without a password")
    case .unsupportedCompression:
      add(
        .unsupportedCompression, at: nil,
        "the project in the archive is compressed in a way that cannot be read",
        remedy: "Pack the project's files into a zip archive with deflate, the usual method")
    case .damaged(let reason):
      add(
        .damagedArchive, at: nil, "the archive is damaged: \(reason)",
        remedy: "Export or copy the project anew")
    }
  }

  mutating func addTooLarge(_ limits: ImportLimits) {
    add(
      .projectTooLarge, at: nil, "the project has more than \(sized(limits.maximumProjectBytes)) of XML",
      remedy: "Export fewer documents at a time, and give texts as files instead of inside the XML")
  }

  mutating func addSuspicious(_ limits: ImportLimits) {
    add(
      .suspiciousCompression, at: nil,
      "the project inflates to more than \(grouped(limits.maximumRatio)) times its size in the archive",
      remedy: "Do not trust this file; export the project anew")
  }
}

private func addMissing(count: Int, to faults: inout FaultLog) {
  switch count {
  case 0:
    faults.add(
      .noProject, at: nil, "the archive has no project.qde",
      remedy: "Export the project in the form REFI-QDA project (.qdpx)")
  case 1:
    faults.add(
      .noProject, at: nil, "the archive has its project.qde in a folder, not at its top",
      remedy: "Pack the contents of that folder, not the folder")
  default:
    faults.add(
      .severalProjects, at: nil, "the archive has \(grouped(count)) entries named project.qde",
      remedy: "Pack one project into one archive")
  }
}

/// What the archive says of the project; what it says need not be true, so the same limits hold while it is read.
private func addDeclared(
  _ declaration: ZipArchive.Declaration, limits: ImportLimits, to faults: inout FaultLog
) {
  if declaration.isEncrypted { faults.add(.encrypted) }
  guard let size = declaration.size else { return }
  if size > limits.maximumProjectBytes {
    faults.addTooLarge(limits)
  } else if let compressed = declaration.compressedSize, size > limits.bytesAtAnyRatio,
    size / limits.maximumRatio > compressed
  {
    faults.addSuspicious(limits)
  }
}

private let projectName = Array("project.qde".utf8)

private func lowercased(_ name: [UInt8]) -> [UInt8] {
  name.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
}

/// True for an absolute path, one with a drive, and one that has `..` as a part, with either slash.
private func isUnsafe(_ name: [UInt8]) -> Bool {
  let slashes = [UInt8(ascii: "/"), UInt8(ascii: "\\")]
  if let first = name.first, slashes.contains(first) { return true }
  if name.count >= 2, name[1] == UInt8(ascii: ":"), lowercased([name[0]])[0] >= UInt8(ascii: "a"),
    lowercased([name[0]])[0] <= UInt8(ascii: "z")
  {
    return true
  }
  return name.split(whereSeparator: slashes.contains).contains { $0.elementsEqual("..".utf8) }
}

import CFileSystem
import FoundationEssentials
import Glibc

/// What stops work on a file: where, and the system's own word for why.
public enum FileFailure: Error, Sendable, Hashable {
  case cannotRead(path: String, reason: String)
  case cannotWrite(path: String, reason: String)
  /// Another process holds the lock on this path.
  case locked(path: String)
}

/// Files and folders as this program needs them, over the system calls.
///
/// `unsafe` marks the calls that pass a path or a buffer; no pointer outlives its call.
enum FileSystem {
  /// What a path names.
  enum Entry { case nothing, file, folder }

  static func entry(at path: String) -> Entry {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return .nothing }
    return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
  }

  /// How many bytes a file has; nil where the path names none.
  static func size(of path: String) -> Int? {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// The names in a folder, sorted by their bytes.
  static func names(in folder: String) throws(FileFailure) -> [String] {
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } catch {
      throw .cannotRead(path: folder, reason: "it is not a folder that can be listed")
    }
  }

  static func read(_ path: String) throws(FileFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    try read(path) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Reads the beginning of a file.
  static func read(_ path: String, upTo limit: Int) throws(FileFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    try read(path, upTo: limit) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Reads a file piece by piece, in flat memory.
  static func read(
    _ path: String, upTo limit: Int = .max, _ body: (ArraySlice<UInt8>) -> Void
  ) throws(FileFailure) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotRead(path: path, reason: reason(errno)) }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var left = limit
    while true {
      let count = unsafe Glibc.read(descriptor, &buffer, min(left, buffer.count))
      if count == 0 { return }
      if count > 0 {
        body(buffer[..<count])
        left -= count
      } else if errno != EINTR {
        throw .cannotRead(path: path, reason: reason(errno))
      }
    }
  }

  /// Copies a file, for those who may read and write it to do the same with the copy.
  static func copy(_ path: String, to other: String) throws(FileFailure) {
    var file = try OutputFile(other, mode: mode(of: path))
    var failure: FileFailure?
    try read(path) { piece in
      guard failure == nil else { return }
      do throws(FileFailure) { try file.write(piece) } catch { failure = error }
    }
    if let failure { throw failure }
    try file.finish()
  }

  /// The first bytes of a file.
  static func start(of path: String, count: Int) throws(FileFailure) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotRead(path: path, reason: reason(errno)) }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: count)
    let read = unsafe Glibc.read(descriptor, &buffer, count)
    return Array(buffer.prefix(max(0, read)))
  }

  /// Who may read and write a file, as its mode says; its owner alone where that is not known.
  static func mode(of path: String) -> mode_t {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return 0o600 }
    return status.st_mode & 0o666
  }

  /// Writes a whole new file and waits until it is on the disk.
  static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o666) throws(FileFailure) {
    var file = try OutputFile(path, mode: mode)
    try file.write(bytes)
    try file.finish()
  }

  /// Makes a folder; those above it must exist.
  static func makeFolder(_ path: String, mode: mode_t = 0o777) throws(FileFailure) {
    guard unsafe mkdir(path, mode) == 0 else { throw .cannotWrite(path: path, reason: reason(errno)) }
  }

  /// Makes a folder and those above it where they are missing.
  static func makeFolders(_ path: String) throws(FileFailure) {
    if entry(at: path) == .folder { return }
    if let parent = folder(of: path) { try makeFolders(parent) }
    guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST, entry(at: path) == .folder else {
      throw .cannotWrite(path: path, reason: reason(errno))
    }
  }

  /// Removes a file, or a folder with all that is in it; nothing where there is nothing.
  static func remove(_ path: String) throws(FileFailure) {
    if entry(at: path) == .nothing { return }
    do { try FileManager.default.removeItem(atPath: path) } catch {
      throw .cannotWrite(path: path, reason: "it cannot be removed")
    }
  }

  /// Gives a file or folder another name in its file system, replacing a file of that name.
  static func rename(_ path: String, to other: String) throws(FileFailure) {
    guard unsafe Glibc.rename(path, other) == 0 else {
      throw .cannotWrite(path: other, reason: reason(errno))
    }
  }

  /// Lets two existing paths of one file system change places at once.
  static func exchange(_ first: String, _ second: String) throws(FileFailure) {
    let code = unsafe canvass_exchange(first, second)
    guard code == 0 else { throw .cannotWrite(path: second, reason: reason(code)) }
  }

  /// Waits until the names in a folder are on the disk.
  static func sync(folder: String) throws(FileFailure) {
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0, fsync(descriptor) == 0 else {
      throw .cannotWrite(path: folder, reason: reason(errno))
    }
    close(descriptor)
  }

  /// A path below a folder.
  static func path(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// The folder that holds what a path names; nil for a bare name.
  static func folder(of path: String) -> String? {
    let trimmed = trimmingSlashes(path)
    guard let slash = trimmed.lastIndex(of: "/") else { return nil }
    return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
  }

  /// The last part of a path; the folder's own name for `.` and the like.
  static func lastName(of path: String) -> String {
    let trimmed = trimmingSlashes(path)
    let name = trimmed.split(separator: "/").last.map(String.init) ?? trimmed
    guard name == "." || name == ".." || name.isEmpty else { return name }
    return URL(filePath: path).standardizedFileURL.lastPathComponent
  }

  static func trimmingSlashes(_ path: String) -> String {
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    return String(trimmed)
  }

  fileprivate static func reason(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
}

/// A new file that is written from front to back.
struct OutputFile: ~Copyable {
  let path: String
  private let descriptor: Int32
  private var pending: [UInt8] = []

  init(_ path: String, mode: mode_t = 0o666) throws(FileFailure) {
    self.path = path
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: FileSystem.reason(errno)) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  mutating func write(_ bytes: some Sequence<UInt8>) throws(FileFailure) {
    pending.append(contentsOf: bytes)
    if pending.count >= 1 << 18 { try flush() }
  }

  /// Writes what is left and waits until all of it is on the disk.
  mutating func finish() throws(FileFailure) {
    try flush()
    guard fsync(descriptor) == 0 else { throw .cannotWrite(path: path, reason: FileSystem.reason(errno)) }
  }

  private mutating func flush() throws(FileFailure) {
    if let code = writeAll(pending, to: descriptor) {
      throw .cannotWrite(path: path, reason: FileSystem.reason(code))
    }
    pending.removeAll(keepingCapacity: true)
  }
}

/// A lock that this process holds until the value goes away.
///
/// The file stays: removing it would let two processes hold locks on two files of one name.
struct FileLock: ~Copyable {
  private let descriptor: Int32

  /// - Parameter isPatient: Whether to wait for a process that holds it, instead of saying so.
  init(_ path: String, isPatient: Bool = false) throws(FileFailure) {
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: FileSystem.reason(errno)) }
    var code: Int32 = 0
    repeat {
      code = flock(descriptor, isPatient ? LOCK_EX : LOCK_EX | LOCK_NB) == 0 ? 0 : errno
    } while code == EINTR
    guard code == 0 else {
      throw code == EWOULDBLOCK
        ? .locked(path: path) : .cannotWrite(path: path, reason: FileSystem.reason(code))
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}

/// Writes every byte; the error number where the system refuses.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    if count < 0 {
      if errno == EINTR { continue }
      return errno
    }
    rest = rest.dropFirst(count)
  }
  return nil
}

import CFileSystem
import FoundationEssentials
import Glibc

/// What stops work on a file: where, and the system's own word for why.
public enum FileFailure: Error, Sendable, Hashable {
  case cannotRead(path: String, reason: String)
  case cannotWrite(path: String, reason: String)
  /// An input is no longer what it was when it was first looked at.
  case changed(path: String)
  /// Another process holds the lock on this path.
  case locked(path: String)
}

/// Files and folders as this program needs them, over the system calls.
///
/// `unsafe` marks the calls that pass a path or a buffer; no pointer outlives its call.
enum FileSystem {
  /// What a path names.
  enum Entry { case nothing, file, folder }

  /// What a path names; nothing also where that cannot be known.
  static func entry(at path: String) -> Entry { (try? found(at: path)) ?? .nothing }

  /// What it is to be told of a file that is not there.
  static func absence(of path: String) -> FileFailure { .cannotRead(path: path, reason: reason(ENOENT)) }

  /// What a path names, where taking what cannot be looked at for nothing would leave it out.
  static func found(at path: String) throws(FileFailure) -> Entry {
    var status = stat()
    if unsafe stat(path, &status) == 0 { return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file }
    if errno == ENOENT || errno == ENOTDIR { return .nothing }
    throw .cannotRead(path: path, reason: reason(errno))
  }

  /// How many bytes a file has; nil where the path names none.
  static func size(of path: String) -> Int? {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// What tells that a file was written since: its size, and when its content and its entry were last changed.
  ///
  /// Nil where there is nothing; whatever else keeps it from being known is thrown, or a file that cannot be looked at would
  /// count as one that is not there.
  static func stamp(of path: String) throws(FileFailure) -> FileStamp? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .cannotRead(path: path, reason: reason(errno))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .cannotRead(path: path, reason: "it is no regular file")
    }
    return FileStamp(
      size: Int(status.st_size), written: [status.st_mtim.tv_sec, status.st_mtim.tv_nsec],
      changed: [status.st_ctim.tv_sec, status.st_ctim.tv_nsec])
  }

  /// Whether there is anything of that name, a link that leads nowhere included.
  static func exists(_ path: String) throws(FileFailure) -> Bool {
    var status = stat()
    if unsafe lstat(path, &status) == 0 { return true }
    if errno == ENOENT || errno == ENOTDIR { return false }
    throw .cannotRead(path: path, reason: reason(errno))
  }

  /// Stops where a path names a symbolic link: what is written there would go wherever somebody pointed it.
  static func refuseLink(_ path: String) throws(FileFailure) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return }
    throw .cannotWrite(path: path, reason: "it is a symbolic link, and canvass writes through none")
  }

  /// Stops where something else stands in the place of a file, or of a folder.
  static func refuse(_ other: Entry, at path: String) throws(FileFailure) {
    guard try found(at: path) == other else { return }
    throw .cannotWrite(path: path, reason: reason(other == .folder ? EISDIR : ENOTDIR))
  }

  /// The path without links and detours; nil where it leads to nothing.
  private static func realPath(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// Whether what a path names lies in a folder, wherever links on the way lead.
  static func isWithin(_ path: String, _ folder: String) -> Bool {
    guard let folder = realPath(folder) else { return true }
    // What is not there leads nowhere but by its name.
    let parent = Self.folder(of: path) ?? "."
    let real =
      realPath(path) ?? realPath(parent).map { Self.path($0, lastName(of: path)) }
      ?? URL(filePath: path).standardizedFileURL.path
    return (real + "/").hasPrefix(Self.path(folder, ""))
  }

  /// Whether every user of the machine can read a file: its mode lets them, and each folder on the way lets them through.
  static func isReadableByEveryone(_ path: String) -> Bool {
    guard var place = realPath(path), mode(of: place) & 0o004 != 0 else { return false }
    while let folder = folder(of: place), folder != place {
      var status = stat()
      guard unsafe stat(folder, &status) == 0, status.st_mode & 0o001 != 0 else { return false }
      place = folder
    }
    return true
  }

  /// The names in a folder, sorted by their bytes: all of them, or a failure.
  static func names(in folder: String) throws(FileFailure) -> [String] {
    guard let stream = unsafe opendir(folder) else {
      throw .cannotRead(path: folder, reason: reason(errno))
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = unsafe readdir(stream) {
      let length = unsafe MemoryLayout.size(ofValue: entry.pointee.d_name)
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: length) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw .cannotRead(path: folder, reason: reason(errno)) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
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
    try readAll(descriptor, path: path, upTo: limit, body)
  }

  fileprivate static func readAll(
    _ descriptor: Int32, path: String, upTo limit: Int = .max, _ body: (ArraySlice<UInt8>) -> Void
  ) throws(FileFailure) {
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
    while true {
      let read = unsafe Glibc.read(descriptor, &buffer, count)
      if read >= 0 { return Array(buffer.prefix(read)) }
      guard errno == EINTR else { throw .cannotRead(path: path, reason: reason(errno)) }
    }
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
    guard try exists(path) else { return }
    do { try FileManager.default.removeItem(atPath: path) } catch {
      throw .cannotWrite(path: path, reason: "it cannot be removed")
    }
  }

  /// Removes a folder where it is empty.
  static func removeEmpty(_ folder: String) { _ = unsafe rmdir(folder) }

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
    guard descriptor >= 0 else { throw .cannotWrite(path: folder, reason: reason(errno)) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .cannotWrite(path: folder, reason: reason(errno)) }
  }

  /// A path below a folder.
  static func path(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// A path that a file in a folder names.
  static func path(_ named: String, in folder: String) -> String {
    named.hasPrefix("/") ? named : path(folder, named)
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

/// What tells that a file was written since it was looked at.
struct FileStamp: Sendable, Hashable {
  let size: Int
  /// Seconds and nanoseconds.
  let written: [Int]
  let changed: [Int]
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
/// The file stays, unless it is asked to go: whoever waits for a file that went would hold a lock that others do not see, so it
/// is looked at once more.
struct FileLock: ~Copyable {
  private let descriptor: Int32
  private let goes: String?

  /// - Parameters:
  ///   - isPatient: Whether to wait for a process that holds it, instead of saying so.
  ///   - goes: Whether the file goes with the lock, for places where nothing may be left behind.
  init(_ path: String, isPatient: Bool = false, goes: Bool = false) throws(FileFailure) {
    while true {
      let opened = unsafe open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
      guard opened >= 0 else {
        if errno == ELOOP { try FileSystem.refuseLink(path) }
        throw .cannotWrite(path: path, reason: FileSystem.reason(errno))
      }
      var code: Int32 = 0
      repeat {
        code = flock(opened, isPatient ? LOCK_EX : LOCK_EX | LOCK_NB) == 0 ? 0 : errno
      } while code == EINTR
      guard code == 0 else {
        close(opened)
        throw code == EWOULDBLOCK
          ? .locked(path: path) : .cannotWrite(path: path, reason: FileSystem.reason(code))
      }
      guard !goes || Self.isStill(opened, at: path) else {
        close(opened)
        continue
      }
      descriptor = opened
      self.goes = goes ? path : nil
      return
    }
  }

  /// Whether the file that is locked is still the one of that name.
  private static func isStill(_ descriptor: Int32, at path: String) -> Bool {
    var held = stat()
    var named = stat()
    return unsafe fstat(descriptor, &held) == 0 && lstat(path, &named) == 0 && held.st_ino == named.st_ino
      && held.st_dev == named.st_dev
  }

  deinit {
    if let goes { _ = unsafe unlink(goes) }
    close(descriptor)
  }
}

/// A file that has no name and stands in no folder, so that nothing of it is left when its owner ends, however that ends.
struct UnnamedFile: ~Copyable {
  let descriptor: Int32

  init(_ bytes: [UInt8] = []) throws(FileFailure) {
    descriptor = canvass_unnamed_file()
    guard descriptor >= 0, writeAll(bytes, to: descriptor) == nil, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw .cannotWrite(path: "a file in memory", reason: FileSystem.reason(errno))
    }
  }

  /// All that it holds.
  var bytes: [UInt8] {
    get throws(FileFailure) {
      lseek(descriptor, 0, SEEK_SET)
      var bytes: [UInt8] = []
      try FileSystem.readAll(descriptor, path: "a file in memory") { bytes.append(contentsOf: $0) }
      return bytes
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}

/// Readies this process for whatever its standard streams are, and for its own end.
///
/// A closed stream is held open, but so that using it fails: else the next file to be opened would take its number, and what is
/// told would be written into it. A reader that went, and a file that may not grow, become errors of a write, where they would end
/// the process between one wave and the next. No image of memory, which holds responses, is ever written: the limit of one byte also
/// keeps those from it who take such images through a pipe, as core(5) has it.
public func prepareProcess() {
  for (descriptor, flags) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
  where fcntl(descriptor, F_GETFD) < 0 {
    // The lowest number that is free is this one, as those below it are open.
    _ = unsafe open("/dev/null", flags)
  }
  _ = signal(SIGPIPE, SIG_IGN)
  _ = signal(SIGXFSZ, SIG_IGN)
  var limit = rlimit(rlim_cur: 1, rlim_max: 1)
  _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
}

/// Writes every byte; the error number where the system refuses.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    if count < 0 {
      if errno == EINTR { continue }
      guard errno == EAGAIN else { return errno }
      // Somebody else made the pipe one that does not wait.
      var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      _ = unsafe poll(&waiting, 1, -1)
      continue
    }
    rest = rest.dropFirst(count)
  }
  return nil
}

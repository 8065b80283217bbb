import Glibc

/// Several files that go into a folder together.
///
/// They are written beside their places, in a folder that is closed to others, and moved when all are on the disk. The last is the one
/// without which the others are nothing, such as survey.yaml: it goes first where it is replaced, and comes last, so that a program
/// that is killed on the way leaves the former files, the new ones, or what nobody takes for whole. One program at a time writes there.
struct PlacedFiles: ~Copyable {
  private let folder: String
  private let staging: String
  private let madeFolder: Bool
  private let lock: FileLock
  private var built: [(built: String, place: String)] = []

  /// - Parameter folder: The folder, which is made where it is missing; a folder below it may be named by the files.
  init(in folder: String) throws(FileFailure) {
    let staging = FileSystem.path(folder, ".unfinished")
    let isThere = try FileSystem.exists(folder)
    try FileSystem.makeFolders(folder)
    lock = try Self.lock(staging + ".lock", orRemoves: isThere ? nil : folder)
    self.folder = folder
    self.staging = staging
    madeFolder = !isThere
  }

  private static func lock(_ path: String, orRemoves folder: String?) throws(FileFailure) -> FileLock {
    do throws(FileFailure) { return try FileLock(path, goes: true) } catch {
      if let folder { FileSystem.removeEmpty(folder) }
      throw error
    }
  }

  /// Writes all files and puts them in place, or none of them.
  ///
  /// - Parameter refusal: Called when all are written and none is in place; what it throws keeps them from it.
  mutating func put(
    _ written: [Written], unless refusal: () throws(FileFailure) -> Void = {}
  ) throws(RunFailure) {
    var madeFolders: [String] = []
    do throws(RunFailure) {
      try files { () throws(FileFailure) in
        try FileSystem.refuseLink(staging)
        // A killed program may have left one behind; nobody else writes there while we hold the lock.
        try FileSystem.remove(staging)
        try FileSystem.makeFolder(staging, mode: 0o700)
      }
      for (number, file) in written.enumerated() {
        let path = FileSystem.path(staging, "\(number)")
        try file.write(path)
        built.append((path, file.path))
      }
      try files { () throws(FileFailure) in
        try refusal()
        try FileSystem.sync(folder: staging)
        for folder in Set(written.compactMap { FileSystem.folder(of: $0.path) }).sorted() {
          try FileSystem.refuseLink(folder)
          guard try !FileSystem.exists(folder) else { continue }
          try FileSystem.makeFolder(folder)
          madeFolders.append(folder)
        }
        try place()
      }
    } catch {
      try? FileSystem.remove(staging)
      for folder in madeFolders + (madeFolder ? [self.folder] : []) { FileSystem.removeEmpty(folder) }
      throw error
    }
    // What was replaced; where it cannot be removed the next program tries again.
    try? FileSystem.remove(staging)
  }

  private func place() throws(FileFailure) {
    guard let last = built.last else { return }
    var moves: [(from: String, to: String, exchanges: Bool)] = []
    do throws(FileFailure) {
      if try FileSystem.exists(last.place) {
        let former = FileSystem.path(staging, "former")
        try FileSystem.rename(last.place, to: former)
        moves.append((last.place, former, false))
      }
      for (built, place) in built {
        try FileSystem.refuse(.folder, at: place)
        let exchanges = try FileSystem.exists(place)
        try exchanges ? FileSystem.exchange(built, place) : FileSystem.rename(built, to: place)
        moves.append((built, place, exchanges))
      }
      for folder in Set(built.compactMap { FileSystem.folder(of: $0.place) }).sorted() {
        try FileSystem.sync(folder: folder)
      }
    } catch {
      let failure = error
      for (from, to, exchanges) in moves.reversed() {
        try exchanges ? FileSystem.exchange(from, to) : FileSystem.rename(to, to: from)
      }
      throw failure
    }
  }
}

extension PlacedFiles {
  /// A file to be: its place, and what writes it elsewhere first.
  struct Written {
    let path: String
    let write: (String) throws(RunFailure) -> Void

    init(_ path: String, _ write: @escaping (String) throws(RunFailure) -> Void) {
      self.path = path
      self.write = write
    }

    init(_ path: String, _ bytes: [UInt8], mode: mode_t = 0o666) {
      self.init(path) { built throws(RunFailure) in
        try files { () throws(FileFailure) in try FileSystem.write(bytes, to: built, mode: mode) }
      }
    }
  }
}

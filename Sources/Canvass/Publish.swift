/// Where the release of one wave stands, held by a lock so that one run at a time writes there.
struct ReleasePlace: ~Copyable {
  /// The release folder.
  let folder: String
  /// The receipt beside it.
  let receipt: String
  private let parent: String
  private let wave: String
  private let lock: FileLock

  /// Takes the lock, for as long as the value lives.
  init(output: String, survey: String, wave: String) throws(FileFailure) {
    parent = FileSystem.path(FileSystem.trimmingSlashes(output), survey)
    self.wave = wave
    folder = FileSystem.path(parent, wave)
    receipt = folder + ".receipt.json"
    try FileSystem.makeFolders(parent)
    lock = try FileLock(FileSystem.path(parent, ".\(wave).lock"))
  }

  /// In the same file system as the release, or it could not change places with it.
  private var staging: String { FileSystem.path(parent, ".\(wave).unfinished") }

  /// Puts a whole release in the place of the former one, at once.
  ///
  /// Everything is written and on the disk before the two folders change places in one system call, so whoever looks,
  /// and whatever fails, finds one whole release. The folder in which it is built is closed to others.
  func publish(_ release: ReleaseFiles, receipt receiptBytes: [UInt8]) throws(FileFailure) {
    do throws(FileFailure) {
      // A killed run may have left one behind; nobody else writes there while we hold the lock.
      try FileSystem.remove(staging)
      try FileSystem.makeFolder(staging, mode: 0o700)
      let built = FileSystem.path(staging, wave)
      try write(release, to: built)
      let builtReceipt = FileSystem.path(staging, "receipt.json")
      try FileSystem.write(receiptBytes, to: builtReceipt, mode: 0o600)

      let isFirst = FileSystem.entry(at: folder) == .nothing
      try swap(built, isFirst: isFirst)
      do throws(FileFailure) { try FileSystem.rename(builtReceipt, to: receipt) } catch {
        // Without its receipt the new release must not stand: the former comes back.
        try isFirst ? FileSystem.rename(folder, to: built) : FileSystem.exchange(built, folder)
        throw error
      }
      try FileSystem.sync(folder: parent)
    } catch {
      // The failure that led here is the one to tell, whether or not this succeeds.
      try? FileSystem.remove(staging)
      throw error
    }
    try FileSystem.remove(staging)
  }

  private func swap(_ built: String, isFirst: Bool) throws(FileFailure) {
    if isFirst {
      try FileSystem.rename(built, to: folder)
    } else {
      try FileSystem.exchange(built, folder)
    }
  }

  private func write(_ release: ReleaseFiles, to built: String) throws(FileFailure) {
    try FileSystem.makeFolder(built)
    var folders: [String] = []
    for file in release.files {
      let path = FileSystem.path(built, file.path)
      if let folder = FileSystem.folder(of: path), folder != built, !folders.contains(folder) {
        try FileSystem.makeFolder(folder)
        folders.append(folder)
      }
      try FileSystem.write(file.bytes, to: path)
    }
    for folder in folders + [built] { try FileSystem.sync(folder: folder) }
  }
}

import FoundationEssentials

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
    try FileSystem.refuseLink(parent)
    try FileSystem.makeFolders(parent)
    lock = try FileLock(FileSystem.path(parent, ".\(wave).lock"))
  }

  /// In the same file system as the release, or it could not change places with it.
  var staging: String { FileSystem.path(parent, ".\(wave).unfinished") }

  /// Where a release and its receipt stand while they are built, and the former ones once they have changed places.
  private var built: (folder: String, receipt: String) {
    (FileSystem.path(staging, wave), FileSystem.path(staging, "receipt.json"))
  }

  /// Puts a whole release in the place of the former one, at once.
  ///
  /// Everything is written and on the disk before the two folders change places in one system call, so whoever looks,
  /// and whatever fails, finds one whole release. The folder in which it is built is closed to others. The receipts change places
  /// next; a run that is killed between the two leaves what `mend` ends.
  /// - Returns: Whether what was replaced could be removed; the next run tries again.
  func publish(_ release: ReleaseFiles, receipt receiptBytes: [UInt8]) throws(FileFailure) -> Bool {
    do throws(FileFailure) {
      try FileSystem.makeFolder(staging, mode: 0o700)
      try write(release, to: built.folder)
      try FileSystem.write(receiptBytes, to: built.receipt, mode: 0o600)
      try FileSystem.sync(folder: staging)
    } catch {
      // The failure that led here is the one to tell, whether or not this succeeds.
      try? FileSystem.remove(staging)
      throw error
    }
    try put([(built.folder, folder), (built.receipt, receipt)], orRemoves: true)
    return (try? FileSystem.remove(staging)) != nil
  }

  /// Puts what was built in its places, or nothing of it.
  /// - Parameter orRemoves: Whether what could not be put in place goes.
  private func put(_ pairs: [(built: String, place: String)], orRemoves: Bool) throws(FileFailure) {
    var done: [(built: String, place: String, isFirst: Bool)] = []
    do throws(FileFailure) {
      for (built, place) in pairs {
        let isFirst = try !FileSystem.exists(place)
        try isFirst ? FileSystem.rename(built, to: place) : FileSystem.exchange(built, place)
        done.append((built, place, isFirst))
      }
      try FileSystem.sync(folder: parent)
    } catch {
      let failure = error
      do throws(FileFailure) {
        for (built, place, isFirst) in done.reversed() {
          try isFirst ? FileSystem.rename(place, to: built) : FileSystem.exchange(built, place)
        }
        if orRemoves { try FileSystem.remove(staging) }
      } catch {
        // What was replaced is among what was built, and stays there for `mend`.
      }
      throw failure
    }
  }

  /// Ends what a run that was killed left unfinished: of a release and a receipt that do not belong together, the one that was
  /// not put in place yet follows. To be called first.
  func mend() throws(FileFailure) {
    for path in [folder, receipt, staging] { try FileSystem.refuseLink(path) }
    try FileSystem.refuse(.file, at: folder)
    try FileSystem.refuse(.folder, at: receipt)
    guard try FileSystem.exists(staging) else { return }
    if !belongTogether(folder, receipt) {
      if belongTogether(folder, built.receipt) {
        try put([(built.receipt, receipt)], orRemoves: false)
      } else if belongTogether(built.folder, receipt) {
        try put([(built.folder, folder)], orRemoves: false)
      }
    }
    try FileSystem.remove(staging)
  }

  /// Whether a receipt is that of a release: it has the digest of its manifest.
  private func belongTogether(_ release: String, _ receipt: String) -> Bool {
    struct Named: Decodable {
      struct Release: Decodable {
        let digest: String
        enum CodingKeys: String, CodingKey { case digest = "manifest_sha256" }
      }
      let release: Release
    }
    guard let manifest = try? FileSystem.read(FileSystem.path(release, "manifest.json")),
      let bytes = try? FileSystem.read(receipt),
      let named = try? JSONDecoder().decode(Named.self, from: Data(bytes))
    else { return false }
    return named.release.digest == sha256(manifest)
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

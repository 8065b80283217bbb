import Foundation

/// Whether git keeps a file, and with it everybody's answers, in its history for good.
///
/// Without git, or outside a repository, nothing is tracked.
func isTrackedByGit(_ path: String) -> Bool {
  let git = Process()
  git.executableURL = URL(filePath: "/usr/bin/env")
  git.arguments = [
    "git", "-C", FileSystem.folder(of: path) ?? ".", "ls-files", "--error-unmatch", "--",
    FileSystem.lastName(of: path),
  ]
  git.standardInput = FileHandle.nullDevice
  git.standardOutput = FileHandle.nullDevice
  git.standardError = FileHandle.nullDevice
  do { try git.run() } catch { return false }
  git.waitUntilExit()
  return git.terminationStatus == 0
}

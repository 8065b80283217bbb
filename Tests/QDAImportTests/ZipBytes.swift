import CZip
import Foundation
import Testing

/// Zip archives as no library writes them: every field of every entry as a test wants it.
///
/// Source: APPNOTE.TXT 6.3.10, PKWARE, sections 4.3.7, 4.3.12 and 4.3.16.
struct ZipBytes {
  struct Entry {
    var name: String
    /// The content as it is stored.
    var bytes: [UInt8] = []
    var method: UInt16 = 0
    var flags: UInt16 = 0
    /// What is declared; nil for what is true.
    var size: UInt32?
    var compressedSize: UInt32?
    var checksum: UInt32?
  }

  var entries: [Entry]

  var bytes: [UInt8] {
    var result: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let offset = UInt32(result.count)
      let fields = self.fields(of: entry)
      let name = Array(entry.name.utf8)
      result += [0x50, 0x4B, 3, 4] + fields + little(UInt16(name.count)) + [0, 0] + name + entry.bytes
      directory +=
        [0x50, 0x4B, 1, 2, 20, 3] + fields + little(UInt16(name.count)) + Array(repeating: 0, count: 12)
      directory += little(offset) + name
    }
    let count = little(UInt16(truncatingIfNeeded: entries.count))
    return result + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count
      + little(UInt32(directory.count))
      + little(UInt32(result.count)) + [0, 0]
  }

  /// Version needed, flags, method, time, date, checksum and both sizes.
  private func fields(of entry: Entry) -> [UInt8] {
    let size = UInt32(entry.bytes.count)
    return [20, 0] + little(entry.flags) + little(entry.method) + [0, 0, 0x21, 0]
      + little(entry.checksum ?? checksum(entry.bytes)) + little(entry.compressedSize ?? size)
      + little(entry.size ?? size)
  }

  private func little(_ value: some FixedWidthInteger) -> [UInt8] {
    (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
}

/// CRC-32 as in APPNOTE.TXT 4.4.7.
func checksum(_ bytes: [UInt8]) -> UInt32 {
  ~bytes.reduce(~UInt32(0)) { rest, byte in
    (0..<8).reduce(rest ^ UInt32(byte)) { value, _ in value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
  }
}

/// An archive with one deflated entry, as libzip makes it.
func deflated(_ name: String, _ bytes: [UInt8], password: String? = nil) throws -> [UInt8] {
  let folder = try WorkFolder()
  let path = folder.url.appending(path: "made.zip").path()
  var code: Int32 = 0
  let archive = try unsafe #require(zip_open(path, ZIP_CREATE | ZIP_EXCL, &code))
  try unsafe bytes.withUnsafeBytes { content in
    let source = try unsafe #require(
      zip_source_buffer(archive, content.baseAddress, UInt64(content.count), 0))
    let index = unsafe zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8)
    try #require(index == 0)
    if let password {
      try #require(unsafe zip_file_set_encryption(archive, 0, UInt16(ZIP_EM_TRAD_PKWARE), password) == 0)
    }
    try #require(unsafe zip_close(archive) == 0)
  }
  return Array(try Data(contentsOf: URL(filePath: path)))
}

/// The archive with what both headers of its only entry declare changed: its size, and the size that it has compressed.
func declaring(_ size: UInt32? = nil, compressed: UInt32? = nil, in archive: [UInt8]) -> [UInt8] {
  var result = archive
  for offset in archive.indices.dropLast(4) where archive[offset] == 0x50 && archive[offset + 1] == 0x4B {
    let field: Int
    switch (archive[offset + 2], archive[offset + 3]) {
    case (3, 4): field = offset + 18
    case (1, 2): field = offset + 20
    default: continue
    }
    for byte in 0..<4 {
      if let compressed { result[field + byte] = UInt8(truncatingIfNeeded: compressed >> (byte * 8)) }
      if let size { result[field + 4 + byte] = UInt8(truncatingIfNeeded: size >> (byte * 8)) }
    }
  }
  return result
}

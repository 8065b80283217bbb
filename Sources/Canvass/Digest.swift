import CNettle

/// The SHA-256 of some bytes in lower-case hexadecimal.
func sha256(_ bytes: [UInt8]) -> String {
  var digest = Digest()
  digest.add(bytes[...])
  return digest.text()
}

/// The SHA-256 of a file, read piece by piece.
func sha256(ofFile path: String) throws(FileFailure) -> String {
  var digest = Digest()
  try FileSystem.read(path) { digest.add($0) }
  return digest.text()
}

/// A version of the library that makes digests, as it tells it.
var digestLibraryVersion: String { "\(nettle_version_major()).\(nettle_version_minor())" }

private struct Digest {
  private var hash = sha256_ctx()

  init() { unsafe nettle_sha256_init(&hash) }

  mutating func add(_ bytes: ArraySlice<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe nettle_sha256_update(&hash, $0.count, $0.baseAddress) }
  }

  /// The digest of what was added; what is added then is a new one's.
  mutating func text() -> String {
    var sum = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
    unsafe nettle_sha256_digest(&hash, sum.count, &sum)
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: sum.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

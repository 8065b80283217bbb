import Crypto

/// The SHA-256 of some bytes in lower-case hexadecimal.
func sha256(_ bytes: [UInt8]) -> String {
  var digest = Digest()
  digest.add(bytes[...])
  return digest.text
}

/// The SHA-256 of a file, read piece by piece.
func sha256(ofFile path: String) throws(FileFailure) -> String {
  var digest = Digest()
  try FileSystem.read(path) { digest.add($0) }
  return digest.text
}

private struct Digest {
  private var hash = SHA256()

  mutating func add(_ bytes: ArraySlice<UInt8>) { hash.update(data: bytes) }

  var text: String {
    let digits = Array("0123456789abcdef".utf8)
    let bytes = hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// What every PNG file begins with.
let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

/// The chunks that decide what is seen. Others may tell where, when, by whom and with what a picture was made.
private let seenChunks: Set<String> = [
  "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT",
]

/// The picture with the chunks alone that decide what is seen, and nothing after its end.
/// Source: W3C, Portable Network Graphics (Third Edition), section 5.
func harmlessPNG(_ file: [UInt8]) throws(PictureFault) -> [UInt8] {
  let damaged = PictureFault("it is no whole PNG file", remedy: "save it once more as PNG")
  var kept = pngSignature
  var names: [String] = []
  var place = pngSignature.count
  func number(at place: Int) -> Int { file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
  while names.last != "IEND" {
    // Length, name, data and a checksum.
    guard place + 12 <= file.count else { throw damaged }
    let length = number(at: place)
    guard length <= file.count - place - 12 else { throw damaged }
    let name = String(decoding: file[place + 4..<place + 8], as: UTF8.self)
    let end = place + 12 + length
    guard checksum(file[place + 4..<end - 4]) == UInt32(number(at: end - 4)) else { throw damaged }
    names.append(name)
    if name == "IHDR" {
      guard names.count == 1, length == 13 else { throw damaged }
      let (width, height) = (number(at: place + 8), number(at: place + 12))
      guard (1...4000).contains(width), (1...4000).contains(height) else {
        throw PictureFault(
          "it is \(width) by \(height) pixels", remedy: "save it with at most 4,000 pixels either way")
      }
    } else if name.utf8.first.map({ $0 & 0x20 == 0 }) ?? true, !seenChunks.contains(name) {
      // A capital letter: what does not know it cannot show the picture.
      throw PictureFault("it has a part `\(name.filter(\.isLetter))` that no PNG has", remedy: damaged.remedy)
    }
    if seenChunks.contains(name) { kept += file[place..<end] }
    place = end
  }
  guard names.first == "IHDR", names.contains("IDAT") else { throw damaged }
  return kept
}

/// CRC-32 as PNG has it. Source: the same, annex D.
private func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
  var register: UInt32 = 0xFFFF_FFFF
  for byte in bytes {
    register ^= UInt32(byte)
    for _ in 0..<8 { register = register & 1 == 1 ? 0xEDB8_8320 ^ register >> 1 : register >> 1 }
  }
  return ~register
}

import Testing

@testable import Pictures

@Suite struct PictureTests {
  private func svg(_ inside: String, root: String = "viewBox=\"0 0 10 10\"") -> [UInt8] {
    Array(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \(root)>\(inside)</svg>"
        .utf8)
  }

  private func written(_ file: [UInt8]) throws -> String {
    String(decoding: try Picture(file).bytes, as: UTF8.self)
  }

  private func refused(_ file: [UInt8]) -> PictureFault? {
    do throws(PictureFault) {
      _ = try Picture(file)
      return nil
    } catch { return error }
  }

  @Test func `shapes, colours, gradients and text are kept`() throws {
    let inside =
      "<title>Us &amp; you</title><defs><linearGradient id=\"a\"><stop offset=\"0\" stop-color=\"#fff\"></stop></linearGradient>"
      + "<linearGradient id=\"b\" xlink:href=\"#a\"></linearGradient></defs>"
      + "<g fill=\"url(#b)\"><path d=\"M0 0L9 9z\" style=\"fill:#102030; stroke : none\"></path></g><text x=\"1\">W &lt; M</text>"
    let expected =
      inside.replacing("xlink:href", with: "href").replacing(
        "fill:#102030; stroke : none", with: "fill:#102030;stroke:none")
    #expect(
      try written(svg(inside))
        == "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\">\(expected)</svg>")
    #expect(try Picture(svg(inside)).kind == .svg)
  }

  @Test func `what is written is read as the same`() throws {
    let once = try Picture(
      svg("<rect width=\"3\" height=\"4\" fill=\"red\"/>", root: "width=\"30px\" height=\"40\""))
    #expect(String(decoding: once.bytes, as: UTF8.self).contains("viewBox=\"0 0 30 40\""))
    #expect(try Picture(once.bytes) == once)
  }

  @Test func `a reference that is written in the old way and the new is written once`() throws {
    let text = try written(
      svg("<linearGradient id=\"a\"/><linearGradient id=\"b\" href=\"#a\" xlink:href=\"#a\"/>"))
    #expect(text.contains("<linearGradient id=\"b\" href=\"#a\"></linearGradient>"))
    #expect(try Picture(Array(text.utf8)).bytes == Array(text.utf8))
  }

  @Test func `what has grown too large as it is written is too large`() {
    let paths = svg(String(repeating: "<path d=\"M0 0\"/>", count: 3_500))
    #expect(paths.count < Picture.largestFile)
    #expect(refused(paths)?.words.contains("64 KiB") == true)
  }

  @Test func `comments, instructions and idle attributes are left out`() throws {
    let text = try written(
      svg(
        "<!-- by A. Author --><?edit me?><g class=\"x\" aria-label=\"y\" data-name=\"z\" xml:space=\"preserve\"/>"
      ))
    #expect(text == "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><g></g></svg>")
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "<g onclick=\"alert(1)\"/>", "<g ONLOAD=\"x\"/>",
    "<style>*{fill:red}</style>",
    "<image href=\"https://example.org/x.png\"/>", "<a href=\"https://example.org\"><g/></a>",
    "<use href=\"#a\"/>", "<foreignObject/>", "<animate attributeName=\"x\"/>", "<set/>", "<svg/>",
    "<path fill=\"url(https://example.org/x)\"/>", "<path fill=\"url('#a')\"/>", "<path fill=\"URL(//x)\"/>",
    "<path style=\"fill:url(data:x)\"/>", "<path style=\"background:red\"/>",
    "<path style=\"fill:\\75rl(x)\"/>",
    "<path style=\"@import 'x'\"/>", "<linearGradient xlink:href=\"https://example.org#a\"/>",
    "<linearGradient href=\"javascript:alert(1)\"/>", "<path d=\"data:x\"/>",
    "<h:b xmlns:h=\"http://www.w3.org/1999/xhtml\"/>",
    "<g xmlns:i=\"http://www.inkscape.org/namespaces/inkscape\" i:label=\"A. Author\"/>",
    "<metadata>A. Author</metadata>",
    "between shapes", "<g unknown=\"x\"/>", "&nbsp;", "<g>",
    String(repeating: "<g>", count: 50) + String(repeating: "</g>", count: 50),
    String(repeating: "<g/>", count: 5_001),
  ])
  func `an SVG that has more than shapes is refused`(_ inside: String) {
    #expect(refused(svg(inside)) != nil)
  }

  @Test(arguments: [
    "<!DOCTYPE svg><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>",
    "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><text>&a;</text></svg>",
    "<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>",
  ])
  func `a document type is refused`(_ text: String) {
    #expect(refused(Array(text.utf8))?.words == "it declares a document type, which could declare more")
  }

  @Test(arguments: [
    "", "GIF89a", "<html><body/></html>", "<svg viewBox=\"0 0 1 1\"/>", "\u{FEFF}", "<svg",
  ])
  func `what is no picture is refused`(_ text: String) { #expect(refused(Array(text.utf8)) != nil) }

  @Test(arguments: [
    "", "viewBox=\"0 0 0 1\"", "viewBox=\"0 0 1\"", "viewBox=\"a b c d\"", "width=\"100%\" height=\"1\"",
    "viewBox=\"0 0 nan inf\"", "width=\"1\"",
  ])
  func `an SVG without a size is refused`(_ root: String) {
    #expect(refused(svg("<g/>", root: root))?.words == "it does not say how large it is")
  }

  @Test func `a fault tells its line`() {
    #expect(refused(svg("\n<g/>\n<script/>"))?.line == 3)
  }

  // MARK: PNG

  private func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    // A second computation of the checksum, by its polynomial bit by bit from the front.
    var bits = (Array(name.utf8) + data).flatMap { byte in (0..<8).map { UInt32(byte >> $0 & 1) } }
    for place in 0..<32 { bits[place] ^= 1 }
    var register: UInt64 = 0
    for bit in bits + [UInt32](repeating: 0, count: 32) {
      register = register << 1 | UInt64(bit)
      if register >> 32 & 1 == 1 { register ^= 0x1_04C1_1DB7 }
    }
    var sum: UInt32 = 0
    for place in 0..<32 where register >> UInt64(place) & 1 == 1 { sum |= 1 << (31 - UInt32(place)) }
    func four(_ number: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
    return four(UInt32(data.count)) + Array(name.utf8) + data + four(~sum)
  }

  private func png(width: UInt8 = 1, _ between: [UInt8] = []) -> [UInt8] {
    pngSignature + chunk("IHDR", [0, 0, 0, width, 0, 0, 0, 1, 8, 0, 0, 0, 0]) + between
      + chunk("IDAT", [0x78, 0x9C, 0x63, 0, 0, 0, 2, 0, 1]) + chunk("IEND", [])
  }

  @Test func `the checksum of the test is that of every PNG`() {
    #expect(chunk("IEND", []) == [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82])
  }

  @Test func `a PNG is kept without what it tells of its making`() throws {
    let told = chunk("tEXt", Array("Author\0A. Author".utf8)) + chunk("eXIf", [1, 2]) + chunk("tIME", [1])
    #expect(try Picture(png(told) + Array("after its end".utf8)).bytes == png())
    #expect(try Picture(png()).kind == .png)
  }

  @Test func `a damaged PNG is refused`() {
    let whole = png()
    for length in 8..<whole.count { #expect(refused(Array(whole[..<length])) != nil, "\(length)") }
    for place in 8..<whole.count {
      var damaged = whole
      damaged[place] ^= 0x20
      #expect(refused(damaged) != nil, "\(place)")
    }
    #expect(refused(png(width: 0)) != nil)
    #expect(refused(png(chunk("ABCD", []))) != nil)
    #expect(refused(pngSignature + chunk("IEND", [])) != nil)
    #expect(refused(png(chunk("tEXt", [UInt8](repeating: 65, count: Picture.largestFile)))) != nil)
  }
}

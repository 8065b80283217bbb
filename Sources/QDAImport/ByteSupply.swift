/// Where the bytes of an XML document come from, in order.
protocol ByteSupply<Failure>: ~Copyable {
  associatedtype Failure: Error

  /// Reads up to `buffer.count` bytes to the front of `buffer`; 0 at the end.
  mutating func read(into buffer: inout [UInt8]) throws(Failure) -> Int
}

extension FileBytes: ByteSupply {}
extension ZipArchive: ByteSupply {}

/// Feeds a document through expat in pieces of `chunkSize` bytes, and holds it to the limits as it comes, whatever an
/// archive declared of it. Ends at the first fault of the XML itself.
/// - Parameter compressedSize: The size that the document has in its archive; nil outside of one.
func parse<Supply: ByteSupply & ~Copyable>(
  _ supply: inout Supply, into document: DocumentReader, limits: ImportLimits, chunkSize: Int,
  compressedSize: Int? = nil
) throws(Supply.Failure) {
  var stream = XMLStream(document)
  var buffer = [UInt8](repeating: 0, count: chunkSize)
  var total = 0
  while true {
    let count = try supply.read(into: &buffer)
    total += count
    guard total <= limits.maximumProjectBytes else { return document.faults.addTooLarge(limits) }
    if let compressedSize, total > limits.bytesAtAnyRatio, total / limits.maximumRatio > compressedSize {
      return document.faults.addSuspicious(limits)
    }
    let outcome = stream.feed(buffer, count: count, isLast: count == 0)
    guard outcome == .fine else { return document.faults.add(outcome) }
    guard stream.bytesPending <= limits.maximumTagBytes else {
      return document.faults.add(
        .tagTooLong, at: stream.currentPlace,
        "a tag or comment is longer than \(sized(limits.maximumTagBytes))",
        remedy: "Export the project anew")
    }
    if count == 0 { break }
  }
  document.isComplete = true
}

extension FaultLog {
  fileprivate mutating func add(_ outcome: XMLStream.Outcome) {
    switch outcome {
    case .fine, .stopped: break
    case .unknownEncoding(let place):
      add(
        .unknownEncoding, at: place, "the file declares an encoding that cannot be read",
        remedy: "Save it as UTF-8")
    case .malformed(let place, let words):
      add(
        .notXML, at: place, "the file is not well-formed XML: \(words)",
        remedy: "Export it anew; it may be cut off, or changed by hand")
    }
  }
}

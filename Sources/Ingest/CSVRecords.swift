/// The records of a small CSV file as texts; nil where quotes or UTF-8 are damaged.
///
/// For files that are looked at as a whole, like a published table; responses are streamed.
public func csvRecords(_ bytes: [UInt8]) -> [[String]]? {
  var content = bytes
  if content.starts(with: [0xEF, 0xBB, 0xBF]) { content.removeFirst(3) }
  guard !content.contains(0), String(validating: content, as: UTF8.self) != nil else { return nil }
  var stream = CSVStream(separator: UInt8(ascii: ","), quoting: true)
  let count = content.count
  if content.withRawSpan({ stream.parse($0, count: count) }) != nil {
    stream.abandon()
    return nil
  }
  if stream.finish() != nil { return nil }
  var records: [[String]] = []
  stream.withRecords { bytes, bounds, heads in
    for index in 0..<heads.count {
      let head = heads[index]
      records.append(
        (0..<head.cellCount).map { column in
          let bound = head.firstBound + column
          let cell = CellRange(start: Int(bounds[bound]), end: Int(bounds[bound + 1]))
          return String(decoding: cell.copy(of: bytes), as: UTF8.self)
        })
    }
  }
  return records
}

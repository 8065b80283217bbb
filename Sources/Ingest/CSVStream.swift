import CLibCSV
import Glibc

// The one file of Ingest that handles pointers of our own. What holds in it:
//
// - `parser` and `sink` are allocated once by `CSVStream`, never move, and are freed by its `deinit` alone, which is
//   also the only place that frees what they own. libcsv sees `sink` as the data of its callbacks, which run only
//   inside `csv_parse` and `csv_fini` and never twice at a time.
// - libcsv's cell buffer comes from `reallocate`, which gives `padding` bytes more than asked: reading a cell eight
//   bytes at a time may run over its end, never over the allocation. The bytes beyond a cell are some earlier cell's.
// - `sink.bytes` holds the cells of all records that wait, one after the other, and `padding` bytes of room after the
//   last. `sink.bounds` holds, for a record of n cells, n + 1 ascending offsets into it.
// - Spans made here reach nobody but the closure of `withRecords`, and the compiler keeps them inside it.

/// How far reading by words may run over the end of a cell.
private let padding = 16
/// The longest cell. A quotation mark left open makes the rest of a file one cell, and libcsv itself has no limit.
let longestCell = 1 << 20
/// The longest record, all cells together: more is no response.
let longestRecord = 1 << 25
/// The most cells of a record, some hundred times the widest export we know: a line of separators costs each column more
/// memory than file.
let mostColumns = 100_000

/// A record that waits to be read: where its cells are, and where it stood in the file.
struct RecordHead {
  /// The physical line, from 1, on which the record starts.
  var line: Int
  /// Line breaks inside its cells.
  var innerBreaks: Int
  /// Its first bound; cell `n` lies between bounds `firstBound + n` and the next.
  var firstBound: Int
  var cellCount: Int
}

/// Why libcsv could not go on.
enum CSVFault {
  /// A quotation mark where none may stand, in strict mode.
  case strayQuote
  case unclosedQuote
  case cellTooLong
  case recordTooLong
  case tooManyColumns
}

/// libcsv as a stream: bytes go in piece by piece, whole records come out, with exact physical lines.
///
/// Always strict: libcsv's lenient mode can lose all but one row of a file with stray quotes and say nothing.
/// The callbacks only copy cells into one buffer, as raw pointers to plain structs: properties of a class would be
/// checked for exclusivity at every cell, at 2.5 times the cost.
@safe
struct CSVStream: ~Copyable {
  private let parser: UnsafeMutablePointer<csv_parser>
  private let sink: UnsafeMutablePointer<RecordSink>
  private var endsInCarriageReturn = false

  /// - Parameter quoting: False for a file whose quotation marks mean nothing.
  init(separator: UInt8, quoting: Bool) {
    unsafe parser = UnsafeMutablePointer<csv_parser>.allocate(capacity: 1)
    unsafe parser.initialize(to: csv_parser())
    let options = UInt8(CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL)
    let status = unsafe csv_init(parser, options)
    precondition(status == 0, "libcsv could not be set up")
    unsafe csv_set_delim(parser, separator)
    // No valid UTF-8 holds this byte, so it cannot occur.
    if !quoting { unsafe csv_set_quote(parser, 0xFF) }
    unsafe csv_set_blk_size(parser, 4096)
    unsafe csv_set_realloc_func(parser, reallocate)
    unsafe sink = UnsafeMutablePointer<RecordSink>.allocate(capacity: 1)
    unsafe sink.initialize(to: RecordSink())
  }

  deinit {
    unsafe csv_free(parser)
    unsafe sink.pointee.bytes.deallocate()
    unsafe sink.pointee.bounds.deallocate()
    unsafe sink.deinitialize(count: 1)
    unsafe sink.deallocate()
    unsafe parser.deallocate()
  }

  /// The line on which the record that is being read starts, and the number of the cell that is being read.
  var place: (line: Int, column: Int) { unsafe (sink.pointee.recordLine, sink.pointee.cellCount + 1) }

  /// Whether the next byte begins a record, or is part of a break between records.
  var isBetweenRecords: Bool { unsafe parser.pointee.pstate == 0 && sink.pointee.cellCount == 0 }

  /// Begins within a file, behind a byte that ended a line there: of a pair of carriage return and line feed it may be the first.
  mutating func begin(after byte: UInt8) {
    endsInCarriageReturn = byte == 0x0D
    unsafe sink.pointee.afterCarriageReturn = endsInCarriageReturn
  }

  /// Parses `chunk[from..<count]`, which has to be valid UTF-8 without NUL; after a fault nothing more may be parsed.
  mutating func parse(_ chunk: RawSpan, from start: Int = 0, count: Int) -> CSVFault? {
    guard count > start else { return nil }
    return unsafe chunk.withUnsafeBytes { raw in
      guard let base = raw.baseAddress else { return nil }
      var from = start
      var searched = start
      if endsInCarriageReturn { forgetCarriageReturn(before: chunk.byte(at: start)) }
      while let found = unsafe memchr(base + searched, 0x0D, count - searched) {
        searched = unsafe UnsafeRawPointer(found) - base + 1
        // libcsv drops blanks that begin a record, so a lone carriage return, blanks and a line feed would look
        // like one break. Parsing up to here first tells them apart.
        guard searched < count, isBlank(chunk.byte(at: searched)) else { continue }
        if let fault = unsafe feed(base + from, searched - from) { return fault }
        forgetCarriageReturn(before: chunk.byte(at: searched))
        from = searched
      }
      endsInCarriageReturn = chunk.byte(at: count - 1) == 0x0D
      return unsafe feed(base + from, count - from)
    }
  }

  /// Ends the last record, where the file does not end in a break.
  mutating func finish() -> CSVFault? {
    if unsafe csv_fini(parser, cellEnded, recordEnded, sink) == 0 {
      return unsafe sink.pointee.cellCount > mostColumns ? .tooManyColumns : nil
    }
    abandon()
    return .unclosedQuote
  }

  /// Gives up after a fault: what libcsv holds of a half record must not come out as a record.
  mutating func abandon() {
    unsafe csv_fini(parser, nil, nil, nil)
  }

  /// Hands on the records that are complete, and lets go of them afterwards.
  ///
  /// `bytes` has room for eight bytes after any cell.
  mutating func withRecords(_ body: (RawSpan, Span<UInt32>, Span<RecordHead>) -> Void) {
    if unsafe !sink.pointee.heads.isEmpty {
      let bytes = unsafe UnsafeRawBufferPointer(
        start: sink.pointee.bytes, count: sink.pointee.byteCount + padding)
      let bounds = unsafe UnsafeBufferPointer(
        start: sink.pointee.bounds, count: sink.pointee.firstBound + sink.pointee.cellCount + 1)
      let heads = unsafe sink.pointee.heads
      unsafe body(bytes.bytes, bounds.span, heads.span)
      unsafe sink.pointee.dropRecords()
    }
  }

  private func forgetCarriageReturn(before byte: UInt8) {
    if isBlank(byte) { unsafe sink.pointee.afterCarriageReturn = false }
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private func feed(_ start: UnsafeRawPointer, _ count: Int) -> CSVFault? {
    let parsed = unsafe csv_parse(parser, start, count, cellEnded, recordEnded, sink)
    // First, as a record that is too wide hides whatever comes after it.
    if unsafe sink.pointee.cellCount > mostColumns { return .tooManyColumns }
    if parsed != count {
      return unsafe csv_error(parser) == CSV_EPARSE ? .strayQuote : .cellTooLong
    }
    return unsafe sink.pointee.openRecordBytes > longestRecord ? .recordTooLong : nil
  }
}

/// What the callbacks write to.
@unsafe
private struct RecordSink {
  var bytes = UnsafeMutableRawPointer.allocate(byteCount: 1 << 19, alignment: 16)
  var byteCapacity = 1 << 19
  var byteCount = 0
  var bounds = UnsafeMutablePointer<UInt32>.allocate(capacity: 1 << 16)
  var boundCapacity = 1 << 16
  /// Of the record that is being read: its first bound, and its cells so far.
  var firstBound = 0
  var cellCount = 0
  var recordLine = 1
  var innerBreaks = 0
  var afterCarriageReturn = false
  var heads: [RecordHead] = []

  init() {
    unsafe bounds[0] = 0
    unsafe memset(bytes, 0, byteCapacity)
  }

  /// Cells count at least 4 bytes each, for their bounds.
  var openRecordBytes: Int { unsafe byteCount - Int(bounds[firstBound]) + 4 * cellCount }

  /// Moves the record that is not complete to the front, over those that were read.
  mutating func dropRecords() {
    let start = unsafe bounds[firstBound]
    unsafe bytes.copyMemory(from: bytes + Int(start), byteCount: byteCount - Int(start))
    unsafe byteCount -= Int(start)
    for index in unsafe 0...cellCount { unsafe bounds[index] = bounds[firstBound + index] - start }
    unsafe firstBound = 0
    unsafe heads.removeAll(keepingCapacity: true)
  }

  @inline(never)
  mutating func growBytes(for count: Int) {
    let capacity = unsafe max(2 * byteCapacity, byteCount + count + padding)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
    unsafe memset(larger, 0, capacity)
    unsafe larger.copyMemory(from: bytes, byteCount: byteCount)
    unsafe bytes.deallocate()
    unsafe bytes = larger
    unsafe byteCapacity = capacity
  }

  @inline(never)
  mutating func growBounds() {
    let larger = unsafe UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * boundCapacity)
    unsafe larger.initialize(from: bounds, count: boundCapacity)
    unsafe bounds.deallocate()
    unsafe bounds = larger
    unsafe boundCapacity *= 2
  }
}

/// libcsv ends a cell: copies it and looks for breaks in it, eight bytes at a time.
@inline(__always)
private func cellEnded(_ cell: UnsafeMutableRawPointer?, _ count: Int, _ data: UnsafeMutableRawPointer?) {
  guard let cell = unsafe cell, let data = unsafe data else { return }
  let sink = unsafe data.assumingMemoryBound(to: RecordSink.self)
  // Read once: the compiler has to assume that copying the cell changes the sink.
  let byteCount = unsafe sink.pointee.byteCount
  let cellCount = unsafe sink.pointee.cellCount &+ 1
  let bound = unsafe sink.pointee.firstBound &+ cellCount
  if unsafe byteCount &+ count &+ padding > sink.pointee.byteCapacity {
    unsafe sink.pointee.growBytes(for: count)
  }
  // One more than this record needs, as the next begins after it.
  if unsafe bound &+ 1 >= sink.pointee.boundCapacity { unsafe sink.pointee.growBounds() }
  unsafe sink.pointee.byteCount = byteCount &+ count
  unsafe sink.pointee.cellCount = cellCount
  unsafe sink.pointee.bounds[bound] = UInt32(truncatingIfNeeded: byteCount &+ count)
  let target = unsafe sink.pointee.bytes + byteCount
  var offset = 0
  var low: UInt64 = 0
  while offset < count {
    let word = unsafe cell.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    unsafe target.storeBytes(of: word, toByteOffset: offset, as: UInt64.self)
    // The high bit of a byte below 16: a carriage return or line feed, or seldom something else.
    low |= (word &- 0x1010_1010_1010_1010) & ~word & 0x8080_8080_8080_8080
    offset &+= 8
  }
  if low != 0 { unsafe countBreaks(in: UnsafeRawBufferPointer(start: cell, count: count), sink) }
}

/// libcsv meets an unquoted break, or the end (-1): ends the record, if there is one, and counts the line.
@inline(__always)
private func recordEnded(_ terminator: Int32, _ data: UnsafeMutableRawPointer?) {
  guard let data = unsafe data else { return }
  let sink = unsafe data.assumingMemoryBound(to: RecordSink.self)
  let cellCount = unsafe sink.pointee.cellCount
  // It stays open, and so does all that follows it, until the chunk is parsed and its width is told.
  if cellCount > mostColumns { return }
  // The line feed of a pair has no cells before it, as the carriage return ended the record.
  let endsPair = unsafe terminator == 0x0A && cellCount == 0 && sink.pointee.afterCarriageReturn
  if cellCount > 0 {
    let head = unsafe RecordHead(
      line: sink.pointee.recordLine, innerBreaks: sink.pointee.innerBreaks,
      firstBound: sink.pointee.firstBound, cellCount: cellCount)
    unsafe sink.pointee.heads.append(head)
    let next = unsafe sink.pointee.firstBound + cellCount + 1
    unsafe sink.pointee.firstBound = next
    unsafe sink.pointee.bounds[next] = UInt32(truncatingIfNeeded: sink.pointee.byteCount)
    unsafe sink.pointee.cellCount = 0
  }
  unsafe sink.pointee.recordLine += sink.pointee.innerBreaks + (endsPair ? 0 : 1)
  unsafe sink.pointee.innerBreaks = 0
  unsafe sink.pointee.afterCarriageReturn = terminator == 0x0D
}

/// Counts the line breaks in a cell: a pair of carriage return and line feed is one, either alone is one.
@inline(never)
private func countBreaks(in cell: UnsafeRawBufferPointer, _ sink: UnsafeMutablePointer<RecordSink>) {
  var previous: UInt8 = 0
  for offset in 0..<cell.count {
    let byte = unsafe cell[offset]
    if byte == 0x0D || (byte == 0x0A && previous != 0x0D) { unsafe sink.pointee.innerBreaks += 1 }
    previous = byte
  }
}

/// Memory for libcsv's cell buffer: none above the longest cell, so that libcsv stops.
private func reallocate(_ old: UnsafeMutableRawPointer?, _ size: Int) -> UnsafeMutableRawPointer? {
  size > longestCell ? nil : unsafe realloc(old, size + padding)
}

extension RawSpan {
  /// The eight bytes from `offset` on, the first in the lowest bits.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    unsafe UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  @inline(__always)
  func byte(at offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }
}

extension [UInt8] {
  /// Lends the bytes in the form that cells are read in.
  func withRawSpan<Result>(_ body: (RawSpan) -> Result) -> Result { unsafe body(span.bytes) }
}

/// The version of libcsv that this was built with; the library cannot be asked.
let csvVersion = "\(CSV_MAJOR).\(CSV_MINOR).\(CSV_RELEASE)"

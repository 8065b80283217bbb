import CReadStat

/// What libreadstat says of a variable, in Swift's own types.
struct SPSSVariable {
  var name: String
  var label: String
  /// A print format such as `F8.2` or `DATE11`.
  var format: String
  var isString: Bool
  var measure: SPSSMeasure
  /// Names a set of value labels.
  var labelSet: String?
  /// Values, and ranges of values, that are declared missing.
  var missing: [(low: SPSSValue, high: SPSSValue)]
}

enum SPSSMeasure {
  case unknown, nominal, ordinal, scale
}

enum SPSSValue {
  case number(Double)
  /// Nil where the bytes are no UTF-8, because the file does not say what encoding it has.
  case string(String?)
  case systemMissing
}

/// Takes what stands in an SPSS file, in the file's order. False stops the reader for good.
protocol SPSSEvents: AnyObject {
  func label(of value: SPSSValue, _ label: String?, inSet name: String) -> Bool
  func variable(_ variable: SPSSVariable) -> Bool
  /// The value of the variable at a position, in the next record where the position is 0.
  func value(_ value: SPSSValue, at position: Int) -> Bool
}

/// Reads an SPSS system file through libreadstat. The only file that calls it.
///
/// Invariants: libreadstat keeps pointers to `bytes` and to the target only while `readstat_parse_sav` runs, and all
/// its calls come inside that. What they pass is copied. A `SPSSLayout` of the same bytes has been made before: it
/// refuses what libreadstat would not survive.
///
/// In its version 1.1.8, strings of more than 255 bytes whose first piece is all NUL make it write outside of its
/// memory, if the encoding goes by the name `UTF-8` (https://github.com/WizardMac/ReadStat/issues/285). By another
/// name of the same encoding it takes a way that has no such fault, so such files are read by that.
/// - Parameter wantsData: False for the dictionary alone.
func parseSPSS(
  _ bytes: [UInt8], layout: SPSSLayout, into events: any SPSSEvents, wantsData: Bool
) -> SPSSOutcome {
  let target = SPSSTarget(events)
  let status = unsafe bytes.withUnsafeBytes { buffer in
    unsafe target.bytes = unsafe buffer
    defer { unsafe target.bytes = unsafe UnsafeRawBufferPointer(start: nil, count: 0) }
    return parse(target, layout: layout, wantsData: wantsData)
  }
  switch status {
  case READSTAT_OK: return .fine
  case READSTAT_ERROR_USER_ABORT: return .stopped
  case READSTAT_ERROR_UNSUPPORTED_CHARSET, READSTAT_ERROR_CONVERT_BAD_STRING, READSTAT_ERROR_CONVERT:
    return .wrongEncoding
  default: return .damaged
  }
}

enum SPSSOutcome {
  case fine
  /// The events asked to stop.
  case stopped
  /// Text is not in the encoding that the file tells, or that is one that is not known.
  case wrongEncoding
  case damaged
}

/// The name to give libreadstat for the file's encoding; nil to let it look.
private func encodingName(_ layout: SPSSLayout) -> String? {
  guard let name = layout.encoding else {
    return layout.hasVeryLongStrings && layout.characterCode == 65001 ? "utf8" : nil
  }
  return layout.hasVeryLongStrings && TextEncoding(named: name) == .utf8 ? "utf8" : name
}

/// The bytes and whom what stands in them is passed on to.
@safe
private final class SPSSTarget {
  let events: any SPSSEvents
  var bytes = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
  var offset = 0

  init(_ events: any SPSSEvents) { self.events = events }

  /// The one that a call's user data is.
  @unsafe
  static func of(_ data: UnsafeMutableRawPointer?) -> SPSSTarget? {
    guard let data = unsafe data else { return nil }
    return unsafe Unmanaged<SPSSTarget>.fromOpaque(data).takeUnretainedValue()
  }

  func read(into target: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    let available = unsafe min(count, bytes.count - offset)
    guard let target = unsafe target, available > 0, let start = unsafe bytes.baseAddress else { return 0 }
    unsafe target.copyMemory(from: start + offset, byteCount: available)
    offset += available
    return available
  }

  /// Never beyond the end, as a file could.
  func seek(_ distance: Int, from whence: readstat_io_flags_t) -> Int {
    let base = unsafe whence == READSTAT_SEEK_SET ? 0 : whence == READSTAT_SEEK_CUR ? offset : bytes.count
    let (place, overflows) = base.addingReportingOverflow(distance)
    guard !overflows, unsafe 0...bytes.count ~= place else { return -1 }
    offset = place
    return place
  }
}

private func parse(_ target: SPSSTarget, layout: SPSSLayout, wantsData: Bool) -> readstat_error_t {
  guard let parser = unsafe readstat_parser_init() else { return READSTAT_ERROR_MALLOC }
  defer { unsafe readstat_parser_free(parser) }
  let data = unsafe Unmanaged.passUnretained(target).toOpaque()
  unsafe readstat_set_open_handler(parser) { _, _ in 0 }
  unsafe readstat_set_close_handler(parser) { _ in 0 }
  unsafe readstat_set_seek_handler(parser) { distance, whence, data in
    unsafe SPSSTarget.of(data)?.seek(distance, from: whence) ?? -1
  }
  unsafe readstat_set_read_handler(parser) { buffer, count, data in
    unsafe SPSSTarget.of(data)?.read(into: buffer, count) ?? 0
  }
  unsafe readstat_set_update_handler(parser) { _, _, _, _ in READSTAT_OK }
  unsafe readstat_set_io_ctx(parser, data)
  unsafe readstat_set_value_label_handler(parser) { set, value, label, data in
    guard let target = unsafe SPSSTarget.of(data), let set = unsafe set else { return go(false) }
    return go(
      target.events.label(
        of: unsafe swiftValue(value), unsafe string(label), inSet: unsafe String(cString: set)))
  }
  unsafe readstat_set_variable_handler(parser) { _, variable, set, data in
    guard let target = unsafe SPSSTarget.of(data), let variable = unsafe variable else { return go(false) }
    return go(target.events.variable(unsafe swiftVariable(variable, labelSet: set)))
  }
  if wantsData {
    unsafe readstat_set_value_handler(parser) { _, variable, value, data in
      guard let target = unsafe SPSSTarget.of(data), let variable = unsafe variable else { return go(false) }
      return go(
        target.events.value(unsafe swiftValue(value), at: unsafe Int(readstat_variable_get_index(variable))))
    }
  }
  // Without a count, libreadstat takes data that is not compressed for none.
  if !layout.tellsRecordCount, layout.compression == .none, layout.recordCount > 0 {
    unsafe readstat_set_row_limit(parser, layout.recordCount)
  }
  guard let encoding = encodingName(layout) else { return unsafe readstat_parse_sav(parser, "", data) }
  // Kept by its address until the file has been read.
  return unsafe encoding.withCString { name in
    unsafe readstat_set_file_character_encoding(parser, name)
    return unsafe readstat_parse_sav(parser, "", data)
  }
}

private func go(_ goesOn: Bool) -> Int32 {
  Int32(goesOn ? READSTAT_HANDLER_OK : READSTAT_HANDLER_ABORT)
}

/// Nil where the bytes are no UTF-8.
private func string(_ text: UnsafePointer<CChar>?) -> String? {
  guard let text = unsafe text else { return "" }
  return unsafe String(validatingCString: text)
}

private func swiftValue(_ value: readstat_value_t) -> SPSSValue {
  if unsafe readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING {
    return .string(unsafe string(readstat_string_value(value)))
  }
  return unsafe readstat_value_is_system_missing(value) != 0
    ? .systemMissing : .number(unsafe readstat_double_value(value))
}

private func swiftVariable(
  _ variable: UnsafeMutablePointer<readstat_variable_t>, labelSet: UnsafePointer<CChar>?
) -> SPSSVariable {
  let measure: SPSSMeasure =
    switch unsafe readstat_variable_get_measure(variable) {
    case READSTAT_MEASURE_NOMINAL: .nominal
    case READSTAT_MEASURE_ORDINAL: .ordinal
    case READSTAT_MEASURE_SCALE: .scale
    default: .unknown
    }
  let missing = unsafe (0..<readstat_variable_get_missing_ranges_count(variable)).map { index in
    (
      low: unsafe swiftValue(readstat_variable_get_missing_range_lo(variable, index)),
      high: unsafe swiftValue(readstat_variable_get_missing_range_hi(variable, index))
    )
  }
  return unsafe SPSSVariable(
    name: repaired(readstat_variable_get_name(variable)),
    label: repaired(readstat_variable_get_label(variable)),
    format: repaired(readstat_variable_get_format(variable)),
    isString: readstat_variable_get_type_class(variable) == READSTAT_TYPE_CLASS_STRING, measure: measure,
    labelSet: unsafe labelSet.map { unsafe String(cString: $0) }, missing: missing)
}

/// Libreadstat cuts long labels at a byte, maybe inside a character, which is left out then.
private func repaired(_ text: UnsafePointer<CChar>?) -> String {
  guard let text = unsafe text else { return "" }
  var result = unsafe String(cString: text)
  while result.unicodeScalars.last == "\u{FFFD}" { result.unicodeScalars.removeLast() }
  return result
}

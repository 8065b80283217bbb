import CZip
import Glibc

/// One file of an archive.
struct ZipEntry {
  var name: String
  var bytes: [UInt8]
  var isCompressed = true
}

/// A zip archive of some files, in their order, through libzip. The only file of this target that calls libzip.
///
/// Every file has the first day that the format knows (1 January 1980) and the same permissions, so that the same files
/// give the same bytes; another version of the compressor may give others. Invariants: no buffer outlives its call, since
/// libzip is given copies that it frees; the archive is closed before it is read.
@safe
func zipArchive(_ entries: [ZipEntry]) -> [UInt8] {
  var code = unsafe zip_error_t()
  unsafe zip_error_init(&code)
  defer { unsafe zip_error_fini(&code) }
  guard let whole = unsafe zip_source_buffer_create(nil, 0, 0, &code) else { outOfMemory() }
  defer { unsafe zip_source_free(whole) }
  unsafe zip_source_keep(whole)
  guard let archive = unsafe zip_open_from_source(whole, ZIP_TRUNCATE, &code) else { outOfMemory() }
  for entry in entries { unsafe add(entry, to: archive) }
  guard unsafe zip_close(archive) == 0 else { outOfMemory() }
  return unsafe contents(of: whole)
}

@unsafe
private func add(_ entry: ZipEntry, to archive: OpaquePointer) {
  let count = entry.bytes.count
  guard let copy = unsafe malloc(max(count, 1)) else { outOfMemory() }
  unsafe entry.bytes.withUnsafeBytes { bytes in
    if let start = bytes.baseAddress { unsafe memcpy(copy, start, count) }
  }
  guard let source = unsafe zip_source_buffer(archive, copy, UInt64(count), 1) else { outOfMemory() }
  let index = unsafe zip_file_add(archive, entry.name, source, ZIP_FL_ENC_UTF_8)
  guard index >= 0 else { outOfMemory() }
  let place = UInt64(index)
  let method = entry.isCompressed ? ZIP_CM_DEFLATE : ZIP_CM_STORE
  guard unsafe zip_set_file_compression(archive, place, method, compressionLevel) == 0,
    unsafe zip_file_set_dostime(archive, place, 0, firstDay, 0) == 0,
    unsafe zip_file_set_external_attributes(archive, place, 0, UInt8(ZIP_OPSYS_UNIX), 0o100644 << 16) == 0
  else { outOfMemory() }
}

@unsafe
private func contents(of archive: OpaquePointer) -> [UInt8] {
  var status = unsafe zip_stat_t()
  guard unsafe zip_source_stat(archive, &status) == 0, unsafe zip_source_open(archive) == 0 else {
    outOfMemory()
  }
  defer { unsafe zip_source_close(archive) }
  let size = unsafe Int(status.size)
  return unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    let read = unsafe zip_source_read(archive, buffer.baseAddress, UInt64(size))
    count = max(0, Int(read))
    precondition(count == size, "an archive in memory is read whole")
  }
}

/// Day 1, month 1, year 0 from 1980.
private let firstDay: UInt16 = 1 << 5 | 1

/// Repetitive XML gains little from more, and the time is a run's.
private let compressionLevel: UInt32 = 3

/// Of archives in memory libzip says that they cannot be written for one reason.
private func outOfMemory() -> Never { fatalError("no memory for a workbook") }

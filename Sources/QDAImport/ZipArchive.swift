import CZip
import Glibc

/// A zip archive and at most one open entry of it, through libzip. The only file that calls libzip.
///
/// Invariants: `archive` is open until the value ends; `file` is closed before it; no buffer outlives its call. What
/// libzip says of a failure is its own words and the system's, nothing of the archive.
@safe
struct ZipArchive: ~Copyable {
  /// Why something cannot be had.
  enum Failure: Error, Equatable {
    case notAnArchive
    case encrypted
    case unsupportedCompression
    case damaged(String)
  }

  /// What the archive declares of an entry, which need not be true.
  struct Declaration: Equatable {
    var size: Int?
    var compressedSize: Int?
    var isEncrypted: Bool
  }

  private let archive: OpaquePointer
  private var file: OpaquePointer?
  private var declaredSize: Int?
  private var bytesRead = 0

  /// - Parameter descriptor: An open file, which stays the caller's.
  init(descriptor: Int32) throws(Failure) {
    let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard own >= 0 else { throw .damaged("no more files can be opened") }
    var code: Int32 = 0
    guard let opened = unsafe zip_fdopen(own, 0, &code) else {
      close(own)
      throw ZipArchive.failure(code)
    }
    unsafe archive = unsafe opened
    unsafe file = nil
  }

  deinit {
    if let file = unsafe file { unsafe zip_fclose(file) }
    unsafe zip_discard(archive)
  }

  var entryCount: Int { unsafe Int(zip_get_num_entries(archive, 0)) }

  /// The bytes of an entry's name, in whatever encoding it is.
  func name(of entry: Int) -> [UInt8]? {
    guard let name = unsafe zip_get_name(archive, UInt64(entry), ZIP_FL_ENC_RAW) else { return nil }
    return unsafe Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))
  }

  func declaration(of entry: Int) throws(Failure) -> Declaration {
    var status = unsafe zip_stat_t()
    guard unsafe zip_stat_index(archive, UInt64(entry), 0, &status) == 0 else {
      throw unsafe ZipArchive.failure(zip_error_code_zip(zip_get_error(archive)))
    }
    let valid = unsafe UInt32(truncatingIfNeeded: status.valid)
    return unsafe Declaration(
      size: valid & ZIP_STAT_SIZE != 0 ? Int(clamping: status.size) : nil,
      compressedSize: valid & ZIP_STAT_COMP_SIZE != 0 ? Int(clamping: status.comp_size) : nil,
      isEncrypted: valid & ZIP_STAT_ENCRYPTION_METHOD != 0 && status.encryption_method != ZIP_EM_NONE)
  }

  /// Opens an entry, to be read from its start.
  mutating func open(_ entry: Int) throws(Failure) {
    precondition(unsafe file == nil, "one entry is open already")
    guard let opened = unsafe zip_fopen_index(archive, UInt64(entry), 0) else {
      throw unsafe ZipArchive.failure(zip_error_code_zip(zip_get_error(archive)))
    }
    unsafe file = unsafe opened
    declaredSize = try declaration(of: entry).size
  }

  /// Inflates up to `buffer.count` bytes of the open entry to the front of `buffer`; 0 at its end, where libzip has
  /// found its checksum right, and this its size.
  mutating func read(into buffer: inout [UInt8]) throws(Failure) -> Int {
    guard let file = unsafe file else { preconditionFailure("no entry is open") }
    let room = buffer.count
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      unsafe bytes.baseAddress.map { unsafe zip_fread(file, $0, UInt64(room)) } ?? 0
    }
    guard count >= 0 else {
      throw unsafe ZipArchive.failure(zip_error_code_zip(zip_file_get_error(file)))
    }
    bytesRead += Int(count)
    if count == 0, let declaredSize, declaredSize != bytesRead {
      throw .damaged("the size of an entry is not what is declared")
    }
    return Int(count)
  }

  private static func failure(_ code: Int32) -> Failure {
    switch code {
    case ZIP_ER_NOZIP: return .notAnArchive
    case ZIP_ER_NOPASSWD, ZIP_ER_WRONGPASSWD, ZIP_ER_ENCRNOTSUPP: return .encrypted
    case ZIP_ER_COMPNOTSUPP: return .unsupportedCompression
    default:
      var error = unsafe zip_error_t()
      unsafe zip_error_init_with_code(&error, code)
      defer { unsafe zip_error_fini(&error) }
      return unsafe .damaged(String(cString: zip_error_strerror(&error)))
    }
  }
}

/// The version of libzip in use.
public var zipVersion: String { unsafe String(cString: zip_libzip_version()) }

import Foundation

// libFuzzer has the process's `main`, and calls this for each input that it makes. Which reader gets it, the variable
// CANVASS_FUZZ_TARGET says.

private let target: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["CANVASS_FUZZ_TARGET"] ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    preconditionFailure("CANVASS_FUZZ_TARGET is one of \(FuzzTarget.allCases.map(\.rawValue))")
  }
  return target
}()

private let file = ScratchFile()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  target.read(bytes, through: file)
  return 0
}

import Canvass
import Glibc

/// Ends with 70 where the program breaks a rule of its own, with a sentence and nothing else.
///
/// Left to itself the process would end by a signal, which a script cannot tell from being killed. The handler only
/// makes calls that are allowed in one (`write` and `_exit`; signal-safety(7)).
func endFaultsOfOurOwn() {
  for number in [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE] {
    _ = signal(number) { _ in
      let sentence: StaticString =
        "canvass: a fault of canvass itself; each release is whole, the former or the new one. Please report what you did.\n"
      _ = unsafe write(STDERR_FILENO, sentence.utf8Start, sentence.utf8CodeUnitCount)
      _exit(ExitStatus.internalFault.rawValue)
    }
  }
}

public import ArgumentParser
public import Canvass

extension ReportForm: ExpressibleByArgument {}

/// What `--report` means for every command that has it.
let reportHelp: ArgumentHelp = "What to print: text for people, or json for scripts."

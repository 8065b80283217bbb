/// The version of canvass, as `--version`, the manifest and the receipt say it.
public let canvassVersion = "0.1.0"

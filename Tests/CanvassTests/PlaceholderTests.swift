import Testing

@testable import Canvass

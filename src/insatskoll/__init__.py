"""insatskoll: lints, compares and publishes a catalogue of insatser without behovsprövning."""

__version__ = "0.1.0"

"""The chapter ``neuron``."""

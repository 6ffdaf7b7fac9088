"""Chapter neuron."""

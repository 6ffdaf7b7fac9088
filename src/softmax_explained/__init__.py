"""Animated explainer films of the gradient of cross-entropy through softmax: ∂C/∂z_i = a_i − y_i."""

__version__ = "0.1.0"

"""The chapter ``loss_slope``."""

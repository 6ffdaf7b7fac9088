"""Chapter loss_slope."""

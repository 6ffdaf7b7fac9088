"""How things on the stage travel, cancel, come together and change."""

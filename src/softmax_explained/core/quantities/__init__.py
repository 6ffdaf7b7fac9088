"""Named values of a solution and their digits."""

"""Rules about what is on the screen over time, judged from outlines, opacities and pixels."""

"""From a lesson and its words to finished files: plan, speech, drawing, sound, captions, caches, courses.

Nothing here opens a network connection except to workers. Without the setting below, onnxruntime, which runs
the voice, would report the machine to its vendor and leave files in the temporary and cache folders.
"""

import os

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # read when onnxruntime is loaded

"""From a lesson and its words to finished files: plan, speech, drawing, sound, captions, caches, courses.

Nothing here talks to anybody but the workers. onnxruntime, which runs the voice, would otherwise send its
maker what machine it runs on, and leave files about it in the folders for temporary files and caches.
"""

import os

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # read when onnxruntime is loaded

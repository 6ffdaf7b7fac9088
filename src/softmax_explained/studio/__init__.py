"""From a lesson and its words to finished files: plan, speech, drawing, sound, captions, caches, courses.

Nothing here opens a network connection except to workers. Without the setting below, onnxruntime, which runs
the voice, would report the machine to its vendor and leave files in the temporary and cache folders.

Every process of the command loads this package before Manim, also the workers of a cluster.
"""

import os

from softmax_explained.studio.manim_import import ignore_configuration_files

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # read when onnxruntime is loaded
ignore_configuration_files()

"""The other side: a small LMS and a small LRS, served over HTTP, and a browser to walk through them.

They know nothing of the tool's own rooms for LTI, so that a mistake made there cannot be made here a second time.
"""

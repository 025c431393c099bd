"""A small LMS that launches LTI 1.3 tools, with the habits of a real Moodle 4.2.3.

It keeps everything in memory and lets anyone sign in as anyone: it is for demonstrations and tests.
"""

from lti_tool.demo.lms.app import create_lms
from lti_tool.demo.lms.config import LmsConfig
from lti_tool.demo.lms.state import Lms, LmsFaults, lms_of

__all__ = ["Lms", "LmsConfig", "LmsFaults", "create_lms", "lms_of"]

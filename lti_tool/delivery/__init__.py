"""Everything that leaves: claims due rows of the outbox, sends them, backs off, buries with a reason.

A turn is lease, send, settle: no transaction is open while another server is waited for (DESIGN decision 3).
"""

from lti_tool.delivery.status import ReceiverStatus, nothing_due, outbox_status
from lti_tool.delivery.turn import Tally
from lti_tool.delivery.worker import Worker

__all__ = ["ReceiverStatus", "Tally", "Worker", "nothing_due", "outbox_status"]

"""The kinds of challenge by name. A new kind is one module here and one template for its inputs.

A kind turns facts into inputs, a form into a response, a response into marks, and a response into the text that xAPI
wants and back. A response is a JSON value: `{"choice": [ids]}` or `{input name: normalised text}`.
"""

from collections.abc import Mapping

from lti_tool.content.kinds import choice, fields
from lti_tool.content.kinds.kind import Kind

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (*choice.KINDS, *fields.KINDS)}

__all__ = ["KINDS", "Kind"]

"""A small LRS: the statements resource of xAPI 1.0.3, in memory, and a page on which a person reads the statements."""

from lti_tool.demo.lrs.app import LrsConfig, create_lrs, store_of
from lti_tool.demo.lrs.store import Conflict, StatementStore, Stored

__all__ = ["Conflict", "LrsConfig", "StatementStore", "Stored", "create_lrs", "store_of"]

"""BPMN 2.0: flows written as files that every tool opens, and foreign files read whole."""

from .document import BpmnDocument, read

__all__ = ["BpmnDocument", "read"]

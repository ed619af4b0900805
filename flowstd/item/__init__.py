"""The service item and its elements: what is drawn in the title block, checked, and asked of an applicant."""

from .allowance import Allowance
from .model import Fee, Item, Material, Result
from .problems import ItemProblems, problems_of
from .source import item_from

__all__ = ["Allowance", "Fee", "Item", "ItemProblems", "Material", "Result", "item_from", "problems_of"]

"""Standard flows as functions: an item names one, gives its parameters, and fills its slots.

>>> template("ordinary_licence")(result="卫生许可证", special=["inspection"]).flows_on
False
"""

# Importing registers: this is the order of the manual.
# isort: off
from .ordinary_licence import ordinary_licence
from .preliminary_review import preliminary_review
from .joint import joint
from .immediate import immediate
from .commitment import commitment
from .tolerance import tolerance
from .registration import registration
from .amendment import cancellation, change, renewal, replacement
from .confirmation import confirmation
from .benefit import benefit
from .filing import filing
from .public_service import public_service
# isort: on
from .acceptance import acceptance
from .matter import LICENCE, Matter
from .registry import TEMPLATES, Template, template
from .special import PROCEDURES

__all__ = [
    "TEMPLATES", "PROCEDURES", "Template", "template",
    "ordinary_licence", "preliminary_review", "joint", "immediate", "commitment", "tolerance", "registration",
    "change", "renewal", "replacement", "cancellation", "confirmation", "benefit", "filing", "public_service",
    # what authors put into flows of their own
    "acceptance", "Matter", "LICENCE",
]

"""Items of support as data: what a firm is entitled to, how much, under which clause, and what to ask next.

Items stand in `packs/<owner>/support/*.yaml`; each is compiled into a standard of kind benefit, or follows one.
"""

from luming.support.calculator import MATTER, Entitlements, entitlements, next_question, questions
from luming.support.cases import cases_file, differences, read_cases, said_money
from luming.support.catalogue import Catalogue, SupportFaults, read_support
from luming.support.entitlement import Binding, Entitlement, Money, Verdict, entitlement
from luming.support.history import Payment
from luming.support.item import Cap, FairCompetition, Item, ItemKind, Lane, Receiver, Repeal, Share, Source
from luming.support.lint import Hint, Risk, beyond_data, lint
from luming.support.stacking import Claim, Paid, settle
from luming.support.whole_table import entitle_table

__all__ = [
    "MATTER",
    "Binding",
    "Cap",
    "Catalogue",
    "Claim",
    "Entitlement",
    "Entitlements",
    "FairCompetition",
    "Hint",
    "Item",
    "ItemKind",
    "Lane",
    "Money",
    "Paid",
    "Payment",
    "Receiver",
    "Repeal",
    "Risk",
    "Share",
    "Source",
    "SupportFaults",
    "Verdict",
    "beyond_data",
    "cases_file",
    "differences",
    "entitle_table",
    "entitlement",
    "entitlements",
    "lint",
    "next_question",
    "questions",
    "read_cases",
    "read_support",
    "said_money",
    "settle",
]

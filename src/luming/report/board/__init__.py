"""The board as web pages that read without script: one page per board, and a landing page for the folder."""

from luming.report.board.drawing import summary
from luming.report.board.element import Child, Element, el
from luming.report.board.forecast import forecast_sentence
from luming.report.board.frame import foot, masthead, section
from luming.report.board.frame import page as whole_page
from luming.report.board.gap import Ask, asks
from luming.report.board.landing import Site, landing_page
from luming.report.board.overview import headline
from luming.report.board.page import board_page
from luming.report.board.papers import PaperLink

__all__ = [
    "Ask",
    "Child",
    "Element",
    "PaperLink",
    "Site",
    "asks",
    "board_page",
    "el",
    "foot",
    "forecast_sentence",
    "headline",
    "landing_page",
    "masthead",
    "section",
    "summary",
    "whole_page",
]

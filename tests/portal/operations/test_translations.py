"""Translations are compiled by Babel, and a catalogue that would fail on a page is refused."""

from __future__ import annotations

import gettext

import pytest
from click.testing import CliRunner

from luming_portal import translations

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


@pytest.fixture
def catalogue(tmp_path):
    """Writes a catalogue and gives back its file."""

    def write(body):
        file = tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(HEAD + body, encoding="utf-8")
        return file

    return write


def test_compiled_catalogue_translates(tmp_path, catalogue):
    source = catalogue(
        'msgid "指标"\nmsgstr "Indicator"\n\nmsgid "%(n)d项"\nmsgid_plural "%(n)d项"\nmsgstr[0] "one item"\nmsgstr[1] "%(n)d items"\n'
    )
    assert translations.compile_all(tmp_path) == 2
    with source.with_suffix(".mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert read.gettext("指标") == "Indicator"
    assert read.ngettext("%(n)d项", "%(n)d项", 2) % {"n": 2} == "2 items"


def test_second_run_writes_nothing_and_a_change_is_noticed(tmp_path, catalogue):
    catalogue('msgid "指标"\nmsgstr "Indicator"\n')
    assert "没有编译" in translations.faults(tmp_path)[0]
    assert translations.compile_all(tmp_path) == 2
    assert translations.compile_all(tmp_path) == 0
    assert translations.faults(tmp_path) == []
    catalogue('msgid "指标"\nmsgstr "Figure"\n')
    assert len(translations.faults(tmp_path)) == 1


def test_fuzzy_guess_is_not_shown_to_readers(tmp_path, catalogue):
    source = catalogue('#, fuzzy\nmsgid "指标"\nmsgstr "Guess"\n')
    translations.compile_all(tmp_path)
    with source.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("指标") == "指标"


@pytest.mark.parametrize(
    "body",
    [
        'msgid "共%(count)s条"\nmsgstr "in all"\n',
        'msgid "共%(count)s条"\nmsgstr "%(number)s in all"\n',
        'msgid "{name}已保存"\nmsgstr "saved"\n',
        'msgid "%(n)d项"\nmsgid_plural "%(n)d项"\nmsgstr[0] "%(m)d item"\nmsgstr[1] "%(n)d items"\n',
    ],
)
def test_translation_that_loses_a_placeholder_is_refused(tmp_path, catalogue, body):
    source = catalogue(body)
    with pytest.raises(translations.TranslationsError, match="占位符"):
        translations.compile_all(tmp_path)
    assert not source.with_suffix(".mo").exists()


def test_unreadable_catalogue_is_refused(tmp_path, catalogue):
    catalogue('garbage "指标"\n')
    with pytest.raises(translations.TranslationsError, match="不是有效的译文文件"):
        translations.compile_all(tmp_path)


def test_command_says_what_it_did():
    result = CliRunner().invoke(translations.main)
    assert result.exit_code == 0
    assert "译文" in result.output
    assert translations.faults() == []


def test_chinese_readers_get_full_width_marks(tmp_path, catalogue):
    source = catalogue('msgid "共%(n)s条(含演示),见下:"\nmsgstr "%(n)s in all"\n')
    translations.compile_all(tmp_path)
    chinese = source.parents[2] / "zh_Hans" / "LC_MESSAGES" / "django.mo"
    with chinese.open("rb") as file:
        told = gettext.GNUTranslations(file).gettext("共%(n)s条(含演示),见下:")
    assert told == "共%(n)s条\uff08含演示\uff09\uff0c见下\uff1a"

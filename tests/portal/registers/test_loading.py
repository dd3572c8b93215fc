"""The registers that come with Luming: all of them, with sources, and twice is as once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from luming_portal.audit.models import Change
from luming_portal.enterprises.models import Enterprise, Qualification
from luming_portal.indicators.models import Fact, Source
from luming_portal.installation import load_packs
from luming_portal.institutions.models import Institution
from luming_portal.projects.models import Project
from luming_portal.search.models import Entry
from portal.loaded_packs import put_packs

pytestmark = pytest.mark.both_databases


@pytest.fixture
def baotou(db: None, settings: Any) -> None:
    """Loaded in the ordinary way, not put back from an earlier test."""
    load_packs(settings.PACKS)


@pytest.mark.django_db
def test_what_other_tests_get_is_what_is_loaded(settings: Any) -> None:
    """Once loaded and kept, once put back from what was kept, once loaded in the ordinary way."""
    loaded = []
    for put in (put_packs, put_packs, load_packs):
        with transaction.atomic():
            put(settings.PACKS)
            loaded.append(
                (
                    sorted(Entry.objects.values_list("kind", "place", "label", "text", "words")),
                    list(
                        Change.objects.order_by("pk").values_list(
                            "model", "action", "object_label", "after__key"
                        )
                    ),
                    sorted(Fact.objects.values_list("key", "value", "indicator__key", "source__key")),
                    Enterprise.objects.count(),
                )
            )
            transaction.set_rollback(True)
    assert loaded[0] == loaded[1] == loaded[2]
    assert loaded[0][-1] > 100


@pytest.mark.django_db
def test_all_entries_come_with_source_and_mark(baotou: None) -> None:
    assert (Enterprise.objects.count(), Institution.objects.count(), Project.objects.count()) == (115, 38, 26)
    for model in (Enterprise, Institution, Project):
        assert not model.objects.filter(source=None).exists()
        assert not model.objects.filter(demo=True).exists()
        assert not model.objects.filter(published=False).exists()
    assert not Enterprise.objects.exclude(credit_code=None).exists()
    kinds = {
        kind: Enterprise.objects.filter(name_type=kind).count()
        for kind in ("full", "full_unverified", "short", "project")
    }
    assert kinds == {"full": 61, "full_unverified": 13, "short": 35, "project": 6}


@pytest.mark.django_db
def test_titles_stand_as_qualifications_with_their_year(baotou: None) -> None:
    firm = Enterprise.objects.get(key="E006")
    assert sorted(firm.qualifications.values_list("title", "year")) == [
        ("上市公司", None),
        ("绿色供应链管理企业", 2023),
        ("自治区科技领军企业", 2022),
    ]
    assert set(firm.titles.split("、")) == {"上市公司", "绿色供应链管理企业", "自治区科技领军企业"}
    assert not Qualification.objects.exclude(valid_until=None).exists()
    assert Enterprise.objects.get(key="E049").affiliation == "金力永磁(300748)子公司"


@pytest.mark.django_db
def test_no_mirror_can_be_linked_to(baotou: None) -> None:
    assert Source.objects.filter(mirror=True).exists()
    assert not [source for source in Source.objects.filter(mirror=True) if source.link]


@pytest.mark.django_db
def test_loading_twice_changes_nothing(baotou: None, settings: Any) -> None:
    before = Change.objects.count()
    load_packs(settings.PACKS)
    assert Change.objects.count() == before

"""Persons and teams."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """The app of people."""

    name = "luming_portal.people"
    verbose_name = _("人才")

"""The index behind every search: one entry a record or sentence, its words laid out so that Chinese is found.

The full-text index itself is SQLite's FTS5 over this table, or a GIN index on PostgreSQL (migration
0002); both are kept by the database whenever an entry changes. Entries are copies, made again by `luming-portal reindex`.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

SPAN = 1 << 40
"""How many keys a kind of record has: an entry's key is the kind's number times this, plus the record's key."""


class Entry(models.Model):
    """What can be found of one record or one sentence of a document.

    Attributes:
        kind: slug of the register, or "sentences".
        object_id: key of the record; of the document for a sentence.
        place: anchor of the sentence (m10.s3); "" for records.
        label: what a hit is called: the record's name, the measure's number and title.
        text: what a hit shows below its name.
        words: all that it is found by, as words.lay_out() makes it.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    place = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    words = models.TextField()

    class Meta:
        verbose_name = _("检索条目")
        ordering = ["id"]
        indexes = [models.Index(fields=["kind", "object_id"])]

    def __str__(self) -> str:
        return self.label

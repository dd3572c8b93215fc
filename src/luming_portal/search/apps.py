"""Search over everything."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The app of search."""

    name = "luming_portal.search"
    verbose_name = _("搜索")

    def ready(self) -> None:
        """Listen to changes of everything that can be searched."""
        import jieba
        from django.conf import settings

        from luming_portal.audit.listeners import listen
        from luming_portal.documents.models import DocumentVersion
        from luming_portal.search.index import index_records, index_versions
        from luming_portal.search.subjects import subjects

        jieba.dt.tmp_dir = str(
            settings.HOME
        )  # its dictionary is kept with our own files, not where all may write
        for kind in subjects():
            listen(kind, index_records)
        listen(DocumentVersion, index_versions)

"""The people and things on which the permission matrix is tried: for each kind something of one's own and of others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from luming.budget import CapScope
from luming.cases import parse_process
from luming.comparison import Frozen, freeze
from luming.facts.workbook import propose
from luming.monitor import COMPLETION_CAP, FORMULA, WEIGHTS, RankInput, rank_districts
from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.api.models import ApiToken, Webhook
from luming_portal.attached.file import FileKind
from luming_portal.attached.preparing import Prepared, laid_down
from luming_portal.audit.models import Change
from luming_portal.budgets.models import AllocationCall
from luming_portal.budgets.services import appropriate, ask_payment, commit, open_line, reserve, set_cap
from luming_portal.cases.models import CaseFile, CaseTask
from luming_portal.chasing.models import Letter
from luming_portal.comparison.models import Comparison, Objection
from luming_portal.counting.models import CountedEntry, EntryPaper
from luming_portal.disputes.models import LightDispute
from luming_portal.documents.drafts import desk_of
from luming_portal.documents.models import CityFile, Document
from luming_portal.documents.packs import pack_of
from luming_portal.documents.services import revise, start_draft
from luming_portal.enterprises.models import Enterprise, Qualification
from luming_portal.grants.models import SightGrant
from luming_portal.indicators.models import Fact, Indicator, Source
from luming_portal.institutions.models import Institution
from luming_portal.invitations.models import Invitation, InvitationRow
from luming_portal.invitations.selectors import digest_of
from luming_portal.operations.models import Job
from luming_portal.people.models import Person, Team
from luming_portal.projects.models import (
    Evidence,
    InvestmentRow,
    Milestone,
    Project,
    Reviewed,
    Reviewer,
    ReviewRound,
    Score,
)
from luming_portal.registers.models import SavedView, StagedImport
from luming_portal.reporting.book_services import stage_book
from luming_portal.reporting.models import Report, ReportFile, ReportingMonth
from luming_portal.reporting.workbook import workbook
from luming_portal.standards.catalogue import shelf
from luming_portal.standards.models import AssessmentRun, CompleteRegister, PublicityList
from luming_portal.standards.run_services import told_of
from luming_portal.workbooks.models import StagedWorkbook, WorkbookMapping
from luming_portal.workbooks.opening import Knowledge, opened
from portal.cases.conftest import GRANT, Town
from portal.conftest import recorded
from portal.documents.sample import TEXT
from portal.meta.panels_world import panels_things
from portal.meta.support_world import support_things
from portal.meta.world_of_papers import add_papers

UNIT, DISTRICT = "市科技局", "青山区"
ANONYMOUS = "anonymous"
CALLERS = (ANONYMOUS, *(str(role) for role in Role))
OWNERS = ("own", "other", "public")
_PLACES = {"own": (DISTRICT, UNIT), "other": ("昆都仑区", "市工信局"), "public": ("固阳县", "市工信局")}


class World:
    """Things by name (enterprises.own, documents.published …) and people by role."""

    def __init__(self, make_user: Callable[..., User], *, with_document: bool) -> None:
        self.things: dict[str, Any] = {}
        with recorded() as changes:
            for owner in OWNERS:
                self._registers(changes, owner)
            self._reporting(changes)
            self._counting(changes, with_document)
            self._standards(changes)
        self.users: dict[str, User | None] = {ANONYMOUS: None}
        for role in Role:
            self.users[str(role)] = make_user(role, f"role-{role}", **self._belonging(role))
        self._of_people(make_user)
        self._reviews()
        self._letters_and_disputes()
        self._invitations()
        self._comparisons()
        self._grants()
        self._budgets()
        self._cases(make_user)
        self.things |= support_things(self.things, self.users)
        self.things |= panels_things(self.things, self.users, make_user)
        add_papers(self)
        if with_document:
            self._documents()
        self.things["changes.any"] = Change.objects.first()

    def value(self, written: str) -> str:
        """What a table writes as @kind.name (its key) or @kind.name.field."""
        if not written.startswith("@"):
            return written
        kind, name, *field = written[1:].split(".")
        return str(getattr(self.things[f"{kind}.{name}"], field[0] if field else "pk"))

    def _belonging(self, role: Role) -> dict[str, Any]:
        return {
            Role.ENTERPRISE: {"enterprise": self.things["enterprises.own"]},
            Role.INSTITUTION: {"institution": self.things["institutions.own"]},
            Role.DISTRICT: {"district": DISTRICT},
            Role.DEPARTMENT: {"unit": UNIT},
            Role.OFFICE: {"unit": "领导小组办公室"},
        }.get(role, {})

    def _registers(self, changes: Any, owner: str) -> None:
        district, steward = _PLACES[owner]
        common = {"steward": steward, "published": owner == "public"}
        source = Source(key=f"source_{owner}", publisher="市统计局", mark="verified", **common)
        indicator = Indicator(
            key=f"indicator_{owner}",
            label=f"指标{owner}",
            definition="口径",
            unit="家",
            kind="stock",
            frequency="year",
            **common,
        )
        entries: dict[str, Any] = {
            "enterprises": Enterprise(key=f"E-{owner}", name=f"企业{owner}", district=district, **common),
            "institutions": Institution(
                key=f"O-{owner}", name=f"机构{owner}", kind="银行", district=district, **common
            ),
            "projects": Project(key=f"P-{owner}", name=f"项目{owner}", district=district, **common),
            "persons": Person(key=f"H-{owner}", name=f"人才{owner}", **common),
            "teams": Team(key=f"T-{owner}", name=f"团队{owner}", **common),
            "sources": source,
            "indicators": indicator,
        }
        for kind, entry in entries.items():
            self.things[f"{kind}.{owner}"] = changes.save(entry)
        self.things[f"facts.{owner}"] = changes.save(
            Fact(
                key=f"F-{owner}",
                subject="包头市",
                indicator=indicator,
                period="2024",
                period_start=date(2024, 1, 1),
                period_end=date(2024, 12, 31),
                value="12",
                unit="家",
                status="actual",
                source=source,
                recorded_on=date(2025, 3, 1),
                published=owner == "public",
            )
        )
        self._progress(changes, owner, entries["projects"])
        self.things[f"qualifications.{owner}"] = changes.save(
            Qualification(enterprise=entries["enterprises"], title="高新技术企业")
        )

    def _reporting(self, changes: Any) -> None:
        """A month in which the department officer's unit and another one are asked for a figure each."""
        document = changes.save(Document(key="lushan.2020-1", title="文件", place="鹿山市", year=2020))
        days = {
            name: date(2020, 7, day) for name, day in (("due_on", 5), ("verify_by", 8), ("publish_by", 10))
        }
        month = changes.save(ReportingMonth(document=document, year=2020, month=6, **days))
        self.things["months.any"] = month
        for owner in ("own", "other"):
            unit = _PLACES[owner][1]
            self.things[f"reports.{owner}"] = changes.save(
                Report(
                    reporting_month=month,
                    unit=unit,
                    lead=unit,
                    indicator=self.things[f"indicators.{owner}"],
                    subject="鹿山市",
                    period="2020-06",
                    of_measure="家",
                )
            )
            paper = ReportFile(
                report=self.things[f"reports.{owner}"],
                name=f"report-{owner}.jpg",
                kind="photo",
                caption="照片",
                size=1,
                sha256="0",
            )
            paper.path().parent.mkdir(parents=True, exist_ok=True)
            paper.path().write_bytes(b"x")
            self.things[f"files.{owner}"] = changes.save(paper)

    def _standards(self, changes: Any) -> None:
        """A declaration that the register of a title is complete."""
        day = date(2020, 6, 30)
        self.things["complete.any"] = changes.save(
            CompleteRegister(title="高新技术企业", first_day=day, last_day=day, basis="名单")
        )
        rule = shelf().named("hnte@2016")
        assert rule is not None
        for name, finished in (("done", timezone.now()), ("open", None)):
            self.things[f"runs.{name}"] = run = changes.save(
                AssessmentRun(
                    name=name,
                    as_of=day,
                    known_on=day,
                    standards=[told_of(rule)],
                    rules_digest=shelf().digest,
                    finished_at=finished,
                )
            )
        for name, first in (("draft", None), ("frozen", day)):
            firm = self.things["enterprises.own"]
            self.things[f"lists.{name}"] = changes.save(
                PublicityList(
                    run=run,
                    standard=told_of(rule),
                    title=name,
                    entries=[{"firm": firm.pk, "name": firm.name, "district": firm.district}],
                    first_day=first,
                    last_day=first,
                )
            )

    def _grants(self) -> None:
        """What the enterprise lets the institution see, and what others let others see."""
        today = timezone.localdate()
        for owner in ("own", "other"):
            firm = self.things[f"enterprises.{owner}"]
            with recorded() as changes:
                self.things[f"grants.{owner}"] = changes.save(
                    SightGrant(
                        enterprise=firm,
                        institution=self.things[f"institutions.{owner}"],
                        purpose="授信",
                        first_day=today,
                        last_day=today,
                        frozen={"firm": {"name": firm.name}, "standards": [], "facts": []},
                        digest="0",
                        made_by=self.users["enterprise"],
                    )
                )

    def _budgets(self) -> None:
        """A line of the department officer's unit and one of another, one of them public; an order, a cap and a call on each."""
        office, now = self.users["office"], timezone.now()
        for owner in ("own", "other"):
            unit, told = (
                _PLACES[owner][1],
                {"matter": f"M-{owner}", "payee": "E1", "by": office, "reason": "决定"},
            )
            line = open_line(
                by=office, title=owner, fund="资金", year=2025, unit=unit, published=owner == "other"
            )
            appropriate(line, 100, by=office, key=f"a-{owner}", reason="下达")
            reserve(line, 10, key=f"r-{owner}", **told)
            commit(line, 10, key=f"c-{owner}", **told)
            with recorded() as changes:
                call = changes.save(
                    AllocationCall(
                        line=line,
                        title=owner,
                        method="first_come",
                        tail="stop",
                        weight="score",
                        declared_at=now - timedelta(days=3),
                        opens_at=now - timedelta(days=2),
                        closes_at=now - timedelta(days=1),
                    )
                )
            self.things |= {
                f"lines.{owner}": line,
                f"orders.{owner}": ask_payment(line, 1, matter=f"M-{owner}", by=office, reason="申请"),
                f"calls.{owner}": call,
            }
        self.things["caps.any"] = set_cap(by=office, fund="资金", scope=CapScope.FIRM, limit=1000)

    def _cases(self, make_user: Callable[..., User]) -> None:
        """Cases of the small procedure at its places: the enterprise's own, and a filed one of another firm with a file."""
        process = parse_process(GRANT.replace(', effects: ["trial.reserve"]', ""), "grant.yaml")
        firms = {owner: self.things[f"enterprises.{owner}"] for owner in ("own", "other")}
        by = {
            "own": self.users["enterprise"],
            "other": make_user(Role.ENTERPRISE, "of-another", enterprise=firms["other"]),
        }
        finance = make_user(Role.DEPARTMENT, "of-finance", unit="市财政局")
        town = Town(firms, {f"firm-{owner}": user for owner, user in by.items()}, timezone.now())
        town.process = process
        town.people |= {
            "office": self.users["office"],
            "市科技局": self.users["department"],
            "市财政局": finance,
        }
        found = {"own": town.filed(), "other": town.filed("other"), "joint": town.joint(units=(UNIT,))}
        found |= {"public": town.publicity((UNIT, "市财政局")), "refused": town.refused((UNIT, "市财政局"))}
        with recorded() as changes:
            for owner in ("own", "other"):
                item = CaseFile(case=found[owner], field="plan", caption="方案", sent_by=by[owner])
                item.event = found[owner].events.last()
                with laid_down(item, Prepared(FileKind.PAPER, b"%PDF-1.4")):
                    self.things[f"casefiles.{owner}"] = changes.save(item)
            task = CaseTask(
                case=found["joint"],
                event=found["joint"].events.last(),
                unit=UNIT,
                text="治理",
                opened_at=timezone.now(),
            )
            self.things["casetasks.any"] = changes.save(task)
        self.things |= {f"cases.{name}": case for name, case in found.items()}

    def _invitations(self) -> None:
        """A link of the department officer's unit and one of another unit, both open; one that was used."""
        now = timezone.now()
        for owner, used_at in (("own", None), ("other", None), ("used", now)):
            report = self.things["reports.own" if owner == "used" else f"reports.{owner}"]
            with recorded() as changes:
                item = changes.save(
                    Invitation(
                        reporting_month=report.reporting_month,
                        unit=report.unit,
                        contact="联系人",
                        digest=digest_of(f"token-{owner}"),
                        made_by=self.users["office"],
                        expires_at=now + timedelta(days=3),
                        used_at=used_at,
                    )
                )
                changes.save(InvitationRow(invitation=item, report=report))
            self.things |= {
                f"invitations.{owner}": item,
                f"links.{owner}": SimpleNamespace(token=f"token-{owner}"),
            }
        self.things["links.altered"] = SimpleNamespace(token="token-owN")

    def _letters_and_disputes(self) -> None:
        """A letter to the department officer's unit and one to another; a dispute of each."""
        month, office = self.things["months.any"], self.users["office"]
        for serial, owner in enumerate(("own", "other"), 1):
            unit = _PLACES[owner][1]
            text = {
                "number": f"鹿创办催〔2020〕{serial}号",
                "issuer": "办公室",
                "date": "2020-07-20",
                "recipient": unit,
                "title": "关于补报数据的函",
                "before": [],
                "rows": [],
                "after": [],
                "demo": False,
            }
            with recorded() as changes:
                self.things[f"letters.{owner}"] = changes.save(
                    Letter(
                        reporting_month=month,
                        unit=unit,
                        ordinal=1,
                        year=2020,
                        serial=serial,
                        number=text["number"],
                        title=text["title"],
                        step="red",
                        issued_on=date(2020, 7, 20),
                        answer_by=date(2020, 7, 27),
                        text=text,
                        issued_by=office,
                    )
                )
                self.things[f"disputes.{owner}"] = changes.save(
                    LightDispute(
                        document=month.document,
                        target="rd",
                        target_label="研发经费",
                        as_of=date(2020, 12, 31),
                        light="red",
                        light_reason="理由",
                        unit=unit,
                        reason="口径",
                        evidence="文号",
                        filed_by=office,
                        filed_on=date(2021, 1, 5),
                    )
                )

    def _counting(self, changes: Any, with_document: bool) -> None:
        """An indicator that is counted from entries, with one of the department officer's unit and one of another."""
        if with_document:  # the city's own rules of counting are there
            counted = Indicator.objects.get(key="tech_service_agencies")
        else:
            counted = self.things["indicators.own"]
            rule = "counts: institution, identity: credit_code, over: stock, source: s, clause: m01.s1, mark: ours"
            text = f"counting:\n  - {{indicator: {counted.key}, {rule}}}\n"
            changes.save(CityFile(name="counting.yaml", text=text))
        self.things["counted.indicator"] = counted
        for owner in ("own", "other"):
            entry = changes.save(
                CountedEntry(
                    key=f"JS-{owner}",
                    indicator=counted,
                    name=f"机构{owner}",
                    label=f"机构{owner}",
                    identity=owner,
                    unit=_PLACES[owner][1],
                    counted_on=date(2020, 1, 1),
                    recorded_on=date(2020, 1, 1),
                )
            )
            paper = EntryPaper(entry=entry, kind="证书", number=owner, recorded_on=date(2020, 1, 1))
            self.things |= {f"counted.{owner}": entry, f"papers.{owner}": changes.save(paper)}

    def _progress(self, changes: Any, owner: str, project: Project) -> None:
        """What stands below a project, its photo included."""
        photo = Evidence(
            project=project, name=f"world-{owner}.jpg", kind="photo", caption="照片", size=1, sha256="0"
        )
        photo.path().parent.mkdir(parents=True, exist_ok=True)
        photo.path().write_bytes(b"x")
        self.things |= {
            f"milestones.{owner}": changes.save(
                Milestone(project=project, label="封顶", due=date(2026, 1, 1))
            ),
            f"investment.{owner}": changes.save(
                InvestmentRow(project=project, period="2026-Q1", planned="1", unit="亿元")
            ),
            f"evidence.{owner}": changes.save(photo),
        }

    def _reviews(self) -> None:
        """A review that is being prepared, one that is open and one that is over; experts and officers score."""
        for quarter, state in (("2026-Q1", "closed"), ("2026-Q2", "open"), ("2026-Q3", "draft")):
            with recorded() as changes:
                item = changes.save(ReviewRound(quarter=quarter, title=quarter, state="open"))
                entry = changes.save(
                    Reviewed(
                        round=item, project=self.things["projects.public"], name="项目", district="固阳县"
                    )
                )
                for role in ("expert", "district", "department"):
                    reviewer = changes.save(Reviewer(round=item, person=self.users[role], name=role))
                    changes.save(
                        Score(
                            entry=entry,
                            reviewer=reviewer,
                            points={one["key"]: "80" for one in item.criteria},
                        )
                    )
                item.state = state
                self.things[f"reviews.{state}"] = changes.save(item)
                self.things[f"entries.{state}"] = entry

    def _comparisons(self) -> None:
        """An issued comparison of two districts, and an objection of each that waits."""
        today = timezone.localdate()
        districts = [_PLACES[owner][0] for owner in ("own", "other")]
        inputs = tuple(
            RankInput(name, "城区", Fraction(at), Fraction(9), Fraction(5), Fraction(1), "", 1, 1)
            for at, name in enumerate(districts, 6)
        )
        content = Frozen(rank_districts(inputs), inputs, FORMULA, dict(WEIGHTS), COMPLETION_CAP)
        with recorded() as changes:
            comparison = changes.save(
                Comparison(
                    document=self.things["months.any"].document,
                    target="output",
                    label="产值",
                    indicator="indicator_own",
                    unit="亿元",
                    period="2020-06",
                    as_of=date(2020, 7, 10),
                    issued_on=today,
                    last_day=today + timedelta(days=3),
                    content=freeze(content),
                )
            )
            self.things["comparisons.any"] = comparison
            for owner, name in zip(("own", "other"), districts, strict=True):
                self.things[f"objections.{owner}"] = changes.save(
                    Objection(
                        comparison=comparison,
                        district=name,
                        input="value",
                        should_be="7",
                        reason="漏计",
                        evidence="报表",
                        filed_on=today,
                        filed_by=self.users["district"],
                    )
                )

    def _of_people(self, make_user: Callable[..., User]) -> None:
        """Things that belong to a person: the enterprise user's own, and somebody else's."""
        other = make_user("expert", "somebody-else")
        self.things["accounts.other"] = other
        later = timezone.now() + timedelta(days=1)
        for name, owner in {
            "own": self.users["enterprise"],
            "other": other,
            "office": self.users["office"],
        }.items():
            with recorded() as changes:
                self.things[f"views.{name}"] = changes.save(
                    SavedView(owner=owner, register="enterprises", name="视图", query="")
                )
                self.things[f"tokens.{name}"] = changes.save(
                    ApiToken(
                        owner=owner,
                        name="令牌",
                        scopes=[],
                        digest=f"{name:0>64}",
                        hint="0000",
                        expires_at=later,
                    )
                )
                if name == "own":
                    self.things["webhooks.any"] = changes.save(
                        Webhook(owner=self.users["system"], name="推送", url="https://example.org/", salt="s")
                    )
            self.things[f"jobs.{name}"] = Job.objects.create(owner=owner, function="x.y", title="任务")
            self.things[f"imports.{name}"] = StagedImport.objects.create(
                owner=owner,
                register="enterprises",
                file_name="a.csv",
                table={"columns": ["key", "name"], "header": 1, "rows": []},
                original="编号,名称\n".encode("utf-8-sig"),
                expires_at=later,
            )
            if name in _PLACES:
                self._workbooks(name, owner)

    def _workbooks(self, name: str, owner: User | None) -> None:
        """A workbook that waits, of the department's officer and of another person, and a mapping of each unit."""
        content = "指标,2024年(家)\n指标own,12\n".encode()
        if name == "own":
            owner = self.users["department"]
        proposed = propose(opened("表.csv", content).sheets, Knowledge().dictionary, "包头市", "表.csv")
        self.things[f"workbooks.{name}"] = StagedWorkbook.objects.create(
            owner=owner, file_name="表.csv", original=content, content=proposed.model_dump_json()
        )
        with recorded() as changes:
            self.things[f"mappings.{name}"] = changes.save(
                WorkbookMapping(
                    name="表", unit=_PLACES[name][1], fingerprint="f", content=proposed.model_dump_json()
                )
            )

        book = workbook(self.things["months.any"], [self.things["reports.own"]])
        self.things["imports.reports"] = stage_book(
            self.things["months.any"], "报送.xlsx", book, by=self.users["department"]
        )

    def _documents(self) -> None:
        """The city's document, under revision at the desk, and another one that was never published."""
        published = Document.objects.get(key="baotou.2025-1")
        office = self.users["office"]
        desk = desk_of(revise(published, by=office))
        version = published.versions.get(number=1)
        fresh = start_draft(by=office, text=TEXT, key="yunxi.2026-8", place="云溪市", year=2026, head={})
        self.things |= {
            "documents.published": published,
            "documents.unpublished": fresh.document,
            "sentences.first": next(iter(desk.sentences())),
            "measures.first": desk.measures[0],
            "targets.first": pack_of(version).targets()[0],
            "files.first": SimpleNamespace(name=sorted(version.files)[0]),
        }

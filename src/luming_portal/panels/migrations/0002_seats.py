"""Seats, findings and sheets of panels."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("panels", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                ("demo", models.BooleanField(default=False, editable=False, verbose_name="演示数据")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("name", models.CharField(max_length=60, verbose_name="姓名")),
                ("unit", models.CharField(blank=True, max_length=200, verbose_name="单位")),
                (
                    "speciality",
                    models.CharField(
                        choices=[
                            ("technical", "技术"),
                            ("economic", "经济"),
                            ("financial", "财务"),
                            ("management", "管理"),
                        ],
                        max_length=12,
                        verbose_name="专家类别",
                    ),
                ),
                ("leader", models.BooleanField(default=False, verbose_name="组长")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "拟请"),
                            ("invited", "待申报"),
                            ("clear", "已承诺无回避情形"),
                            ("barred", "须回避"),
                            ("released", "已换下"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("declaration", models.JSONField(blank=True, null=True, verbose_name="回避申报")),
                ("declared_at", models.DateTimeField(null=True, verbose_name="申报时间")),
                ("undeclared", models.PositiveSmallIntegerField(default=0, verbose_name="未申报的关系")),
                ("released_why", models.CharField(blank=True, max_length=300, verbose_name="换下的理由")),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="panels.expert",
                        verbose_name="专家",
                    ),
                ),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="panels.panel",
                        verbose_name="专家组",
                    ),
                ),
            ],
            options={
                "verbose_name": "评审席位",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ScoreSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                ("demo", models.BooleanField(default=False, editable=False, verbose_name="演示数据")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                ("scores", models.JSONField(default=dict, verbose_name="各项得分")),
                ("remarks", models.JSONField(blank=True, default=dict, verbose_name="各项评语")),
                ("impression", models.CharField(blank=True, max_length=8, verbose_name="总体印象分")),
                (
                    "choice",
                    models.CharField(
                        blank=True,
                        choices=[("agree", "同意"), ("disagree", "不同意"), ("abstain", "弃权")],
                        max_length=10,
                        verbose_name="表决",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="评审意见")),
                ("locked_at", models.DateTimeField(null=True, verbose_name="锁定时间")),
                ("seal", models.CharField(blank=True, max_length=64, verbose_name="封存值")),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="panels.seat",
                        verbose_name="席位",
                    ),
                ),
            ],
            options={
                "verbose_name": "打分表",
                "ordering": ["seat", "round"],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                ("demo", models.BooleanField(default=False, editable=False, verbose_name="演示数据")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                (
                    "bar",
                    models.CharField(
                        choices=[
                            ("same_unit", "与完成单位同一单位"),
                            ("completer", "成果完成人"),
                            ("co_author", "近年合著或共同发明"),
                            ("same_project", "近年共同承担项目"),
                            ("kinship", "亲属关系"),
                            ("teacher_student", "师生关系"),
                            ("economic_interest", "经济利益关系"),
                            ("competitor", "竞争关系"),
                            ("declared", "已提出回避"),
                        ],
                        max_length=20,
                        verbose_name="情形",
                    ),
                ),
                ("whom", models.CharField(max_length=520, verbose_name="对方")),
                ("certain", models.BooleanField(default=True, verbose_name="已确定")),
                ("detail", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                (
                    "found_by",
                    models.CharField(
                        choices=[
                            ("register", "台账核对"),
                            ("expert", "专家申报"),
                            ("subject", "申报方提出"),
                            ("office", "组织单位发现"),
                        ],
                        max_length=10,
                        verbose_name="发现方式",
                    ),
                ),
                ("found_at", models.DateTimeField(verbose_name="发现时间")),
                ("cleared_at", models.DateTimeField(null=True, verbose_name="核实时间")),
                ("cleared_why", models.CharField(blank=True, max_length=500, verbose_name="核实依据")),
                (
                    "cleared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核实人",
                    ),
                ),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="panels.panel",
                        verbose_name="专家组",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="panels.seat",
                        verbose_name="席位",
                    ),
                ),
            ],
            options={
                "verbose_name": "回避情形",
                "ordering": ["pk"],
            },
        ),
        migrations.AddIndex(
            model_name="panel",
            index=models.Index(fields=["unit", "state"], name="panels_pane_unit_186a63_idx"),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(fields=("panel", "expert"), name="an_expert_once_a_panel"),
        ),
        migrations.AddConstraint(
            model_name="scoresheet",
            constraint=models.UniqueConstraint(fields=("seat", "round"), name="one_sheet_a_round"),
        ),
    ]

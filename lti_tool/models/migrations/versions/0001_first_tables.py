"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "exposure_snapshots",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_exposure_snapshots")),
    )
    op.create_table(
        "institutions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institutions")),
        sa.UniqueConstraint("name", name=op.f("uq_institutions_name")),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("holder", sa.String(length=255), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "platforms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("client_id", sa.String(length=255), nullable=False),
        sa.Column("auth_url", sa.Text(), nullable=False),
        sa.Column("token_url", sa.Text(), nullable=False),
        sa.Column("jwks_url", sa.Text(), nullable=False),
        sa.Column("product_family", sa.String(length=255), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platforms")),
        sa.UniqueConstraint("issuer", "client_id", name=op.f("uq_platforms_issuer_client_id")),
        sa.UniqueConstraint("name", name=op.f("uq_platforms_name")),
    )
    op.create_table(
        "receivers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=255), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receivers")),
    )
    op.create_table(
        "deployments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("platform_id", sa.Uuid(), nullable=False),
        sa.Column("deployment_id", sa.String(length=255), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_deployments_institution_id_institutions")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platforms.id"], name=op.f("fk_deployments_platform_id_platforms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deployments")),
        sa.UniqueConstraint("platform_id", "deployment_id", name=op.f("uq_deployments_platform_id_deployment_id")),
    )
    with op.batch_alter_table("deployments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deployments_institution_id"), ["institution_id"], unique=False)

    op.create_table(
        "login_states",
        sa.Column("state_sha256", sa.String(length=255), nullable=False),
        sa.Column("platform_id", sa.Uuid(), nullable=False),
        sa.Column("nonce", sa.String(length=255), nullable=False),
        sa.Column("browser_sha256", sa.String(length=255), nullable=False),
        sa.Column("stored_sha256", sa.String(length=255), nullable=False),
        sa.Column("target_link_uri", sa.Text(), nullable=False),
        sa.Column("deployment_hint", sa.String(length=255), nullable=True),
        sa.Column("storage_target", sa.String(length=255), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["platform_id"], ["platforms.id"], name=op.f("fk_login_states_platform_id_platforms")),
        sa.PrimaryKeyConstraint("state_sha256", name=op.f("pk_login_states")),
    )
    with op.batch_alter_table("login_states", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_states_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "lrss",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("username", sa.String(length=255), nullable=False),
        sa.Column("sealed_password", sa.Text(), nullable=False),
        sa.Column("version", sa.String(length=255), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_lrss_institution_id_institutions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lrss")),
        sa.UniqueConstraint("institution_id", "name", name=op.f("uq_lrss_institution_id_name")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("platform_id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=True),
        sa.Column("given_name", sa.String(length=255), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_people_institution_id_institutions")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platforms.id"], name=op.f("fk_people_platform_id_platforms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint(
            "platform_id", "institution_id", "subject", name=op.f("uq_people_platform_id_institution_id_subject")
        ),
    )
    op.create_table(
        "registration_invitations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.String(length=255), nullable=False),
        sa.Column("uses_left", sa.Integer(), nullable=False),
        sa.Column("issuer_host", sa.String(length=255), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institutions.id"],
            name=op.f("fk_registration_invitations_institution_id_institutions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_invitations")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_registration_invitations_token_sha256")),
    )
    op.create_table(
        "browser_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("browser_sha256", sa.String(length=255), nullable=True),
        sa.Column("session_sha256", sa.String(length=255), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("deployment_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=255), nullable=False),
        sa.Column("frame_origins", sa.JSON(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["deployments.id"], name=op.f("fk_browser_sessions_deployment_id_deployments")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_browser_sessions_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_browser_sessions")),
        sa.UniqueConstraint("session_sha256", name=op.f("uq_browser_sessions_session_sha256")),
    )
    with op.batch_alter_table("browser_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_browser_sessions_browser_sha256"), ["browser_sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_browser_sessions_seen_at"), ["seen_at"], unique=False)

    op.create_table(
        "courses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deployment_id", sa.Uuid(), nullable=False),
        sa.Column("context_id", sa.String(length=255), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=True),
        sa.Column("line_items_url", sa.Text(), nullable=True),
        sa.Column("memberships_url", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["deployments.id"], name=op.f("fk_courses_deployment_id_deployments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courses")),
        sa.UniqueConstraint("deployment_id", "context_id", name=op.f("uq_courses_deployment_id_context_id")),
    )
    op.create_table(
        "pending_launches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deployment_id", sa.Uuid(), nullable=False),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.Column("token_sha256", sa.String(length=255), nullable=True),
        sa.Column("stored_sha256", sa.String(length=255), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["deployments.id"], name=op.f("fk_pending_launches_deployment_id_deployments")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_pending_launches_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_launches")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_pending_launches_token_sha256")),
    )
    with op.batch_alter_table("pending_launches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pending_launches_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "pseudonyms",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_pseudonyms_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_pseudonyms")),
        sa.UniqueConstraint("account", name=op.f("uq_pseudonyms_account")),
    )
    op.create_table(
        "memberships",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=255), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_memberships_course_id_courses")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_memberships_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "course_id", name=op.f("pk_memberships")),
    )
    op.create_table(
        "placements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deployment_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=True),
        sa.Column("resource_link_id", sa.String(length=255), nullable=True),
        sa.Column("copied_from", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("parameters_version", sa.String(length=255), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("reference", sa.JSON(), nullable=False),
        sa.Column("scoring_version", sa.String(length=255), nullable=False),
        sa.Column("grade_policy", sa.String(length=255), nullable=False),
        sa.Column("line_item_url", sa.Text(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["copied_from"], ["placements.id"], name=op.f("fk_placements_copied_from_placements")),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_placements_course_id_courses")),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_placements_created_by_people")),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["deployments.id"], name=op.f("fk_placements_deployment_id_deployments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placements")),
        sa.UniqueConstraint("course_id", "resource_link_id", name=op.f("uq_placements_course_id_resource_link_id")),
    )
    op.create_table(
        "attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=255), nullable=False),
        sa.Column("seed", sa.LargeBinary(length=16), nullable=False),
        sa.Column("commitment", sa.String(length=255), nullable=False),
        sa.Column("bank_version", sa.String(length=255), nullable=False),
        sa.Column("exposure_number", sa.Integer(), nullable=False),
        sa.Column("available", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=255), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stop_reason", sa.String(length=255), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.Column("chain", sa.String(length=255), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_attempts_person_id_people")),
        sa.ForeignKeyConstraint(["placement_id"], ["placements.id"], name=op.f("fk_attempts_placement_id_placements")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sa.UniqueConstraint(
            "placement_id", "person_id", "number", name=op.f("uq_attempts_placement_id_person_id_number")
        ),
    )
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempts_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attempts_placement_id"), ["placement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attempts_seen_at"), ["seen_at"], unique=False)
        batch_op.create_index(
            "uq_attempts_one_running",
            ["placement_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("phase IN ('open', 'suspended')"),
            postgresql_where=sa.text("phase IN ('open', 'suspended')"),
        )

    op.create_table(
        "sent_grades",
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("timestamp", sa.DateTime(timezone=True), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sent_grades_person_id_people")),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("fk_sent_grades_placement_id_placements")
        ),
        sa.PrimaryKeyConstraint("placement_id", "person_id", name=op.f("pk_sent_grades")),
    )
    op.create_table(
        "questions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(length=255), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("truth", sa.JSON(), nullable=False),
        sa.Column("reason", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_questions_attempt_id_attempts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("attempt_id", "item_id", name=op.f("uq_questions_attempt_id_item_id")),
        sa.UniqueConstraint("attempt_id", "ordinal", name=op.f("uq_questions_attempt_id_ordinal")),
    )
    op.create_table(
        "statements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=255), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hash", sa.String(length=255), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_statements_attempt_id_attempts")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_statements_institution_id_institutions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
        sa.UniqueConstraint("attempt_id", "sequence", name=op.f("uq_statements_attempt_id_sequence")),
    )
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statements_institution_id"), ["institution_id"], unique=False)

    op.create_table(
        "answers",
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=255), nullable=False),
        sa.Column("response", sa.JSON(), nullable=True),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=255), nullable=False),
        sa.Column("device", sa.String(length=255), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_answers_attempt_id_attempts")),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_answers_question_id_questions")),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_answers")),
    )
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answers_attempt_id"), ["attempt_id"], unique=False)

    op.create_table(
        "deliveries",
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=255), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=255), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("in_doubt", sa.Boolean(), nullable=False),
        sa.Column("leased_by", sa.String(length=255), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_deliveries_attempt_id_attempts")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name=op.f("fk_deliveries_statement_id_statements")
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_deliveries")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deliveries_attempt_id"), ["attempt_id"], unique=False)
        batch_op.create_index("ix_deliveries_lane_position", ["receiver_id", "lane", "position"], unique=False)
        batch_op.create_index("ix_deliveries_state_due", ["state", "due_at"], unique=False)
        batch_op.create_index(
            "ix_deliveries_waiting",
            ["receiver_id", "lane", "position"],
            unique=False,
            sqlite_where=sa.text("state IN ('due', 'sending')"),
            postgresql_where=sa.text("state IN ('due', 'sending')"),
        )

    op.create_table(
        "problem_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(length=255), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_problem_reports_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_reports")),
    )
    with op.batch_alter_table("problem_reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_problem_reports_question_id"), ["question_id"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("problem_reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_problem_reports_question_id"))

    op.drop_table("problem_reports")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_deliveries_waiting",
            sqlite_where=sa.text("state IN ('due', 'sending')"),
            postgresql_where=sa.text("state IN ('due', 'sending')"),
        )
        batch_op.drop_index("ix_deliveries_state_due")
        batch_op.drop_index("ix_deliveries_lane_position")
        batch_op.drop_index(batch_op.f("ix_deliveries_attempt_id"))

    op.drop_table("deliveries")
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answers_attempt_id"))

    op.drop_table("answers")
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statements_institution_id"))

    op.drop_table("statements")
    op.drop_table("questions")
    op.drop_table("sent_grades")
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_attempts_one_running",
            sqlite_where=sa.text("phase IN ('open', 'suspended')"),
            postgresql_where=sa.text("phase IN ('open', 'suspended')"),
        )
        batch_op.drop_index(batch_op.f("ix_attempts_seen_at"))
        batch_op.drop_index(batch_op.f("ix_attempts_placement_id"))
        batch_op.drop_index(batch_op.f("ix_attempts_person_id"))

    op.drop_table("attempts")
    op.drop_table("placements")
    op.drop_table("memberships")
    op.drop_table("pseudonyms")
    with op.batch_alter_table("pending_launches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pending_launches_expires_at"))

    op.drop_table("pending_launches")
    op.drop_table("courses")
    with op.batch_alter_table("browser_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_browser_sessions_seen_at"))
        batch_op.drop_index(batch_op.f("ix_browser_sessions_browser_sha256"))

    op.drop_table("browser_sessions")
    op.drop_table("registration_invitations")
    op.drop_table("people")
    op.drop_table("lrss")
    with op.batch_alter_table("login_states", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_states_expires_at"))

    op.drop_table("login_states")
    with op.batch_alter_table("deployments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deployments_institution_id"))

    op.drop_table("deployments")
    op.drop_table("receivers")
    op.drop_table("platforms")
    op.drop_table("leases")
    op.drop_table("institutions")
    op.drop_table("exposure_snapshots")

"""Alembic's entry: runs the migrations on the connection that `lti_tool.models.upgrade` hands over."""

from alembic import context

from lti_tool.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()

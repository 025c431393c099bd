"""xAPI 1.0.3 for an adaptive test: facts become checked statements, statements become facts again.

Stands apart: it knows neither the web framework, nor the database, nor the tool, so that an auditor can use it alone.
`facts` are the values, `statements.build` writes one, `reading.read` reads one, `chain` ties the statements of an
attempt together, `client` talks to a learning record store (LRS) over a session that the caller owns.
"""

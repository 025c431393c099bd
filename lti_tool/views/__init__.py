"""The pages: one blueprint per audience. A view parses, calls one use case, and renders or redirects (303)."""

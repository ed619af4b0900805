"""Live preview: a folder of items on a browser page that follows every save.

    page (browser) ─ loopback ─ app ─ preview ─ a process of its own: reader → charts, findings

What an item module does, it does in that process: it may hang or die, the page does not.
"""

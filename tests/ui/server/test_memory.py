"""What lives as long as the process is exempt from garbage collection, once."""

import gc

from prep.planning import plan_items
from prep.progress.settings import Settings
from prep.ui.server import memory


def test_it_is_frozen_anew_only_where_modules_or_questions_were_read(db, monkeypatch):
    frozen = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(1))
    monkeypatch.setattr(memory, "_frozen_at", (0, 0))
    memory.freeze_long_lived()
    memory.freeze_long_lived()
    assert len(frozen) == 1
    plan_items.load(db, Settings())
    memory.freeze_long_lived()
    memory.freeze_long_lived()
    assert len(frozen) == 2

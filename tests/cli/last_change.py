"""What a command changed."""

from prep.store import change_list


def changed(db, subject):
    return [(c.subject_id, c.field, c.new) for c in change_list.changes(db, subject=subject)]

"""pytest plugin: between the tests of a class only those caches are cleared that a test has invalidated.

Odoo's test case clears all caches after each test, and every test reads templates, views and rights anew. A request
that is rolled back clears what it has invalidated; so does a test here. After a class everything is cleared.
"""

from unittest.mock import patch

from odoo.orm.registry import Registry
from odoo.tests import TransactionCase

_invalidated = set()
_clear_cache = Registry.clear_cache
_clear_all_caches = Registry.clear_all_caches
_set_up = TransactionCase.setUp


def _clear_and_note(self, *names):
    # threads of the web server clear caches too: what the registry notes for each thread does not tell
    _invalidated.update(names or ("default",))
    _clear_cache(self, *names)


def _clear_all_and_note(self):
    _invalidated.add(None)
    _clear_all_caches(self)


def _set_up_with_warm_caches(self):
    def clear_what_changed():
        if None in _invalidated:
            _clear_all_caches(self.registry)
        elif _invalidated:
            _clear_cache(self.registry, *_invalidated)
        _invalidated.clear()

    _invalidated.clear()
    with patch.object(self.registry, "clear_all_caches", clear_what_changed):
        # the clean-up that it asks for is this one
        _set_up(self)


Registry.clear_cache = _clear_and_note
Registry.clear_all_caches = _clear_all_and_note
TransactionCase.setUp = _set_up_with_warm_caches

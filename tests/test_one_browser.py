# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Browser tests share one Chromium, and yet none finds what another one has left."""

from odoo.tests import HttpCase

LEAVE_SOMETHING = """
if (localStorage.mine || document.cookie.includes("mine")) {
    console.error("left behind");
} else {
    localStorage.mine = "1";
    document.cookie = "mine=1; path=/";
    console.log("test successful");
}
"""


class TestOneBrowser(HttpCase):
    # Odoo gives these to the tests of addons only.
    test_tags, test_module, test_class, test_sequence = {"post_install"}, "base", "TestOneBrowser", 0

    def test_a_page_has_neither_cookies_nor_data_of_the_one_before(self):
        for _time in range(3):
            self.browser_js("/web/login", LEAVE_SOMETHING)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the web client would ask for, derived from views."""

from bench.specification import specification

FIELDS = {
    "name": {"type": "char"},
    "note": {"type": "html"},
    "country_id": {"type": "many2one", "relation": "country"},
    "child_ids": {"type": "one2many", "relation": "partner"},
    "tag_ids": {"type": "many2many", "relation": "tag"},
}


def spec(arch, kind="form"):
    return specification(
        {
            "views": {kind: {"arch": arch, "model": "partner"}},
            "models": {"partner": {"fields": FIELDS}, "tag": {"fields": {"color": {"type": "integer"}}}},
        },
        kind,
    )


def test_every_field_of_the_view_is_asked_for():
    assert spec('<list><field name="name"/><field name="note" optional="hide"/></list>', "list") == {
        "name": {},
        "note": {},
    }


def test_fields_are_found_at_any_depth():
    assert spec('<form><sheet><!-- x --><group><field name="name"/></group></sheet></form>') == {"name": {}}


def test_a_many2one_comes_with_its_name():
    assert spec('<form><field name="country_id"/></form>') == {"country_id": {"fields": {"display_name": {}}}}


def test_a_hidden_many2one_comes_without():
    assert spec('<form><field name="country_id" invisible="1"/></form>') == {"country_id": {"fields": {}}}
    assert spec('<list><field name="country_id" column_invisible="True"/></list>', "list") == {
        "country_id": {"fields": {}}
    }


def test_a_many2one_that_hides_by_condition_comes_with_its_name():
    arch = '<form><field name="country_id" invisible="not name"/></form>'
    assert spec(arch) == {"country_id": {"fields": {"display_name": {}}}}


def test_a_field_shown_once_and_hidden_once_is_shown():
    both = '<form><field name="country_id"/><field name="country_id" invisible="1"/></form>'
    assert spec(both) == {"country_id": {"fields": {"display_name": {}}}}


def test_lists_in_a_form_are_asked_for_with_their_columns_only():
    arch = (
        '<form><field name="child_ids"><list><field name="name"/><field name="country_id"/></list>'
        '<form><field name="note"/></form></field></form>'
    )
    assert spec(arch) == {
        "child_ids": {"fields": {"name": {}, "country_id": {"fields": {"display_name": {}}}}, "limit": 40}
    }


def test_mode_chooses_the_view_of_a_list_in_a_form():
    arch = (
        '<form><field name="child_ids" mode="kanban,list"><list><field name="name"/></list>'
        '<kanban><field name="note"/></kanban></field></form>'
    )
    assert spec(arch) == {"child_ids": {"fields": {"note": {}}, "limit": 40}}


def test_a_hidden_list_is_asked_for_as_ids():
    arch = '<form><field name="child_ids" invisible="1"><list><field name="name"/></list></field></form>'
    assert spec(arch) == {"child_ids": {}}


def test_tags_come_with_their_names():
    arch = '<form><field name="tag_ids" widget="many2many_tags"/></form>'
    assert spec(arch) == {"tag_ids": {"fields": {"display_name": {}}}}


def test_a_field_that_the_user_may_not_read_is_left_out():
    assert spec('<form><field name="secret"/></form>') == {}

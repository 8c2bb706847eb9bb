# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Confidentiality",
    "summary": "Who may see which field of which record, why, and until when",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "license": "LGPL-3",
    "author": "Sales Policy Team",
    "depends": ["sales_policy", "survey", "portal"],
    "data": [
        "security/sales_confidentiality_groups.xml",
        "security/sales_confidentiality_security.xml",
        "security/ir.model.access.csv",
        "data/sales_confidentiality_category.xml",
        "data/sales_confidentiality_level.xml",
        "data/sales_confidentiality_rule.xml",
        "data/sales_approval_kind.xml",
        "data/ir_cron.xml",
        "views/sales_confidentiality_config_views.xml",
        "views/sales_confidentiality_clearance_views.xml",
        "views/sales_confidentiality_rule_views.xml",
        "views/sales_confidentiality_access_views.xml",
        "views/sales_confidentiality_grant_views.xml",
        "views/sales_confidentiality_protect_views.xml",
        "views/ir_actions_report_views.xml",
        "views/menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "sales_confidentiality/static/src/**/*",
        ],
        "web.assets_tests": [
            "sales_confidentiality/static/tests/tours/**/*",
        ],
    },
    "application": True,
}

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from .sales_penalty_roles import GENERAL, HR, OFFICER


class SalesPenalty(models.Model):
    """The notice of criticism or commendation that the company reads (PEN-2)."""

    _inherit = "sales.penalty"

    published_date = fields.Datetime("Notice Published On", readonly=True, copy=False)

    def action_publish(self):
        """Publish notices of effective cases in the company's channel. For HR, policy officers and the head."""
        self._check_may_publish()
        self._check_not_halted()
        self._check_state("effective", "settled")
        for case in self.sudo():
            if case.published_date:
                raise UserError(
                    self.env._(
                        "%(case)s was published on %(date)s already.",
                        case=case.display_name,
                        date=case.company_id._sales_format_moment(case.published_date),
                    )
                )
            if not case.company_id.sales_notice_channel_id:
                raise UserError(
                    self.env._(
                        "%(company)s has no channel for notices. An administrator can choose it in the settings.",
                        company=case.company_id.name,
                    )
                )
        self.sudo()._publish()
        return True

    def action_print_notice(self):
        """Print the notices of effective cases."""
        self.check_access("read")
        self._check_state("effective", "settled")
        return self.env.ref("sales_policy.sales_penalty_notice_report").report_action(self)

    def _check_may_publish(self):
        self.check_access("read")
        if not self.env.su and not any(self.env.user.has_group(group) for group in (HR, OFFICER, GENERAL)):
            raise AccessError(self.env._("Only HR, a policy officer or the general manager publishes a notice."))
        self._check_not_concerned()

    def _publish(self):
        """Post the notices; the company is the author, in its language."""
        for case in self.filtered(lambda case: not case.published_date):
            case._post_notice("sales_policy.sales_penalty_notice_post")
        self._evidence_write({"published_date": fields.Datetime.now()})
        self.env["sales.penalty.step"]._stamp(self, "published")

    def _retract(self):
        """Say in the channel that a published notice does not hold any more."""
        for case in self.filtered(lambda case: case.published_date and case.company_id.sales_notice_channel_id):
            case._post_notice("sales_policy.sales_penalty_retraction_post")

    def _post_notice(self, template):
        company = self.company_id
        case = self.with_context(lang=self._notice_lang())
        company.sales_notice_channel_id.sudo().message_post(
            body=case.env["ir.qweb"]._render(template, {"case": case}),
            author_id=company.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _notice_lang(self):
        """Return the language of the company, else of the user."""
        return self.sudo().company_id.partner_id.lang or self.env.user.lang

    def _notice_title(self):
        """Return the heading of the notice."""
        if self.kind == "merit":
            return self.env._("Notice of Commendation")
        return self.env._("Notice of Criticism")

    def _notice_person(self):
        """Return whom the notice is about: by name only where the company wants that."""
        case = self.sudo()
        if case.company_id.sales_notice_with_name:
            return ", ".join(filter(None, [case.person_name, case.department_name]))
        if case.department_name:
            return self.env._("An employee of %(department)s", department=case.department_name)
        return self.env._("An employee")

    def _notice_facts(self):
        """Return what happened; left out of a notice without name, because the facts would tell who it is."""
        case = self.sudo()
        return case.facts if case.company_id.sales_notice_with_name else ""

    def _notice_date(self):
        """Return the day of the decision in words."""
        return format_date(self.env, self.sudo().company_id._sales_local_date(self.effective_date), date_format="long")

    def _notice_file_name(self):
        """Return the name of the file."""
        return f"{self._notice_title()} {self.name}".replace("/", "-")

    def _notice_rule(self):
        """Return the rule in the language of the notice."""
        return self.rule_id.name

    def _notice_measure(self):
        """Return the consequence in words."""
        words = [dict(self._fields["measure"]._description_selection(self.env))[self.measure]]
        if self.total:
            words.append(self.currency_id.format(self.total))
        if self.points:
            sign = "+" if self.kind == "merit" else "−"
            words.append(self.env._("%(points)s points", points=f"{sign}{self.points}"))
        return " · ".join(words)

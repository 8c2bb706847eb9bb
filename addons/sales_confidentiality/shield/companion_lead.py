# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Leads: they follow their partner, and are compared with others, without telling what was compared."""

from .companion_partner import is_common
from .companions import companion
from .guard import inside, is_shown


@companion("res.partner.phone", "crm.lead")
@companion("res.partner.email", "crm.lead")
class LeadFollowsPartner:
    """Whether a lead and its partner differ is asked by the server itself; so is what is known of a new customer."""

    __slots__ = ()

    def _get_partner_phone_update(self, force_void=True):
        return super(LeadFollowsPartner, inside(self))._get_partner_phone_update(force_void)

    def _get_partner_email_update(self, force_void=True):
        return super(LeadFollowsPartner, inside(self))._get_partner_email_update(force_void)

    def _handle_partner_assignment(self, force_partner_id=False, create_missing=True, **kwargs):
        leads = self
        if not force_partner_id:
            # The new customer is whose the lead is, not who makes it of the lead.
            leads = inside(self).with_context(default_user_id=None)
        return super(LeadFollowsPartner, leads)._handle_partner_assignment(force_partner_id, create_missing, **kwargs)

    def _inverse_phone(self):
        return super(LeadFollowsPartner, self._shield_known("phone"))._inverse_phone()

    def _inverse_email_from(self):
        return super(LeadFollowsPartner, self._shield_known("email"))._inverse_email_from()

    def _shield_known(self, name):
        """Return the leads that change a field of their partner: a refusal would tell that something else is there."""
        return self if self.env.su else self.filtered(lambda lead: is_shown(lead.partner_id, name))

    def _find_matching_partner(self):
        # That an address somebody entered is that of a contact tells the contact's address.
        partner = super()._find_matching_partner()
        return partner if not partner or is_shown(partner, "email") else self.partner_id

    def _get_lead_duplicates(self, partner=None, email=None, include_lost=False):
        found = super()._get_lead_duplicates(partner=partner, email=email, include_lost=include_lost)
        return found.filtered(lambda lead: (partner and lead.partner_id == partner) or is_shown(lead, "email_from"))

    def _merge_log_summary(self, merged_followers, opportunities_tail):
        # The note is for all who read the lead: it says what anybody may know.
        nobody = opportunities_tail.with_user(self.env.ref("base.public_user")).sudo()
        followers = {
            lead: found.filtered(lambda follower: is_common(follower.sudo().partner_id, "email"))
            for lead, found in merged_followers.items()
        }
        return super()._merge_log_summary(followers, nobody)

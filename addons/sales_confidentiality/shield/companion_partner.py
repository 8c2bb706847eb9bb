# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import vobject

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .companions import companion, compute_plain_name
from .guard import guard_of, inside, is_shown, outside

NAME_KEYS = {"show_email": "email", "show_vat": "vat"}


@companion("res.partner.email", "res.partner")
@companion("res.partner.vat", "res.partner")
class PartnerName:
    """Names that contain an e-mail or a tax number, which are computed as superuser for whoever asks."""

    __slots__ = ()

    def _compute_display_name(self):
        asked = {key: name for key, name in NAME_KEYS.items() if self.env.context.get(key) and name in self._shield}
        hidden = self.browse()
        if asked and self.env.uid != SUPERUSER_ID:
            hidden = self.filtered(
                lambda partner: partner._origin and not all(is_shown(outside(partner), name) for name in asked.values())
            )
        result = super(PartnerName, self - hidden)._compute_display_name()
        if hidden:
            compute_plain_name(PartnerName, hidden, **dict.fromkeys(asked, False))
        return result

    def _get_mention_suggestions_domain(self, search):
        domain = super()._get_mention_suggestions_domain(search)
        denied = self._shield_denied(["email"])
        return domain.map_conditions(lambda condition: Domain.FALSE if condition.field_expr in denied else condition)


def is_common(partner, name):
    """Tell whether everybody may know a field of a contact, such as a colleague's."""
    guard = guard_of(partner, name)
    return guard is None or (guard.scope == "customers" and not partner.sudo().partner_share)


@companion("res.partner.phone", "calendar.event")
@companion("res.partner.email", "calendar.event")
class Meeting:
    """Description and invitation of a meeting: whoever makes it may know the customer, but not all who read them."""

    __slots__ = ()

    def _prepare_partner_contact_details_html(self, section_title, partner):
        known = partner.new({"name": partner.name})
        for name in ("phone", "email"):
            if is_common(partner, name):
                known[name] = partner[name]
        return super()._prepare_partner_contact_details_html(section_title, known)

    def _get_ics_file(self):
        files = super(Meeting, inside(self))._get_ics_file()
        for meeting in self.sudo():
            people = meeting.attendee_ids.partner_id | meeting.partner_id
            secret = {f"MAILTO:{partner.email}" for partner in people if not is_common(partner, "email")}
            if secret and meeting.id in files:
                calendar = vobject.readOne(files[meeting.id].decode())
                for line in [
                    *calendar.vevent.contents.get("attendee", ()),
                    *calendar.vevent.contents.get("organizer", ()),
                ]:
                    if line.value in secret:
                        calendar.vevent.remove(line)
                files[meeting.id] = calendar.serialize().encode()
        return files


@companion("res.partner.phone", "account.edi.xml.ubl_20")
@companion("res.partner.email", "account.edi.xml.ubl_20")
@companion("res.partner.vat", "account.edi.xml.ubl_20")
class Invoice:
    """The XML file in a quotation or an invoice that somebody prints."""

    __slots__ = ()

    def _get_party_node(self, vals):
        partner = vals["partner"]
        node = super()._get_party_node({**vals, "partner": partner.sudo()})
        contact = node.get("cac:Contact", {})
        for name, tag in (("phone", "cbc:Telephone"), ("email", "cbc:ElectronicMail")):
            if tag in contact and not is_shown(partner, name):
                contact[tag] = {"_text": None}
        if not is_shown(partner.commercial_partner_id, "vat"):
            raise AccessError(self.env._("The electronic document contains a tax number that you are not cleared for."))
        return node


@companion("res.partner.phone", "stock.picking")
class DeliveryMessage:
    """Whether the customer is told about a delivery by SMS is decided by the server itself."""

    __slots__ = ()

    def _check_warn_sms(self):
        return super(DeliveryMessage, inside(self))._check_warn_sms().with_env(self.env)


@companion("res.partner.email", "mail.message")
class MessageAddresses:
    """The addresses to which a received mail was sent too."""

    __slots__ = ()

    def _to_store(self, store, fields, **kwargs):
        result = super(MessageAddresses, inside(self))._to_store(store, fields, **kwargs)
        known, own = store.data.get("mail.message", {}), store.target.is_current_user(self.env)
        for message in self:
            row = known.get((message.id,), {})
            for name in ("incoming_email_to", "incoming_email_cc"):
                if row.get(name) and not (own and is_shown(outside(message), name)):
                    row[name] = False
        return result


@companion("res.partner.email", "base.partner.merge.automatic.wizard")
@companion("res.partner.vat", "base.partner.merge.automatic.wizard")
class Merging:
    """Contacts that are the same are grouped by the database itself, and the merged one notes who they were."""

    __slots__ = ()

    def _generate_query(self, fields, maximum_group=100):
        for name in fields:
            self.env["res.partner"]._shield_refuse_asking(name)
        return super()._generate_query(fields, maximum_group)

    def _log_merge_operation(self, src_partners, dst_partner):
        # Everybody who reads the contact reads the note. These contacts are deleted right after.
        secret = src_partners.filtered(lambda partner: not is_common(partner, "email"))
        secret._fields["email"]._update_cache(secret, False)
        result = super()._log_merge_operation(src_partners, dst_partner)
        secret.invalidate_recordset(["email"], flush=False)
        return result

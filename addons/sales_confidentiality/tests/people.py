# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from .common import ConfidentialityCommon
from .test_cipher import KeyFile

WORDS = b"The price of the lathe is 4711. " * 40


class SecretFileCommon(ConfidentialityCommon):
    """A secret file of a customer. Li Wei has stored it and is cleared for it; nobody else is."""

    def setUp(self):
        super().setUp()
        self.keys = KeyFile.use(self)
        self.clearance = self.clear(self.li, self.product_data, self.secret)
        self.file = self.secret_file()

    def secret_file(self, user=None, **values):
        """Store a secret file as a user."""
        return (
            self.env["ir.attachment"]
            .with_user(user or self.li)
            .create(
                {
                    "name": "Lathe.txt",
                    "raw": WORDS,
                    "res_model": "res.partner",
                    "res_id": self.customer.id,
                    "confidentiality_category_id": self.product_data.id,
                    "confidentiality_level_id": self.secret.id,
                    **values,
                }
            )
        )

    def stored(self, file):
        """Return what is really stored of a file."""
        self.env.flush_all()
        self.env.cr.execute("SELECT store_fname, db_datas FROM ir_attachment WHERE id = %s", [file.id])
        [(name, data)] = self.env.cr.fetchall()
        if not name:
            return bytes(data or b"")
        with open(file._full_path(name), "rb") as stored:
            return stored.read()

    def tamper(self, file, data):
        """Put something else where a file is stored."""
        with open(file._full_path(file.sudo().store_fname), "wb") as stored:
            stored.write(data)
        self.env.invalidate_all()

    def opened(self, file, user=None):
        """Return what a user reads of a file, freshly."""
        self.env.invalidate_all()
        return file.with_user(user or self.li).raw


# A picture of five pixels, and the beginning of a PDF file.
PEN = (
    "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4"
    "//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg=="
)
PDF = "JVBERi0xLjQK"


class AgreementCommon(ConfidentialityCommon):
    """Li Wei is cleared. Xu is the buyer of Ningbo Valve Works, with an account on the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal.partner_id.parent_id = cls.customer
        cls.nda, cls.commitment, cls.statement = (
            cls.env.ref(f"sales_confidentiality.sales_confidentiality_agreement_template_{kind}")
            for kind in ("nda", "commitment", "statement")
        )

    def ask(self, partner, template=None, **values):
        """Ask somebody to sign as the officer would."""
        values = {"template_id": (template or self.commitment).id, "partner_id": partner.id, **values}
        return self.env["sales.confidentiality.agreement"].with_user(values.pop("by", self.officer)).create(values)

    def signed(self, user, template=None):
        """Let a user sign something."""
        agreement = self.ask(user.partner_id, template)
        self.rpc_sign(agreement, user)
        return agreement

    def rpc_sign(self, agreement, user):
        agreement.with_user(user).sudo()._sign(user.name, PEN)

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The customer list: companies, their people, families, affiliates, and customers entered twice."""

import names

CUSTOMER_COLUMNS = [
    "id", "ref", "name", "is_company", "parent_id/id", "function", "phone", "email", "vat", "company_registry",
    "street", "city", "country_id/id", "category_id", "user_id", "Last contact",
    "sales_relation_ids/kind", "sales_relation_ids/other_partner_id/id", "sales_relation_ids/note",
]
CREDIT_CODE_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def mobile_spellings(number):
    return [
        number,
        f"{number[:3]} {number[3:7]} {number[7:]}",
        f"{number[:3]}-{number[3:7]}-{number[7:]}",
        f"+86 {number[:3]} {number[3:7]} {number[7:]}",
        f"0086-{number}",
    ]


def line_spellings(area, number):
    return [
        f"{area}{number}",
        f"{area}-{number}",
        f"({area}) {number[:4]} {number[4:]}",
        f"+86 {area[1:]} {number[:4]} {number[4:]}",
        f"0086-{area[1:]}-{number}",
    ]


def credit_code(rng):
    """Return an invented unified social credit code with its check digit (GB 32100)."""
    body = "91" + "330299" + "".join(rng.choice(CREDIT_CODE_DIGITS) for _digit in range(9))
    weights = [pow(3, place, 31) for place in range(17)]
    total = sum(CREDIT_CODE_DIGITS.index(digit) * weight for digit, weight in zip(body, weights))
    return body + CREDIT_CODE_DIGITS[-total % 31]


class CustomerList:
    """Rows of the customer list, and which of them are one customer because of family or affiliation."""

    def __init__(self, rng):
        self.rng = rng
        self.rows = []
        self.further_relations = {}  # id of a row to sub-rows below it
        self.units = []  # lists of ids that are one customer
        self.taken = set()

    def fresh(self, make):
        """Return the first value of ``make()`` that is not taken yet."""
        while (value := make()) in self.taken:
            pass
        self.taken.add(value)
        return value

    def add(self, name, **values):
        number = len(self.rows) + 1
        row = dict.fromkeys(CUSTOMER_COLUMNS, "") | {
            "id": f"customer_{number:04d}",
            "ref": f"KH{number:04d}",
            "name": name,
            "country_id/id": "base.cn",
            **values,
        }
        self.rows.append(row)
        return row

    def person_name(self):
        pick = self.rng.choice
        return self.fresh(lambda: pick(names.SURNAMES) + pick(names.GIVEN_FIRST) + pick(names.GIVEN_LAST))

    def mobile(self):
        pick = self.rng.choice
        digits = self.fresh(lambda: pick(["138", "139", "150", "186"]) + f"0000{self.rng.randrange(10000):04d}")
        return self.rng.choice(mobile_spellings(digits))

    def company(self, city=None, brand=None):
        rng = self.rng
        city_name, area, exchange = city or rng.choice(names.CITIES)
        brand = brand or (rng.choice(names.BRAND_FIRST) + rng.choice(names.BRAND_LAST))
        name = self.fresh(lambda: city_name + brand + rng.choice(names.TRADES) + rng.choice(names.FORMS))
        number = self.fresh(lambda: f"{exchange}{rng.randrange(10000):04d}")
        index = len(self.rows) + 1
        return self.add(
            name,
            is_company="True",
            phone=rng.choice(line_spellings(area, number)) if rng.random() < 0.9 else "",
            email=f"info@kehu{index:04d}.example" if rng.random() < 0.6 else "",
            vat=self.fresh(lambda: credit_code(rng)) if rng.random() < 0.7 else "",
            company_registry=f"3302990{index:08d}" if rng.random() < 0.2 else "",
            street=f"{rng.choice(names.ROADS)}{rng.randrange(1, 400)}号",
            city=city_name,
            category_id=",".join(rng.sample(names.TAGS, rng.choice([0, 1, 1, 1, 2]))),
        )

    def person(self, **values):
        return self.add(self.person_name(), is_company="False", phone=self.mobile(), **values)

    def duplicate(self, original):
        """Enter a customer a second time, as a colleague would: short name, another spelling of the same number."""
        short = original["name"]
        for form in ("股份有限公司", "有限公司", "厂"):
            short = short.removesuffix(form)
        digits = "".join(filter(str.isdigit, original["phone"])).removeprefix("0086").removeprefix("86").lstrip("0")
        area = next(area for city, area, _exchange in names.CITIES if city == original["city"])
        spellings = line_spellings(area, digits.removeprefix(area[1:]))
        phone = self.rng.choice([spelling for spelling in spellings if spelling != original["phone"]])
        return self.add(short, is_company="True", phone=phone, city=original["city"])

    def relate(self, row, kind, other, note):
        """Put a relation on ``row``: what ``other``, which stands higher in the list, is to it."""
        relation = {
            "sales_relation_ids/kind": kind,
            "sales_relation_ids/other_partner_id/id": other["id"],
            "sales_relation_ids/note": note,
        }
        if row["sales_relation_ids/kind"]:
            self.further_relations.setdefault(row["id"], []).append(dict.fromkeys(CUSTOMER_COLUMNS, "") | relation)
        else:
            row.update(relation)

    def family(self, size):
        """Enter a private customer with spouse and child."""
        first = self.person(city=self.rng.choice(names.CITIES)[0])
        spouse = self.person(city=first["city"])
        self.relate(spouse, "spouse", first, "结婚证")
        members = [first, spouse]
        if size > 2:
            child = self.person(city=first["city"])
            self.relate(child, "parent", first, "户口簿")
            self.relate(child, "parent", spouse, "户口簿")
            members.append(child)
        self.units.append([row["id"] for row in members])

    def affiliates(self, size):
        """Enter companies of one controlling person: a parent company and its subsidiaries."""
        brand = self.rng.choice(names.BRAND_FIRST) + self.rng.choice(names.BRAND_LAST)
        parent = self.company(brand=brand)
        members = [parent]
        for number in range(size - 1):
            company = self.company(brand=brand)
            if number == 2:
                # two pairs that turn out to be one customer
                sister = self.company(brand=brand)
                self.relate(sister, "same_controller", company, "股东名册")
                self.relate(sister, "same_controller", members[1], "股东名册")
                members.append(sister)
            elif number % 2:
                self.relate(company, "same_controller", parent, "股东名册")
            else:
                self.relate(company, "parent_company", parent, "营业执照")
            members.append(company)
        self.units.append([row["id"] for row in members])

    def build(self):
        rng = self.rng
        companies = [self.company() for _number in range(280)]
        self.units += [[row["id"]] for row in companies]
        for row in rng.sample(companies, 70):
            contact = self.person(**{"parent_id/id": row["id"], "function": rng.choice(names.FUNCTIONS)})
            next(unit for unit in self.units if unit[0] == row["id"]).append(contact["id"])
        # A branch that is a company of its own is a customer of its own until a relation says otherwise.
        for row in rng.sample(companies, 6):
            branch = self.company()
            branch["parent_id/id"] = row["id"]
            self.units.append([branch["id"]])
        for _number in range(35):
            self.units.append([self.person(city=rng.choice(names.CITIES)[0])["id"]])
        for number in range(13):
            self.family(2 + number % 2)
        for number in range(12):
            self.affiliates(2 + number % 3)
        for row in rng.sample([row for row in companies if row["phone"]], 18):
            self.units.append([self.duplicate(row)["id"]])

    def lines(self):
        for row in self.rows:
            yield row
            yield from self.further_relations.get(row["id"], ())

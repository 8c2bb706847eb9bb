# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The bare SQL that does the same work: what somebody would write by hand who knew only this database."""

# A customer's owner is not named to colleagues where the row is blind.
PAGE = """
    SELECT partner.id, partner.complete_name, partner.phone, partner.email, partner.city,
           partner.company_id, partner.write_date, 'open' AS state,
           (SELECT array_agg(activity.id) FROM mail_activity activity
             WHERE activity.res_model = 'res.partner' AND activity.res_id = partner.id AND activity.active
           ) AS activities,
           (SELECT array_agg(tag.category_id) FROM res_partner_res_partner_category_rel tag
             WHERE tag.partner_id = partner.id) AS tags
      FROM res_partner partner
     WHERE {open}
     ORDER BY partner.complete_name, partner.id DESC
     LIMIT %(page)s
"""
OPEN = """
    partner.active AND partner.partner_share AND (partner.is_company OR partner.parent_id IS NULL)
    AND NOT EXISTS (SELECT 1 FROM res_company own WHERE own.partner_id = partner.id)
    AND (partner.company_id IS NULL OR partner.company_id = %(company)s)
    AND EXISTS (SELECT 1 FROM sales_ownership begun
                 WHERE begun.group_id = partner.sales_customer_group_id AND begun.company_id = %(company)s
                   AND begun.date_start <= %(now)s AND begun.end_reason IS DISTINCT FROM 'withdrawn')
    AND NOT EXISTS (SELECT 1 FROM sales_ownership running
                     WHERE running.group_id = partner.sales_customer_group_id AND running.company_id = %(company)s
                       AND running.date_start <= %(now)s
                       AND (running.date_end IS NULL OR running.date_end > %(now)s))
"""
COUNT = "SELECT count(*) FROM res_partner partner WHERE {open}"
COUNT_LIMITED = "SELECT count(*) FROM (SELECT 1 FROM res_partner partner WHERE {open} LIMIT %(limit)s) AS counted"

REMIND = (
    """
    WITH due AS (
        SELECT id, user_id, group_id, date_end FROM sales_ownership
         WHERE remind_from <= %(now)s AND reminder_date IS NULL AND date_start <= %(now)s
           AND (date_end IS NULL OR date_end > %(now)s)
    ), named AS (
        SELECT due.*, string_agg(partner.complete_name, ', ') AS name
          FROM due
          JOIN sales_customer_membership member ON member.group_id = due.group_id AND member.date_end IS NULL
          JOIN res_partner partner ON partner.id = member.partner_id
         GROUP BY due.id, due.user_id, due.group_id, due.date_end
    ), activity AS (
        INSERT INTO mail_activity (activity_type_id, res_model_id, res_model, res_id, res_name, user_id, date_deadline,
                                   summary, automated, active, create_uid, create_date, write_uid, write_date)
        SELECT %(activity_type)s, %(model)s, 'sales.ownership', id, name, user_id, date_end::date,
               'Protection of ' || name || ' ends soon', FALSE, TRUE, 1, %(now)s, 1, %(now)s
          FROM named
        RETURNING 1
    )
    UPDATE sales_ownership SET reminder_date = %(now)s, write_uid = 1, write_date = %(now)s
      FROM due WHERE due.id = sales_ownership.id
    """,
)
DIGEST = (
    """
    WITH owner AS (
        SELECT users.id, users.partner_id, person.email, string_agg(
                   '<tr><td>' || customer.complete_name || '</td><td>' || row.date_end || '</td></tr>', ''
                   ORDER BY row.date_end) AS lines
          FROM sales_ownership row
          JOIN res_users users ON users.id = row.user_id AND users.active
          JOIN res_partner person ON person.id = users.partner_id
          JOIN sales_customer_membership member ON member.group_id = row.group_id AND member.date_end IS NULL
          JOIN res_partner customer ON customer.id = member.partner_id
         WHERE row.reminder_date IS NOT NULL AND row.date_start <= %(now)s
           AND (row.date_end IS NULL OR row.date_end > %(now)s)
         GROUP BY users.id, users.partner_id, person.email
        HAVING bool_or(row.reminder_date >= %(today)s)
    ), message AS (
        INSERT INTO mail_message (message_type, subject, body, date, model, res_id, message_id,
                                  create_uid, create_date, write_uid, write_date)
        SELECT 'email_outgoing', 'Customers whose protection ends soon', lines, %(now)s, 'res.users', id,
               '<' || id || '@bench>', 1, %(now)s, 1, %(now)s
          FROM owner
        RETURNING id, res_id, body
    ), mail AS (
        INSERT INTO mail_mail (mail_message_id, email_to, body_html, state, auto_delete,
                               create_uid, create_date, write_uid, write_date)
        SELECT message.id, owner.email, message.body, 'outgoing', TRUE, 1, %(now)s, 1, %(now)s
          FROM message JOIN owner ON owner.id = message.res_id
        RETURNING 1
    )
    UPDATE res_users SET sales_digest_date = %(today)s FROM owner WHERE owner.id = res_users.id
    """,
)

SIMILAR = "SELECT id, name FROM res_partner WHERE name %% %(name)s LIMIT 10"
# The customer, the company's settings and the user; the groups with the same phone, e-mail or tax number; the terms;
# whom the user stands in for; the registration. The customer belongs to no group, so there is no owner to ask for.
# Where two people register at the same moment the second one's update of the partner fails.
REGISTER = (
    """
    SELECT partner.complete_name, partner.commercial_partner_id, partner.sales_customer_group_id,
           partner.phone_sanitized, partner.email_normalized, partner.vat, partner.company_registry,
           company.sales_ownership_enabled, company.sales_contact_backdate_hours,
           company.sales_contact_summary_length, company.sales_owner_sync_salesperson,
           calendar.tz, users.sale_team_id
      FROM res_partner partner
      JOIN res_company company ON company.id = %(company)s
      JOIN res_users users ON users.id = %(user)s
      LEFT JOIN resource_calendar calendar ON calendar.id = company.resource_calendar_id
     WHERE partner.id = %(partner)s AND (partner.company_id IS NULL OR partner.company_id = %(company)s)
    """,
    """
    SELECT sales_customer_group_id FROM res_partner
     WHERE sales_customer_group_id IS NOT NULL
       AND (phone_sanitized = %(phone)s OR email_normalized = %(email)s OR vat = %(vat)s)
    UNION
    SELECT sales_customer_group_id FROM crm_lead
     WHERE partner_id IS NULL AND sales_customer_group_id IS NOT NULL
       AND (phone_sanitized = %(phone)s OR email_normalized = %(email)s)
    """,
    """
    SELECT * FROM sales_ownership_policy
     WHERE active AND (company_id IS NULL OR company_id = %(company)s)
     ORDER BY sequence, id
    """,
    """
    SELECT owner_id FROM sales_ownership_cover
     WHERE user_id = %(user)s AND date_from <= %(now)s AND date_to > %(now)s
    """,
    """
    WITH founded AS (
        INSERT INTO sales_customer_group (create_uid, create_date, write_uid, write_date)
        VALUES (%(user)s, %(now)s, %(user)s, %(now)s) RETURNING id
    ), member AS (
        INSERT INTO sales_customer_membership (group_id, partner_id, partner_ref, partner_name, date_start,
                                               create_uid, create_date, write_uid, write_date)
        SELECT id, %(partner)s, %(partner)s, %(name)s, %(now)s, %(user)s, %(now)s, %(user)s, %(now)s FROM founded
        RETURNING group_id
    ), placed AS (
        UPDATE res_partner SET sales_customer_group_id = founded.id, write_uid = %(user)s, write_date = %(now)s
          FROM founded
         WHERE commercial_partner_id = %(partner)s RETURNING 1
    ), contact AS (
        INSERT INTO sales_contact_log (partner_id, partner_name, group_id, company_id, user_id, team_id, channel,
                                       direction, contact_date, summary, counts, imported, protects_until,
                                       create_uid, create_date, write_uid, write_date)
        SELECT %(partner)s, %(name)s, id, %(company)s, %(user)s, %(team)s, 'visit', 'two_way', %(now)s, %(summary)s,
               TRUE, FALSE, %(end)s, %(user)s, %(now)s, %(user)s, %(now)s
          FROM founded
        RETURNING id, group_id
    )
    INSERT INTO sales_ownership (group_id, company_id, user_id, date_start, date_end, remind_from, origin, blind,
                                 log_id, last_log_id, create_uid, create_date, write_uid, write_date)
    SELECT group_id, %(company)s, %(user)s, %(now)s, %(end)s, %(end)s, 'registration', TRUE,
           id, id, %(user)s, %(now)s, %(user)s, %(now)s
      FROM contact
    """,
)
# What a registration leaves behind, to compare both sides.
REGISTERED = """
    SELECT 'group' AS kind, to_jsonb(founded) AS facts FROM sales_customer_group founded
     WHERE id = (SELECT sales_customer_group_id FROM res_partner WHERE id = %(partner)s)
    UNION ALL
    SELECT 'membership', to_jsonb(member) FROM sales_customer_membership member WHERE partner_id = %(partner)s
    UNION ALL
    SELECT 'log', to_jsonb(contact) FROM sales_contact_log contact WHERE partner_id = %(partner)s
    UNION ALL
    SELECT 'ledger', to_jsonb(owned) FROM sales_ownership owned
     WHERE group_id = (SELECT sales_customer_group_id FROM res_partner WHERE id = %(partner)s)
    UNION ALL
    SELECT 'partner', to_jsonb(partner) FROM res_partner partner WHERE commercial_partner_id = %(partner)s
    ORDER BY 1
"""


def open_page():
    """Return the statements that read the first page of open customers and count up to the web client's limit."""
    return PAGE.format(open=OPEN), COUNT_LIMITED.format(open=OPEN)


def open_count():
    """Return the statement that counts all open customers."""
    return (COUNT.format(open=OPEN),)

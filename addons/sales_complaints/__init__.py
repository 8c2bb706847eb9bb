from . import controllers
from . import models
from . import report
from . import wizard


def _number_companies(env):
    env["res.company"].search([])._create_complaint_sequence()

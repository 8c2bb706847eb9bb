from . import test_clearance
from . import test_cipher
from . import test_secret_file
from . import test_secret_file_routes
from . import test_agreement
from . import test_agreement_portal
from . import test_training
from . import test_incident

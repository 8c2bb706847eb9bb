# shellcheck shell=bash
# All functions of the scripts in tools/; sourcing it does nothing else.
for part in settings system odoo-source python-env cluster databases; do
  # shellcheck source=/dev/null
  . "$(dirname "${BASH_SOURCE[0]}")/$part.sh"
done
unset part

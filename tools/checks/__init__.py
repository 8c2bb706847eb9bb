"""Static checks of our addons that no other tool makes; `python -m checks ADDON...` runs them all."""

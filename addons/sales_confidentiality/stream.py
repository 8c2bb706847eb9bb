# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import io

from werkzeug.wsgi import wrap_file

from odoo.http import Stream, request

from .cipher import CHUNK


class SecretStream(Stream):
    """Send a secret file, decrypted piece by piece; no browser and no proxy keeps it (CON-5).

    :param reader: the plain content, a ``SealedReader``
    """

    def __init__(self, reader, **kwargs):
        # A range of the file or "not modified" would need an answer that somebody keeps.
        super().__init__(type="data", size=reader.length, conditional=False, etag=False, **kwargs)
        self._reader, self._data = reader, None

    @property
    def data(self):
        """The whole content, for those who work with it: images that are resized, archives."""
        if self._data is None:
            self._reader.seek(0)
            self._data = self._reader.read()
        return self._data

    @data.setter
    def data(self, value):
        self._data = value

    def get_response(self, as_attachment=None, immutable=None, content_security_policy="default-src 'none'", **kwargs):
        """Answer with the file. See ``Stream``; whatever would let it be kept is left out."""
        piecewise = self._data is None
        if piecewise:
            self._data = b""
        self.public = False
        response = super().get_response(as_attachment, False, content_security_policy, **{**kwargs, "max_age": None})
        if piecewise:
            self._reader.seek(0)
            content = io.BufferedReader(self._reader, CHUNK)
            response.response = wrap_file(request.httprequest.environ, content, CHUNK)
            response.content_length = self.size
        response.cache_control.no_store = True
        return response

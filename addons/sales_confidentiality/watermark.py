# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Mark every page of a PDF with whom it was given to (CON-7)."""

import io

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from odoo.tools.pdf import PdfFileReader, PdfFileWriter

# Comes with every PDF reader; nothing has to be installed on the server.
CHINESE = "STSong-Light"


class WatermarkError(Exception):
    """This is no PDF whose pages can be marked."""


def watermark(content, text):
    """Return a PDF with a text across and below each page.

    :param bytes content: PDF
    :param str text: one line
    :return: bytes
    :raises WatermarkError: where the content is no PDF, is protected by a password, or has no page
    """
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        pages = [reader.getPage(number) for number in range(reader.getNumPages())]
        writer = PdfFileWriter()
        for page in pages:
            page.mergePage(_mark(page.mediaBox, text))
            writer.addPage(page)
        output = io.BytesIO()
        writer.write(output)
    # The libraries raise whatever they stumble over in a broken file.
    except Exception as error:
        raise WatermarkError from error
    if not pages:
        raise WatermarkError
    return output.getvalue()


def _mark(box, text):
    """Return a page of the size of a box that holds nothing but the mark."""
    (left, right), (bottom, top) = (sorted(map(float, (box[axis], box[axis + 2]))) for axis in (0, 1))
    width, height = right - left, top - bottom
    font = "Helvetica"
    if not text.isascii():
        font = CHINESE
        pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
    packet = io.BytesIO()
    canvas = Canvas(packet, pagesize=(right, top))
    canvas.setFont(font, 8)
    canvas.setFillGray(0.25)
    canvas.drawCentredString(left + width / 2, bottom + 12, text)
    canvas.translate(left + width / 2, bottom + height / 2)
    canvas.rotate(35)
    size = 18
    canvas.setFont(font, size)
    canvas.setFillGray(0.5, 0.22)
    step = pdfmetrics.stringWidth(text, font, size) + 60
    reach = width + height
    for row in range(int(-reach / 240), int(reach / 240) + 1):
        position = -reach / 2 + (row % 2) * step / 2
        while position < reach / 2:
            canvas.drawString(position, row * 120, text)
            position += step
    canvas.save()
    return PdfFileReader(packet).getPage(0)

#!/usr/bin/env python3
"""Renders PDFs with poppler, mupdf and pdfium, and fails where the pictures differ.

Usage: renderers.py FILE.pdf ...

Each of the three draws edges in its own way, so a dark dot is missed in another picture
only if there is nothing but paper near it. At 100 dots to the inch, two dots (half a
millimetre) are the least distance at which no dot of our pages is missed anywhere; at one
dot, 1.4 per cent of the ink of a page is.
"""

import pathlib
import subprocess
import sys
import tempfile

import numpy
import pypdfium2
from PIL import Image

DPI = 100
DARK = 110  # A dot that is darker than this is ink.
LIGHT = 230  # A dot that is lighter than this is paper.
NEAR = 2  # How many dots apart the edges of two renderers may stand.
MOST = 3  # How many dots of a page may be missed: a letter has 20 or more.


def poppler(pdf, folder):
    stem = folder / "poppler"
    command = ["pdftoppm", "-r", str(DPI), "-gray", "-png", pdf, stem]
    subprocess.run(command, check=True)
    return pages(folder, "poppler-*.png")


def mupdf(pdf, folder):
    name = folder / "mupdf-%04d.png"
    command = ["mutool", "draw", "-q", "-N", "-r", str(DPI), "-c", "gray"]
    command += ["-o", name, pdf]
    subprocess.run(command, check=True)
    return pages(folder, "mupdf-*.png")


def pdfium(pdf, _folder):
    document = pypdfium2.PdfDocument(pdf)
    draw = lambda page: page.render(scale=DPI / 72, grayscale=True).to_pil()
    return [numpy.asarray(draw(page).convert("L")) for page in document]


def pages(folder, pattern):
    # pdftoppm pads numbers to the same width, so names sort like pages.
    names = sorted(folder.glob(pattern))
    return [numpy.asarray(Image.open(name).convert("L")) for name in names]


def darkest_near(picture):
    """Each dot as dark as the darkest one near it."""
    padded = numpy.pad(picture, NEAR, constant_values=255)
    height, width = picture.shape
    darkest = picture
    for down in range(2 * NEAR + 1):
        for across in range(2 * NEAR + 1):
            moved = padded[down : down + height, across : across + width]
            darkest = numpy.minimum(darkest, moved)
    return darkest


def missed(one, other):
    """How many dots of ink of one picture have nothing near them in the other."""
    height = min(one.shape[0], other.shape[0])
    width = min(one.shape[1], other.shape[1])
    ink = one[:height, :width] < DARK
    paper = darkest_near(other[:height, :width]) > LIGHT
    return int((ink & paper).sum())


def differences(pdf, drawn):
    """What is wrong with the pictures that the renderers drew."""
    counts = {name: len(pictures) for name, pictures in drawn.items()}
    if len(set(counts.values())) != 1:
        return [f"{pdf}: {counts} pages"]
    wrong = []
    for name, pictures in drawn.items():
        for other, others in drawn.items():
            for page, (one, two) in enumerate(zip(pictures, others), 1):
                dots = missed(one, two)
                if dots > MOST:
                    lost = f"{dots} dots that {name} draws are missing in {other}"
                    wrong.append(f"{pdf}, page {page}: {lost}")
    return wrong


def without_a_letter(picture):
    """The picture without what stands in a square of 12 dots around its darkest place."""
    ink = (picture < DARK).cumsum(axis=0).cumsum(axis=1)
    within = ink[12:, 12:] - ink[:-12, 12:] - ink[12:, :-12] + ink[:-12, :-12]
    top, left = numpy.unravel_index(within.argmax(), within.shape)
    altered = picture.copy()
    altered[top + 1 : top + 13, left + 1 : left + 13] = 255
    return altered


def main():
    wrong, count = [], 0
    for pdf in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            drawn = {
                draw.__name__: draw(pdf, folder) for draw in (poppler, mupdf, pdfium)
            }
        wrong += differences(pdf, drawn)
        count += len(drawn["pdfium"])
        # A comparison that overlooks a lost letter would prove nothing.
        first = drawn["pdfium"][0]
        altered = {**drawn, "pdfium": [without_a_letter(first), *drawn["pdfium"][1:]]}
        if not differences(pdf, altered):
            wrong.append(f"{pdf}: a letter that is taken away is not missed")
    print("\n".join([*wrong, f"{count} pages compared"]))
    return bool(wrong) or count == 0


sys.exit(main())

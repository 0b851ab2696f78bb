"""Makes a picture fit to keep: upright, not too large, and without what the camera noted about place and owner."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2560
KINDS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")


def without_exif(body: bytes) -> bytes:
    """An upright JPEG that tells nothing but the picture: no place, no phone, no time. ValueError for anything else.

    What is see-through becomes white.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            Image.init()  # else a kind that was never used yet is a KeyError
            with Image.open(io.BytesIO(body), formats=KINDS) as picture:
                return _as_jpeg(picture)
    except (OSError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise ValueError("not a picture") from error


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    drawn = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn).convert("RGB")


def _as_jpeg(picture: Image.Image) -> bytes:
    if picture.width * picture.height > MOST_PIXELS:  # read from the header, before anything is unpacked
        raise ValueError("too many pixels")
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = _on_white(ImageOps.exif_transpose(picture))
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=85, exif=b"")
    return out.getvalue()

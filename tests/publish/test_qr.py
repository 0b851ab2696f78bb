from io import BytesIO

from PIL import Image

from publish import qr


def test_a_link_becomes_a_square_picture() -> None:
    with Image.open(BytesIO(qr.png("https://t.me/mrgvali_bot?start=vgremi"))) as picture:
        assert picture.format == "PNG"
        assert picture.width == picture.height > 300

from domain.links import Links


def test_a_link_leads_to_telegram_first_and_to_the_web() -> None:
    links = Links("mrgvali_bot", "https://needs.example.ge/")
    assert links.all("vgremi") == (
        "https://t.me/mrgvali_bot?start=vgremi",
        "https://needs.example.ge/chat?start=vgremi",
    )


def test_without_a_bot_or_an_address_there_is_no_link() -> None:
    assert Links().all("vgremi") == ()
    assert Links(viber_uri="mrgvali ge").all("v1") == ("viber://pa?chatURI=mrgvali%20ge&context=v1",)
    assert Links(public_url="http://localhost:8080").all("i-_x") == ("http://localhost:8080/chat?start=i-_x",)

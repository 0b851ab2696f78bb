"""Minutes of a whole meeting with six issues, as they would be in Georgian."""

from __future__ import annotations

from typing import Any, cast

from domain.minutes_body import Answer, Body, Item, Promised

ISSUES = [
    ("არაგული", "Araguli", "სასმელი წყლის მილი დაზიანებულია, წყალი კვირაში ორჯერ მოდის"),
    ("ზემო", "Zemo", "საბავშვო ბაღამდე გზა თოვლში გაუვალია"),
    ("მთა", "Mta", "ფერმამდე ხიდი ჩაინგრა"),
    ("არაგული", "Araguli", "გარე განათება სკოლის გზაზე"),
    ("ზემო", "Zemo", "ამბულატორიაში ექიმი თვეში ერთხელ მოდის"),
    ("მთა", "Mta", "ნაგავი არ გააქვთ"),
]
SENTENCE = "მილს 2027 წლის 1 მაისამდე შევცვლით"
OFFICE = "კეთილმოწყობის სამსახურის უფროსი"


def promise(number: int, **changed: Any) -> Promised:
    kept: dict[str, Any] = {
        "entry": f"entry-{number}",
        "name": "გიორგი მაისურაძე",
        "office": OFFICE,
        "words": f"{SENTENCE}, ამისთვის ბიუჯეტში 45 000 ₾ იქნება",
        "made_on": "2026-10-14",
        "due": "2027-05-01",
        "due_on": "2027-05-01",
        "money": "45 000 ₾, 2027 წლის ბიუჯეტი",
        "check": "ჯგუფი წყალს მაისში შეამოწმებს",
        "confirmed": "confirmed",
        **changed,
    }
    return cast("Promised", kept)


def answer(**changed: Any) -> Answer:
    kept: dict[str, Any] = {
        "name": "გიორგი მაისურაძე",
        "office": OFFICE,
        "side": "executive",
        "answer": "partly",
        "whose": "",
        "words": "მთავარ მილს შევცვლით, ქუჩის ონკანებს შემდეგ წელს.",
        "counted": "budget",
        "year": 2027,
        "id": "answer",
        "programme": "",
        "source": "room",
        "registry": "",
        **changed,
    }
    return cast("Answer", kept)


def item(number: int) -> Item:
    where_ka, where_en, title_ka = ISSUES[number - 1]
    vague = promise(
        number * 10,
        words="უახლოეს თვეებში ვნახავთ",
        due="coming_months",
        due_on="2027-04-14",
        money="",
        check="",
        confirmed="not_asked",
    )
    return {
        "number": number,
        "id": f"item-{number}",
        "kind": "water",
        "words": title_ka,
        "asked": "",
        "where": {"ka": where_ka, "en": where_en},
        "community_id": 1,
        "village_id": 1,
        "need_id": 1,
        "minutes": 15,
        "presented_by": "ნანა ბერიძე, არაგულის ჯგუფის ლიდერი",
        "heard": "წყალს ქალები დღეში საათნახევარი ეზიდებიან; სოფელი 20 დღის შრომას გაიღებს.",
        "said": [
            {
                "name": "მარიამ გელაშვილი",
                "words": "მილი რატომ არ შეიცვალა გასულ წელს?",
                "answer": "თანხა გზაზე დაიხარჯა.",
            },
            {"name": "ლევან კაპანაძე", "words": "სოფელი თხრილს თავად გათხრის.", "answer": ""},
        ],
        "votes": [{"words": "ჯერ მთავარი მილი შეიცვალოს.", "in_favour": 14, "against": 1, "abstained": 2}]
        if number == 1
        else [],
        "answers": [
            *([answer(source="beforehand", registry="14-2231")] if number == 1 else []),
            answer(),
            answer(
                name="ეკა ლომიძე",
                office="საკრებულოს წევრი",
                answer="not_ours",
                whose="წყალკომპანია",
                words="",
                counted="",
            ),
        ],
        "promises": [promise(number), vague],
        "spoke": {"woman": 3, "man": 2},
    }


def body(**changed: Any) -> Body:
    present = [
        {"name": f"{name} {number}", "office": office, "side": side, "sex": sex}
        for number in range(1, 7)
        for name, office, side, sex in (
            ("ნანა ბერიძე", "თვითდახმარების ჯგუფის წევრი", "community", "woman"),
            ("გიორგი მაისურაძე", OFFICE, "executive", "man"),
            ("ეკა ლომიძე", "საკრებულოს წევრი, გენდერული თანასწორობის საბჭო", "elected", "woman"),
        )
    ]
    kept: dict[str, Any] = {
        "meeting_id": 7,
        "number": 3,
        "municipality": {"ka": "ძევერი", "en": "Dzeveri"},
        "communities": [{"ka": "ხეობა", "en": "Valley"}, {"ka": "გორა", "en": "Hill"}],
        "day": "2026-10-14",
        "begins": "11:00",
        "ends": "13:20",
        "place": "მერიის დარბაზი",
        "chair": "თამარ წერეთელი",
        "secretary": "ქეთი აბაშიძე",
        "present": present,
        "absent": [{"name": "ზურაბ ონიანი", "office": "მერი", "reason": "მივლინება"}],
        "items": [item(number) for number in range(1, 7)],
        "annexes": ["საჭიროებების შეთანხმებული სია", "დასწრების ფურცელი"],
        "sent_to": [{"name": one["name"], "office": one["office"]} for one in present],
        "amendments": [
            {
                "name": "მარიამ გელაშვილი",
                "office": "დეპუტატი",
                "item": 1,
                "words": "ჩაიწეროს, რომ ქუჩის ონკანები ორია.",
                "accepted": True,
                "reason": "",
            },
            {
                "name": "ლევან კაპანაძე",
                "office": "რწმუნებული",
                "item": None,
                "words": "ასე არ მითქვამს.",
                "accepted": False,
                "reason": "ჩანაწერში სხვაგვარად ისმის.",
            },
        ],
        "until": "2026-10-19",
        **changed,
    }
    return cast("Body", kept)

"""Captions and credits: cases as sites print them, each beside a near miss."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.transform.fields.credit import split_credit

CASES = [
    # label in brackets
    (
        "The minister speaks in Riga, October 21, 2021 (photo credit: REUTERS/JANE ROE)",
        "The minister speaks in Riga, October 21, 2021",
        "REUTERS/JANE ROE",
    ),
    ("The bar in full swing. (Photo Credit : PTI File Photo )", "The bar in full swing.", "PTI File Photo"),
    ("Ein Rundgang am Abend. (Foto: Max Muster/AFP)", "Ein Rundgang am Abend.", "Max Muster/AFP"),
    ("(Bild: Audi)", None, "Audi"),
    ("(© FEI/Jean Petit)", None, "FEI/Jean Petit"),
    ("The audience (Photo by Jane Roe/The Denver Example)", "The audience", "Jane Roe/The Denver Example"),
    ("移送される容疑者＝１３日（山田太郎撮影）", "移送される容疑者＝１３日", "山田太郎"),
    ("Periodista premiado (REUTERS/Juan Pérez)", "Periodista premiado", "REUTERS/Juan Pérez"),
    ("Un misil en el mar (Ministerio de Defensa vía AP)", "Un misil en el mar", "Ministerio de Defensa vía AP"),
    ("He spoke for an hour. (Jane Roe)", "He spoke for an hour.", "Jane Roe"),
    ("The isles have been sold. (Christie's)", "The isles have been sold.", "Christie's"),
    ("The isles have been sold. (isles.example)", "The isles have been sold. (isles.example)", None),
    ("The isles have been sold. (isles.com)", "The isles have been sold.", "isles.com"),
    ("Die Fähre am Kai | Jana Muster", "Die Fähre am Kai", "Jana Muster"),
    ("Le bateau au quai, lundi. | DR", "Le bateau au quai, lundi.", "DR"),
    ("La policía en el muelle / Juan Pérez", "La policía en el muelle", "Juan Pérez"),
    ("The ferry | on Monday", "The ferry | on Monday", None),
    ("The isles (Orkney)", "The isles (Orkney)", None),
    ("She will stand trial in November. (NPA)", "She will stand trial in November.", "NPA"),
    # brackets that are no credit
    ("Leaders of the alliance (NATO)", "Leaders of the alliance (NATO)", None),
    ("Max Muster (rechts) und sein Bruder (links)", "Max Muster (rechts) und sein Bruder (links)", None),
    ("The king (John Doe) in the new film (2019)", "The king (John Doe) in the new film (2019)", None),
    ("Die Leitung wird geprüft (Symbolbild)", "Die Leitung wird geprüft (Symbolbild)", None),
    ("Asteroid (illustrative)", "Asteroid (illustrative)", None),
    # labels without brackets
    ("Rettung am See. Foto: Rescue Photo", "Rettung am See.", "Rescue Photo"),
    ("Ikke gi slipp: Bildet er fra januar. Foto: KCNA/AFP", "Ikke gi slipp: Bildet er fra januar.", "KCNA/AFP"),
    ("The visit. Photograph: Jane Roe/PA", "The visit.", "Jane Roe/PA"),
    ("A case in court. Picture By: John Doe/Pacemaker", "A case in court.", "John Doe/Pacemaker"),
    ("Quelle: dpa", None, "dpa"),
    ("Foto: Jane Roe © Herald", None, "Jane Roe © Herald"),
    ("Foto: © Herald", None, "Herald"),
    ("Der Chef in der Halle. Bildrechte: MDR/Max Muster", "Der Chef in der Halle.", "MDR/Max Muster"),
    ("Хвиля на березі. Фото: Іван Приклад", "Хвиля на березі.", "Іван Приклад"),
    ("記者会見の様子　写真：共同", "記者会見の様子", "共同"),
    ("Kobieta na ulicy. Fot. Jan Kowalski", "Kobieta na ulicy.", "Jan Kowalski"),
    ("Un incendie en ville. Photo VM /Jean PETIT", "Un incendie en ville.", "VM /Jean PETIT"),
    (
        "A rally in town on May 7. Photo by JANE ROE /AFP via Getty Images",
        "A rally in town on May 7.",
        "JANE ROE /AFP via Getty Images",
    ),
    ("Stuck for a month. Courtesy of Jane Roe", "Stuck for a month.", "Jane Roe"),
    # words that only look like labels
    ("Foto de familia de la segunda reunión del grupo", "Foto de familia de la segunda reunión del grupo", None),
    ("Ein Bild von der Lage machen sich die Helfer", "Ein Bild von der Lage machen sich die Helfer", None),
    (
        "Image: The manager has agreed a deal to become the new manager of the club",
        "The manager has agreed a deal to become the new manager of the club",
        None,
    ),
    ("The team on its way.Credit...Jane Roe/The Example Times", "The team on its way.", "Jane Roe/The Example Times"),
    ("Viele Menschen vor der Bühne Bild © Max Muster/xy", "Viele Menschen vor der Bühne", "Max Muster/xy"),
    (
        "Ministros del grupo, este domingo en Madrid. EFE/ J.J. Pérez",
        "Ministros del grupo, este domingo en Madrid.",
        "EFE/ J.J. Pérez",
    ),
    ("Foto de familia del grupo de Madrid EFE/ J.J. Pérez", "Foto de familia del grupo de Madrid", "EFE/ J.J. Pérez"),
    (
        "Cámaras en un patio, el 1 de agosto. Ana Roe (dpa/picture alliance via Getty)",
        "Cámaras en un patio, el 1 de agosto. Ana Roe",
        "dpa/picture alliance via Getty",
    ),
    ("(reuters)", None, "reuters"),
    (
        "Fahrzeuge der Armee. Aufnahme vom 3. Juli. Max Muster / Pool via Reuters",
        "Fahrzeuge der Armee. Aufnahme vom 3. Juli.",
        "Max Muster / Pool via Reuters",
    ),
    ("A rally in the capital. J. R. Doe/AP", "A rally in the capital.", "J. R. Doe/AP"),
    ("FOTO ILUSTRATIVA", "FOTO ILUSTRATIVA", None),
    # copyright signs
    ("Die Ministerin in Berlin — © Max Muster/fotos.example", "Die Ministerin in Berlin", "Max Muster/fotos.example"),
    ("© Foto: example/Shutterstock.com", None, "example/Shutterstock.com"),
    ("日本代表の選手（Ｃ）共同通信社", "日本代表の選手", "共同通信社"),
    (
        "The refinery, Sunday, Dec. 21. (AP Photo/Jane Roe) - Copyright AP Photo",
        "The refinery, Sunday, Dec. 21.",
        "AP Photo/Jane Roe",
    ),
    (
        "The seat of the council. Frank Muster/Copyright 2026 The AP. All rights reserved.",
        "The seat of the council.",
        "Frank Muster/Copyright 2026 The AP. All rights reserved",
    ),
    # an agency alone, after a full stop, a dash or a capitalised name
    ("REUTERS", None, "REUTERS"),
    ("Jane Roe/Associated Press", None, "Jane Roe/Associated Press"),
    ("STR/AFP via Getty Images", None, "STR/AFP via Getty Images"),
    ("The storm is causing damage. EPA-EFE/Jane Roe", "The storm is causing damage.", "EPA-EFE/Jane Roe"),
    ("The sprinter in action, August 6, 2017. — AFP pic", "The sprinter in action, August 6, 2017.", "AFP pic"),
    ("The lady at the show Jane Q Roe/Getty Images Europe", "The lady at the show", "Jane Q Roe/Getty Images Europe"),
    ("El acuerdo, según informó EFE", "El acuerdo, según informó EFE", None),
    ("The spokesman told Reuters", "The spokesman told Reuters", None),
    ("", None, None),
    (None, None, None),
]


@pytest.mark.parametrize(("printed", "caption", "credit"), CASES, ids=[str(case[0])[:40] for case in CASES])
def test_caption_and_credit_come_apart(printed: str | None, caption: str | None, credit: str | None) -> None:
    assert split_credit(printed) == (caption, credit)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="AbÇя影 ().:/©-—|\n", max_size=80))
def test_nothing_is_invented(printed: str) -> None:
    caption, credit = split_credit(printed)
    assert all(part is None or (part and part in " ".join(printed.split())) for part in (caption, credit))


@pytest.mark.parametrize("hostile", ["(" * 20_000, "A/" * 10_000, "Foto: " * 5_000, "A " * 20_000 + "/", "© " * 10_000])
def test_long_texts_take_no_time(hostile: str) -> None:
    start = time.process_time()
    split_credit(hostile)
    assert time.process_time() - start < 0.5

"""The headers of text captures in the forms that news sites print them, in ten languages."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.records import Article, Page
from etl.transform import transform

ENGLISH = """The harbour of Sandvik opened again on Monday, nine days after the storm that tore two cranes from their rails.
Ships had waited in the roads since Thursday, and the first of them came in at six in the morning on the tide.
The mayor thanked the divers and said that the quay would need another month of work before it is safe."""
GERMAN = """Der Hafen ist am Montag wieder geöffnet worden, neun Tage nach dem Sturm, der zwei Kräne umgeworfen hatte.
Die Schiffe hatten seit Donnerstag auf der Reede gewartet, das erste lief um sechs Uhr morgens mit der Flut ein.
Die Bürgermeisterin dankte den Tauchern und sagte, der Kai brauche noch einen Monat Arbeit."""
FRENCH = """Le port a rouvert lundi, neuf jours après la tempête qui avait arraché deux grues de leurs rails et coulé un bateau.
Les navires attendaient en rade depuis jeudi, et le premier est entré à six heures du matin avec la marée."""
SPANISH = """El puerto abrió de nuevo el lunes, nueve días después de la tormenta que derribó dos grúas y hundió un barco.
Los barcos esperaban en la rada desde el jueves, y el primero entró a las seis de la mañana con la marea."""
PORTUGUESE = """O porto reabriu na segunda-feira, nove dias depois da tempestade que derrubou dois guindastes e afundou um barco.
Os navios esperavam desde quinta-feira, e o primeiro entrou às seis da manhã com a maré."""
DUTCH = """De haven is maandag weer opengegaan, negen dagen na de storm die twee kranen omwierp en een boot liet zinken.
De schepen lagen sinds donderdag op de rede te wachten, en het eerste kwam om zes uur binnen."""
RUSSIAN = """Порт снова открылся в понедельник, через девять дней после шторма, который опрокинул два крана и потопил катер.
Суда ждали на рейде с четверга, и первое из них вошло в порт в шесть часов утра."""
JAPANESE = """港は月曜日、二基のクレーンを倒した嵐から九日ぶりに再開した。最初の船は午前六時に入港した。
船は木曜日から沖で待っていた。岸壁の工事にはさらに一か月かかる見通しだという。"""
KOREAN = """항구가 월요일 다시 문을 열었다. 폭풍으로 크레인 두 대가 쓰러진 지 아흐레 만이다. 첫 배는 오전 6시에 들어왔다.
배들은 목요일부터 바깥에서 기다렸다. 부두 공사에는 한 달이 더 걸릴 것으로 보인다고 시는 밝혔다."""

FORMS = {
    "labels on lines of their own, captions with commas": (
        """Gazette News
World
Harbour reopens after the storm
Published
7 May 2024
Share
Image source, Getty Images
Image caption,
Two cranes lie on the quay
By Jane Roe
Gazette News, Sandvik
""",
        ENGLISH,
        "",
        ("Harbour reopens after the storm", ["Jane Roe"], "7 May 2024", None),
    ),
    "name with a place, date with a zone": (
        """Harbour reopens after the storm
This article is more than 1 year old
Town says the quay needs another month of work before it is safe

Two cranes lie on the quay. Photograph: John Doe/AFP
Jane Roe in Sandvik
Tue 7 May 2024 10.15 BST
Last modified on Wed 8 May 2024 09.00 BST

""",
        ENGLISH,
        "",
        ("Harbour reopens after the storm", ["Jane Roe"], "Tue 7 May 2024 10.15 BST", "Wed 8 May 2024 09.00 BST"),
    ),
    "capitals, time before the day": (
        """Harbour reopens after the storm
BY JANE ROE
Published 2:30 PM EDT, May 7, 2024
Share
SANDVIK (AP) — """,
        ENGLISH,
        "",
        ("Harbour reopens after the storm", ["Jane Roe"], "2:30 PM EDT, May 7, 2024", None),
    ),
    "updated some days ago": (
        """World
Harbour reopens after the storm
By Jane Roe
May 7, 2024 10:15 AM UTC Updated 2 days ago
SANDVIK, May 7 (Reuters) - """,
        ENGLISH,
        "",
        ("Harbour reopens after the storm", ["Jane Roe"], "May 7, 2024 10:15 AM UTC", None),
    ),
    "an agency’s staff": (
        """World News
Harbour reopens after the storm

By Reuters Staff

2 Min Read

SANDVIK (Reuters) - """,
        ENGLISH,
        "\nReporting by Jane Roe; Editing by John Doe\n\nOur standards\n",
        ("Harbour reopens after the storm", ["Reuters Staff"], None, None),
    ),
    "standfirst, a.m. with points": (
        """Harbour reopens after the storm

The quay will need another month of work before it is safe, the mayor said.

By Jane Roe and John Doe
May 7, 2024 at 10:15 a.m. EDT

""",
        ENGLISH,
        "",
        ("Harbour reopens after the storm", ["Jane Roe", "John Doe"], "May 7, 2024 at 10:15 a.m. EDT", None),
    ),
    "buttons between headline and by-line": (
        """Advertisement

SKIP ADVERTISEMENT

Harbour reopens after the storm

The quay will need another month of work before it is safe, the mayor said.

Share full article

12

Two cranes lie on the quay.Credit...John Doe for The Times
Jane Roe
By Jane Roe

May 7, 2024

""",
        ENGLISH,
        "",
        ("Harbour reopens after the storm", ["Jane Roe"], "May 7, 2024", None),
    ),
    "rows of bullets, two dates parted by a bar": (
        """Harbour reopens after the storm
Two cranes lie on the quay in Sandvik
The mayor thanks the divers for their work
By JANE ROE FOR THE GAZETTE

PUBLISHED: 10:15, 7 May 2024 | UPDATED: 11:20, 7 May 2024

 e-mail

12
View
comments

""",
        ENGLISH,
        "",
        ("Harbour reopens after the storm", ["Jane Roe"], "10:15, 7 May 2024", "11:20, 7 May 2024"),
    ),
    "dates before a name in capitals": (
        """Harbour reopens after the storm
Premium
The quay will need another month of work before it is safe, the mayor said.
May 07, 2024 10:15 am | Updated May 08, 2024 11:00 am IST - SANDVIK

JANE ROE
""",
        ENGLISH,
        "",
        ("Harbour reopens after the storm", ["Jane Roe"], "May 07, 2024 10:15 am", "May 08, 2024 11:00 am IST"),
    ),
    "date and time parted by a slash": (
        """Harbour reopens after the storm

LOCAL NEWS
by: Jane Roe
Posted: May 7, 2024 / 05:00 PM EDT
Updated: May 7, 2024 / 06:12 PM EDT

SANDVIK (WXYZ) — """,
        ENGLISH,
        "",
        ("Harbour reopens after the storm", ["Jane Roe"], "May 7, 2024 / 05:00 PM EDT", "May 7, 2024 / 06:12 PM EDT"),
    ),
    "a credit between standfirst and author": (
        """Harbour reopens after the storm
The quay will need another month of work before it is safe, the mayor said.
Credit: WXYZ
Author: Jane Roe
Published: 5:05 PM EDT May 7, 2024
Updated: 5:20 PM EDT May 7, 2024
SANDVIK — """,
        ENGLISH,
        "",
        ("Harbour reopens after the storm", ["Jane Roe"], "5:05 PM EDT May 7, 2024", "5:20 PM EDT May 7, 2024"),
    ),
    "weekday and ordinal": (
        """Harbour reopens after the storm
by Jane Roe
Tuesday, May 7th 2024

1
VIEW ALL PHOTOS
Two cranes lie on the quay (WXYZ)

SANDVIK (WXYZ) — """,
        ENGLISH,
        "",
        ("Harbour reopens after the storm", ["Jane Roe"], "Tuesday, May 7th 2024", None),
    ),
    "only an update, name with role": (
        """Harbour reopens after the storm
Share
Copy Link
Updated: 5:05 PM EDT May 7, 2024
Infinite Scroll Enabled
Jane Roe
Reporter
SANDVIK — """,
        ENGLISH,
        "",
        ("Harbour reopens after the storm", ["Jane Roe"], None, "5:05 PM EDT May 7, 2024"),
    ),
    "time run on to the date": (
        """Harbour reopens after the storm
By Jane Roe

Published May 7, 2024 5:05PM
Updated 6:01PM
Sandvik
GAZETTE TV
""",
        ENGLISH,
        "",
        ("Harbour reopens after the storm", ["Jane Roe"], "May 7, 2024 5:05PM", None),
    ),
    "German, kicker and standfirst": (
        """Nach dem Sturm
Hafen von Sandvik wieder offen
Der Kai braucht noch einen Monat Arbeit, sagt die Stadt.
07.05.2024, 10.15 Uhr
""",
        GERMAN,
        "",
        ("Hafen von Sandvik wieder offen", [], "07.05.2024, 10.15 Uhr", None),
    ),
    "German, label with a colon before the names": (
        """Startseite
Region
Hafen von Sandvik wieder offen
Erstellt: 07.05.2024, 10:15 Uhr

Von: Anna Müller, Jörg Weiß

Kommentare
Drucken
Teilen
""",
        GERMAN,
        "",
        ("Hafen von Sandvik wieder offen", ["Anna Müller", "Jörg Weiß"], "07.05.2024, 10:15 Uhr", None),
    ),
    "German, a press release": (
        """07.05.2024 – 10:15

Polizeipräsidium Sandvik

POL-SV: Hafen nach Sturm wieder offen

Sandvik (ots)
""",
        GERMAN,
        "\nRückfragen bitte an:\n\nPolizeipräsidium Sandvik\nTelefon: 0123 456\n",
        ("POL-SV: Hafen nach Sturm wieder offen", None, "07.05.2024 – 10:15", None),
    ),
    "German, agency in the last line": (
        """Hafen von Sandvik wieder offen
Dienstag, 07.05.2024, 10:15
""",
        GERMAN,
        "\ndpa\n",
        ("Hafen von Sandvik wieder offen", None, "Dienstag, 07.05.2024, 10:15", None),
    ),
    "German, label run on to the date": (
        """Sturmschäden
Hafen von Sandvik wieder offen
Sandvik / Lesedauer: 2 min
Der Kai braucht noch einen Monat Arbeit, sagt die Stadt.
Veröffentlicht:07.05.2024, 10:15
Artikel teilen:
Von:
Anna Müller
""",
        GERMAN,
        "",
        ("Hafen von Sandvik wieder offen", ["Anna Müller"], "07.05.2024, 10:15", None),
    ),
    "French, both dates in a sentence": (
        """Le port de Sandvik rouvre après la tempête
La ville estime qu’il faudra encore un mois de travaux.
Par Anne Dupont
Publié le 07 mai 2024 à 10h15, modifié le 08 mai 2024 à 09h00
Temps de Lecture 2 min.
""",
        FRENCH,
        "",
        ("Le port de Sandvik rouvre après la tempête", ["Anne Dupont"], "07 mai 2024 à 10h15", "08 mai 2024 à 09h00"),
    ),
    "Spanish, name in capitals, place before the date": (
        """El puerto de Sandvik abre tras la tormenta
El muelle necesita otro mes de obras, según el Ayuntamiento
ANA GARCÍA
Madrid - 07 may 2024 - 10:15 CEST
""",
        SPANISH,
        "",
        ("El puerto de Sandvik abre tras la tormenta", ["Ana García"], "07 may 2024 - 10:15 CEST", None),
    ),
    "Portuguese, day first": (
        """Porto de Sandvik reabre após a tempestade
Obras no cais devem durar mais um mês, diz prefeitura.
Por Ana Souza, Gazeta
07/05/2024 10h15  Atualizado há 2 dias
""",
        PORTUGUESE,
        "",
        ("Porto de Sandvik reabre após a tempestade", ["Ana Souza"], "07/05/2024 10h15", None),
    ),
    "Dutch, a day without its year is none": (
        """NOS Nieuws
•
Dinsdag 7 mei, 10:15
•
Aangepast woensdag 8 mei, 09:00
Haven van Sandvik weer open na storm
""",
        DUTCH,
        "",
        ("Haven van Sandvik weer open na storm", [], None, None),
    ),
    "Russian, time before the day": (
        """Порт Сандвик открылся после шторма
10:15 07.05.2024
МОСКВА, 7 мая — РИА Новости. """,
        RUSSIAN,
        "",
        ("Порт Сандвик открылся после шторма", None, "10:15 07.05.2024", None),
    ),
    "Japanese": (
        """トップ
社会
嵐の後、サンドビク港が再開
2024年5月7日 10時15分
青木澪
""",
        JAPANESE,
        "",
        ("嵐の後、サンドビク港が再開", ["青木澪"], "2024年5月7日 10時15分", None),
    ),
    "Korean, labels without colons": (
        """폭풍 뒤 산드비크 항구 다시 열려
입력 2024.05.07. 오전 10:15
수정 2024.05.07. 오전 11:00
홍길동 기자
""",
        KOREAN,
        "",
        ("폭풍 뒤 산드비크 항구 다시 열려", ["홍길동"], "2024.05.07. 오전 10:15", "2024.05.07. 오전 11:00"),
    ),
    "a person and an agency": (
        """Harbour reopens after the storm
A crane lies on the quay of Sandvik.
A crane lies on the quay of Sandvik.(Gazette)
By Jane Roe and Associated Press
Published: May. 7, 2024 at 5:18 PM EDT
Email
Share on Facebook
Tweet this article
""",
        ENGLISH,
        "",
        ("Harbour reopens after the storm", ["Jane Roe", "Associated Press"], "May. 7, 2024 at 5:18 PM EDT", None),
    ),
    "alternative texts between headline and by-line": (
        """News
Local News
Actions
Facebook
Tweet
Email
Harbour reopens after the storm
Posters and prevention tips
Items.[0].videoTitle
A storm hit.
By: Jane Roe
Posted at 6:15 PM, May 07, 2024
 and last updated 9:00 AM, May 08, 2024
""",
        ENGLISH,
        "\nCopyright 2024 Scripps Media, Inc. All rights reserved.\n",
        ("Harbour reopens after the storm", ["Jane Roe"], "6:15 PM, May 07, 2024", "9:00 AM, May 08, 2024"),
    ),
}


@pytest.mark.parametrize(("header", "story", "footer", "expected"), FORMS.values(), ids=FORMS)
def test_the_header_is_read(
    header: str, story: str, footer: str, expected: tuple[str, list[str] | None, str | None, str | None]
) -> None:
    page = Page(
        source="capture.txt",
        url="https://www.news.example/a/123",
        content=f"{header}{story}\n{footer}".encode(),
        media_type="text/plain",
        fetched_at=dt.datetime(2024, 5, 9, tzinfo=dt.UTC),
    )
    article = transform(page)
    assert isinstance(article, Article), article
    title, authors, published, updated = expected
    names = [author.name for author in article.authors]
    assert (
        article.title,
        names if authors is not None else None,
        article.published.text if article.published else None,
        article.updated.text if article.updated else None,
    ) == (title, authors, published, updated)
    assert story.split("\n")[1] in article.body

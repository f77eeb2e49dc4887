"""What stands before and after a story's text and is none of it: by-lines, notices, summaries, offers, notes on the site."""

from __future__ import annotations

import pytest

from tests.transform.body.stories import ABOVE, BELOW, FIRST, LAST, MakeDocument, chosen_from, kept


def dated(text: str, score: float) -> str:
    return f'<div data-score="{score}"><span class="date">{text[:12]}</span>{text[12:]}</div>'


ENDS = {
    "author and date before the text": (f"{kept('Author: Jane Roe')}{kept('Published on 3 May')}{ABOVE}", [FIRST]),
    "author and source after it": (f"{ABOVE}{kept('Reporting by: Jane Roe')}{kept('All rights reserved, Post')}", [FIRST]),
    "who translated it": (f"{ABOVE}{kept('Übersetzung: Jane Roe, Schlussredaktion: John Doe')}", [FIRST]),
    "an author before the standfirst, a date behind it": (
        f"{kept('Article by: Jane Roe')}<div class='standfirst'>{kept('A ramp broke.')}</div>{kept('Published: 3 May')}{BELOW}",
        [LAST],
    ),
    "calls to share amid the text": (f"{ABOVE}{kept('Like us on Facebook')}{BELOW}", [FIRST, LAST]),
    "a heading that names networks": (
        f"{ABOVE}{kept('Facebook, Twitter', 'h2')}{BELOW}",
        [FIRST, "Facebook, Twitter", LAST],
    ),
    "nothing but networks": (f"{ABOVE}{kept('Facebook, Instagram')}{BELOW}", [FIRST, "Facebook, Instagram", LAST]),
    "an item that reads like a call": (
        f"{ABOVE}<ul>{kept('Like us on Facebook', 'li')}</ul>{BELOW}",
        [FIRST, "Like us on", LAST],
    ),
    "a cell that reads like one": (
        f"{ABOVE}<table><tr>{kept('Follow us on X', 'td')}{kept('4', 'td')}</tr></table>{BELOW}",
        [FIRST, "Follow us on", "4", LAST],
    ),
    "a sentence that names one": (f"{ABOVE}{kept('Follow us on Facebook, said nobody')}{BELOW}", [FIRST, "Follow us on", LAST]),
    "one word of the kind": (f"{ABOVE}{kept('Likes')}{BELOW}", [FIRST, "Likes", LAST]),
    "that more is to come": (f"{ABOVE}{kept('More to follow.')}", [FIRST]),
    "a sentence that begins like a date line": (
        f"{kept('Date: the ferry is to sail from the northern quay on 3 May, as the yard promised')}{ABOVE}",
        ["Date: the ferry", FIRST],
    ),
    "its first day and its last change": (
        f"{kept('PUBLISHED: 3 May 2021 at 9:11 a.m. | UPDATED: 4 May 2021 at 10:26 p.m.')}{ABOVE}",
        [FIRST],
    ),
    "a sentence with a date, in a script without spaces": (
        f"{kept('日期:1月21日，渡轮在主场以七比一战胜了所有来自大陆的船只并再次起航。')}{ABOVE}",
        ["日期:1月21日，渡轮在主场以七比一战胜了所有来自大陆的船只并再次起航。", FIRST],
    ),
    "a by-line below points": (
        f"<ul>{kept('Nine days of waiting end', 'li')}</ul>{kept('By Jane Roe')}{BELOW}",
        ["Nine days of", LAST],
    ),
    "an entry of a timeline, with an element called a date in it": (
        f"{dated('18 July 2013 The last ferry sails', 0.5)}{ABOVE}",
        ["18 July 2013", FIRST],
    ),
    "whose the rights are, with the year": (
        f"{ABOVE}{kept('Copyright 2013 The Post. See more at the ferry’s own site')}",
        [FIRST],
    ),
    "a sentence on such rights": (
        f"{ABOVE}{kept('Copyright was none of his business, said Roe')}",
        [FIRST, "Copyright was none"],
    ),
    "a by-line": (f"{kept('By Jane de la Roe')}{ABOVE}", [FIRST]),
    "a by-line below it": (f"{ABOVE}{kept('by Post Staff Writer')}", [FIRST]),
    "a heading that begins like one": (f"{kept('By train or bus', 'h2')}{ABOVE}", ["By train or", FIRST]),
    "a title that begins like one": (f"{kept('By The Numbers')}{ABOVE}", ["By The Numbers", FIRST]),
    "another, in a language whose word for it means more": (f"{kept('Von Hand zu Hand')}{ABOVE}", ["Von Hand zu", FIRST]),
    "a heading with a name": (f"{kept('By Jane Roe', 'h2')}{ABOVE}", ["By Jane Roe", FIRST]),
    "a heading of two words with capitals": (
        f"{kept('From Rags To Riches', 'h2')}{ABOVE}",
        ["From Rags To", FIRST],
    ),
    "a name that ends a list": (
        f"{ABOVE}<ul>{kept('Jan Roe', 'li')}{kept('Di Maria Angel', 'li')}</ul>",
        [FIRST, "Jan Roe", "Di Maria Angel"],
    ),
    "facts that the story begins with": (
        f"<ul>{kept('Job: pilot', 'li')}{kept('From: Sandvik', 'li')}{kept('Date: 3 May 1980', 'li')}</ul>{ABOVE}",
        ["Job: pilot", "From: Sandvik", "Date: 3 May", FIRST],
    ),
    "the letter that a story begins with, below its standfirst": (
        f"<div class='standfirst'>{kept('A ramp broke.')}</div>"
        f"{kept('From: the harbour master. To: all pilots. The letter that opened the affair was two lines long.')}{BELOW}",
        ["From: the harbour", LAST],
    ),
    "a second line below the standfirst": (
        f"<div class='standfirst'>{kept('A ramp broke.')}</div>{kept('By Jane Roe')}{kept('Source: a yard')}{BELOW}",
        ["Source: a yard", LAST],
    ),
    "a sentence that begins like one": (f"{kept('By Monday All Ferries Sailed.')}{ABOVE}", ["By Monday All", FIRST]),
    "a date after it": (f"{ABOVE}{kept('Updated: the ferry has arrived')}", [FIRST, "Updated: the ferry"]),
    "amid the text": (f"{ABOVE}{kept('Author: Jane Roe')}{BELOW}", [FIRST, "Author: Jane Roe", LAST]),
    "a sentence that begins like a notice": (
        f"{ABOVE}{kept('No part of the island was spared by the storm')}",
        [FIRST, "No part of"],
    ),
    "the notice itself": (f"{ABOVE}{kept('No part of this text may be printed elsewhere').replace('2', '1')}", [FIRST]),
    "in brackets, with an address": (
        f"{ABOVE}{kept('[Jane Roe, jane@observer.example] [Sandvik Observer, no copies, all rights reserved]')}",
        [FIRST],
    ),
    "in brackets": (f"{ABOVE}{kept('(Reporting by Jane Roe and John Doe in Nordvik)')}", [FIRST]),
    "the author's address": (f"{ABOVE}{kept('Jane Roe can be reached at roe@herald.example')}", [FIRST]),
    "a line of dialogue with an address": (
        f"{ABOVE}{kept('—Write to me at help@harbour.example whenever you like and I will tell all, said the mayor.')}",
        [FIRST, "—Write to me"],
    ),
    "an address for hints to the police": (
        f"{ABOVE}{kept('Anyone with information is asked to call police or email tips@nordvik.example')}",
        [FIRST, "Anyone with information"],
    ),
    "the first question of an interview": (
        f"{kept('记者：这座大桥什么时候可以重新通车？')}{ABOVE}",
        ["记者：这座大桥什么时候可以重新通车？", FIRST],
    ),
    "an address in a sentence of the story": (
        f"{ABOVE}{kept('Whoever waited for the ferry in vain can write to claims@ferry.example until the end of May, and ' * 2)}",
        [FIRST, "Whoever waited for"],
    ),
    "all there is": (kept("Author: Jane Roe"), ["Author: Jane Roe"]),
    "the headline in other words": (f"{kept('The Sandvik ferry sails again', 'h2')}{ABOVE}", [FIRST]),
    "a first heading of the story": (f"{kept('Nine days of waiting', 'h2')}{ABOVE}", ["Nine days of", FIRST]),
    "a standfirst as heading": (
        f"{kept('The Sandvik ferry sails again.', 'h2')}{ABOVE}",
        ["The Sandvik ferry", FIRST],
    ),
    "a standfirst that says more": (
        f"{kept('The Sandvik ferry sails again, with a new ramp, three more crews and a cheaper fare', 'h2')}{ABOVE}",
        ["The Sandvik ferry", FIRST],
    ),
    "the headline's words later": (
        f"{ABOVE}{kept('The Sandvik ferry sails again', 'h2')}{BELOW}",
        [FIRST, "The Sandvik ferry", LAST],
    ),
}


@pytest.mark.parametrize(("markup", "expected"), ENDS.values(), ids=ENDS)
def test_lines_about_the_text_before_and_after_it_are_left_out(
    make_document: MakeDocument, markup: str, expected: list[str]
) -> None:
    assert chosen_from(make_document(f"<html><body><main>{markup}</main></body></html>")) == expected


POINTS = "".join(kept(text, "li") for text in ("A storm took the ramp.", "Divers set twelve bolts.", "The ferry sails again."))
SUMMARIES = {
    "in an element that calls itself one": (f'<div class="ai-summary"><ul>{POINTS}</ul></div>{ABOVE}{BELOW}', [FIRST, LAST]),
    "with a heading, under the standfirst, which is another field's": (
        f'<div class="summary">{kept("Nine days without milk")}{kept("In short", "h3")}<ul>{POINTS}</ul></div>{ABOVE}{BELOW}',
        [FIRST, LAST],
    ),
    "a list that the story begins with": (
        f"<ul>{POINTS}</ul>{ABOVE}{BELOW}",
        ["A storm took", "Divers set twelve", "The ferry sails", FIRST, LAST],
    ),
    "after the story's first paragraph": (
        f'{ABOVE}<div class="summary"><ul>{POINTS}</ul></div>{BELOW}',
        [FIRST, "A storm took", "Divers set twelve", "The ferry sails", LAST],
    ),
    "nothing else": (f'<div class="summary"><ul>{POINTS}</ul></div>', ["A storm took", "Divers set twelve", "The ferry sails"]),
}


@pytest.mark.parametrize(("markup", "expected"), SUMMARIES.values(), ids=SUMMARIES)
def test_a_summary_in_points_is_no_text_of_the_story(make_document: MakeDocument, markup: str, expected: list[str]) -> None:
    assert chosen_from(make_document(f"<html><body><main>{markup}</main></body></html>")) == expected


def offer(text: str, score: float = 1.0) -> str:
    return f'<p data-score="{score}">{text}</p>'


LETTER = "Our letter from the harbour comes to your inbox every Friday at noon."
SUBSCRIBED = "The shipping company counts four thousand subscribers in the islands."
OFFERS = {
    "a call amid others": (f"{ABOVE}{BELOW}{offer('Was it of use? Subscribe to our newsletter.')}", [FIRST, LAST]),
    "a report on subscribers, after the text": (
        f"{ABOVE}{BELOW}{offer(SUBSCRIBED)}",
        [FIRST, LAST, "The shipping company"],
    ),
    "a report on subscribers, before the text": (
        f"{offer(SUBSCRIBED)}{ABOVE}{BELOW}",
        ["The shipping company", FIRST, LAST],
    ),
    "a report on a podcast, with a link to it": (
        f"{ABOVE}{BELOW}{offer('The mayor said so in a <a href=/p>podcast</a> on Sunday.', 0.5)}",
        [FIRST, LAST, "The mayor said"],
    ),
    "two such words where little tells that it is of the story": (
        f"{ABOVE}{BELOW}{offer('The newsletter and the podcast on harbours.', 0.5)}",
        [FIRST, LAST],
    ),
    "a report with two such words": (
        f"{ABOVE}{BELOW}{offer('The number of subscribers to its newsletter has doubled.', 1.5)}",
        [FIRST, LAST, "The number of"],
    ),
    "a saying with you in it": (
        f"{ABOVE}{BELOW}{offer('Whoever hears the podcast knows that you need a boat there.')}",
        [FIRST, LAST, "Whoever hears the"],
    ),
    "the reader spoken to in a quotation": (
        f"{ABOVE}{BELOW}{offer('“The newsletter told you all of that in spring,” said the mayor.')}",
        [FIRST, LAST, "“The newsletter told"],
    ),
    "after the text": (f"{ABOVE}{BELOW}{offer(LETTER)}", [FIRST, LAST]),
    "before the text": (f"{offer(LETTER)}{ABOVE}{BELOW}", [FIRST, LAST]),
    "amid the text": (f"{ABOVE}{offer(LETTER)}{BELOW}", [FIRST, "Our letter from", LAST]),
    "of something else": (
        f"{ABOVE}{BELOW}{offer('Our boat comes to the harbour every Friday at noon.')}",
        [FIRST, LAST, "Our boat comes"],
    ),
    "likely of the story": (f"{ABOVE}{BELOW}{offer(LETTER, 1.6)}", [FIRST, LAST, "Our letter from"]),
    "likely of the story, but a call and apart from its paragraphs": (
        f"<div>{ABOVE}{BELOW}</div><div>{offer('Subscribe to our newsletter from the harbour.', 1.6)}</div>",
        [FIRST, LAST],
    ),
    "advice that is likely of the story, apart from its paragraphs": (
        f"<div>{ABOVE}{BELOW}</div><div>{offer('The council wants you to register a newsletter of your own.', 1.6)}</div>",
        [FIRST, LAST, "The council wants"],
    ),
    "likely of the story, each of whose paragraphs is apart": (
        f"<div>{ABOVE}</div><div>{BELOW}</div><div>{offer(LETTER, 1.6)}</div>",
        [FIRST, LAST, "Our letter from"],
    ),
    "nothing else": (offer(LETTER), ["Our letter from"]),
}


@pytest.mark.parametrize(("markup", "expected"), OFFERS.values(), ids=OFFERS)
def test_the_story_neither_begins_nor_ends_with_an_offer_to_subscribe(
    make_document: MakeDocument, markup: str, expected: list[str]
) -> None:
    assert chosen_from(make_document(f"<html><body><main>{markup}</main></body></html>")) == expected


NOTE = "is a paper of the northern islands that is owned by its readers."
NOTES = {
    "by the name it declares": (f"{ABOVE}{BELOW}{kept(f'The Sandvik Observer {NOTE}')}", [FIRST, LAST]),
    "by its host": (f"{ABOVE}{BELOW}{kept(f'Observer.example {NOTE}')}", [FIRST, LAST]),
    "amid the text": (f"{ABOVE}{kept(f'The Sandvik Observer {NOTE}')}{BELOW}", [FIRST, "The Sandvik Observer", LAST]),
    "another's": (f"{ABOVE}{BELOW}{kept(f'The Harbour Post {NOTE}')}", [FIRST, LAST, "The Harbour Post"]),
    "a report on the site, with the same verb": (
        f"{ABOVE}{BELOW}{kept('The Sandvik Observer is being sued by the council over a letter.')}",
        [FIRST, LAST, "The Sandvik Observer"],
    ),
    "a word that is a verb in another language": (
        f"{ABOVE}{BELOW}{kept('The Sandvik Observer on Monday printed the letter in a magazine.')}",
        [FIRST, LAST, "The Sandvik Observer"],
    ),
    "words that are its name in other letters": (
        f"{ABOVE}{BELOW}{kept('The Sandvik observer is a paper balloon over the harbour.')}",
        [FIRST, LAST, "The Sandvik observer"],
    ),
    "surely of the story": (
        f"{ABOVE}{BELOW}{kept(f'The Sandvik Observer {NOTE}').replace('2', '3')}",
        [FIRST, LAST, "The Sandvik Observer"],
    ),
    "surely of the story, but apart from its paragraphs": (
        f"<div>{ABOVE}{BELOW}</div><div>{kept(f'The Sandvik Observer {NOTE}').replace('2', '3')}</div>",
        [FIRST, LAST],
    ),
    "in German": (f"{ABOVE}{BELOW}{kept('The Sandvik Observer ist eine Tageszeitung der Inseln.')}", [FIRST, LAST]),
    "in French": (f"{ABOVE}{BELOW}{kept('The Sandvik Observer est l’hebdomadaire des îles du nord.')}", [FIRST, LAST]),
    "in Polish, which has no articles": (f"{ABOVE}{BELOW}{kept('The Sandvik Observer to portal wysp.')}", [FIRST, LAST]),
    "something else of it": (
        f"{ABOVE}{BELOW}{kept('The Sandvik Observer was the first to write of the ramp.')}",
        [FIRST, LAST, "The Sandvik Observer"],
    ),
    "nothing else": (kept(f"The Sandvik Observer {NOTE}"), ["The Sandvik Observer"]),
}


@pytest.mark.parametrize(("markup", "expected"), NOTES.values(), ids=NOTES)
def test_a_last_note_on_what_the_site_is_is_left_out(make_document: MakeDocument, markup: str, expected: list[str]) -> None:
    head = '<head><meta property="og:site_name" content="The Sandvik Observer"></head>'
    document = make_document(f"<html>{head}<body><main>{markup}</main></body></html>", url="https://observer.example/ferry")
    assert chosen_from(document) == expected


UNDECLARED = {
    "the host's name": (kept(f"Observer {NOTE}"), True),
    "another name": (kept(f"The Post {NOTE}"), False),
    "an article before the host's name": (kept(f"The Observer {NOTE}"), False),
    "the host's name, in the title too": (kept(f"Ferry {NOTE}").replace("2", "3"), True),
    "the host's name in what is surely of the story": (
        kept("Observer is a magazine that the guests read.").replace("2", "3"),
        False,
    ),
}


@pytest.mark.parametrize(("note", "is_note"), UNDECLARED.values(), ids=UNDECLARED)
def test_where_a_page_declares_no_name_the_host_tells_the_sites(make_document: MakeDocument, note: str, is_note: bool) -> None:
    markup = f"<html><body><main><div>{ABOVE}{BELOW}</div><div>{note}</div></main></body></html>"
    host = "ferry" if "Ferry" in note else "observer"
    kept_texts = chosen_from(make_document(markup, url=f"https://{host}.example/ferry"))
    assert (kept_texts == [FIRST, LAST]) is is_note

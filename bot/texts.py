"""The fixed words that people read, whatever front end shows them; everything else is the announcement's."""

import math
from collections.abc import Mapping
from types import MappingProxyType

# The replies to small talk, by the key its records name.
SMALL_TALK: Mapping[str, str] = MappingProxyType(
    {
        "greeting": "Hello! What would you like to know about the announcement?",
        "goodbye": "Goodbye! Come back whenever you have a question.",
        "thanks": "You're welcome.",
        "praise": "Thank you, that's kind.",
        "how_are_you": "All well here, thank you. What would you like to know about the announcement?",
        "who_are_you": (
            "I'm Verbatim, a program that answers questions about one announcement with its own sentences, "
            "word for word. I never make up a reply."
        ),
        "what_can_you_do": (
            "Ask me about the announcement in your own words: who, what, when, how much, why. "
            "I reply with the sentence that answers you, or tell you that the announcement doesn't say."
        ),
        "insult": "I'm sorry that wasn't any help. Ask in other words and I'll look again.",
        "joke": "I only know one text, and there are no jokes in it.",
        "gibberish": "I couldn't read that as a question. Try it in a few plain words.",
        "not_a_question": "I only answer questions about the announcement. Ask one whenever you like.",
        "do_something_else": (
            "That's not something I can do. I only find the sentence of the announcement that answers a "
            "question."
        ),
        "other_language": "I only understand English, I'm afraid. Could you ask in English?",
        "help_human": (
            "I'm only a program and can't pass anything on. Please turn to the people who run this "
            "community. If you or somebody else is in danger or can't cope, please don't wait: call your "
            "local emergency number, or talk to somebody you trust."
        ),
        "privacy": "I never keep who asked. The privacy notice tells what is kept, and for how long.",
        "off_topic": "That's not in the announcement, and the announcement is all I know.",
    }
)

NOTHING_FOUND = "I found nothing about that in the announcement."
ASK_IN_OTHER_WORDS = "You could ask it in other words."
WHICH_ONE = "Which of these do you mean?"
NEAREST = "The nearest it says:"
MAY_HELP = "This may help:"
OR_THIS = "Or did you mean:"
GREETING = "Ask about it in your own words, and you'll get the sentence that answers, word for word."


def small_talk(reply: str) -> str:
    """Choose the words for a small-talk reply; "" is a question that nothing is known about."""
    if not reply:
        return NOTHING_FOUND
    return SMALL_TALK.get(reply, SMALL_TALK["not_a_question"])


def not_stated(title: str) -> str:
    """Say exactly what is not stated; the title of such a topic completes the sentence."""
    return f"The announcement doesn't say {title.rstrip('.')}."


def place(section: str, paragraph: int, paragraphs: int, kind: str) -> str:
    """Say where a sentence stands."""
    if kind == "headline":
        return "the headline"
    count = f"paragraph {paragraph} of {paragraphs}"
    return f"“{section}”, {count}" if section else count


def read_as(mended: tuple[tuple[str, str], ...]) -> str:
    """Say which words were understood as others; "" when none were."""
    pairs = [f"“{typed}” as “{understood}”" for typed, understood in dict.fromkeys(mended)]
    return f"I read {', '.join(pairs)}." if pairs else ""


# What only Discord shows.

# Commands and their options, as Discord lists them.
ASK = "Ask about the announcement and get its own words"
ASK_QUESTION = "Your question; pick one from the list or write your own"
ASK_PRIVATE = "Show the answer only to you"
ANSWER_THIS = "Answer this"
BROWSE = "See everything I can answer, by theme"
SOURCE = "Read the announcement itself"
SOURCE_AROUND = "A question whose answer to read with the sentences around it"
HELP = "What I can answer, with examples, and whom to ask otherwise"
PRIVACY = "What is kept of what you ask"
PRESENCE = "Ask me with /ask"

# Buttons and menus.
MORE_LIKE_THIS = "More like this"
REMOVE = "Remove"
NONE_OF_THESE = "None of these"
THATS_IT = "That's it"
NOT_WHAT_I_ASKED = "Not what I asked"
FORGET = "Forget this question"
EARLIER = "Earlier"
LATER = "Later"
BACK_TO_THEMES = "All themes"
CHOOSE_THEME = "Choose a theme"
CHOOSE_FACT = "Choose a question"
BACK = "Back"
READ_FROM_HERE = "Read the whole"

# Around an answer.
BEFORE_IT = "Before it:"
AFTER_IT = "After it:"
GOES_ON = "The announcement goes on:"
RELATED = "Related questions:"
TAKEN_TOGETHER = "Taken together with what you asked before."
NOTHING_MORE = "There is nothing more like this."
ANSWERED_BELOW = "Answered below."
GONE = "That has changed since: the record behind this button is not there any more. Please ask again."

# After a press on what stands below an answer.
THANKS_FOR_VOTE = "Thank you, good to know."
SORRY_FOR_ANSWER = "Thank you for telling me, and sorry. Those who look after my answers will see it."
VOTE_NOT_KEPT = "Thank you. I haven't noted it, since nothing of your questions is recorded."
FORGOTTEN = "Your question is deleted for good, and what you thought of the answer with it."
NOT_KEPT = "That question isn't kept any more."

# Not done, and why.
FORGET_LATER = "I can't reach what I keep just now. To be sure it is deleted, press again in a minute."
NOT_YOURS_TO_JUDGE = "Only the person who asked can tell. Ask me yourself with /ask."
STORE_AWAY = "I can't reach what I keep just now, so nothing has changed. Please try again in a minute."
NOT_YOURS = "Only the person who asked can choose here. Ask me yourself with /ask."
NOT_YOURS_TO_REMOVE = "Only the person who asked and people who may manage messages can remove this."
ALREADY_REMOVED = "That is removed already."
NO_TEXT = "I can only read text. Write your question and I'll look for the answer."
NO_TEXT_IN_MESSAGE = "There is no text in that message that I could answer."
OUTDATED_COMMAND = "This command has changed. Please wait a minute or restart Discord, and try again."
OUTDATED_CONTROL = "That didn't work: it is too old. Please use the command again."
NOT_ALLOWED = "You may not do that here."
NO_SENTENCE = (
    "I'm not sure which sentence that is. Pick a question from the list and I'll show where it stands."
)
NOTHING_TO_BROWSE = "There is nothing to browse yet."
LEAVING = "I'm being restarted. Please ask again in a minute."


def failure(reference: str) -> str:
    """Apologise for what should not have gone wrong."""
    return f"Sorry, something went wrong on my side. If it happens again, tell those who run me: {reference}."


def too_long(most: int, got: int) -> str:
    """Refuse a question for its length."""
    return f"That question has {got:,} characters and I read at most {most:,}. Please make it shorter."


def too_soon(seconds: float) -> str:
    """Refuse a question by the cooldown."""
    count = max(1, math.ceil(seconds))
    return f"One moment, please: you can ask again in {count} second{'' if count == 1 else 's'}."


def none_of_these(contact: str) -> str:
    """Tell what else to do when no candidate was meant."""
    return f"Then I don't have it. You could ask in other words, look through /browse, or ask {contact}."


def or_ask(contact: str) -> str:
    """Tell what else to do when nothing was found."""
    return f"You could ask in other words, look through /browse, or ask {contact}."


def mentioned(name: str) -> str:
    """Answer a message that mentions the bot and says nothing else."""
    return f"Write your question after {name}, or use /ask. /help shows what I can answer."


def themes(title: str, page: int, pages: int) -> str:
    """Introduce the list of themes."""
    return f"What I can answer about “{title}”, by theme{_page(page, pages)}:"


def facts(theme: str, page: int, pages: int) -> str:
    """Introduce the list of questions of a theme."""
    return f"{theme}{_page(page, pages)}: choose a question."


def source(title: str, page: int, pages: int) -> str:
    """Introduce a page of the announcement."""
    return f"The announcement “{title}”{_page(page, pages)}:"


def around(title: str) -> str:
    """Introduce a sentence shown with those around it."""
    return f"Where “{title}” is answered:"


def says(speaker: str) -> str:
    """Introduce what somebody says."""
    return f"{speaker}:"


def questions(count: int) -> str:
    """Tell how many questions a theme has."""
    return f"{count} question{'' if count == 1 else 's'}"


def help_text(title: str, contact: str, *, examples: bool) -> str:
    """Tell what the bot can do and for what it is the wrong place; examples stand below it."""
    return (
        f"I answer questions about one announcement, “{title}”, with its own sentences, word for word. "
        "I add nothing and guess nothing: when the announcement doesn't say, I tell you so.\n"
        "In a server use /ask, mention me with a question, or choose “Answer this” from a message's menu, "
        "under “Apps”. In a direct message just write. "
        "/browse lists all I can answer, /source shows the announcement, /privacy what is kept.\n"
        f"For anything else, ask {contact}.{' Try one of these:' if examples else ''}"
    )


def _page(page: int, pages: int) -> str:
    return f" (page {page} of {pages})" if pages > 1 else ""

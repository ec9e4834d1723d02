"""What English writes in more than one way, whatever the announcement: contractions, shorthand, numbers."""

from functools import cache
from importlib import resources

import symspellpy

CONTRACTIONS = {
    "can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not", "ain't": "is not",
    "let's": "let us", "y'all": "you all", "c'mon": "come on", "o'clock": "oclock",
    "dont": "do not", "doesnt": "does not", "didnt": "did not", "isnt": "is not", "arent": "are not",
    "wasnt": "was not", "werent": "were not", "havent": "have not", "hasnt": "has not", "hadnt": "had not",
    "wouldnt": "would not", "couldnt": "could not", "shouldnt": "should not", "cant": "can not",
    "wont": "will not", "aint": "is not", "whats": "what is", "whos": "who is", "wheres": "where is",
    "whens": "when is", "whys": "why is", "hows": "how is", "thats": "that is", "theres": "there is",
    "heres": "here is", "theyre": "they are", "youre": "you are", "theyve": "they have", "weve": "we have",
    "youve": "you have", "ive": "i have", "im": "i am", "itll": "it will", "thatll": "that will",
    "wholl": "who will", "gonna": "going to", "gunna": "going to", "wanna": "want to", "gotta": "got to",
    "lemme": "let me", "gimme": "give me", "dunno": "do not know", "kinda": "kind of", "sorta": "sort of",
    "outta": "out of", "tryna": "trying to", "wot": "what", "wat": "what", "wut": "what",
    "dosnt": "does not", "dosent": "does not", "dident": "did not", "didn": "did not", "gona": "going to",
    "cudnt": "could not", "shudnt": "should not", "wudnt": "would not", "waht": "what", "wots": "what is",
    "wats": "what is", "hes": "he is", "shes": "she is", "isn": "is not", "aswell": "as well",
    "whatis": "what is", "alot": "a lot", "innit": "is it not", "dyou": "do you", "d'you": "do you",
    "yknow": "you know", "btw": "by the way",
}  # fmt: skip

SUFFIXES = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}

SHORTHAND = {
    "u": "you", "ur": "your", "r": "are", "ppl": "people", "peeps": "people", "pls": "please",
    "plz": "please", "thx": "thanks", "ty": "thanks", "tysm": "thanks", "cos": "because", "cuz": "because",
    "coz": "because", "bc": "because", "bcos": "because", "abt": "about", "gov": "government",
    "govt": "government", "gvt": "government", "govs": "governments", "b4": "before", "2day": "today",
    "tmrw": "tomorrow", "tmw": "tomorrow", "tho": "though", "thru": "through", "w": "with", "wo": "without",
    "yr": "year", "yrs": "years", "min": "minister", "dept": "department", "uni": "university",
    "unis": "universities", "prof": "professor", "biz": "business", "info": "information", "amt": "amount",
    "proj": "project", "projs": "projects", "sci": "science", "scis": "scientists", "pic": "picture",
    "pics": "pictures", "vid": "video", "vids": "videos", "collab": "collaboration",
    "collabs": "collaborations", "collabing": "collaborating", "comp": "competition", "med": "medical",
    "meds": "medicines", "diff": "different", "prob": "probably", "smth": "something", "sth": "something",
    "smb": "somebody", "sb": "somebody", "nothin": "nothing", "somethin": "something", "anythin": "anything",
    "bout": "about", "em": "them", "n": "and", "nd": "and", "da": "the", "dat": "that", "dis": "this",
    "dey": "they", "def": "definitely", "obvs": "obviously", "defo": "definitely", "fav": "favourite",
    "mins": "minutes", "secs": "seconds", "lads": "people", "folks": "people", "tech": "technology",
    "techs": "technologies", "dr": "doctor", "vs": "versus",
    "sed": "said", "wos": "was", "gud": "good", "wen": "when", "wich": "which", "wher": "where", "hw": "how",
    "hwo": "how", "wht": "what", "hv": "have", "hav": "have", "frm": "from", "cld": "could", "shld": "should",
    "wld": "would", "y": "why", "ye": "yes", "yh": "yes", "teh": "the", "taht": "that", "owt": "anything",
    "nowt": "nothing", "summat": "something", "wud": "would", "cud": "could", "shud": "should", "bin": "been",
    "dose": "does", "mony": "money", "bizness": "business", "evry": "every", "thier": "their",
    "somone": "someone", "skool": "school", "nite": "night", "enuf": "enough", "wont": "will not",
}  # fmt: skip

SPELLINGS = {
    "defense": "defence", "center": "centre", "centers": "centres", "color": "colour", "labor": "labour",
    "program": "programme", "programs": "programmes", "behavior": "behaviour", "favor": "favour",
    "license": "licence", "judgment": "judgement", "skeptical": "sceptical", "catalog": "catalogue",
    "neighbor": "neighbour", "honor": "honour", "flavor": "flavour", "meter": "metre", "liter": "litre",
    "fulfill": "fulfil", "enroll": "enrol", "analyze": "analyse", "analyzing": "analysing",
}  # fmt: skip
NOT_ISE = frozenset("size sizes sized prize prizes seize seized resize capsize maize sizing".split())

UNITS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * number
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
} | {"fourty": 40, "fivety": 50}
SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 10**3, "k": 10**3, "grand": 10**3,
    "million": 10**6, "millions": 10**6, "mil": 10**6, "mill": 10**6, "mill.": 10**6, "mn": 10**6, "m": 10**6,
    "mio": 10**6, "mills": 10**6, "millin": 10**6, "mln": 10**6, "milion": 10**6, "millon": 10**6,
    "billion": 10**9, "billions": 10**9, "bil": 10**9, "bill": 10**9, "bn": 10**9, "b": 10**9,
    "bln": 10**9, "billon": 10**9, "bilion": 10**9, "billoin": 10**9, "bilions": 10**9, "milliard": 10**9,
    "trillion": 10**12, "tn": 10**12,
}  # fmt: skip
CURRENCIES = {
    "£": "pound", "pounds": "pound", "pound": "pound", "quid": "pound", "gbp": "pound", "sterling": "pound",
    "$": "dollar", "dollars": "dollar", "dollar": "dollar", "usd": "dollar", "bucks": "dollar",
    "€": "euro", "euros": "euro", "euro": "euro", "eur": "euro",
}  # fmt: skip


@cache
def word_frequencies() -> dict[str, int]:
    """English words and how often they are written: some 83,000, British spellings among them.

    The list is the one symspellpy ships (from SCOWL and Google Books n-grams).
    """
    file = resources.files(symspellpy) / "frequency_dictionary_en_82_765.txt"
    lines = (line.rpartition(" ") for line in file.read_text("utf-8-sig").splitlines())
    return {word: int(count) for word, _, count in lines}

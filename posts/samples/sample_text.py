"""Text for sample articles by the thousand: the same for the same number. Pure.

Some words are in every article, some in a few, some in one or two, and some sentences
are repeated word for word, so that searching them is like searching a real site.
"""

from collections.abc import Sequence
from random import Random

NOTICE = {
    "en": "Sample article: it was made by a program, to try this site out with many "
    "articles. It is nobody’s advice.",
    "es": "Artículo de muestra: lo hizo un programa, para probar este sitio con muchos "
    "artículos. No es consejo de nadie.",
}
SUBJECTS = {
    "en": "asylum, visa, green card, naturalization, work permit, parole, detention, "
    "bond, appeal, waiver, passport, sponsor, interview, fingerprint, translation, "
    "petition, hearing, deadline, receipt notice, priority date, affidavit, medical "
    "exam, travel document, adjustment, removal, citizenship, marriage certificate",
    "es": "asilo, visa, tarjeta verde, ciudadanía, permiso de trabajo, fianza, "
    "apelación, perdón, pasaporte, patrocinador, entrevista, huella, traducción, "
    "petición, audiencia, plazo, recibo, fecha de prioridad, declaración jurada, "
    "examen médico, documento de viaje, ajuste, deportación, acta de matrimonio",
}
SENTENCES = {
    "en": (
        "Keep a copy of the {a} and of the {b} in one place.",
        "The {a} and the {b} are two different things, and people mix them up.",
        "A letter about the {a} comes by mail, so tell the office when you move.",
        "In {place} many families ask about the {a} first.",
        "Write down the date of the {a}, and who gave you the {b}.",
        "Nobody can promise how long the {a} takes.",
        "Bring the original of the {a} and a translation of the {b}.",
        "Someone from {place} once waited {number} months for a {a}.",
        "The form for the {a} has {number} pages, and each page asks for a signature.",
        "If the {b} was refused before, say so when you ask for the {a}.",
        "Read every page before you sign it.",
        "Ask a lawyer before you send anything that cannot be taken back.",
    ),
    "es": (
        "Guarde una copia: {a}, {b} y lo demás en un solo lugar.",
        "Hay quien confunde dos cosas: {a} y {b}.",
        "La carta sobre este trámite ({a}) llega por correo; avise si se muda.",
        "En {place} muchas familias preguntan primero por esto: {a}.",
        "Apunte la fecha y quién le dio cada papel: {a}, {b}.",
        "Nadie puede prometer cuánto tarda el trámite ({a}).",
        "Alguien de {place} esperó una vez {number} meses: {a}.",
        "El formulario ({a}) tiene {number} páginas y cada página pide una firma.",
        "Lea cada página antes de firmarla.",
        "Pregunte a un abogado antes de enviar algo que no tiene vuelta atrás.",
    ),
}
TITLES = {
    "en": ("What to know about the {a} and the {b}", "The {a}: questions from {place}"),
    "es": ("Lo que conviene saber: {a} y {b}", "Preguntas de {place}: {a}"),
}
SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve wi zo lan mer nor sel tun vik".split()
SPANISH_EVERY = 5
PARAGRAPHS, SENTENCES_EACH = 5, 4


def article(number: int) -> tuple[str, str, str, str]:
    """(title, language, summary, body) of about 250 words."""
    # Nothing secret: the same number gives the same article.
    chance = Random(number)  # noqa: S311
    language = "es" if number % SPANISH_EVERY == 0 else "en"

    def say(sentences: Sequence[str]) -> str:
        subjects = SUBJECTS[language].split(", ")
        return chance.choice(sentences).format(
            a=chance.choice(subjects),
            b=chance.choice(subjects),
            place=place(chance),
            number=chance.randint(2, 48),
        )

    paragraphs = [
        " ".join(say(SENTENCES[language]) for _ in range(SENTENCES_EACH))
        for _ in range(PARAGRAPHS)
    ]
    body = f"<p><em>{NOTICE[language]}</em></p>"
    body += "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return say(TITLES[language]), language, say(SENTENCES[language]), body


def place(chance: Random) -> str:
    """A town that does not exist; the rarer, the longer: there are 160,000 of four
    syllables and 400 of two."""
    length = chance.choice((2, 2, 3, 4))
    return "".join(chance.choices(SYLLABLES, k=length)).capitalize()


def topic(number: int) -> str:
    """The name of the topic with this number."""
    subjects = SUBJECTS["en"].split(", ")
    return f"Sample {subjects[number % len(subjects)]} {number + 1}"


def topics_of(number: int, count: int) -> list[int]:
    """Numbers (below count) of one to three topics that an article is filed under."""
    chance = Random(-1 - number)  # noqa: S311 - as above
    return sorted(chance.sample(range(count), min(count, chance.randint(1, 3))))

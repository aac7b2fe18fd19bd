"""The words that made-up customers, contacts and orders are put together from, Italian and Russian."""

from __future__ import annotations

from random import Random

FIRMS = (
    "Ferramenta Officine Panificio Cantina Tipografia Farmacia Pasticceria Caseificio Salumificio "
    "Vetreria Falegnameria Libreria Autotrasporti Idraulica Elettronica Meccanica Tessitura Conceria "
    "Ceramiche Mobili"
)
NAMES = (
    "Rossi Bianchi Ferrari Esposito Romano Colombo Ricci Marino Greco Bruno Gallo Conti Costa "
    "Giordano Mancini Rizzo Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara "
    "Galli Martini D'Angelo Gatti Pellegrini Palumbo Sanna Farina Rizzi Monti Cattaneo Morelli Amato "
    "Silvestri Mazza Testa Grassi"
)
FIRST = (
    "Marco Luca Giulia Anna Paolo Francesca Niccolò Chiara Andrea Sara Matteo Elena Davide Laura Simone Irene"
)
TOWNS = (
    "Milano Torino Roma Napoli Bologna Firenze Genova Verona Padova Trieste Brescia Parma Modena Cefalù Forlì"
)
ENDS = "s.r.l. S.p.A. s.n.c. s.a.s. & Figli"
ФИРМЫ = (
    "Торговый дом|Завод|Пекарня|Типография|Аптека|Мастерская|"
    "Комбинат|Склад|Мебель|Электроника|Стройсервис|Ёлка"
)
ИМЕНА = (
    "Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков "
    "Алексеев Лебедев Семёнов Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин "
    "Захаров Зайцев Соловьёв Борисов Яковлев Григорьев Романов Воробьёв Сергеев Кузьмин Фролов Ёлкин "
    "Дмитриев Королёв"
)
ГОРОДА = "Москва Казань Самара Тверь Пермь Омск Уфа Рязань Орёл Псков Тула Йошкар-Ола Вологда Калуга Сочи"
TALK = (
    "offerta prezzo consegna ritardo sconto campione catalogo perché fattura pagamento visita "
    "riunione ordine telefonata rinnovo contratto qualità reclamo cliente magazzino trasporto "
    "urgente richiamare giovedì listino"
)
РЕЧЬ = (
    "договор поставка скидка счёт оплата встреча заказ звонок цена склад образец каталог жалоба "
    "срочно доставка перезвонить качество продление партия отгрузка новый клиент вопрос предложение "
    "согласовать документы"
)


class Speaker:
    """Says the same made-up words each time it starts from the same seed."""

    def __init__(self, seed: int) -> None:
        """Start from a seed."""
        self.random = Random(seed)
        self._lists = {text: text.split("|" if "|" in text else None) for text in _LISTS}

    def one(self, words: str) -> str:
        """One word of a list."""
        return self.random.choice(self._lists[words])

    def firm(self, number: int, italian: bool) -> str:
        """The name of a firm; the number keeps most of them apart."""
        if italian:
            return f"{self.one(FIRMS)} {self.one(NAMES)} {self.one(NAMES)} {number % 997} {self.one(ENDS)}"
        return f"{self.one(ФИРМЫ)} {self.one(ИМЕНА)} {number % 997}"

    def talk(self, italian: bool, count: int) -> str:
        """Some words of a note."""
        return " ".join(self.random.choices(self._lists[TALK if italian else РЕЧЬ], k=count))


_LISTS = (FIRMS, NAMES, FIRST, TOWNS, ENDS, ФИРМЫ, ИМЕНА, ГОРОДА, TALK, РЕЧЬ)

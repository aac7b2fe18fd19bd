"""The Italian words the demo firm is made of: towns, streets, people, and how each trade names its firms."""

from __future__ import annotations

from dataclasses import dataclass

TOWNS = (
    ("Verbania", "28922", "VB", "0323"),
    ("Omegna", "28887", "VB", "0323"),
    ("Stresa", "28838", "VB", "0323"),
    ("Baveno", "28831", "VB", "0323"),
    ("Gravellona Toce", "28883", "VB", "0323"),
    ("Cannobio", "28822", "VB", "0323"),
    ("Domodossola", "28845", "VB", "0324"),
    ("Villadossola", "28844", "VB", "0324"),
    ("Arona", "28041", "NO", "0322"),
    ("Borgomanero", "28021", "NO", "0322"),
    ("Orta San Giulio", "28016", "NO", "0322"),
    ("Gozzano", "28024", "NO", "0322"),
    ("Novara", "28100", "NO", "0321"),
    ("Oleggio", "28047", "NO", "0321"),
    ("Galliate", "28066", "NO", "0321"),
    ("Trecate", "28069", "NO", "0321"),
    ("Varallo", "13019", "VC", "0163"),
    ("Borgosesia", "13011", "VC", "0163"),
    ("Gattinara", "13045", "VC", "0163"),
    ("Serravalle Sesia", "13037", "VC", "0163"),
    ("Vercelli", "13100", "VC", "0161"),
    ("Santhià", "13048", "VC", "0161"),
)
STREETS = (
    "Via Verdi", "Via Garibaldi", "Via Mazzini", "Corso Roma", "Via Cavour", "Via Matteotti", "Via Dante",
    "Corso Italia", "Via Sempione", "Via XXV Aprile", "Viale Marconi", "Via Manzoni", "Via dei Mille",
    "Piazza Libertà", "Via Rosmini", "Via San Rocco", "Via Torino", "Via Novara", "Via alle Fabbriche",
    "Via Monte Rosa", "Lungolago Buozzi", "Via Leopardi", "Via Galvani", "Via del Lavoro",
)  # fmt: skip
WOMEN = (
    "Elena", "Giulia", "Chiara", "Paola", "Francesca", "Silvia", "Laura", "Anna", "Marta", "Federica",
    "Cristina", "Valeria", "Roberta", "Daniela", "Sara", "Ilaria", "Monica", "Barbara",
)  # fmt: skip
MEN = (
    "Marco", "Luca", "Andrea", "Stefano", "Paolo", "Davide", "Roberto", "Matteo", "Giorgio", "Franco",
    "Simone", "Alberto", "Enrico", "Massimo", "Fabio", "Claudio", "Pietro", "Gianni",
)  # fmt: skip
SURNAMES = (
    "Moretti", "Ferraris", "Negri", "Lombardi", "Santoro", "Colombo", "Rizzi", "Bianchi", "Zanetti",
    "Poletti",
    "Cerutti", "Borghi", "Ferrari", "Galli", "Fontana", "Rossi", "Villa", "Sacchi", "Mora", "Tosi",
    "Barbero", "Vercelloni", "Manfredi", "Conti", "Ravelli", "Gallo", "Caretti", "Minola", "Bolognini",
    "Travaini",
    "Zoppis", "Pastore", "Godio", "Mazzola", "Sartori", "Testa", "Crespi", "Longhi", "Brusa", "Cavallini",
    "Ottone", "Peroni", "Quaglia", "Ramella", "Savoini", "Tacca", "Uglioni", "Viganò", "Albertini", "Bertona",
    "Calderara", "De Marchi", "Erbetta", "Fasola", "Gattoni", "Iacono", "Lanza", "Marchetti", "Nobili",
    "Pozzi",
)  # fmt: skip
OUR_PEOPLE = ("Carlo Bellini", "Sofia Bellini", "Dario Prina")


@dataclass(frozen=True, slots=True)
class Trade:
    """One trade: how many customers, how they are called, what they spend a year and on what.

    `pool` are proper names, or empty for surnames; `buys` weighs the categories of products.
    """

    key: str
    number: int
    pattern: str
    yearly: int
    size: str
    buys: tuple[tuple[str, int], ...]
    pool: tuple[str, ...] = ()


def _buys(**weights: int) -> tuple[tuple[str, int], ...]:
    return tuple(weights.items())


TRADES = (
    Trade("hotel", 22, "Hotel {}", 6200, "small",
        _buys(heating=3, cooling=4, plumbing=3, water=2, service=3), (
        "Belvedere", "Lago Maggiore", "Splendore", "Rosa Alpina", "Aurora", "Milano", "Del Porto",
        "Bellavista",
        "Italia", "Speranza", "Croce Bianca", "Eden", "Miramonti", "La Terrazza", "Europa", "San Carlo",
        "Il Cigno", "Moderno", "Due Palme", "Sempione", "Villa Carlotta", "Panorama",
    )),
    Trade("brewery", 8, "Birrificio {}", 5200, "micro", _buys(cooling=4, water=4, plumbing=2, service=2), (
        "Due Torri", "Orso Bruno", "Val Grande", "Croce di Malto", "La Fucina", "Ossolano", "San Giulio",
        "Del Toce",
    )),
    Trade("dairy", 10, "Caseificio {}", 4800, "small", _buys(heating=3, cooling=3, water=3, service=3), (
        "Valsesia", "Alpe Veglia", "Bettelmatt", "La Baita", "Monte Rosa", "Fontanella", "Prato Verde",
        "San Grato",
        "Antigorio", "Del Pastore",
    )),
    Trade("clinic", 8, "Clinica {}", 9000, "medium",
        _buys(cooling=4, heating=2, water=3, service=4, solar=1), (
        "Villa Aurora", "San Gaudenzio", "Del Lago", "Santa Rita", "I Cedri", "Verbano", "Le Betulle",
        "San Luca",
    )),
    Trade("dental", 18, "Studio Dentistico {}", 1500, "micro",
        _buys(cooling=3, water=3, service=2, plumbing=1)),
    Trade("condominium", 34, "Condominio {}", 2300, "micro",
        _buys(heating=5, plumbing=2, service=4, solar=1)),
    Trade("farm_stay", 18, "Agriturismo {}", 1900, "micro",
        _buys(heating=3, solar=3, water=2, plumbing=2, service=1), (
        "Cascina Rossa", "Il Ciliegio", "La Quercia", "Cascina Bella", "Il Mulino", "Tre Noci", "La Risaia",
        "Valle Fiorita", "Il Castagno", "Ca' del Vento", "Poggio Sereno", "La Collina", "Il Melograno",
        "Corte Antica",
        "Cascina Nuova", "Pian dei Fiori", "Il Noceto", "La Sorgente",
    )),
    Trade("workshop", 24, "Officina {}", 1100, "micro", _buys(heating=3, cooling=2, plumbing=2, service=2)),
    Trade("bakery", 16, "Panificio {}", 1400, "micro", _buys(cooling=3, water=3, plumbing=2, service=2)),
    Trade("winery", 10, "Cantina {}", 3000, "small", _buys(cooling=5, water=3, service=2, solar=1), (
        "Colline Novaresi", "Ghemme Alta", "Sizzano", "Dei Nebbioli", "Torraccia", "Boca Antica", "San Marco",
        "Lessona", "Rocca Rossa", "Vigna Lunga",
    )),
    Trade("restaurant", 14, "Ristorante {}", 1700, "micro",
        _buys(cooling=4, plumbing=3, water=2, service=2), (
        "La Lucciola", "Al Pescatore", "Il Sole", "Da Gino", "La Stella", "Monterosso", "Il Vicoletto",
        "Al Torchio",
        "Lago Blu", "La Piazzetta", "Ai Platani", "Vecchia Ossola", "Il Gabbiano", "Tre Re",
    )),
    Trade("carpentry", 10, "Falegnameria {}", 1300, "micro",
        _buys(heating=4, plumbing=1, service=2, solar=1)),
    Trade("printer", 5, "Tipografia {}", 2200, "small", _buys(cooling=4, heating=2, service=2)),
    Trade("pasta", 3, "Pastificio {}", 7000, "small", _buys(heating=3, cooling=3, water=3, service=2)),
    Trade("camping", 4, "Camping {}", 3600, "small", _buys(plumbing=4, solar=3, water=3, service=2), (
        "Lido Azzurro", "La Sierra", "Conca d'Oro", "Isolino",
    )),
    Trade("private", 36, "{}", 480, "one", _buys(heating=5, cooling=3, plumbing=3, service=4, solar=2)),
)  # fmt: skip
COMPANY_ROLES = ("owner", "technical", "administration", "purchasing")
TRADE_ROLES = (
    ("condominium", "administrator"),
    ("clinic", "director"),
    ("hotel", "director"),
    ("dental", "dentist"),
)
# code, category, price and cost in cents; the names are in the templates of each language
PRODUCTS = (
    ("CAL24", "heating", 189000, 132000), ("CAL34", "heating", 246000, 172000),
    ("CAL80", "heating", 640000, 452000),
    ("PDC08", "heating", 485000, 352000), ("PDC16", "heating", 812000, 598000),
    ("RAD10", "heating", 16400, 10100),
    ("VTS01", "heating", 4200, 2100), ("TRM02", "heating", 14800, 8400), ("CIR25", "heating", 23600, 15200),
    ("BOL20", "heating", 92000, 64000), ("PUF50", "heating", 134000, 96000),
    ("SCA12", "heating", 58000, 39000),
    ("SPL25", "cooling", 98000, 66000), ("SPL50", "cooling", 168000, 117000),
    ("MUL03", "cooling", 342000, 246000),
    ("VRF10", "cooling", 1120000, 826000), ("CEL06", "cooling", 524000, 381000),
    ("GRU04", "cooling", 386000, 279000),
    ("FAN20", "cooling", 46500, 29800), ("UTA15", "cooling", 768000, 566000),
    ("DEU01", "cooling", 72000, 47000),
    ("FIL07", "cooling", 6800, 2900),
    ("RUB01", "plumbing", 11800, 6700), ("RUB02", "plumbing", 21400, 12800),
    ("WCS01", "plumbing", 38600, 24600),
    ("BOX90", "plumbing", 54800, 35600), ("POM12", "plumbing", 41200, 27600),
    ("AUT25", "plumbing", 26400, 16900),
    ("TUB26", "plumbing", 980, 520), ("COL08", "plumbing", 13200, 7900), ("VAL20", "plumbing", 3600, 1700),
    ("SCR01", "plumbing", 9400, 4800),
    ("ADD08", "water", 118000, 74000), ("ADD25", "water", 264000, 172000), ("OSM01", "water", 86000, 51000),
    ("OSM10", "water", 412000, 284000), ("FLT20", "water", 18600, 9800), ("UVC05", "water", 54000, 33000),
    ("SAL25", "water", 1450, 780), ("DOS02", "water", 37400, 22400), ("ANA01", "water", 9600, 2900),
    ("CAR10", "water", 5200, 2300),
    ("SOL02", "solar", 268000, 189000), ("SOL04", "solar", 436000, 312000), ("FV30", "solar", 578000, 428000),
    ("FV60", "solar", 986000, 742000), ("BAT05", "solar", 412000, 308000), ("INV06", "solar", 164000, 118000),
    ("WBX07", "solar", 108000, 72000), ("CTR01", "solar", 34800, 21200),
    ("MAN01", "service", 11000, 4600), ("MAN02", "service", 24000, 10400), ("MAN03", "service", 68000, 31000),
    ("FUM01", "service", 8500, 3100), ("ORE01", "service", 4800, 2600), ("USC01", "service", 6500, 3400),
    ("FGS01", "service", 16500, 6900), ("PRG01", "service", 52000, 26000), ("COL01", "service", 29000, 14500),
    ("CLE01", "service", 18000, 8200),
)  # fmt: skip
# how busy each month is, January first
SEASONS = (
    ("heating", (6, 4, 3, 2, 1, 1, 1, 2, 9, 13, 12, 8)),
    ("cooling", (1, 2, 4, 8, 12, 13, 9, 3, 2, 1, 1, 1)),
    ("plumbing", (5, 5, 6, 6, 6, 5, 5, 3, 6, 6, 5, 4)),
    ("water", (4, 5, 6, 6, 7, 7, 6, 4, 6, 5, 5, 4)),
    ("solar", (2, 3, 6, 8, 8, 7, 6, 3, 6, 5, 3, 2)),
    ("service", (4, 3, 4, 5, 5, 4, 3, 2, 9, 10, 7, 4)),
)

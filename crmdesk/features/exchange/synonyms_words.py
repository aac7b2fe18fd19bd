"""Words that mean different things in different tables, and words that add nothing or mislead."""

from __future__ import annotations

from types import MappingProxyType

GENERIC = MappingProxyType(
    {
        "name": """
            name; nome; nominativo; denominazione; descrizione nome; наименование; название; полное
            наименование; краткое наименование; bezeichnung; nom; nombre; intitule; name 1; name1
        """,
        "code": """
            code; id; no; codice; cod; key; external id; record id; код; kod; nummer; schlussel; identifier;
            codigo; n r; progressivo; prog; id record; uid id
        """,
        "number": """
            number; num; nr; n; numero; nro; номер; numer; no doc
        """,
        "date": """
            date; day; data; datetime; created at; created on; date created; creation date; data creazione;
            дата создания; erstellt am; placed at; placed on; timestamp; when; giorno; dt; дата; день; период;
            period; когда; datum; tag; zeitpunkt; jour; fecha; dia; date heure; time; period date; created
        """,
        "amount": """
            amount; total; value; total amount; sum; spend; spent; revenue; turnover amount; price total;
            importo; totale; valore; tot; ammontare; importo eur; importo euro; totale eur; totale euro;
            somma; incasso; сумма; итого; стоимость; всего; сумма руб; выручка; оборот; betrag; summe; gesamt;
            gesamtbetrag; wert; umsatz; montant; valeur; somme; importe; fatturato; ricavo; ricavi; fatt;
            chiffre d affaires; ca; facturacion; ventas; vendite; продажи; net revenue; net total; bedrag;
            totaal; wartosc; kwota; valor; grand total; grand total base; grand total purchased; gesamt eur;
            tot eur; tot euro; belopp; summa
        """,
        "net": """
            net; net amount; net value; net total; total net; subtotal net; total excl vat; amount excl vat;
            total ex vat; excl vat; taxable; taxable amount; imponibile; netto; importo netto; totale netto;
            tot imponibile; valore netto; totale senza iva; importo senza iva; senza iva; iva esclusa; netto
            merce; totale merce; сумма без ндс; без ндс; итого без ндс; всего без ндс; стоимость без ндс;
            nettobetrag; netto betrag; nettosumme; netto gesamt; nettoumsatz; nettowert; ht; montant ht; total
            ht; base imponible; importe neto; neto; total sin iva; base imponibile; base; netto eur; netto
            euro; tot netto; net sales amount; net invoice; excl btw; bedrag excl btw; valor sem iva; wartosc
            netto; tot impon; imponibile eur; imponibile euro; totale imponibile; imp netto
        """,
        "description": """
            description; desc; descr; descrizione; описание; beschreibung; descripcion; details description;
            merce; des
        """,
        "notes": """
            note; notes; comment; comments; remark; remarks; memo; annotazioni; annotazione; commento;
            commenti; osservazioni; примечание; примечания; комментарий; комментарии; заметки; заметка; доп
            информация; bemerkung; bemerkungen; notiz; notizen; anmerkung; kommentar; commentaire;
            commentaires; remarque; remarques; observations; notas; observaciones; comentario; comentarios;
            beschreibung notiz
        """,
        "type": """
            type; kind; tipo; tipologia; тип; вид; typ; art; genre; clase
        """,
        "status": """
            status; customer status; статус; stato contatto; statut; stand
        """,
        "stato": "stato",
        "channel": "channel; canale; канал; kanal; canal",
        "category": """
            category; categoria; cat; категория; группа; kategorie; gruppe; categorie; gruppo; group; class
            name
        """,
        "price": """
            price; prezzo; цена; preis; prix; precio; pr; prezzo eur; prezzo euro; цена руб; price eur; price
            usd
        """,
        "cost": """
            cost; costs; costo; costi; себестоимость; затраты; kosten; cout; coste; costo eur; costo euro;
            einstand; selbstkosten
        """,
    }
)

TURNOVER_WORDS = frozenset(
    [
        "turnover",
        "revenue",
        "revenues",
        "sales",
        "sale",
        "sold",
        "spend",
        "spent",
        "purchases",
        "purchase",
        "amount",
        "total",
        "net",
        "value",
        "year",
        "fy",
        "cy",
        "annual",
        "yearly",
        "fatt",
        "fatturato",
        "fatturati",
        "fatture",
        "vendite",
        "vendita",
        "venduto",
        "ricavi",
        "ricavo",
        "importo",
        "totale",
        "tot",
        "anno",
        "acquisti",
        "acquistato",
        "valore",
        "netto",
        "consuntivo",
        "cons",
        "volume",
        "volumi",
        "euro",
        "eur",
        "usd",
        "gbp",
        "rub",
        "chf",
        "k",
        "ca",
        "ytd",
        "выручка",
        "оборот",
        "продажи",
        "сумма",
        "год",
        "г",
        "за",
        "реализация",
        "отгрузки",
        "отгрузка",
        "закупки",
        "итого",
        "руб",
        "объем",
        "umsatz",
        "umsatze",
        "jahr",
        "jahresumsatz",
        "erlose",
        "erlos",
        "nettoumsatz",
        "summe",
        "im",
        "chiffre",
        "affaires",
        "d",
        "montant",
        "annee",
        "ventes",
        "vente",
        "ventas",
        "venta",
        "facturacion",
        "importe",
        "ano",
        "facturado",
        "in",
        "en",
        "of",
        "for",
        "anno",
    ]
)
MISLEADING = frozenset(
    [
        "ship",
        "shipped",
        "shipping",
        "shipment",
        "freight",
        "delivery",
        "delivered",
        "dispatch",
        "employee",
        "required",
        "supplier",
        "vendor",
        "warehouse",
        "created",
        "modified",
        "updated",
        "deceased",
        "custom",
        "yomi",
        "assistant",
        "manager",
        "spouse",
        "pager",
        "telex",
        "mileage",
        "gender",
        "anniversary",
        "stock",
        "reorder",
        "discontinued",
        "per",
        "related",
        "parent",
        "im",
        "prefix",
        "suffix",
        "salutation",
        "middle",
        "nickname",
        "maiden",
        "initials",
        "photo",
        "type",
        "percent",
        "margin",
        "rate",
        "iva",
        "vat",
        "tax",
        "ndc",
        "consegna",
        "spedizione",
        "spedito",
        "trasporto",
        "corriere",
        "fornitore",
        "magazzino",
        "creazione",
        "modifica",
        "banca",
        "iban",
        "abi",
        "cab",
        "sesso",
        "iva",
        "aliquota",
        "porto",
        "доставка",
        "доставки",
        "отгрузки",
        "поставщик",
        "склад",
        "создан",
        "изменен",
        "пол",
        "ндс",
        "банк",
        "счет",
        "кпп",
        "lieferdatum",
        "versand",
        "lieferung",
        "lieferant",
        "lager",
        "mwst",
        "anrede",
        "geschlecht",
        "livraison",
        "expedition",
        "fournisseur",
        "entrepot",
        "tva",
        "transport",
        "envio",
        "entrega",
        "proveedor",
        "almacen",
        "first",
        "last",
        "primo",
        "ultimo",
        "ultima",
        "prima",
        "first",
        "previous",
        "old",
        "test",
    ]
)
NOISE = frozenset(
    [
        "lineitem",
        "the",
        "of",
        "a",
        "an",
        "il",
        "lo",
        "la",
        "i",
        "gli",
        "le",
        "l",
        "di",
        "del",
        "della",
        "dello",
        "dei",
        "delle",
        "da",
        "in",
        "the",
        "su",
        "e",
        "ed",
        "and",
        "und",
        "de",
        "du",
        "des",
        "der",
        "die",
        "das",
        "el",
        "los",
        "las",
        "и",
        "в",
        "на",
        "по",
        "от",
        "main",
        "principale",
        "primary",
        "principal",
        "business",
        "work",
        "cliente",
        "customer",
        "client",
        "value",
        "field",
        "dato",
        "dati",
        "azien",
        "anagr",
        "1",
        "eur",
        "euro",
        "usd",
        "gbp",
        "chf",
        "rub",
        "руб",
    ]
)
CODE_WORDS = frozenset(
    (
        "id",
        "code",
        "cod",
        "codice",
        "key",
        "number",
        "no",
        "nr",
        "n",
        "num",
        "numero",
        "код",
        "номер",
        "nummer",
    )
)
PERSON_WORDS = frozenset(
    [
        "contact",
        "person",
        "referente",
        "contatto",
        "persona",
        "ansprechpartner",
        "kontaktperson",
        "контакт",
        "контакта",
        "контактного",
        "лица",
        "лицо",
        "interlocutore",
        "contacto",
        "personal",
        "personale",
    ]
)

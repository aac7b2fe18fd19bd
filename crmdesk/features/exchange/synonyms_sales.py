"""What other programs and firms call the columns of orders, lines, products and contact logs."""

from __future__ import annotations

from types import MappingProxyType

SALES_SYNONYMS = MappingProxyType(
    {
        "order.number": """
            order id; order number; sales order number; sales order no; sales order id; sales document;
            billing document; billing doc; sales no; sales id; sale id; sale no; sale number; purchase id;
            purchase order; order line id order; ordine cliente; order name; order no; order nr; order; order
            ref; order reference; order code; order key; orderid; sales order; so number; invoice; invoice no;
            invoice number; invoice id; invoice nr; inv no; inv number; document no; document number; doc no;
            doc number; document; document id; transaction id; transaction number; transaction no; receipt no;
            receipt number; receipt; bill no; bill number; basket id; ticket id; voucher no; deal id; deal
            number; po number; numero ordine; n ordine; nr ordine; num ordine; no ordine; ordine; ordine n;
            ordine no; ordine nr; id ordine; cod ordine; codice ordine; rif ordine; numero fattura; n fattura;
            nr fattura; num fattura; no fattura; fattura; fattura n; fattura no; fattura nr; n ft; nr ft; num
            ft; ft n; id fattura; numero documento; n documento; nr documento; num documento; no documento; n
            doc; nr doc; num doc; numero doc; doc n; documento n; documento; doc; id documento; rif documento;
            ddt; n ddt; numero ddt; numero scontrino; scontrino; protocollo; n protocollo; num reg; n
            registrazione; номер заказа; заказ; no заказа; заказ no; n заказа; код заказа; id заказа; номер
            счета; счет; no счета; счет no; счет фактура; номер документа; no документа; документ; документ
            no; номер накладной; накладная; no накладной; реализация; номер реализации; номер чека; чек; номер
            сделки; сделка; номер счета фактуры; auftragsnummer; auftrag; auftragsnr; auftrags nr;
            bestellnummer; bestellung; bestellnr; bestell nr; rechnungsnummer; rechnung; rechnungsnr;
            rechnungs nr; rechnung nr; belegnummer; beleg; belegnr; beleg nr; vorgang; numero commande;
            commande; no commande; n commande; numero de commande; ref commande; numero facture; facture; no
            facture; n facture; numero de facture; num facture; piece; n piece; numero piece; numero pedido;
            pedido; n pedido; numero de pedido; numero factura; factura; n factura; numero de factura; num
            factura; albaran; factuurnummer; factuur; numero fatura; no fatura; fatura; numer faktury;
            faktura; nr faktury; n fattura documento; numero fattura documento; piece no; fattura numero;
            numero movimento; riferimento documento; ref doc; so no; bon; bestelling; order ref no; numero
            proforma; transaction ref; commessa; n commessa; numero commessa; cantiere n; bolla; nr bolla; n
            bolla; numero bolla; job no; job number; регистратор; документ продажи; works order; contract no;
            numero contratto; contratto; ticket; ticket no; booking id; booking no; booking number; booking
            ref; reservation id; prenotazione; faktura nr; fakturanummer
        """,
        "order.date": """
            order date; date of order; ordered; ordered on; ordered at; order placed; purchase date; purchased
            on; invoice date; date of invoice; document date; doc date; sale date; sales date; date of sale;
            transaction date; trans date; posting date; bill date; billing date; order day; order timestamp;
            closed on; data ordine; data dell ordine; data fattura; data fatt; data ft; dt fattura; dt ordine;
            data doc; data documento; data vendita; data acquisto; data emissione; data di emissione; data
            registrazione; data movimento; data reg; data scontrino; data competenza; дата заказа; дата счета;
            дата документа; дата продажи; дата покупки; дата отгрузки; дата реализации; дата накладной; дата
            операции; дата сделки; дата чека; auftragsdatum; bestelldatum; rechnungsdatum; belegdatum;
            verkaufsdatum; buchungsdatum; rechnungs datum; kaufdatum; date commande; date de commande; date
            facture; date de facture; date de facturation; date de vente; date vente; date piece; fecha
            pedido; fecha de pedido; fecha factura; fecha de factura; fecha venta; fecha de venta; order
            purchase timestamp; inv date; emesso il; emessa il; fatturato il; fatturata il; del; vom; emise
            le; won time; won date; close date; closed date; closing date; date closed; data chiusura; data
            ord; data consegna ordine; ordered date; order created; created at order; sold on; date sold;
            issue date; date issued; issued; fecha emision; fecha de emision; data vend; factuurdatum; data
            wystawienia; data sprzedazy; data fatura; data da fatura; date du document; order created date;
            data evasione; data lavoro; data intervento; quando; data operazione; purchased at; booking date;
            fakturadatum; data prenotazione; reservation date
        """,
        "order.due": """
            due date; due; payment due; payment due date; pay by; maturity; scadenza; data scadenza; scadenza
            pagamento; data scad; data di scadenza; dt scadenza; scad; срок оплаты; оплатить до; дата оплаты
            до; срок платежа; falligkeit; fallig am; falligkeitsdatum; zahlungsziel; fallig; echeance; date
            echeance; date d echeance; vencimiento; fecha vencimiento; fecha de vencimiento; vervaldatum;
            termin platnosci; data vencimento
        """,
        "order.paid": """
            paid; paid on; payment date; date paid; paid date; is paid; payment status; pagato; pagato il;
            data pagamento; data incasso; incassato; incassato il; saldato; saldato il; data saldo; pagata;
            stato pagamento; оплачено; дата оплаты; оплачен; оплата; дата платежа; bezahlt; bezahlt am;
            zahlungsdatum; zahldatum; zahlungseingang; paye; paye le; date paiement; date de paiement; regle;
            regle le; pagado; fecha pago; fecha de pago; cobrado
        """,
        "order.amount": """
            order total; order amount; order value; order net; invoice amount; invoice total; invoice value;
            net order amount; net amount invoice; purchase amount; transaction amount; payment value; payment
            amount; amount paid; paid amount; total paid; importo pagato; billing amount; billed amount;
            invoiced; invoiced amount; invoice sum; fatturato ordine; order sum; order price; check amount;
            total price order; сумма оплаты; сумма к оплате; zahlbetrag; deal value; deal amount; importo
            ordine; valore ordine; totale ordine; importo fattura; totale imponibile; importo imponibile;
            imponibile fattura; imponibile documento; netto fattura; importo documento; сумма заказа; сумма
            счета; сумма документа; сумма сделки; сумма чека; сумма покупки; сумма продажи; auftragswert;
            auftragssumme; rechnungsbetrag netto; rechnungsbetrag; bestellwert; montant commande; montant
            facture; total commande; montant ht facture; importe pedido; importe factura; total pedido; totale
            imponibile documento; imponibile totale; importo netto documento; importo lavoro; valore commessa;
            corrispettivo; quanto; importo incassato; valore fattura; valore vendita; deal amount won; bedrag;
            importo contratto; valore contratto; contract value; job value; importo commessa
        """,
        "order.amount!gross": """
            grand total; gross; gross amount; gross total; total gross; total incl vat; total including vat;
            total inc vat; amount incl vat; amount due; total due; total with tax; invoice total gross;
            importo lordo; lordo; totale lordo; totale fattura; totale documento; tot documento; tot doc; tot
            fattura; totale doc; totale ivato; importo ivato; totale iva inclusa; totale iva compresa; importo
            totale; totale da pagare; da pagare; totale con iva; netto a pagare; сумма с ндс; всего с ндс;
            итого с ндс; к оплате; стоимость с ндс; brutto; bruttobetrag; bruttosumme; gesamtbrutto;
            rechnungsbetrag brutto; summe brutto; betrag brutto; ttc; montant ttc; total ttc; prix ttc; total
            con iva; importe total; total iva incluido
        """,
        "order.cost": """
            order cost; total cost; cost of sales; cost of goods; cogs; costo ordine; costo totale; costo del
            venduto; costi totali; себестоимость заказа; общая себестоимость; gesamtkosten; wareneinsatz; cout
            total; coste total; spese; spesa; costi sostenuti; spese sostenute; costo commessa; costo lavoro;
            expenses; ausgaben
        """,
        "order.profit": """
            order profit; order margin; total profit; total margin; margine ordine; margine totale; utile
            totale; прибыль заказа; gesamtmarge; marge totale; margen total
        """,
        "order.kind": """
            order type; document type; doc type; invoice type; transaction type; tipo documento; tipo doc;
            tipo fattura; tipo ordine; td; causale; causale documento; тип документа; вид документа; тип
            заказа; вид операции; belegart; auftragsart; rechnungsart; dokumentart; type document; type de
            piece; type commande; tipo factura; tipo pedido
        """,
        "order.currency": """
            currency; currency code; cur; valuta; divisa; cod valuta; codice valuta; валюта; код валюты;
            wahrung; waehrung; wahrungscode; devise; code devise; moneda
        """,
        "order.note": """
            order note; order notes; order comment; order comments; note ordine; note fattura; note documento;
            causale vendita; causale; causale documento; oggetto ordine; oggetto fattura; примечание к заказу;
            комментарий к заказу; bemerkung auftrag; note commande; notas pedido; deal title; deal name;
            opportunity name; title of deal; oggetto; lavoro; lavoro eseguito; memo description; betreff;
            cosa; causale lavoro; dettaglio lavoro; descrizione intervento; intervento; tipo lavoro
        """,
        "line.product_code": """
            product id; product code; product key; product sku; lineitem sku; material; material number;
            material code; track id; product number; product no; productid; item code; item id; item no; item
            number; item; sku; stock code; stockcode; part number; part no; article; article number; article
            no; article code; codice prodotto; cod prodotto; codice articolo; cod articolo; cod art; codart;
            codarticolo; art; articolo; id prodotto; id articolo; codice materiale; codice interno; rif
            articolo; артикул; код товара; код продукта; номенклатурный номер; id товара; код номенклатуры;
            артикул товара; artikelnummer; artikelnr; artikel nr; art nr; artnr; produktnummer;
            materialnummer; produkt id; code article; code produit; ref article; reference; ref; reference
            article; ref produit; codigo articulo; codigo producto; referencia; cod articulo; ean; barcode;
            codice a barre; gtin; itemcode; line item sku; product sku code; inventory item code; varianti
            sku; codice bene
        """,
        "line.product_name": """
            product; product name; lineitem name; products; goods; track; service; item name; item
            description; product description; article name; article description; prodotto; nome prodotto;
            descrizione prodotto; descrizione articolo; desc articolo; des articolo; descr articolo;
            denominazione prodotto; nome articolo; descrizione merce; bene servizio; servizio; товар;
            наименование товара; название товара; номенклатура; продукт; наименование номенклатуры; товар
            услуга; услуга; наименование продукции; продукция; artikel; artikelbezeichnung; produkt;
            produktname; artikelname; produktbezeichnung; artikelbeschreibung; ware; produit; nom produit;
            designation; libelle; libelle article; designation article; article designation; nom du produit;
            producto; nombre producto; articulo; nombre articulo; descripcion articulo; descripcion producto;
            stock item; line description
        """,
        "line.category": """
            product category; product group; product family; product line; product type; item category; item
            group; category name; categoria prodotto; categoria merceologica; cat merceologica; gruppo
            merceologico; famiglia; famiglia prodotto; linea prodotto; reparto; gruppo articolo; категория
            товара; группа товаров; товарная группа; категория товаров; вид товара; warengruppe;
            produktgruppe; artikelgruppe; produktkategorie; famille; famille produit; categorie produit;
            familia; familia producto; categoria producto; department
        """,
        "line.quantity": """
            quantity; qty; order quantity; lineitem quantity; billed quantity; billing quantity; invoiced
            quantity; quantity sold; sales quantity; units; unit sold; q; qty sold; qty shipped; quantity
            ordered; qty ordered; units sold; items; pieces; pcs; count of items; no of items; number of
            items; quantita; q ta; qta; qt; qte; pezzi; pz; n pezzi; num pezzi; numero pezzi; quantita
            venduta; qta venduta; quantita ordinata; colli; количество; кол во; колво; кол; количество товара;
            шт; объем продажи; menge; anzahl; stuck; stuckzahl; stk; bestellmenge; quantite; qte vendue;
            nombre d articles; cantidad; cant; unidades; order qty; sold quantity; volume; aantal; ilosc;
            quantidade; qta evasa; quantita evasa; pezzi venduti; q ta venduta; antal; aantal stuks
        """,
        "line.unit_price": """
            unit price; price per unit; lineitem price; sales price; unit selling price; price unit eur; item
            unit price; list price per unit; price each; item price; sale price; selling price; net price;
            price unit; unit cost price sale; prezzo unitario; prezzo unit; prezzo un; pr unitario; p
            unitario; prezzo netto; prezzo vendita; prezzo di vendita; prezzo articolo; pu; цена за единицу;
            цена за ед; цена ед; цена за шт; цена за штуку; цена продажи; цена товара; einzelpreis;
            stuckpreis; verkaufspreis; nettopreis; preis pro stuck; ep; vk preis; prix unitaire; prix unit;
            prix de vente; puht; pu ht; prix unitaire ht; precio unitario; precio unidad; precio de venta;
            rate; unit amount; price ea; unit value; prezzo listino netto; importo unitario; valore unitario;
            preis stuck; prix u; цена с учетом скидки; pv ht; pu net; pu vente; prix vente; prix net;
            stukprijs; prijs; verkoopprijs; cena; cena netto; preco unitario; prezzo unitario netto; prezzo v;
            unit price excl vat; base price; each; price per piece; prezzo cad; prezzo cadauno; cad; cadauno;
            a pezzo; eur pz; pris; a pris
        """,
        "line.discount": """
            discount; discount percent; discount rate; disc; disc percent; line discount; discount pct;
            sconto; sconto percent; percent sconto; perc sconto; sc percent; sconto riga; sconto cliente;
            sconti; sconto perc; sconto 1; sc; скидка; скидка percent; percent скидки; размер скидки; процент
            скидки; rabatt; rabatt percent; nachlass; skonto; rabattsatz; remise; remise percent; taux de
            remise; reduction; descuento; descuento percent; dto; dto percent
        """,
        "line.amount": """
            sales; sales amount; line total; line amount; line value; line net; extended price; ext price;
            item total; item amount; subtotal; sub total; sales value; net sales; sale amount; sales price
            total; totale riga; importo riga; valore riga; imponibile riga; netto riga; prezzo totale; totale
            netto riga; tot riga; venduto; valore venduto; сумма строки; сумма по строке; сумма товара;
            стоимость товара; сумма позиции; positionsbetrag; gesamtpreis; zeilenbetrag; positionswert;
            zeilensumme; montant ligne; total ligne; prix total; importe linea; total linea; precio total;
            montant net; montant net ht; total ht ligne; row total; line subtotal; totale netto; prezzo totale
            v; importo netto riga; wartosc netto; regelbedrag; line amount excl vat; extended amount; ext
            amount; totale articolo
        """,
        "line.cost": """
            unit cost total; line cost; total product cost; product standard cost; cost amount; total unit
            cost; costo venduto; costo totale riga; costo totale articolo; item cost; product cost; costo
            riga; costo articolo; costo prodotto; costo merce; себестоимость товара; einstandskosten; cout
            ligne; coste linea; ext cost; extended cost; line cogs; total cost line; costo tot; costo esteso
        """,
        "line.profit": """
            profit; margin; gross profit; gross margin; net profit; profit amount; margin amount;
            contribution; contribution margin; line profit; line margin; margine; margine lordo; margine euro;
            margine eur; utile; utile lordo; guadagno; mol; margine di contribuzione; прибыль; маржа; валовая
            прибыль; наценка руб; доход; gewinn; marge; rohertrag; deckungsbeitrag; db; rohgewinn; marge
            brute; benefice; beneficio; margen; margen bruto; ganancia
        """,
        "turnover.year": """
            year; fiscal year; fy; anno; anno fiscale; esercizio; anno fatturato; год; финансовый год; jahr;
            geschaftsjahr; annee; exercice; ano; ejercicio
        """,
        "turnover.amount": """
            turnover; yearly turnover; annual turnover; annual revenue; yearly revenue; fatturato annuo;
            fatturato annuale; fatturato totale; годовая выручка; годовой оборот; jahresumsatz; ca annuel;
            chiffre d affaires annuel; facturacion anual; ventas anuales
        """,
        "contact.at": """
            contact date; date of contact; call date; date of call; visit date; meeting date; activity date;
            event date; last contact; last contact date; contacted on; contacted at; interaction date; date
            time; data contatto; data ultimo contatto; ultimo contatto; data chiamata; data telefonata; data
            visita; data incontro; data attivita; data evento; data appuntamento; data e ora; data ora; дата
            контакта; дата звонка; дата встречи; дата визита; дата обращения; последний контакт; дата
            последнего контакта; дата события; дата и время; kontaktdatum; letzter kontakt; anrufdatum;
            besuchsdatum; datum des kontakts; date contact; date de contact; date appel; date visite; date de
            visite; dernier contact; fecha contacto; fecha de contacto; fecha llamada; fecha visita; ultimo
            contacto; appointment date; start; start date; start time; inizio; data inizio; due on; beginn;
            activity due date
        """,
        "contact.channel": """
            contact channel; contact type; activity type; interaction type; communication type; contact
            method; call type; event type; medium; canale contatto; canale di contatto; mezzo; tipo contatto;
            tipo di contatto; tipo attivita; tipologia contatto; modalita contatto; modalita; tipo evento;
            канал связи; тип контакта; вид контакта; способ контакта; тип активности; вид связи; тип события;
            kontaktart; kontaktkanal; kontakttyp; aktivitatstyp; type de contact; type contact; type activite;
            canal de contact; tipo de contacto; tipo contacto; canal de contacto; tipo actividad
        """,
        "contact.time": """
            ora; orario; ore; time of day; hour; start hour; время; час; uhrzeit; heure; hora; ora inizio;
            alle ore; time
        """,
        "contact.direction": """
            direction; in out; inbound outbound; incoming outgoing; call direction; direzione; entrata uscita;
            in uscita; verso; entrante uscente; направление; входящий исходящий; направление звонка; richtung;
            eingehend ausgehend; sens; direccion llamada; entrante saliente; sentido
        """,
        "contact.minutes": """
            duration; minutes; min; duration min; duration minutes; call duration; talk time; length; durata;
            minuti; durata min; durata minuti; durata chiamata; tempo; durata telefonata; длительность;
            продолжительность; минут; минуты; длительность мин; время разговора; dauer; dauer min; minuten;
            gesprachsdauer; duree; duree min; duree minutes; duracion; minutos; duracion min
        """,
        "contact.text": """
            text; summary; call notes; meeting notes; contact notes; details; content; minutes of meeting;
            message; body; discussion; testo; resoconto; riassunto; sintesi; note contatto; note chiamata;
            note visita; contenuto; dettagli; verbale; argomento; argomenti; oggetto; subject; topic;
            discussione; содержание; текст; суть; тема; итоги; итоги встречи; описание контакта; содержание
            разговора; о чем говорили; inhalt; text notiz; gesprachsnotiz; betreff; thema; zusammenfassung;
            contenu; resume; objet; sujet; compte rendu; contenido; resumen; asunto; tema; motivo; motivo
            contatto; о чем; motivo chiamata; note colloquio; cosa si e detto; appunti; esposto; call summary;
            conversation; note telefonata; note incontro; comments call
        """,
        "contact.outcome": """
            outcome; result; call result; contact result; disposition; visit result; esito; esito contatto;
            esito chiamata; esito telefonata; esito visita; risultato; результат; итог; результат звонка;
            результат контакта; исход; ergebnis; gesprachsergebnis; resultat; issue appel; resultado;
            resultado llamada
        """,
        "contact.mood": """
            mood; sentiment; attitude; feeling; umore; atteggiamento; disposizione; stato d animo;
            soddisfazione; настроение; отношение; тон; stimmung; humeur; ressenti; animo; humor; estado de
            animo
        """,
        "contact.person": """
            spoken with; spoke to; spoke with; talked to; caller; interlocutor; persona contattata; parlato
            con; contattato; con chi; sentito; собеседник; с кем говорили; с кем; gesprochen mit;
            gesprachspartner; parle a; parle avec; personne contactee; hablado con
        """,
        "contact.next_step": """
            next step; next action; follow up; followup; next activity; to do; todo; action; prossimo passo;
            prossima azione; azione successiva; da fare; azioni da fare; prossima attivita; richiamare;
            следующий шаг; следующее действие; что сделать; дальнейшие действия; план; nachster schritt;
            nachste aktion; folgeaktion; wiedervorlage aktion; prochaine action; prochaine etape; suite a
            donner; proximo paso; proxima accion; seguimiento
        """,
        "contact.next_date": """
            next contact; next contact date; next date; follow up date; followup date; next call; next visit;
            next action date; reminder; reminder date; callback date; call back on; prossimo contatto; data
            prossimo contatto; data prossima azione; data follow up; data richiamo; richiamare il; prossima
            visita; prossima chiamata; data prossimo; promemoria; следующий контакт; дата следующего контакта;
            дата следующего шага; следующий звонок; перезвонить; дата перезвона; напомнить; nachster kontakt;
            wiedervorlage; nachster termin; wiedervorlagedatum; prochain contact; date prochain contact; date
            de relance; relance; rappel; proximo contacto; fecha proximo contacto; proxima llamada; da
            richiamare il; da ricontattare; ricontattare il; da risentire; risentire il; prossimo
            appuntamento; next contact on; call again; callback
        """,
        "product.code": "",
        "product.name": "",
        "product.category": "",
        "product.price": """
            list price; retail price; price list; catalog price; prezzo di listino; prezzo listino; listino;
            цена по прайсу; прайс; базовая цена; listenpreis; prix catalogue; prix public; precio de lista;
            precio tarifa; tarifa; msrp
        """,
        "product.cost": """
            unit cost; cost price; purchase price; buying price; standard cost; costo unitario; costo
            acquisto; costo di acquisto; prezzo acquisto; prezzo di acquisto; ultimo costo; costo medio; costo
            standard; закупочная цена; цена закупки; себестоимость единицы; einkaufspreis; ek preis; ek;
            einstandspreis; prix d achat; prix achat; pa ht; cout unitaire; cout de revient; precio de compra;
            precio coste; coste unitario
        """,
    }
)

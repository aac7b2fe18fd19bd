"""What other programs and firms call our columns, in Italian, English, Russian, German, French, Spanish.

Each target has its names parted by semicolons, in any case, with or without accents and points.
GENERIC names mean different things in different tables: the table decides (see mapping.py).
"""

from __future__ import annotations

from types import MappingProxyType

SYNONYMS = MappingProxyType(
    {
        "customer.number": """
            customer id; customer number; customer no; customer code; cust id; cust no; cust code; client id;
            client code; client number; account id; account number; account no; account code; buyer id;
            company id; company code; codice cliente; cod cliente; cod cli; codcli; codcliente; codice cli;
            cliente id; id cliente; n cliente; numero cliente; nr cliente; no cliente; cod anagrafica; codice
            anagrafica; id anagrafica; cod soggetto; codice soggetto; conto cliente; sottoconto; cod conto;
            codice conto; matricola cliente; codice azienda; код клиента; код контрагента; номер клиента; id
            клиента; клиент id; код покупателя; код заказчика; id контрагента; лицевой счет; kundennummer;
            kundennr; kunden nr; kdnr; kd nr; kunden id; kundencode; debitor; debitorennummer; debitoren nr;
            debitornr; code client; numero client; no client; n client; ref client; codigo cliente; codigo de
            cliente; numero de cliente; num cliente; id contatto azienda; party id; customer key; customer
            ref; customer reference; kundenkonto; cardcode; card code; kunnr; sold to; sold to party; conto;
            codcon; codice conto cliente; konto; account reference; account ref; a c; a c ref; a c no; acct;
            adress nr; adressnr; adressnummer; sell to customer no; customer account; debiteurnummer;
            klantnummer; numero do cliente; code tiers; codice cf; cod cf; ref customer; id customer
        """,
        "customer.name": """
            customer; customer name; bill to; bill to name; billing name; billing company; sold to customer;
            company; company name; client; client name; account; account name; organization; organisation;
            organization name; organisation name; business name; firm; firm name; trading name; legal name;
            buyer; buyer name; ragione sociale; rag soc; ragsoc; rag sociale; ragione soc; ragione sociale
            cliente; ragionesociale; cliente; nome cliente; denominazione cliente; descrizione cliente;
            nominativo cliente; desc cliente; azienda; nome azienda; ditta; nome ditta; societa; nome societa;
            impresa; intestatario; intestazione; cliente fatturazione; ragione sociale nominativo; cognome
            nome ragione sociale; denominazione ragione sociale; denominazione sociale; cessionario; клиент;
            наименование клиента; название клиента; имя клиента; контрагент; наименование контрагента;
            покупатель; заказчик; наименование покупателя; наименование заказчика; наименование организации;
            организация; название организации; компания; название компании; фирма; наименование компании; юр
            лицо; юридическое лицо; kunde; kundenname; firma; firmenname; firmierung; unternehmen; name firma;
            client nom; nom client; nom du client; societe; raison sociale; entreprise; nom societe; nom
            entreprise; razon social; nombre cliente; nombre del cliente; nombre de cliente; empresa; nombre
            empresa; cardname; sold to name; debitor name; debitorname; primary associated company; associated
            company; primary company; ragione sociale 1; nome o ragione sociale; name 1 firma; kunde name;
            kunden name; nombre fiscal; nombre comercial; empresa cliente; denominazione cliente fornitore;
            person organization; deal organization; company bill to; bill to company; billing company name;
            display name as; customer full name; client company; nominativo ditta; sold to; descrizione conto;
            descon; desc conto; tiers; nom tiers; debiteur; klant; klantnaam; bedrijf; bedrijfsnaam; nabywca;
            kontrahent; odbiorca; cliente nome; chi; a chi; adresse name; customer description; committente;
            denominazione; nom raison sociale; ragione sociale cognome; cliente fornitore; nombre cliente
            fiscal; destinatario fattura; debtor; debtor name; party name; party; business; nome azienda
            cliente; ragione sociale ditta; azienda cliente; guest; guest name; kund; kundnamn; patient;
            member; member name; ospite; paziente; iscritto; socio
        """,
        "customer.kind": """
            customer type; client type; account type; tipo cliente; tipologia cliente; stato cliente; tipo
            anagrafica; тип клиента; тип контрагента; статус клиента; kundenart; kundentyp; kundenstatus; type
            client; tipo de cliente; relationship type; lifecycle stage; rapporto
        """,
        "customer.trade": """
            industry; sector; trade; segment; customer segment; business sector; market; vertical; line of
            business; settore; settore merceologico; settore attivita; attivita; categoria merceologica
            cliente; categoria cliente; cat cliente; categoria clienti; gruppo cliente; gruppo clienti;
            segmento; ateco; codice ateco; descrizione attivita; ramo; comparto; отрасль; сфера деятельности;
            вид деятельности; сегмент; оквэд; категория клиента; группа клиентов; branche; industrie;
            kundengruppe; kundensegment; secteur; secteur d activite; activite; sector actividad; rubro;
            customer group; customer category; client category
        """,
        "customer.size": """
            size; company size; employees; number of employees; no of employees; staff; headcount; dipendenti;
            n dipendenti; numero dipendenti; addetti; numero addetti; n addetti; dimensione; dimensione
            azienda; classe dimensionale; сотрудников; количество сотрудников; численность; число сотрудников;
            размер; размер компании; mitarbeiter; mitarbeiterzahl; anzahl mitarbeiter; effectif; taille;
            empleados; tamano
        """,
        "customer.source": """
            source; lead source; origin; acquisition channel; how found; heard about us; fonte; provenienza;
            origine; origine contatto; fonte contatto; canale acquisizione; canale di acquisizione; come ci ha
            conosciuto; источник; источник клиента; откуда узнали; канал привлечения; quelle; herkunft;
            leadquelle; provenance; origen; fuente
        """,
        "customer.vat_number": """
            vat; vat number; partiva; pariva; p iva vat; vat no; vat id; vat code; vat reg no; vat
            registration number; tax id; tax number; tin; ein; vatin; partita iva; p iva; piva; part iva;
            partitaiva; p i; partita iva cliente; piva cliente; p iva cliente; codice iva; id fiscale iva;
            partita iva codice fiscale; p iva c f; p iva cod fisc; piva cf; инн; инн клиента; инн контрагента;
            инн покупателя; инн кпп; ust id; ust idnr; ustid; ust id nr; ustidnr; umsatzsteuer id;
            umsatzsteuer identifikationsnummer; uid; uid nummer; steuernummer; mwst nr; tva; numero tva; n
            tva; no tva; tva intracommunautaire; numero de tva; n tva intracommunautaire; nif; cif; nif cif;
            cif nif; numero iva; numero di partita iva; nip; nif cliente; no tva intracom; n tva intracom; no
            de tva intracom; tva intracom; btw nummer; btw nr; vat reg; gst number; gstin; abn
        """,
        "customer.tax_code": """
            tax code; fiscal code; codice fiscale; cod fiscale; cod fisc; c f; cf; codfisc; codicefiscale;
            codice fiscale cliente; кпп; огрн; siret; siren; n siret; numero siret; handelsregister;
            handelsregisternummer; registration number; company registration number; company number; rut
        """,
        "customer.since": """
            customer since; client since; since; cliente dal; cliente da; data acquisizione; data inizio
            rapporto; data primo contatto; inizio rapporto; data anagrafica; data inserimento cliente;
            acquisito il; клиент с; дата начала работы; дата первой покупки; работаем с; kunde seit;
            kundenbeziehung seit; client depuis; cliente desde; signup date; sign up date; join date; joined;
            registration date; registered; data registrazione cliente; дата регистрации
        """,
        "customer.channel": """
            preferred channel; contact preference; preferred contact; preferred contact method; canale
            preferito; canale di contatto preferito; modalita contatto preferita; предпочитаемый канал;
            предпочтительный канал; способ связи; bevorzugter kanal; canal prefere; canal preferido
        """,
        "customer.language": """
            language; preferred language; lingua; lingua cliente; lingua preferita; язык; язык общения;
            sprache; korrespondenzsprache; langue; idioma
        """,
        "customer.referent": """
            account manager; account owner; owner; sales rep; salesperson; sales person; sales representative;
            rep; salesman; agent; agente; cod agente agente; nome agente; venditore; commerciale; responsabile
            commerciale; referente interno; commerciale di riferimento; capo area; funzionario; gestito da;
            responsabile; agente di zona; rappresentante; менеджер; ответственный; ответственный менеджер;
            менеджер клиента; торговый представитель; куратор; betreuer; vertreter; kundenbetreuer;
            aussendienst; verkaufer; vertriebsmitarbeiter; commercial; vendeur; representant; comercial;
            vendedor; responsable; key account; assigned to; assegnato a; company owner; organization owner;
            contact owner; deal owner; opportunity owner; owner name; lead owner; record owner; client
            manager; assegnato; incaricato; cod agente; agente di vendita; zustandig; sachbearbeiter
        """,
        "customer.potential_grade": """
            potential; potential grade; grade; rating; score; priority; customer rating; potenziale; grado
            potenziale; giudizio potenziale; valutazione; voto; classe; classe cliente; potenzialita; rating
            cliente; потенциал; оценка; оценка потенциала; рейтинг; класс; приоритет; potential stufe;
            bewertung; potentialklasse; potentiel; note potentiel; potencial; valoracion; pot; potenz; pot
            cliente; classe abc; abc; fascia; fascia cliente; classificazione; importanza; klasse; kategorie
            abc; abc klasse; priorita; ranking; stelle; stars
        """,
        "customer.potential_budget": """
            budget; yearly budget; annual budget; potential budget; potential value; estimated potential;
            estimated spend; budget annuo; budget annuale; potenziale annuo; potenziale euro; potenziale eur;
            potenziale di acquisto; potenziale acquisto; potenziale stimato; potenziale fatturato; capacita di
            spesa; spesa potenziale; spesa stimata; бюджет; годовой бюджет; потенциал руб; потенциальный
            оборот; объем закупок; jahresbudget; potenzial; umsatzpotenzial; umsatzpotential; budget annuel;
            presupuesto; presupuesto anual; wallet; purchase budget; fatturato annuo stimato; fatturato
            stimato; acquisti stimati; stima annua; estimated annual spend; potential revenue
        """,
        "customer.website": """
            website; web site; web; url; homepage; home page; web page; web page 1; site; company website;
            sito; sito web; sito internet; pagina web; indirizzo web; www; сайт; веб сайт; веб страница; адрес
            сайта; webseite; webseite 1; internet; webadresse; internetseite; site web; site internet; sitio
            web; domain; company domain name; company domain; domain name; website url; dominio
        """,
        "customer.notes": """
            customer notes; client notes; account notes; note cliente; annotazioni cliente; note anagrafica;
            примечание по клиенту; bemerkung kunde; notes client; observations client
        """,
        "customer.tags": """
            tags; tag; labels; label; keywords; groups; group membership; etichette; etichetta; parole chiave;
            gruppi; теги; метки; метка; ключевые слова; stichworte; schlagworte; gruppen; etiquettes; mots
            cles; etiquetas
        """,
        "person.full_name": """
            contact; contact name; contact person; contact full name; full name; person; person name; display
            name; attention; attn; main contact; primary contact; key contact; referente; nome referente;
            referente cliente; persona; persona di riferimento; persona di contatto; persona contatto;
            contatto; nome contatto; nominativo referente; nome e cognome; nome cognome; cognome e nome;
            cognome nome; alla cortese attenzione; c a; c att ne; interlocutore; titolare; legale
            rappresentante; контактное лицо; контакт; фио; ф и о; имя контакта; фио контакта; фио контактного
            лица; лицо; представитель; директор; ansprechpartner; kontaktperson; kontakt; name
            ansprechpartner; ansprechperson; anzeigename; contact nom; nom du contact; nom contact;
            interlocuteur; nom complet; nom prenom; nom et prenom; persona de contacto; contacto; nombre
            completo; nombre y apellidos; nombre contacto; buyer contact; decision maker; decisore
        """,
        "person.first_name": """
            first name; firstname; given name; forename; christian name; nome di battesimo; nome proprio; nome
            referente proprio; contact first name; имя; имя контактного лица; vorname; prenom; nombre de pila;
            first; given
        """,
        "person.last_name": """
            last name; lastname; surname; family name; second name; contact last name; cognome; cognome
            referente; фамилия; nachname; familienname; zuname; nom de famille; apellido; apellidos; last;
            family
        """,
        "person.role": """
            job title; title; role; position; job; function; contact title; contact role; job role;
            occupation; ruolo; ruolo referente; mansione; qualifica; funzione; carica; posizione; incarico;
            должность; роль; должность контакта; position ansprechpartner; funktion; rolle; arbeitstitel;
            berufsbezeichnung; poste; fonction; role contact; cargo; puesto
        """,
        "person.email": """
            contact email; contact e mail; person email; email referente; e mail referente; mail referente;
            email contatto; mail contatto; email del contatto; email persona; personal email; почта контакта;
            email контакта; e mail контакта; email ansprechpartner; e mail ansprechpartner; email du contact;
            email contact; correo contacto; email contacto; email de contacto
        """,
        "person.phone": """
            contact phone; direct phone; direct line; direct dial; telefono referente; tel referente; telefono
            contatto; tel contatto; telefono diretto; tel diretto; diretto; interno; телефон контакта; телефон
            контактного лица; прямой телефон; durchwahl; telefon ansprechpartner; ligne directe; telephone
            contact; telefono contacto; telefono de contacto; contact telephone; contact number
        """,
        "person.mobile": """
            contact mobile; contact cell; personal mobile; cellulare referente; cell referente; cell contatto;
            cellulare contatto; мобильный контакта; мобильный телефон контакта; mobil ansprechpartner;
            portable contact; movil contacto
        """,
        "person.birthday": """
            birthday; birth date; birthdate; date of birth; dob; born; data di nascita; data nascita; nato il;
            compleanno; дата рождения; день рождения; geburtsdatum; geburtstag; date de naissance;
            anniversaire; fecha de nacimiento; fecha nacimiento; cumpleanos
        """,
        "point.phone": """
            phone; phone number; phone no; telephone; telephone number; tel; tel no; tel n; tel nr; tel num;
            business phone; work phone; company phone; company main phone; office phone; main phone; landline;
            telefono; telef; telefono 1; tel 1; phone 1; n telefono; numero telefono; numero di telefono; nr
            telefono; telefono fisso; tel fisso; tel fix; tel azienda; telefono ufficio; tel ufficio; telefono
            azienda; telefono cliente; telefono sede; centralino; recapito; recapito telefonico; recapiti;
            fisso; tel dienstlich; tel privat; телефон; тел; номер телефона; рабочий телефон; телефон рабочий;
            тел рабочий; телефон организации; городской телефон; телефоны; контактный телефон; telefon;
            telefonnummer; rufnummer; telefon geschaftlich; telefon nr; fon; festnetz; telephone fixe; numero
            de telephone; no telephone; n telephone; tel fixe; numero de telefono; home phone; other phone;
            phones; ph; voice; telefoon; telefone; telefoonnummer; telefono casa; nr tel; tel casa; numero
            tel; tel uff
        """,
        "point.mobile": """
            mobile; mobile phone; mobile number; cell; cell phone; cellphone; cellular; gsm; cellulare; cell
            cliente; n cellulare; numero cellulare; tel cellulare; telefono cellulare; telefono mobile; tel
            mobile; smartphone; whatsapp; мобильный; мобильный телефон; моб; моб тел; сотовый; сотовый
            телефон; телефон мобильный; тел моб; mobil; mobiltelefon; handy; handynummer; mobilnummer; mobil
            tel nr; portable; tel portable; telephone portable; telephone mobile; movil; celular; telefono
            movil; cellulare personale; mobiele telefoon; telemovel; cell azienda; cell 1; cellulare 1
        """,
        "point.fax": """
            fax; fax number; fax no; telefax; business fax; work fax; company fax; fax nummer; numero fax; n
            fax; nr fax; faxnummer; факс; номер факса; телефакс; телефон факс; telecopie; telecopieur; telfax;
            n telefax
        """,
        "point.email": """
            email; e mail; mail; email address; e mail address; mail address; emails; primary email; work
            email; business email; company email; email cliente; e mail cliente; e mail 1; email 1; email
            azienda; email aziendale; mail aziendale; indirizzo email; indirizzo e mail; indirizzo mail; posta
            elettronica; posta; casella email; pec; indirizzo pec; email pec; e mail pec; mail pec; posta
            certificata; posta elettronica certificata; secondary email; alternate email; email 2; электронная
            почта; эл почта; почта; e mail адрес; адрес электронной почты; мейл; имейл; емейл; эл адрес; email
            adresse; e mail adresse; mailadresse; emailadresse; primare e mail adresse; sekundare e mail
            adresse; courriel; adresse email; adresse e mail; adresse mail; mel; correo; correo electronico;
            direccion de correo; sdi pec; pec sdi
        """,
        "address.street": """
            address; street; street address; indir; ind; billing address; bill to address; billing address 1;
            billing address line 1; street and number; street name; address 1; address line 1; address1;
            street 1; business street; work address; business address; mailing street; billing street;
            shipping address street; indirizzo; via; via e numero; via n; indirizzo sede; indirizzo sede
            legale; sede; sede legale; indirizzo cliente; indirizzo 1; indirizzo principale; via piazza;
            улица; адрес улица; strasse; str; strasse nr; strasse und hausnummer; strasse hausnummer;
            anschrift; adresse; rue; adresse 1; adresse ligne 1; voie; direccion; calle; domicilio; addr;
            address street; home address; home street; dienstlich adresse; indirizzo via
        """,
        "address.postcode": """
            postcode; post code; postal code; zip; zip code; zipcode; zip postal code; postal; business postal
            code; work zipcode; mailing zip; billing zip; cap; c a p; codice postale; codice avviamento
            postale; cap cliente; cap sede; индекс; почтовый индекс; plz; postleitzahl; dienstlich plz; code
            postal; cp; c p; codigo postal; cod postal; home zipcode; home postal code; address postal code;
            address zip; billing code; mailing code; codigo postal cliente; kod pocztowy
        """,
        "address.town": """
            cap citta; cap localita; cap comune; plz ort; plz und ort; cp ville; zip city; city zip; postcode
            town; city; town; city name; business city; work city; mailing city; billing city; citta;
            localita; loc; comune; paese citta; comune sede; citta cliente; citta sede; localita cliente;
            город; населенный пункт; нас пункт; город клиента; ort; stadt; wohnort; dienstlich ort; ville;
            commune; localite; ciudad; poblacion; localidad; municipio; municipality; home city; address city;
            place; locality; plaats; woonplaats; miasto; cidade; paese residenza
        """,
        "address.province": """
            province; state; state province; business state; work state; mailing state; county; prov; pr;
            provincia; sigla provincia; prov cliente; sigla prov; provincia cliente; provincia sede; район;
            bundesland; kanton; dienstlich bundesland; departement; provincia estado; estado; home state;
            address state; federal state; state code; province code; sigla; pv
        """,
        "address.region": """
            region; sales region; territory; area; zone; regione; zona; area geografica; macroarea; zona
            vendita; area commerciale; регион; область; регион клиента; край; gebiet; vertriebsgebiet; region
            client; comunidad autonoma; zona comercial
        """,
        "address.country": """
            country; country name; country code; nation; business country; business country region; country
            region; work country; mailing country; paese; nazione; stato estero; cod nazione; codice nazione;
            codice paese; sigla nazione; nazione cliente; страна; страна клиента; land; staat;
            landerkennzeichen; dienstlich land; pays; code pays; pais; home country; address country
        """,
        "address.full": """
            full address; complete address; postal address; mailing address; indirizzo completo; indirizzo
            esteso; recapito postale; адрес; полный адрес; юридический адрес; фактический адрес; почтовый
            адрес; юр адрес; адрес клиента; adresse complete; vollstandige adresse; direccion completa;
            address full; formatted address; address formatted
        """,
    }
)

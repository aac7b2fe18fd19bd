"""A small customer list for the tour, with the faults that real lists have."""

from __future__ import annotations

from pathlib import Path

NAME = "clienti_2026.csv"
DOUBTFUL = 5
_HEAD = (
    "Ragione sociale;P.IVA;Indirizzo completo;Tel. / Cell.;Referente;Cliente dal;"
    "Fatt. 2025;Settore;Potenziale;Note;cod_vecchio"
)
_ROWS = (
    "Caseificio Valsesia;01904550031;Via Roma 14, 13019 Varallo VC;0163 550221;"
    "Zanetti Elena;3/11/2018;12.300,00;Alimentare;4;chiamare dopo le 14;C-0118",
    "Hotel Belvedere srl;IT02118840034;C.so Italia 2, 28838 Stresa VB;347 5501987;"
    "Villa Marco;11/09/2020;19.760,00;Hotel;5;;C-0042",
    "Tip. Lombardi;01786650029;Via Marconi 8, 28100 Novara NO;+39 0321 550318;"
    "L. Moretti;21/06/2021;14.210,00;Tipografia;3;paga in ritardo;C-0260",
    "Condominio Via Verdi 12;;Via Verdi 12, 28100 Novara NO;0321 550907;;;11.900,00;;2;;C-0301",
    "Bar Sport;;Piazza Ranzoni 1, 28921 Omegna VB;0323 550142;Rossi Anna;31/02/2019;"
    "(320,50);Ristorazione;1;;C-0077",
    "Panificio Alba;02291780031;Via Gramsci 3, 28021 Borgomanero NO;0322 550611;"
    "Bianchi Luca;14/01/2017;8.450,00;Alimentare;3;ritira il sabato;C-0012",
    "Officina Ferraris;01455210022;Via Torino 77, 13100 Vercelli VC;0161 550774;"
    "Ferraris Paolo;marzo;22.180,00;Officina;4;;C-0155",
    "Studio Dentistico Sala;;Via Carducci 20, 28845 Domodossola VB;0324 550290;"
    "Sala Chiara;09/10/2022;5.600,00;Studio;3;;C-0333",
    "Albergo Moderno;01660290034;Lungolago 5, 28838 Stresa VB;0323 550881;Conti Sara;"
    "27/03/2015;31.040,00;Hotel;5;rinnovo a giugno;C-0009",
    "Vetreria Novarese;02007410036;Via dell'Industria 31, 28100 Novara NO;0321 550460;"
    "Gallo Pietro;18/05/2019;9.990,00;Artigiano;2;;C-0210",
)


def write(folder: Path) -> Path:
    """Write the list into a folder, so often repeated that it looks like one."""
    lines = [_HEAD, *_ROWS]
    for number in range(1, 12):
        for row in _ROWS[5:]:
            cells = row.split(";")
            cells[0], cells[1], cells[10] = f"{cells[0]} {number + 1}", "", f"C-{number:02}{cells[10][-2:]}"
            lines.append(";".join(cells))
    path = folder / NAME
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path

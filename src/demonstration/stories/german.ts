import type { Story } from './story';

/** What delivery points in Berlin write, in their own language. By service. */
export const german: Readonly<Record<string, readonly Story[]>> = {
  'Card payments': [
    {
      titles: ['Kartenleser geht nicht an, {dp}', 'Lesegerät {n} ohne Strom, {dp}'],
      texts: [
        'Gerät {n} bleibt dunkel, auch nach einer Stunde am Ladegerät.',
        'Das Gerät lässt sich nicht mehr einschalten. Anderes Kabel hilft nicht.',
      ],
      scores: [
        [3, 2],
        [3, 1],
      ],
      weight: 4,
      sub: 'Reader',
      part: 'readers',
      asks: ['Leuchtet das Licht neben der Buchse, wenn das Kabel steckt?'],
      answers: ['Nein, gar nichts.'],
      fixes: [
        ['replaced', 'Gerät aus dem Vorrat getauscht, das alte geht zurück an Payline.'],
        ['fixed', 'Akku kurz herausgenommen, das Gerät startet wieder.'],
      ],
      problem: 'batteries',
      tags: ['reader'],
    },
    {
      titles: ['Karte wird abgelehnt, Code {code}, {dp}', 'Zahlung geht nicht durch, {dp}'],
      texts: [
        'Das Gerät zeigt {code}. Der Gast hat am Ende bar gezahlt.',
        'Seit {h}:{mm} klappt etwa jede dritte Karte nicht.',
      ],
      scores: [
        [3, 2],
        [2, 2],
      ],
      weight: 3,
      sub: 'Declined',
      part: 'readers',
      asks: ['Um wie viel Uhr war das genau?'],
      answers: ['Um {h}:{mm}, kontaktlos.'],
      fixes: [
        ['by_supplier', 'Störung bei einer Bank, seit einer halben Stunde behoben.'],
        ['fixed', 'Schlüssel des Geräts erneuert, Probezahlung ging durch.'],
      ],
      tags: ['declined'],
    },
  ],
  'Ordering website': [
    {
      titles: ['Bestellung {order} nicht angekommen, {dp}', 'Online-Bestellung fehlt in der Liste, {dp}'],
      texts: ['Ein Gast fragt nach Bestellung {order}, bei uns ist sie nie aufgetaucht.'],
      scores: [
        [3, 1],
        [3, 2],
      ],
      weight: 3,
      sub: 'Orders',
      fixes: [['fixed', 'Bestellung von Hand neu geschickt, die Warteschlange läuft wieder.']],
      tags: ['orders'],
    },
    {
      titles: ['Liefergebiet stimmt nicht, {dp}'],
      texts: ['Die Straßen hinter dem Kanal fehlen auf der Karte, obwohl wir dorthin liefern.'],
      scores: [[3, 3]],
      weight: 2,
      sub: 'Map',
      asks: ['Welche Straßen sind es genau?'],
      answers: ['Vom Kanal bis zur Brücke, beide Seiten.'],
      fixes: [['fixed', 'Gebiet neu gezeichnet und mit den Nachbarn abgestimmt.']],
    },
  ],
  Telephony: [
    {
      titles: ['Telefon tot, {dp}', 'Niemand erreicht uns am Telefon, {dp}'],
      texts: ['Seit {h}:{mm} kein Anruf mehr. Vom Handy aus höre ich nur besetzt.'],
      scores: [
        [2, 2],
        [3, 1],
      ],
      weight: 3,
      sub: 'Line',
      part: 'pbx-1',
      fixes: [
        ['by_supplier', 'Voxline hatte die Nummer falsch geleitet. Anrufe kommen wieder an.'],
        ['restarted', 'Basis neu gestartet.'],
      ],
      waits: { reason: 'supplier', says: 'Bei Voxline gemeldet, Rückruf innerhalb von vier Stunden.' },
    },
    {
      titles: ['Hörer knackt, {dp}'],
      texts: ['Einer von zwei Hörern knackt so, dass wir dreimal nachfragen.'],
      scores: [[3, 3]],
      weight: 2,
      sub: 'Handset',
      fixes: [['replaced', 'Hörer getauscht.']],
    },
  ],
  Network: [
    {
      titles: ['Kein Internet, {dp}', 'Leitung seit {h}:{mm} weg, {dp}'],
      texts: [
        'Nichts geht: Kassen, Kartenleser, Telefon. Wir schreiben Bestellungen auf Papier.',
        'Am Router leuchtet es rot. Aus- und Einschalten half nicht.',
      ],
      scores: [
        [2, 1],
        [2, 2],
      ],
      weight: 3,
      sub: 'Line',
      part: 'router',
      asks: ['Welche Lichter leuchten am Router, von links nach rechts?'],
      answers: ['Grün, rot, aus.'],
      notes: ['Störung auf der Seite von Fibranet, dort gemeldet.'],
      fixes: [
        ['by_supplier', 'Fibranet hat den Verteiler repariert.'],
        ['restarted', 'Router über den zweiten Weg neu gestartet.'],
      ],
      waits: { reason: 'supplier', says: 'Techniker von Fibranet ist unterwegs.' },
      tags: ['line'],
    },
  ],
  'Shift planner': [
    {
      titles: ['Zugang zum Schichtplan für {name}', 'Schichttausch geht nicht, {dp}'],
      texts: ['{name} fängt morgen an und fehlt in der Liste.', 'Es meldet einen Konflikt, den es nicht gibt.'],
      scores: [
        [3, 2],
        [3, 3],
      ],
      weight: 3,
      sub: 'Access',
      fixes: [
        ['fixed', 'Konto angelegt und der Gruppe von {dp} zugeordnet.'],
        ['explained', 'Der Plan war an zwei Rechnern offen.'],
      ],
    },
  ],
  'Repairs and cooling': [
    {
      titles: ['Kühlraum zu warm, {dp}', 'Ofen {n} wird nicht heiß, {dp}'],
      texts: ['Seit heute früh elf Grad, wir räumen um.', 'Er bleibt bei 180 Grad stehen.'],
      scores: [
        [2, 1],
        [2, 2],
      ],
      weight: 2,
      sub: 'Cooling',
      fixes: [
        ['fixed', 'Kältemittel nachgefüllt, Leck geschlossen.'],
        ['replaced', 'Heizelement getauscht.'],
      ],
      waits: { reason: 'supplier', says: 'Frio & Forno kommt heute nach dem Mittag.' },
    },
  ],
};

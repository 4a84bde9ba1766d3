/** A delivery point: where pizza is baked, sold and sent out. */
export interface Place {
  /** `DP 12` */
  readonly dp: string;
  readonly number: number;
  readonly name: string;
  readonly city: string;
  readonly zone: string;
}

const cities: readonly { city: string; zone: string; names: string }[] = [
  {
    city: 'Lisbon',
    zone: 'Europe/Lisbon',
    names:
      'Rossio, Chiado, Alfama, Graça, Castle Hill, Belém, Saldanha, Marquês, Benfica, Campo Grande, Oriente, Old Town, Alcântara, Estrela, Lapa, Alvalade, Areeiro, Olivais, Lumiar, Telheiras, Parque, Avenida, Cais do Sodré, Santos, Ajuda, Carnide',
  },
  { city: 'Setúbal', zone: 'Europe/Lisbon', names: 'Fishermen’s Quay, Luísa Todi, Bonfim, Market Hall, Station' },
  { city: 'Cascais', zone: 'Europe/Lisbon', names: 'Bay, Estoril, Parede' },
  {
    city: 'Porto',
    zone: 'Europe/Lisbon',
    names: 'Ribeira, Bolhão, Boavista, Foz, Cedofeita, Campanhã, Trindade, Gaia, Matosinhos, Riverside',
  },
  { city: 'Berlin', zone: 'Europe/Berlin', names: 'Kreuzberg, Neukölln, Mitte, Friedrichshain, Wedding, Schöneberg' },
];

/** The fifty delivery points, DP 01 to DP 50. */
export const places: readonly Place[] = cities
  .flatMap(({ city, zone, names }) => names.split(', ').map((name) => ({ city, zone, name })))
  .map((place, at) => ({ ...place, number: at + 1, dp: `DP ${String(at + 1).padStart(2, '0')}` }));

export const fullName = (place: Place): string => `${place.dp} ${place.name}`;

/** How many delivery points were open after so much of the history, from 0 to 1: 30 at first, all at its end. */
export const openedBy = (share: number): number => Math.min(places.length, 30 + Math.floor(share * 22));

/** The points whose card payments run over the second gateway. */
export const overSecondGateway = (place: Place): boolean => place.number >= 7 && place.number <= 20;
/** The points that have kitchen screens so far; the others follow next year. */
export const hasKitchenScreen = (place: Place): boolean => place.number <= 22;

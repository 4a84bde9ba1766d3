import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { catalogueWith } from './rename.rules';

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

const loaders: Record<Language, () => Promise<{ default: Record<string, object> }>> = {
  en: () => import('./en'),
  de: () => import('./de'),
};

/** The language to begin with: chosen here before, else the browser's, else English. */
export function firstLanguage(stored: string | null, browser: readonly string[]): Language {
  const wanted = [stored ?? '', ...browser].map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find((tag): tag is Language => (languages as readonly string[]).includes(tag)) ?? 'en';
}

/** Loads the words of one language and speaks it from now on. */
export async function speak(language: Language): Promise<void> {
  const words = (await loaders[language]()).default;
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({
      lng: language,
      resources: { [language]: words },
      fallbackLng: false,
      defaultNS: 'kit',
      interpolation: { escapeValue: false },
      returnNull: false,
    });
    // Within a sentence English writes a name small, unless it is short for something.
    i18next.services.formatter?.add('within', (value: unknown) =>
      String(value).replace(/^\p{Lu}(?!\p{Lu})/u, (first) => first.toLowerCase()),
    );
  } else {
    for (const [area, bundle] of Object.entries(words)) i18next.addResourceBundle(language, area, bundle, true, true);
    await i18next.changeLanguage(language);
  }
  document.documentElement.lang = language;
  document.documentElement.dir = i18next.dir(language);
  try {
    localStorage.setItem('tl.language', language);
  } catch {
    // Without storage the choice holds for this visit.
  }
}

/** The language spoken now. */
export function language(): Language {
  return i18next.language as Language;
}

/** The delivered word for something, whatever it is called here. */
export async function deliveredWords(spoken: Language): Promise<Record<string, Record<string, string>>> {
  const { words, shell } = (await loaders[spoken]()).default as Record<string, Record<string, Record<string, string>>>;
  return { ...words, role: shell?.role ?? {} };
}

/** Speaks with an organisation's own words from now on; with none, as delivered. */
export async function rename(own: Readonly<Record<string, string>>): Promise<void> {
  const spoken = language();
  const said = catalogueWith((await loaders[spoken]()).default, own, spoken);
  for (const [area, bundle] of Object.entries(said)) {
    i18next.removeResourceBundle(spoken, area);
    i18next.addResourceBundle(spoken, area, bundle, true, true);
  }
  await i18next.changeLanguage(spoken);
}

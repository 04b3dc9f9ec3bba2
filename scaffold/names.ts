/** Spellings of an entity's name in code and prose. */
export interface Names {
  /** `GiftCard` */
  type: string;
  /** `giftCard` */
  one: string;
  /** `giftCards` */
  many: string;
  /** `gift-card` */
  file: string;
  /** `a gift card`, for prose. */
  aThing: string;
  /** `gift cards`, for prose. */
  things: string;
}

/** Derives all spellings from a type name in PascalCase. */
export function namesOf(type: string): Names {
  const one = lowerFirst(type);
  const many = plural(one);
  const [file, files] = [kebab(one), kebab(many)];
  const article = /^[aeiou]/.test(file) ? 'an' : 'a';
  return { type, one, many, file, aThing: `${article} ${inWords(file)}`, things: inWords(files) };
}

/** `gift-cards` → `GiftCard`: the default entity of a service. */
export function typeFor(service: string): string {
  return singular(service).split('-').map(upperFirst).join('');
}

/** `GiftCard`, `gift_card` or `Gift card` → `gift-card`. */
export function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '');
}

/** `a gift card` → `A gift card`. */
export function upperFirst(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `GiftCard` → `giftCard`. */
export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return word.replace(/y$/, 'ies');
  return /(s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

function singular(word: string): string {
  if (word.endsWith('ies')) return word.replace(/ies$/, 'y');
  if (/(s|x|z|ch|sh)es$/.test(word)) return word.replace(/es$/, '');
  return word.replace(/([^s])s$/, '$1');
}

const inWords = (file: string) => file.replaceAll('-', ' ');

import i18next from 'i18next';
import { useTranslation } from 'react-i18next';

/** The names in `{{…}}` of a text. */
type Names<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? (Name extends `${infer Plain},${string}` ? Plain : Name) | Names<Rest>
  : never;

type Values<Text> = [Names<Text>] extends [never] ? [] : [values: { [Name in Names<Text>]: string | number }];

/** The texts of one room in both languages. A plural that English needs stands under `key_one`. */
export interface Texts<Chinese extends Record<string, string>> {
  readonly room: string;
  /** Only for its type. */
  readonly chinese: Chinese;
}

export type Translate<Chinese extends Record<string, string>> = <Key extends keyof Chinese & string>(
  key: Key,
  ...values: Values<Chinese[Key]>
) => string;

/** The keys whose texts take no values, for lists of texts. */
export type PlainKey<Chinese extends Record<string, string>> = {
  [Key in keyof Chinese & string]: [Names<Chinese[Key]>] extends [never] ? Key : never;
}[keyof Chinese & string];

/** Declares the texts of a room; a key that one language lacks does not compile. */
export function defineTexts<const Chinese extends Record<string, string>>(
  room: string,
  chinese: Chinese,
  english: { [Key in keyof Chinese]: string } & { [Key in keyof Chinese as `${Key & string}_one`]?: string },
): Texts<Chinese> {
  i18next.addResourceBundle('zh-CN', room, chinese);
  i18next.addResourceBundle('en', room, english);
  return { room, chinese };
}

/** The texts of a room in the language of the page; changes with it. */
export function useTexts<Chinese extends Record<string, string>>(texts: Texts<Chinese>): Translate<Chinese> {
  const { t } = useTranslation(texts.room);
  return t as unknown as Translate<Chinese>;
}

/** The same outside of a component, in the language at this moment. */
export function textOf<Chinese extends Record<string, string>>(texts: Texts<Chinese>): Translate<Chinese> {
  return i18next.getFixedT(null, texts.room) as unknown as Translate<Chinese>;
}

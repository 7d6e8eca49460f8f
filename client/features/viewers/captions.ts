import { beginningOf } from './text-beginning.ts';

interface File {
  readonly path: string;
  readonly mediaType: string;
}

/** A file with words for a recording, or such words inside of it. */
export interface Track {
  /** Of those inside of it, the recording's with their place. */
  readonly path: string;
  readonly url: string;
  readonly kind: 'captions' | 'chapters';
  /** As it stands in the file's name or in the film, for example `en`; empty when it does not. */
  readonly language: string;
  /** What those inside of a film are called there. */
  readonly title?: string | undefined;
}

const captionFile = /\.(vtt|srt)$/i;
const stemOf = (path: string) => path.replace(/\.[^./]+$/, '');

/** The recording that a file with words belongs to, by its name: `讲解.en.srt` to `讲解.mp4`. */
export function recordingFor<F extends File>(files: Iterable<F>, path: string): F | undefined {
  if (!captionFile.test(path)) return undefined;
  const stem = stemOf(path);
  return [...files].find(
    ({ path: other, mediaType }) =>
      /^(video|audio)\//.test(mediaType) && (stem === stemOf(other) || stem.startsWith(`${stemOf(other)}.`)),
  );
}

/** The files with words for a recording, by their names. */
export function tracksOf(path: string, files: Iterable<Pick<Track, 'path' | 'url'>>): Track[] {
  const stem = stemOf(path);
  return [...files].flatMap(({ path: other, url }) => {
    const own = stemOf(other);
    if (!captionFile.test(other) || !(own === stem || own.startsWith(`${stem}.`))) return [];
    const language = own.slice(stem.length + 1);
    const isChapters = /^(chapters|章节)$/i.test(language);
    return [
      { path: other, url, kind: isChapters ? 'chapters' : 'captions', language: isChapters ? '' : language },
    ];
  });
}

/** Languages as names of files tell them, beside the codes of BCP 47. */
const otherNames: Readonly<Record<string, string>> = {
  chs: 'zh-Hans',
  cht: 'zh-Hant',
  cn: 'zh-CN',
  chi: 'zh',
  eng: 'en',
  中文: 'zh',
  英文: 'en',
};

/** The language of a track as BCP 47 writes it; undefined when its name tells none. */
export function languageOf({ language }: Pick<Track, 'language'>): string | undefined {
  const name = language.toLowerCase();
  try {
    return Intl.getCanonicalLocales(otherNames[name] ?? name.replaceAll('_', '-'))[0];
  } catch {
    return undefined; // it tells something else: a speaker, a version
  }
}

/**
 * The captions to be shown: those that were asked for, then those in the reader's language, then those that do not tell
 * theirs, then the first.
 */
export function captionsFor(tracks: readonly Track[], reader: string, asked?: string): Track | undefined {
  const captions = tracks.filter(({ kind }) => kind === 'captions');
  const main = (language: string | undefined) => language?.split('-')[0];
  return (
    captions.find(({ path }) => path === asked) ??
    captions.find((track) => languageOf(track) === reader) ??
    captions.find((track) => main(languageOf(track)) === main(reader)) ??
    captions.find((track) => languageOf(track) === undefined) ??
    captions[0]
  );
}

/** SubRip as WebVTT; WebVTT as it is. */
export function webVttOf(text: string): string {
  const even = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  if (even.startsWith('WEBVTT')) return even;
  return `WEBVTT\n\n${even.replace(/(\d{1,2}:\d{2}:\d{2}),(\d{3})/g, '$1.$2').replace(/\{\\[^}]*\}/g, '')}`;
}

/** A place in a recording that has a title. */
export interface Chapter {
  /** Whole seconds, by which search and chapters name it. */
  readonly at: number;
  readonly text: string;
}

export interface Cue extends Chapter {
  /** Seconds between which it is shown. */
  readonly from: number;
  readonly until: number;
}

/** When each piece of WebVTT begins and ends, and what it says. */
export function cuesOf(vtt: string): Cue[] {
  const time = String.raw`(?:(\d+):)?(\d{1,2}):(\d{2}\.\d{3})`;
  const cue = new RegExp(String.raw`${time}[ \t]+-->[ \t]+${time}[^\n]*\n([\s\S]*?)(?=\n[ \t]*\n|$)`, 'g');
  const seconds = (hours = '0', minutes = '0', rest = '0') =>
    Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
  return [...vtt.matchAll(cue)].map(([, hours, minutes, rest, endHours, endMinutes, endRest, text = '']) => {
    const from = seconds(hours, minutes, rest);
    const until = seconds(endHours, endMinutes, endRest);
    return { at: Math.floor(from), text: text.replace(/<[^>]*>/g, '').trim(), from, until };
  });
}

/** What is said at a moment; undefined between two cues. */
export const spokenAt = (cues: readonly Cue[], seconds: number): string | undefined =>
  cues.findLast(({ from, until }) => from <= seconds && seconds < until)?.text;

/** The words of a track as WebVTT, whatever format and encoding they lie in. */
export async function wordsOf({ url }: Track, signal: AbortSignal): Promise<string> {
  return webVttOf((await beginningOf(url, signal)).text);
}

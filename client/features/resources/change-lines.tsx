import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { controls } from '../../components/i18n.ts';
import { shell, useLanguage, useTexts } from '../../i18n/index.ts';
import { fieldNames } from './draft/description.ts';
import { draftTexts } from './draft/i18n.ts';
import { renamesIn, type Told, toldIn } from './history-words.ts';
import { resourceTexts } from './i18n.ts';
import { type Change, peopleQuery } from './queries.ts';
import styles from './timeline.module.css';
import { useWordsOf } from './words-of.ts';

/** What one entry of the history changed, in the reader's words: names of fields, what was and what is. */
export function ChangeLines({ change }: { change: Change }) {
  const t = useTexts(resourceTexts);
  const fields = useTexts(draftTexts);
  const wordsOf = useWordsOf();
  const isEnglish = useLanguage() === 'en';
  const people = usePeople(change);
  const between = isEnglish ? ', ' : '、';
  const nameOf = (field: string) => {
    const known = fieldNames.find((name) => name === field);
    if (known) return fields(`field.${known}`);
    return field === 'files' ? t('files') : field;
  };

  const lines = change.changes.flatMap(({ field, before, after }): ReactNode[] => {
    const told = toldIn({ before, after });
    const key = `${field}-${told.path ?? ''}-${told.oldPath ?? ''}`;
    if (field === 'comment' || field === 'note' || field === 'reason')
      return after ? [<Text key={key} text={String(after)} />] : [];
    if (field === 'version') return [<p key={key}>{t('version.number', { number: Number(after) })}</p>];
    if (field === 'successor')
      return [
        <p key={key}>
          <Link to={`/resources/${String(after)}`}>{t('successor.see')}</Link>
        </p>,
      ];
    if (field === 'fields')
      return told.remarks.map((remark) => (
        <p key={remark.field}>
          <strong>{nameOf(remark.field)}</strong> {remark.comment}
        </p>
      ));
    if (field === 'editors')
      return [<Pair key={key} name="" before={people(before, between)} after={people(after, between)} />];
    if (change.what === 'files-arranged')
      return renamesIn(before, after).map(({ from, to }) => (
        <Pair key={from} name="" before={from} after={to} />
      ));
    if (told.path !== undefined || told.oldPath !== undefined)
      return [<p key={key}>{fileWords(told, t('history.labels', { count: told.labels ?? 0 }))}</p>];
    if (field === 'cover') return [<p key={key}>{String(after ?? before ?? '')}</p>];
    return [
      <Pair key={key} name={nameOf(field)} before={wordsOf(field, before)} after={wordsOf(field, after)} />,
    ];
  });
  return lines.length > 0 ? <div className={styles.changes}>{lines}</div> : null;
}

/** A file by its path; one that was replaced or labelled says so. */
function fileWords({ path, oldPath, labels }: Told, labelled: string): string {
  const name = path ?? oldPath ?? '';
  if (labels !== undefined) return `${name} · ${labelled}`;
  return oldPath !== undefined && path !== undefined && oldPath !== path ? `${oldPath} → ${path}` : name;
}

function Pair({ name, before, after }: { name: string; before: string; after: string }) {
  const t = useTexts(controls);
  return (
    <div>
      {name && <strong>{name}</strong>} <Text inline text={before || t('conflict.empty')} />
      <span aria-hidden="true"> → </span>
      <Text inline text={after || t('conflict.empty')} />
    </div>
  );
}

/** Characters of a text that are shown before it is asked for. */
const long = 80;

function Text({ text, inline = false }: { text: string; inline?: boolean }) {
  const words = useTexts(shell);
  if (text.length <= long) return inline ? <span>{text}</span> : <p>{text}</p>;
  return (
    <details className={styles.text}>
      <summary>
        {text.slice(0, long)}… <span className={styles.more}>{words('show-more')}</span>
      </summary>
      <p>{text}</p>
    </details>
  );
}

/** Names of those whom an entry names by their ids. */
function usePeople({ changes }: Change): (ids: unknown, between: string) => string {
  const listed = (ids: unknown) => (Array.isArray(ids) ? ids.map(String) : []);
  const ids = changes.flatMap(({ field, before, after }) =>
    field === 'editors' ? [...listed(before), ...listed(after)] : [],
  );
  const { data } = useQuery(peopleQuery(ids));
  return (some, between) =>
    listed(some)
      .map((id) => data?.get(id) ?? '')
      .filter(Boolean)
      .join(between);
}
